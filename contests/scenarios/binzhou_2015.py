"""003 played through: a year of the workers' contest with its periodic returns, then the next year begins anew."""

import datetime as dt

from contests.lifecycles.births import Subject
from contests.lifecycles.lists import rows_for
from contests.scenarios.play import Play
from contests.scenarios.walk import Walk
from contests.season_settings import open_season
from contests.seasons import definition_of
from models.lifecycles import Case

CODE = "binzhou-2015"
DISTRICT = "371602"
INTERVAL = {"lifecycles.unit_year.clocks.returns.months": 3}


def play(run: Play) -> None:
    """Everything is made in the run's session; nothing is committed."""
    walk = Walk(run, CODE, 2015, dt.date(2015, 2, 27))
    walk.settle(INTERVAL, "市总工会办公会纪要")
    cast = Cast(walk)
    walk.phase("动员部署，3 月")
    units = _plan(walk, cast)
    walk.phase("推进实施，4 月至 10 月，按期报送")
    _carry_out(walk, cast, units)
    walk.phase("总结提高，11 月")
    _sum_up(walk, cast, units)
    walk.phase("结果")
    for case in units:
        walk.say(f"{case.name}　{walk.record(case).state.name}")
    _next_year(walk)


class Cast:
    """Units and the people of their unions. All invented."""

    def __init__(self, walk: Walk):
        self.city = walk.office("city", walk.person("市总工会经办人"))
        self.firms = [walk.firm(name, DISTRICT) for name in ("黄河纺织有限公司", "渤海化工有限公司", "滨城机械有限公司")]
        self.union = {firm.id: walk.office("union", walk.person(f"{firm.name[:4]}工会主席"), organisation=firm)
                      for firm in self.firms}

    def of(self, case: Case):
        return self.union[case.organisation_id]


def _plan(walk: Walk, cast: Cast) -> list[Case]:
    first = cast.firms[0]
    walk.open(cast.union[first.id], "unit_year", "plan", Subject(first.name, first, DISTRICT), theme="节能减排", people=120)
    walk.day = dt.date(2015, 3, 16)
    return [walk.open(cast.union[firm.id], "unit_year", "plan", Subject(firm.name, firm, DISTRICT), theme="五小",
                      people=80) for firm in cast.firms]


def _carry_out(walk: Walk, cast: Cast, units: list[Case]) -> None:
    walk.move(cast.of(units[0]), units[0], "begin")
    walk.day = dt.date(2015, 4, 1)
    for case in units[:2]:
        walk.move(cast.of(case), case, "begin")
    walk.jump(units[0], "returns")
    due = walk.day
    walk.move(cast.of(units[0]), units[0], "report", period=due, activities=4, people=300, summary="革新 4 项")
    walk.move(cast.of(units[0]), units[0], "report", period=due, activities=4, people=300, summary="又报一次")
    walk.day = due + dt.timedelta(days=5)
    _overdue(walk)
    walk.move(cast.city, units[1], "inspect", finding="没有按期报送，限期补报")
    walk.move(cast.of(units[1]), units[1], "report", period=due, activities=2, people=90, summary="合理化建议 20 条")
    _overdue(walk)


def _sum_up(walk: Walk, cast: Cast, units: list[Case]) -> None:
    walk.day = dt.date(2015, 10, 31)
    walk.move(cast.of(units[0]), units[0], "summarise", summary="名师带徒")
    walk.day = dt.date(2015, 11, 10)
    for case in units[:2]:
        walk.move(cast.of(case), case, "summarise", summary="名师带徒")
    for case, score in zip(units[:2], (93, 71), strict=True):
        walk.move(cast.city, case, "assess", score=score)
    walk.move(cast.city, units[2], "close", reason="报了方案，没有推进")


def _overdue(walk: Walk) -> None:
    """The list of what is overdue on this day, as staff see it."""
    rows = [row for row in walk.on(walk.day, lambda: rows_for(walk.session, walk.staff)) if row.overdue]
    for row in rows:
        walk.say(f"！{row.record.name}　“{row.due.clock.name}”逾期，最后一天是 {row.due.due:%Y-%m-%d}")
    if not rows:
        walk.say("没有逾期的报送")


def _next_year(walk: Walk) -> None:
    year = walk.season.year + 1
    walk.day = dt.date(year, 1, 5)
    season = walk.on(walk.day, lambda: open_season(walk.session, walk.staff, walk.season.code, year))
    phases = "；".join(f"{phase.name} {phase.starts:%Y-%m-%d} 至 {phase.ends:%Y-%m-%d}"
                      for phase in definition_of(season).phases)
    walk.say(f"{year} 年这届开了：{phases}")
