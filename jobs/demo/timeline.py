"""Acts of the past, done in the order in which they happened, each under its own time."""

import datetime as dt
from collections.abc import Callable

from models.base import CITY_TIME, clock_at, now, today


class Timeline:
    """Collects acts and runs them by time; acts of the same minute keep the order they were added in."""

    def __init__(self) -> None:
        self.present, self.day = now(), today()
        self.acts: list[tuple[dt.datetime, int, Callable[[], object]]] = []

    def on(self, days_ago: int, at: str = "09:00") -> dt.datetime:
        """A time of day (Asia/Shanghai) so many days before the present one; never later than now."""
        moment = dt.datetime.combine(self.day - dt.timedelta(days=days_ago), dt.time.fromisoformat(at), CITY_TIME)
        return min(moment, self.present)

    def add(self, moment: dt.datetime, act: Callable[[], object]) -> None:
        self.acts.append((moment, len(self.acts), act))

    def run(self) -> None:
        for moment, _, act in sorted(self.acts, key=lambda one: one[:2]):
            with clock_at(moment):
                act()
