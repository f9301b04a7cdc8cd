"""A move's form as it came in: the day, the reason, the duty it meets, its own fields."""

import datetime as dt

from flask import request
from flask_babel import gettext as _

from contests.lifecycles.acts import Act
from contests.lifecycles.parts import Move
from ingestion import amounts
from models.errors import Invalid

PARTS = ("year", "month", "day")


def act_of(move: Move) -> Act:
    """What the form says. Invalid for a day or period that is none."""
    typed = {field.code: _day_text(field.code) if field.kind == "day" else request.form.get(field.code, "")
             for field in move.fields}
    return Act(on=_day("on", _("哪天")), reason=request.form.get("reason", ""), period=_period(), typed=typed)


def boxes(name: str, day: dt.date | None = None) -> tuple[str, str, str]:
    """The three boxes of a day: as sent, or as given."""
    if f"{name}-year" in request.form:
        year, month, number = (request.form.get(f"{name}-{part}", "") for part in PARTS)
        return year, month, number
    return (str(day.year), str(day.month), str(day.day)) if day else ("", "", "")


def _day(name: str, label: str) -> dt.date | None:
    return amounts.day(*(request.form.get(f"{name}-{part}") for part in PARTS), name, label)


def _day_text(name: str) -> str:
    day = _day(name, _("日期"))
    return day.isoformat() if day else ""


def _period() -> dt.date | None:
    text = request.form.get("period", "")
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(_("选对应哪一期"), field="period") from None
