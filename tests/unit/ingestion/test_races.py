"""Two people act at the same moment: one goes through, the other is told; nothing is done twice."""

import threading

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from ingestion import admission, demands
from models.accounts import Admission, Expert, ExpertKind, Role, RoleGrant, User
from models.demands import Demand, DemandStatus
from models.errors import Conflict
from tests import factories


def at_once(database, *acts) -> list[str]:
    """Run each act in its own transaction and thread, all started together: what came of each."""
    start, came = threading.Barrier(len(acts)), []

    def go(act):
        start.wait()
        try:
            with database.write() as session:
                act(session)
            came.append("done")
        except (Conflict, StaleDataError):
            came.append("told")

    threads = [threading.Thread(target=go, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(came)


@pytest.fixture
def staff(private_database):
    with private_database.write() as session:
        return [factories.staff(session).id for _ in range(2)]


def test_two_staff_admit_one_person(private_database, staff):
    with private_database.write() as session:
        person = factories.user(session)
        detail = {"kind": ExpertKind.university, "title": "教授", "field": "机械"}
        college = factories.organisation(session, "university")
        grant = factories.grant(session, person, Role.expert, college, Admission.applied, detail=detail).id

    def admit(who):
        return lambda session: admission.approve(session, session.get(User, who), session.get(RoleGrant, grant))

    assert at_once(private_database, *map(admit, staff)) == ["done", "told"]
    with private_database.read() as session:
        assert session.scalar(select(func.count()).select_from(Expert)) == 1


def test_two_staff_decide_on_one_demand(private_database, staff):
    with private_database.write() as session:
        demand = factories.demand(session, status=DemandStatus.submitted, published_at=None)
        key, version = demand.id, demand.version

    def publish(session):
        demands.publish(session, session.get(User, staff[0]), session.get(Demand, key), version)

    def send_back(session):
        demands.return_with_reason(session, session.get(User, staff[1]), session.get(Demand, key), version, "写清指标")

    assert at_once(private_database, publish, send_back) == ["done", "told"]
    with private_database.read() as session:
        assert len(session.get(Demand, key).events) == 1


def test_numbers_are_given_once(private_database):
    with private_database.write() as session:
        drafts = [factories.demand(session, number=None, status=DemandStatus.draft) for _ in range(4)]
        keys = [(draft.id, draft.author_id, draft.version) for draft in drafts]

    def submit(key, author, version):
        return lambda session: demands.submit(session, session.get(User, author), session.get(Demand, key), version)

    assert at_once(private_database, *(submit(*one) for one in keys)) == ["done"] * 4
    with private_database.read() as session:
        assert len(set(session.scalars(select(Demand.number)))) == 4
