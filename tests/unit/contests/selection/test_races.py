"""Two people at once: one seal, one decision, and a weight that is either edited before the seal or not at all."""

import contextvars
import threading
import uuid

import pytest

from contests.season_settings import settle
from contests.selection.ballot import Ballot, digest
from contests.selection.decision import decide, propose, ranking
from contests.selection.sealing import seal
from ledger import log
from models.accounts import Role, User
from models.awards import Award, AwardProposal, SealedTerms
from models.base import clock_at
from models.contests import Season
from models.errors import Conflict
from tests import factories
from tests.support.selecting import IN_REVIEW, MINUTES, TRACK, entrant, reviewed_season

WEIGHTS = {f"tracks.{TRACK}.indicators.projects.weight": "0.1", f"tracks.{TRACK}.indicators.amount.weight": "0.5"}


@pytest.fixture
def ids(private_database, noon) -> dict[str, uuid.UUID]:
    with private_database.write() as session:
        season = reviewed_season(session)
        for amount in (300_000, 200_000):
            entrant(session, season, amount)
        people = [factories.staff(session), factories.staff(session), factories.member(session, Role.admin)]
        return {"season": season.id, **{f"person{at}": person.id for at, person in enumerate(people)}}


def at_once(*acts) -> list[str]:
    """Run the acts in threads of their own, let go together; what came of each."""
    outcomes, start = [], threading.Barrier(len(acts))

    def run(act) -> None:
        start.wait()
        try:
            outcomes.append(act())
        except Conflict:
            outcomes.append("conflict")

    threads = [threading.Thread(target=contextvars.copy_context().run, args=(run, act)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def put_seal(database, ids, person: str) -> str:
    with database.write() as session:
        season = session.get_one(Season, ids["season"])
        seal(session, session.get_one(User, ids[person]), season, TRACK, minutes=MINUTES, version=1)
    return "sealed"


def test_of_two_who_seal_at_once_one_is_told(private_database, ids):
    outcomes = at_once(lambda: put_seal(private_database, ids, "person0"),
                       lambda: put_seal(private_database, ids, "person1"))
    assert outcomes == ["conflict", "sealed"]
    with private_database.read() as session:
        assert session.query(SealedTerms).count() == 1
        assert log.verify_database(session) == []


def test_a_weight_edited_while_it_is_sealed_is_sealed_as_edited_or_not_edited(private_database, ids):
    def edit() -> str:
        with private_database.write() as session:
            season = session.get_one(Season, ids["season"])
            settle(session, session.get_one(User, ids["person1"]), season, WEIGHTS, source=MINUTES, version=1)
        return "edited"

    outcomes = at_once(edit, lambda: put_seal(private_database, ids, "person0"))
    assert outcomes in (["conflict", "edited"], ["conflict", "sealed"])
    with private_database.read() as session:
        assert session.query(SealedTerms).count() == (outcomes[1] == "sealed")


def test_a_list_is_decided_once_by_two_at_once(private_database, ids):
    put_seal(private_database, ids, "person0")
    with clock_at(IN_REVIEW):
        with private_database.write() as session:
            season = session.get_one(Season, ids["season"])
            _, selection = ranking(session, season, TRACK, Ballot())
            propose(session, session.get_one(User, ids["person0"]), season, TRACK, ballot=Ballot(), minutes=MINUTES,
                    seen=digest(selection))

        def press(person: str) -> str:
            with private_database.write() as session:
                decide(session, session.get_one(User, ids[person]), session.query(AwardProposal).one())
            return "decided"

        assert at_once(lambda: press("person1"), lambda: press("person2")) == ["conflict", "decided"]
    with private_database.read() as session:
        assert session.query(Award).count() == 2
        assert log.verify_database(session) == []
