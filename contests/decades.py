"""Days as Chinese documents name them: a date, a month, or a third of one (上旬, 中旬, 下旬)."""

import calendar
import datetime as dt
import re
from typing import Annotated, Any

from pydantic import BeforeValidator

SAID = re.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(?:份|(上|中|下)旬)?")
FIRST = {"上": 1, "中": 11, "下": 21}
LAST = {"上": 10, "中": 20}


def first_day(said: str) -> dt.date:
    """2020年8月中旬 → 2020-08-11; a whole month begins on its first. ValueError for anything else."""
    year, month, part = _read(said)
    return dt.date(year, month, FIRST.get(part, 1))


def last_day(said: str) -> dt.date:
    """2020年8月上旬 → 2020-08-10; 下旬 and a whole month end on the month's last day. ValueError for anything else."""
    year, month, part = _read(said)
    return dt.date(year, month, LAST.get(part) or calendar.monthrange(year, month)[1])


def _read(said: str) -> tuple[int, int, str | None]:
    found = SAID.fullmatch(said.strip())
    if found is None or not 1 <= int(found[2]) <= 12:
        raise ValueError(f"看不懂“{said}”：写日期，或“2020年6月下旬”“2020年12月”这样的写法")
    return int(found[1]), int(found[2]), found[3]


def _named(reader):
    """Reads the document's way of naming a day; a date in digits and the mark `unsaid` pass as they are."""
    def read(value: Any) -> Any:
        return reader(value) if isinstance(value, str) and "月" in value else value
    return BeforeValidator(read)


FirstDay = Annotated[dt.date, _named(first_day)]
LastDay = Annotated[dt.date, _named(last_day)]
