"""How values are written for people: money in 万元, dates the Chinese way, codes by name, numbers masked."""

import datetime as dt
from decimal import Decimal

from flask import Flask
from flask_babel import format_date, gettext

from models import codes, money
from models.base import CITY_TIME, city_day, today
from models.figures import percent, plain
from web import names


def wan(amount: Decimal | None, digits: int = 2) -> str:
    """元 → the figure in 万元 as pages show it, to two decimals: 380000 → 38, 43126000 → 4,312.6."""
    return money.wan(amount, digits)


def budget(low: Decimal | None, high: Decimal | None) -> str:
    """A budget as people say it: 30–50 万元, 80 万元以内, 25 万元, 面议."""
    if low is None and high is None:
        return gettext("面议")
    if low is not None and high is not None and low != high:
        return gettext("%(low)s–%(high)s 万元", low=wan(low), high=wan(high))
    if low is None:
        return gettext("%(high)s 万元以内", high=wan(high))
    if high is None:
        return gettext("%(low)s 万元以上", low=wan(low))
    return gettext("%(low)s 万元", low=wan(low))


def day(value: dt.date | dt.datetime | None, year: bool | None = None) -> str:
    """11 月 22 日; with the year when it is not this one, or when asked."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = city_day(value)
    with_year = value.year != today().year if year is None else year
    return format_date(value, gettext("y 年 M 月 d 日") if with_year else gettext("M 月 d 日"))


def moment(value: dt.datetime | None) -> str:
    """11 月 22 日 10:42, in Asia/Shanghai."""
    return "" if value is None else f"{day(value)} {value.astimezone(CITY_TIME):%H:%M}"


def days_left(deadline: dt.date | None) -> int | None:
    """Whole days until the last day, 0 on it, negative after it."""
    return None if deadline is None else (deadline - today()).days


def mask_phone(phone: str) -> str:
    """199****0001: shown where the whole number is nobody's business."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****"


def mask_email(email: str) -> str:
    name, _, host = email.partition("@")
    return f"{name[:1]}***@{host}"


def init(app: Flask) -> None:
    app.jinja_env.filters.update(wan=wan, day=day, moment=moment, days_left=days_left, mask_phone=mask_phone,
                                 mask_email=mask_email, percent=percent, plain=plain, district=names.district,
                                 industry=codes.industry_name)
    app.jinja_env.globals.update(budget=budget, today=today)
