"""Checking a password and keeping track of open logins."""

from sqlalchemy import or_, select

from ingestion import passwords
from models.accounts import LoginSession, User
from models.audit import record
from models.base import now
from web.sessions import db


def authenticate(login: str, password: str) -> User | None:
    """The person whose phone or e-mail and password these are. Unknown accounts cost the same time as known ones."""
    wanted = login.strip().lower()
    found = db().scalar(select(User).where(or_(User.email == wanted, User.phone == wanted)))
    matches = passwords.verify(found.password_hash if found else passwords.DECOY, password)
    if found is None or not found.active or not matches:
        return None
    return found


def open_login(found: User) -> LoginSession:
    login = LoginSession(user_id=found.id)
    db().add(login)
    db().flush()
    record(db(), found, "login", login)
    return login


def end(login: LoginSession | None) -> None:
    if login is not None:
        login.ended_at = now()
        record(db(), login.user, "logout", login)
