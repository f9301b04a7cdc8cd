"""A technology innovation centre on its way in the demo city, and who nominates in the campaign of 002."""

from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from contests.lifecycles.acts import Act, make_move, open_case
from contests.lifecycles.births import Subject
from contests.lifecycles.kpis import report_figure
from contests.lifecycles.offices import give_office
from contests.lifecycles.quota_table import set_quota
from contests.season_settings import open_season, settle
from jobs.demo.city import People
from jobs.demo.timeline import Timeline
from models.base import today
from models.contests import Season
from models.lifecycles import Case

CENTRE, NOMINATION = "weihai-centre-2022", "innovator-2020"
UNIT, CONTACT, AUTHORITY = "langan", "u-langan", "yan-guifan"
DISTRICT = "371082"
BEGUN = 200
"""Days ago the unit said that it wants a centre."""
MINUTES = "市科技局局长办公会纪要（虚构）"
COURSE = ((BEGUN - 5, "convene", {}), (BEGUN - 8, "argue", {"opinion": "方案可行，投入计划要再细一些"}),
          (BEGUN - 10, "visit", {"opinion": "中试线和检测间都在用，条件具备"}),
          (BEGUN - 14, "revise", {"changes": "按论证意见补了三年投入计划"}), (BEGUN - 16, "publish", {}),
          (BEGUN - 40, "approve", {"document": "威科字〔虚构〕7号"}), (BEGUN - 45, "sign_bureau", {}),
          (BEGUN - 46, "sign_authority", {}), (BEGUN - 47, "sign_unit", {}), (BEGUN - 48, "start", {}))
"""Days ago, move, what is said with it."""
UNIT_MOVES, AUTHORITY_MOVES = {"revise", "sign_unit"}, {"sign_authority"}
PLACES = {"371000": 3, "370600": 3}
FIGURES = {"events": 1, "reports": 3}


def plan(session: Session, timeline: Timeline, people: People) -> None:
    """Plan the centre's course and the campaign's offices."""
    timeline.add(timeline.on(BEGUN + 1), lambda: _offices(session, people))
    timeline.add(timeline.on(BEGUN), lambda: _begin(session, people))
    for ago, move, said in COURSE:
        timeline.add(timeline.on(ago, "14:00"), partial(_move, session, people, move, said))
    timeline.add(timeline.on(20), lambda: _campaign(session, people))


def _season(session: Session, code: str) -> Season:
    return session.scalars(select(Season).where(Season.code == code)).one()


def _offices(session: Session, people: People) -> None:
    clerk = people.staff[0]
    season = open_season(session, clerk, CENTRE, today().year)
    settle(session, clerk, season, {"public_notice.days": 7}, source=MINUTES, version=season.version)
    give_office(session, clerk, season, "bureau", clerk)
    give_office(session, clerk, season, "authority", people.users[AUTHORITY], district=DISTRICT)
    give_office(session, clerk, season, "unit", people.users[CONTACT], organisation=people.organisations[UNIT])


def _begin(session: Session, people: People) -> None:
    open_case(session, people.users[AUTHORITY], _season(session, CENTRE), "centre", "recommend",
              Subject("碳纤维钓具", people.organisations[UNIT], DISTRICT, "C2449"),
              Act(typed={"mode": "龙头企业牵头", "tasks": "薄壁碳纤维管成型、涂装和检测的共性技术"}))


def _move(session: Session, people: People, move: str, said: dict[str, str]) -> None:
    actor = people.users[CONTACT] if move in UNIT_MOVES else (
        people.users[AUTHORITY] if move in AUTHORITY_MOVES else people.staff[0])
    make_move(session, actor, session.scalars(select(Case)).one(), move, Act(typed=said))


def _campaign(session: Session, people: People) -> None:
    """Offices, places by district, and the first figures of the campaign."""
    clerk = people.staff[0]
    season = open_season(session, clerk, NOMINATION, today().year)
    give_office(session, clerk, season, "province", clerk)
    give_office(session, clerk, season, "association", people.users[CONTACT], organisation=people.organisations[UNIT])
    for district, places in PLACES.items():
        set_quota(session, clerk, season, "allocation", district, places, MINUTES)
    for measure, value in FIGURES.items():
        report_figure(session, clerk, season, measure, value, source="活动总结和剪报（虚构）")
