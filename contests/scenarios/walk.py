"""A walk through lifecycles: the clock jumps, offices are given, each move is told, each refusal with its clause."""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from contests.lifecycles.acts import Act, make_move, open_case
from contests.lifecycles.births import Subject
from contests.lifecycles.history import Record, record_of, working_days
from contests.lifecycles.offices import give_office
from contests.rules.window import chinese_day
from contests.scenarios.cast import Cast
from contests.scenarios.play import Play
from contests.season_settings import open_season, settle
from contests.seasons import definition_of
from models.accounts import Organisation, OrganisationKind, Role, User
from models.base import CITY_TIME, clock_at, today
from models.contests import Season
from models.errors import DomainError
from models.lifecycles import Case

Result = TypeVar("Result")
MORNING = dt.time(9)


class Walk:
    """One walk through a season's lifecycles, told to `run`. `day` is where its clock stands."""

    def __init__(self, run: Play, code: str, year: int, begins: dt.date):
        self.run, self.session, self.day = run, run.session, begins
        self.cast = Cast(run.session)
        self.staff = self.person("市级工作人员", Role.staff)
        self.season: Season = self.on(begins, lambda: open_season(self.session, self.staff, code, year))
        run.announce(definition_of(self.season), self.season)

    def on(self, day: dt.date, act: Callable[[], Result]) -> Result:
        """Let the clock jump to the morning of `day`, then act."""
        self.day = day
        with clock_at(dt.datetime.combine(day, MORNING, CITY_TIME)):
            return act()

    def say(self, text: str) -> None:
        self.run.say(f"  {self.day:%Y-%m-%d}　{text}")

    def phase(self, name: str) -> None:
        self.run.say(f"【{name}】")

    def person(self, name: str, role: Role | None = None) -> User:
        return self.on(self.day, lambda: self.cast.person(name, role))

    def firm(self, name: str, district: str, kind: OrganisationKind = OrganisationKind.enterprise) -> Organisation:
        return self.on(self.day, lambda: self.cast.organisation(name, kind, district))

    def office(self, role: str, holder: User, **scope) -> User:
        self.on(self.day, lambda: give_office(self.session, self.staff, self.season, role, holder, **scope))
        return holder

    def settle(self, values: dict[str, object], source: str) -> None:
        """Set what the document leaves open, by the minutes named."""
        self.on(self.day, lambda: settle(self.session, self.staff, self.season, values, source=source,
                                         version=self.season.version))
        self.say(f"按{source}定下 {len(values)} 项原文没有写明的")

    def open(self, actor: User, lifecycle: str, move: str, subject: Subject, **said) -> Case | None:
        act = _act(said)
        case = self.attempt(lambda: open_case(self.session, actor, self.season, lifecycle, move, subject, act))
        if case is not None:
            self._told(case)
        return case

    def move(self, actor: User, case: Case, code: str, **said) -> None:
        act = _act(said)
        if self.attempt(lambda: make_move(self.session, actor, case, code, act), case.name) is not None:
            self._told(case)

    def attempt(self, act: Callable[[], Result], who: str = "") -> Result | None:
        """Do it today; a refusal is told with its clause, and nothing is changed."""
        try:
            with self.session.begin_nested():
                return self.on(self.day, act)
        except DomainError as error:
            self.session.expire_all()
            self.run.refused.append(error)
            self.say(f"✗ {who + '：' if who else ''}{error.message}" + (f"　依据 {error.clause}" if error.clause else ""))
            return None

    def record(self, case: Case) -> Record:
        """The case as of the clock's day."""
        return self.on(self.day, lambda: record_of(case, today(), working_days(self.session)))

    def jump(self, case: Case, code: str, *, past: int = 0) -> None:
        """Let the clock jump to the last day of the case's next open duty of that code, or so many days past it."""
        due = next(one.due for one in self.record(case).deadlines if one.clock.code == code and one.met_on is None
                   and one.ended_on is None and one.due >= self.day)
        self.day = due + dt.timedelta(days=past)
        self.say(f"时钟跳到“{self.record(case).lifecycle.clock(code).name}”的最后一天 {chinese_day(due)}"
                 + (f"之后第 {past} 天" if past else ""))

    def _told(self, case: Case) -> None:
        made = case.moves[-1]
        record = self.record(case)
        reason = f"：{made.reason}" if made.reason else ""
        self.say(f"✓ {record.name}　{record.move_of(made).name}{reason}　→ {record.state.name}　台账第 {made.ledger_index} 条")


def _act(said: dict) -> Act:
    return Act(reason=said.pop("reason", ""), period=said.pop("period", None),
               typed={code: str(value) for code, value in said.items()})
