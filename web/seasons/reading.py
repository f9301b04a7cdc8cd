"""The settings form: each open value as boxes, and what was typed there as the value that contests takes."""

from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from flask_babel import gettext as _

from contests.seasons import Setting
from ingestion import amounts
from models.errors import Invalid
from models.figures import percent

PARTS = ("year", "month", "day")
MOST = 999
LONGEST = 120
WHOLE = Decimal(100)


def kind_of(setting: Setting) -> str:
    """The last part of its key: starts, ends, weight, basis, places, cutoff, text, …"""
    return setting.key.rsplit(".", 1)[-1]


def read(setting: Setting, form) -> object:
    """The typed value as a JSON scalar, "" where the boxes are empty. Invalid for its field."""
    kind = kind_of(setting)
    if kind in ("starts", "ends"):
        day = amounts.day(*(form.get(f"{setting.key}-{part}") for part in PARTS), setting.key, setting.label)
        return day.isoformat() if day else ""
    typed = normalize("NFKC", form.get(setting.key, "")).strip()
    if not typed:
        return ""
    return READERS[kind](setting, typed)


def boxes(setting: Setting, value: object) -> object:
    """What the boxes show of a stored value: three texts for a day, else one."""
    text = "" if value is None else str(value)
    kind = kind_of(setting)
    if kind in ("starts", "ends"):
        return tuple(str(int(part)) for part in text.split("-")) if text else ("", "", "")
    return percent(text) if kind == "weight" and text else text


def typed(setting: Setting, form) -> object:
    """What the boxes held when the form was sent, as it was typed."""
    if kind_of(setting) in ("starts", "ends"):
        return tuple(form.get(f"{setting.key}-{part}", "") for part in PARTS)
    return form.get(setting.key, "")


def _number(setting: Setting, text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise Invalid(_("%(label)s写 1 到 %(most)s 的整数", label=setting.label, most=MOST), field=setting.key)
    return int(text)


def _weight(setting: Setting, text: str) -> str:
    try:
        value = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        value = Decimal(0)
    if not (value.is_finite() and 0 < value <= WHOLE and value == round(value, 2)):
        raise Invalid(_("%(label)s写大于 0、不超过 100 的数，最多两位小数", label=setting.label), field=setting.key)
    return f"{(value / WHOLE).normalize():f}"


def _basis(setting: Setting, text: str) -> str:
    if text not in ("expected", "realised"):
        raise Invalid(_("%(label)s：选一样", label=setting.label), field=setting.key)
    return text


def _decimal(setting: Setting, text: str) -> str:
    """A score or a sum in 元, as plain digits."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not (value.is_finite() and 0 <= value < 10_000_000 and value == round(value, 2)):
        raise Invalid(_("%(label)s写不小于 0 的数，最多两位小数", label=setting.label), field=setting.key)
    return f"{value.normalize():f}"


def _line(setting: Setting, text: str) -> str:
    if len(text) > LONGEST:
        raise Invalid(_("%(label)s最多 %(most)s 字", label=setting.label, most=LONGEST), field=setting.key)
    return text


READERS = {"places": _number, "days": _number, "most": _number, "seats": _number, "weight": _weight, "basis": _basis,
           "cutoff": _decimal, "floor": _decimal, "months": _number, "amount_min": _decimal, "amount_max": _decimal,
           "text": _line, "place": _line}
