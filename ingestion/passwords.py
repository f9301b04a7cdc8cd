"""Passwords: Argon2id hashes, and what is asked of a new one (ASVS 6.2: length and a list of known ones, no rules)."""

import argon2

from models.errors import Invalid

MIN_LENGTH = 12
MAX_LENGTH = 200
HASHER = argon2.PasswordHasher()
DECOY = HASHER.hash("nobody has this password")
"""Verified against when an account is unknown, so that the answer takes the same time."""
COMMON = frozenset(
    "123456789012 1234567890123 12345678901234 111111111111 000000000000 password1234 passwordpassword qwertyuiop123 "
    "qwertyuiopasdf 1qaz2wsx3edc 1q2w3e4r5t6y woaini123456 woaini1314520 admin1234567 administrator iloveyou1234 "
    "abcdefghijkl abc123456789 a12345678901 aa1234567890 qq1234567890 jiebang12345 weihai123456 zaq12wsxcde3".split()
)


def hash_password(password: str) -> str:
    """The Argon2id hash of an acceptable password. Invalid (field `password`) where it is too short or well known."""
    if len(password) < MIN_LENGTH:
        raise Invalid(f"密码至少 {MIN_LENGTH} 位，现在是 {len(password)} 位。可以用一句自己记得住的话", field="password")
    if len(password) > MAX_LENGTH:
        raise Invalid(f"密码最多 {MAX_LENGTH} 位", field="password")
    if password.lower() in COMMON or len(set(password)) < 4:
        raise Invalid("这个密码太常见，容易被猜到。请换一个", field="password")
    return HASHER.hash(password)


def verify(stored: str, password: str) -> bool:
    """Whether `password` is the one behind the hash `stored`."""
    try:
        return HASHER.verify(stored, password)
    except (argon2.exceptions.VerifyMismatchError, argon2.exceptions.InvalidHashError):
        return False
