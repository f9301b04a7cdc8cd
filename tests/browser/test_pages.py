"""Every page as every kind of person: it opens, reads well at every width and for everybody, and says nothing wrong.

Where a page fails, the failure names its address, the width and the element.
"""

import pytest
from sqlalchemy import select

from engagements.introductions import introduce
from jobs.outlooks import look
from jobs.runtime import Runtime
from models.accounts import Expert, Role, User
from models.after_award import FollowUp
from models.contests import Season
from models.demands import Confidentiality, Demand, DemandStatus
from models.engagements import Engagement
from models.meetings import MatchingDay
from models.publication import Certificate, Objection
from models.reviews import CommitteeMember, ReviewRound, ReviewSheet, RoundMode
from tests import factories
from tests.browser import tour
from tests.support import small_models
from tests.support.site import until
from web.app import create_app

PEOPLE = {Role.enterprise: ("langan", "shenfang", "yuanyu"),
          Role.expert: ("zhou-yanqiu", "lao-xiangyang", "song-yuanfan", "bai-qingyan"),
          Role.broker: ("han-qizhou", "rong-zhishui"),
          Role.staff: ("shen-wangshu",), Role.reviewer: ("jiang-yuan",)}
"""Demo people by their addresses. Whoever comes first sees the most; the others have what they lack: something sent
back, an entry begun, a contract to correct."""
FAULTS = {
    "0 h1": "document.querySelector('h1').remove()",
    "title": "document.title = ''",
    "lang": "document.documentElement.lang = ''",
    "scrolls sideways": "document.querySelector('main').style.width = '3000px'",
    "one character a row": "document.querySelector('label').style.width = '1em'",
    "axe image-alt": "document.querySelector('main').append(new Image())",
    "console": "console.error('mishap')",
    "no ring": "document.querySelector('main .btn').style.outline = 'none'",
    "a fixed bar covers": "document.querySelector('.jb-foot').style.cssText = 'position: fixed; inset: 0; z-index: 9'",
}
"""What the tour must notice, and how to plant it on the login page."""


@pytest.fixture(scope="module")
def app(site):
    return create_app(site.settings)


@pytest.fixture(scope="module")
def staged(site, tmp_path_factory):
    """What the demo city lacks: somebody who is asked whether they want to meet, a second model, a trained ranker, and
    a look at what the city lacks, which the worker may not have come to yet.

    Given are the pages that nothing else leads to: of many events one is a matching day.
    """
    _prepare_a_second_model(site, tmp_path_factory.mktemp("model"))
    runtime = Runtime(site.settings)
    look(site.database, lambda: runtime.searcher)
    with site.database.write() as session:
        broker, expert = (session.scalars(select(User).where(User.email == f"{name}@jiebang.example")).one()
                          for name in ("han-qizhou", "zhou-yanqiu"))
        theirs = select(Engagement.demand_id).join(Expert).where(Expert.user_id == expert.id)
        demand = session.scalars(select(Demand).where(
            Demand.status == DemandStatus.published, Demand.confidentiality == Confidentiality.public,
            Demand.id.not_in(theirs)).order_by(Demand.deadline.desc(), Demand.number).limit(1)).one()
        introduce(session, broker, demand, session.scalars(select(Expert).where(Expert.user_id == expert.id)).one(),
                  "两边都做碳纤维薄壁管")
        factories.ranker_version(session)
        return [*(f"/staff/matching-days/{day}" for day in session.scalars(select(MatchingDay.activity_id))),
                *_contest_pages(session)]


def _contest_pages(session):
    """What leads to the pages of a contest in each of its states: of several seasons alike one is followed."""
    over, running = session.scalars(select(Season.id).where(Season.code == "smeie-2023").order_by(Season.year)).all()
    cases = session.scalars(select(Season.id).where(Season.code == "innovator-2020")).one()
    rounds = {(one.season_id, one.mode): one.id for one in session.scalars(select(ReviewRound))}
    sheet = session.scalars(select(ReviewSheet.id).join(ReviewSheet.member).join(CommitteeMember.user).where(
        User.email == f"{PEOPLE[Role.reviewer][0]}@jiebang.example", ReviewSheet.submitted_at.is_(None))).first()
    live = rounds[over, RoundMode.live]
    return [
        f"/staff/publication/{over}", f"/staff/contests/{running}", f"/staff/contests/{over}/promotions",
        f"/staff/contests/{running}/awards/robot/seal", f"/staff/reviews/seasons/{running}",
        f"/staff/reviews/rounds/{live}/live", f"/staff/reviews/rounds/{live}/results",
        f"/staff/reviews/rounds/{rounds[running, RoundMode.written]}", f"/cases/offices/{cases}",
        f"/cases/quotas/{cases}", f"/reviews/sheets/{sheet}", f"/reviews/rounds/{live}/live",
        f"/entries/groups/{running}/robot", f"/certificates/{session.scalars(select(Certificate.number)).first()}",
        f"/staff/publication/follow-ups/{session.scalars(select(FollowUp.id)).first()}",
        *(f"/notices/objections/{one}" for one in session.scalars(select(Objection.id)))]


def _prepare_a_second_model(site, folder):
    site.run("encoder", "prepare", str(small_models.build(folder / "second", 2)), "--wait")
    until(lambda: "准备好了" in site.run("encoder", "status"), "the worker to prepare the second model")


@pytest.fixture(scope="module")
def tour_of(app, staged, open_for_all):
    """The tour of the people of one role, taken on first use."""
    taken: dict[Role | None, tour.Tour] = {}

    def of(role: Role | None) -> tour.Tour:
        if role not in taken:
            people = [tour.tourist(open_for_all(), name).login(f"{name}@jiebang.example")
                      for name in PEOPLE.get(role, ())]
            taken[role] = tour.take(app, people or [tour.tourist(open_for_all(), "visitor")], role, staged)
        return taken[role]

    return of


@pytest.mark.parametrize("role", [None, *PEOPLE])
def test_every_page_is_in_order(tour_of, role):
    assert tour_of(role).problems == {}


def test_every_route_was_opened(app, tour_of):
    opened = {endpoint for role in (None, *PEOPLE) for endpoint in tour_of(role).pages}
    missed = {route.endpoint for route in tour.pages_of(app)} - opened
    assert missed == set(tour.NOT_IN_THE_DEMO)


@pytest.mark.parametrize(("address", "status"), [("/nowhere", 404), ("/staff/verify", 403)])
def test_a_page_that_refuses_is_in_order_too(open_context, address, status):
    person = tour.tourist(open_context(), "visitor").login("langan@jiebang.example")
    assert tour.look(person, address, (status,)).problems == []


@pytest.mark.parametrize("fault", FAULTS)
def test_the_tour_notices(open_context, fault):
    """A tour that finds nothing proves something only where it would have found it."""
    person = tour.tourist(open_context(), "visitor")
    person.page.add_init_script(f"addEventListener('load', () => {{ {FAULTS[fault]} }})")
    assert any(fault in found for found in tour.look(person, "/login").problems)
