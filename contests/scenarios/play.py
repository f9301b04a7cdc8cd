"""A contest as it is played: the clock jumps, acts are told, refusals are told with their clause and change nothing."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from contests.definition import Definition
from contests.parts import Phase
from models.base import CITY_TIME, clock_at
from models.contests import Season
from models.errors import DomainError

SCENARIOS = uuid.UUID("4f1f6c2e-0d1c-5c58-9d0a-2f5a8a6f3c11")
"""The namespace of ids made from words, so that a play is the same each time."""


class NotRefused(AssertionError):
    """Something that a clause forbids went through."""


class Play:
    """One run. `say` takes each line as it happens; `refused` and `done` keep what a test asks about."""

    def __init__(self, session: Session, say: Callable[[str], object]):
        self.session = session
        self.say = say
        self._moment = ""
        self._told = ""
        self.refused: list[DomainError] = []
        self.results: list[str] = []

    def announce(self, definition: Definition, season: Season) -> None:
        source = definition.source
        self.say(f"{source.number}　{source.issuer}　{definition.title}（{season.year} 年）")
        for warning in definition.warnings:
            self.say(f"  ！{warning.text}")

    def phase(self, phase: Phase) -> None:
        days = "　".join(f"{day:%Y-%m-%d}" for day in phase.days) if phase.days else "日期未定"
        self.say(f"【{phase.name}】{days}")

    def did(self, text: str) -> None:
        self._tell(f"✓ {text}")

    def result(self, text: str) -> None:
        self.results.append(text)
        self._tell(f"★ {text}")

    @contextmanager
    def at(self, day: dt.date, hour: int = 10, minute: int = 0, second: int = 0) -> Iterator[None]:
        """Within the block it is that moment in Asia/Shanghai."""
        moment = dt.datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=CITY_TIME)
        self._moment = f"{moment:%Y-%m-%d %H:%M:%S}" if second else f"{moment:%Y-%m-%d %H:%M}"
        with clock_at(moment):
            yield

    @contextmanager
    def refusing(self, who: str) -> Iterator[None]:
        """The block must be refused; what it wrote is rolled back. NotRefused where it goes through."""
        try:
            with self.session.begin_nested():
                yield
                raise NotRefused(who)
        except DomainError as error:
            self.session.expire_all()
            self.refused.append(error)
            self._tell(f"✗ {who}：{error.message}" + (f"　〔{error.clause}〕" if error.clause else ""))

    def _tell(self, act: str) -> None:
        """Say the act, and before it the moment where another one began."""
        if self._moment != self._told:
            self.say(f"  {self._moment}")
            self._told = self._moment
        self.say(f"    {act}")


def id_of(*words: object) -> uuid.UUID:
    return uuid.uuid5(SCENARIOS, "/".join(map(str, words)))
