"""Two moves at once on one case: one is made, the other finds the case moved on, the log has no gap."""

import contextvars
import threading

from contests.lifecycles.acts import make_move
from ledger import log
from models.accounts import User
from models.errors import DomainError
from models.lifecycles import Case, CaseMove
from tests.unit.contests.lifecycles.conftest import offices


def at_once(*acts) -> list[str]:
    """The acts let go together, each in a thread that keeps the test's clock; what came of each, sorted."""
    outcomes, start = [], threading.Barrier(len(acts))

    def run(act) -> None:
        start.wait()
        try:
            outcomes.append(act())
        except DomainError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=contextvars.copy_context().run, args=(run, act)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_two_moves_at_once_one_is_made(private_database, city, noon):
    with private_database.sessions() as session:
        office = offices(session)
        case, actor = office.open().id, office.city.id
        session.commit()

    def approve() -> str:
        with private_database.sessions() as session:
            make_move(session, session.get_one(User, actor), session.get_one(Case, case), "approve")
            session.commit()
            return "made"

    assert at_once(approve, approve, approve) == ["conflict", "conflict", "made"]
    with private_database.read() as session:
        assert session.query(CaseMove).filter_by(case_id=case, code="approve").count() == 1
        assert log.verify_database(session) == []
