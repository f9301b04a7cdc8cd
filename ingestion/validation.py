"""What people type, checked and put in one form. Each function returns the value or raises Invalid for its field."""

import enum
import functools
import re
import unicodedata
from collections.abc import Mapping
from typing import TypeVar

from stdnum.cn import uscc as stdnum_uscc
from stdnum.exceptions import InvalidLength, ValidationError

from models import codes
from models.errors import Invalid

Choice = TypeVar("Choice", bound=enum.StrEnum)
UNSEEN = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
"""Zero-width characters that ride along when text is pasted: dropped without a word."""
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
                     "\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
"""C0 and C1 controls, direction overrides and lone surrogates: somebody should look at what was pasted."""
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}")
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{9,11}")
NAME = re.compile(r"[\w·•.\- ]{2,40}")


def text(value: str | None, field: str, label: str, *, most: int, least: int = 0) -> str:
    """Several lines, NFC, LF, ends trimmed, of `least` to `most` characters."""
    value = UNSEEN.sub("", unicodedata.normalize("NFC", value or "")).replace("\r\n", "\n").replace("\r", "\n")
    if CONTROL.search(value):
        raise Invalid(f"{label}里有看不见的控制字符，请删掉，或先粘贴到记事本再粘过来", field=field)
    value = "\n".join(row.rstrip() for row in value.split("\n")).strip()
    if len(value) > most:
        raise Invalid(f"{label}最多 {most:,} 字，现在 {len(value):,} 字", field=field)
    if len(value) < least:
        raise Invalid(_too_short(label, least, len(value)), field=field)
    return value


def _too_short(label: str, least: int, length: int) -> str:
    return f"写上{label}" if not length else f"{label}至少 {least} 字，现在 {length} 字"


def line(value: str | None, field: str, label: str, *, most: int = 120, least: int = 0) -> str:
    """One line: as `text`, with every run of white space made one space."""
    return re.sub(r"\s+", " ", text(value, field, label, most=most, least=least))


def person_name(value: str | None, field: str = "name", label: str = "姓名") -> str:
    name = line(value, field, label, most=40, least=2)
    if not NAME.fullmatch(name) or any(char.isdigit() or char == "_" for char in name):
        raise Invalid(f"{label}里只写汉字、字母、间隔号和空格", field=field)
    return name


def phone(value: str | None, field: str = "phone") -> str:
    """A mobile or landline number as digits; 0631-000 0123 → 06310000123."""
    digits = re.sub(r"[\s()（）\-–—]", "", unicodedata.normalize("NFKC", value or ""))
    digits = re.sub(r"^(\+|00)86", "", digits)
    if not digits:
        raise Invalid("写上手机号", field=field)
    if not (MOBILE.fullmatch(digits) or LANDLINE.fullmatch(digits)):
        raise Invalid(f"手机号应为 11 位数字，现在是 {len(digits)} 位" if digits.isdigit() and len(digits) != 11
                      else "手机号不对，请核对。座机请带区号", field=field)
    return digits


def email(value: str | None, field: str = "email") -> str:
    address = unicodedata.normalize("NFKC", value or "").strip().lower()
    if not address:
        raise Invalid("写上邮箱", field=field)
    if len(address) > 200 or ".." in address or not EMAIL.fullmatch(address):
        raise Invalid("邮箱不对，应像 name@example.cn", field=field)
    return address


def credit_code(value: str | None, field: str = "uscc") -> str:
    """A 统一社会信用代码 (GB 32100-2015): 18 characters with its check digit."""
    code = stdnum_uscc.compact(unicodedata.normalize("NFKC", value or ""))
    if not code:
        raise Invalid("写上统一社会信用代码，在营业执照或法人证书上", field=field)
    try:
        return stdnum_uscc.validate(code)
    except InvalidLength:
        raise Invalid(f"统一社会信用代码应为 18 位，现在是 {len(code)} 位", field=field) from None
    except ValidationError as error:
        reason = ("校验位不对" if type(error).__name__ == "InvalidChecksum"
                  else "只有数字和大写字母，不用 I、O、S、V、Z，前 8 位是数字")
        raise Invalid(f"统一社会信用代码{reason}，请对照证照逐位核对", field=field) from None


def choice(value: str | None, kind: type[Choice], field: str, message: str) -> Choice:
    """The member of the enumeration `kind` that `value` names."""
    try:
        return kind(value or "")
    except ValueError:
        raise Invalid(message, field=field) from None


def code(value: str | None, table: Mapping[str, str], field: str, message: str, *, optional: bool = False) -> str:
    """A key of the code table; an empty one only where `optional`."""
    value = (value or "").strip()
    if value in table or (optional and not value):
        return value
    raise Invalid(message, field=field)


def industry(value: str | None, field: str = "industry_code", *, optional: bool = False) -> str:
    """A GB/T 4754 code with its section letter; the letter may be left out (2444 → C2444)."""
    typed = (value or "").strip().upper()
    full = _sections().get(typed, typed)
    return code(full, codes.industries(), field, "行业不在国家标准里，请从列表里选", optional=optional)


@functools.cache
def _sections() -> dict[str, str]:
    return {full[1:]: full for full in codes.industries() if len(full) > 1}
