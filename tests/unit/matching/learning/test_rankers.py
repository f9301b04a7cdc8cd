"""Which ranker is in use: one at a time, every act audited, and back again."""

import threading

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from matching.learning import rankers
from matching.learning.rankers import Trained
from models.accounts import Role
from models.audit import AuditEvent
from models.errors import Conflict, Forbidden, Invalid, NotFound
from models.rankers import RankerState, RankerVersion
from tests import factories


@pytest.fixture
def person(session):
    return factories.staff(session)


def trained(encoder="a@1", digest="0" * 64, better=True, against=0) -> Trained:
    comparison = {"against": against, "gain": 0.1, "low": 0.01}
    return Trained(encoder, digest, b"", {"counts": {"known": 40}}, [], comparison, better)


class TestStoring:
    def test_a_better_one_goes_live_at_once_and_is_numbered_on(self, session):
        assert [rankers.store(session, trained(digest=d, against=n)).number for n, d in enumerate("ab")] == [1, 2]
        assert rankers.in_use(session).number == 2

    def test_one_that_is_not_better_waits(self, session):
        rankers.store(session, trained(better=False))
        assert rankers.in_use(session) is None

    def test_one_compared_with_what_is_no_longer_in_use_waits(self, session, person):
        rankers.use(session, person, factories.ranker_version(session, encoder="a@1"), "试", "a@1")
        assert rankers.store(session, trained(against=0)).state is RankerState.candidate

    def test_the_same_data_is_kept_once(self, session):
        rankers.store(session, trained())
        assert rankers.store(session, trained()) is None

    def test_older_candidates_retire_and_held_ones_stay(self, session, person):
        old, held = factories.ranker_version(session), factories.ranker_version(session)
        rankers.hold(session, person, held, "等")
        rankers.store(session, trained(better=False))
        assert (old.state, held.state) == (RankerState.retired, RankerState.held)

    def test_the_schema_itself_allows_one_in_use(self, session):
        factories.ranker_version(session, state=RankerState.in_use)
        with pytest.raises(IntegrityError):
            factories.ranker_version(session, state=RankerState.in_use)


class TestRollingBack:
    def test_it_goes_back_step_by_step_to_the_plain_ranking(self, session, person):
        first, second = factories.ranker_version(session), factories.ranker_version(session)
        for one in (first, second):
            rankers.use(session, person, one, "试", one.encoder)
        assert rankers.roll_back(session, person, "不好") is first
        assert rankers.roll_back(session, person, "也不好") is None
        with pytest.raises(Conflict, match="没有可以退回的"):
            rankers.roll_back(session, person, "再退")

    def test_it_stops_everything_from_going_live_by_itself(self, session, person):
        one = factories.ranker_version(session)
        rankers.use(session, person, one, "试", one.encoder)
        rankers.roll_back(session, person, "不好")
        assert one.state is RankerState.held
        assert rankers.store(session, trained()).state is RankerState.candidate
        assert rankers.promote_waiting(session, "a@1") is None

    def test_what_was_rolled_back_may_be_chosen_again(self, session, person):
        one = factories.ranker_version(session)
        rankers.use(session, person, one, "试", one.encoder)
        rankers.roll_back(session, person, "不好")
        rankers.use(session, person, one, "还是它好", one.encoder)
        assert rankers.in_use(session) is one

    def test_a_version_of_another_encoder_is_no_way_back(self, session, person):
        first, second = factories.ranker_version(session, encoder="old@1"), factories.ranker_version(session)
        for one in (first, second):
            rankers.use(session, person, one, "试", one.encoder)
        assert rankers.roll_back(session, person, "不好") is None


class TestWrong:
    @pytest.mark.parametrize("role", [Role.enterprise, Role.expert, Role.broker])
    def test_only_staff_may(self, session, role):
        outsider, one = factories.member(session, role), factories.ranker_version(session)
        for act in (lambda: rankers.use(session, outsider, one, "试", one.encoder),
                    lambda: rankers.roll_back(session, outsider, "试"),
                    lambda: rankers.hold(session, outsider, one, "试"),
                    lambda: rankers.set_automatic(session, outsider, False, "试")):
            with pytest.raises(Forbidden):
                act()

    @pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
    def test_a_reason_is_asked_for(self, session, person, reason):
        with pytest.raises(Invalid):
            rankers.set_automatic(session, person, False, reason)
        assert rankers.control(session).automatic

    def test_what_is_in_use_is_neither_chosen_again_nor_held(self, session, person):
        one = factories.ranker_version(session, state=RankerState.in_use)
        with pytest.raises(Conflict):
            rankers.use(session, person, one, "试", one.encoder)
        with pytest.raises(Conflict):
            rankers.hold(session, person, one, "试")

    def test_an_unknown_number_is_not_found(self, session):
        with pytest.raises(NotFound):
            rankers.find_version(session, 0)


def test_every_act_is_audited_with_who_and_why(session, person):
    one = factories.ranker_version(session)
    rankers.use(session, person, one, "看过", one.encoder)
    rankers.roll_back(session, person, "不好")
    rankers.set_automatic(session, person, True, "好了")
    events = session.scalars(select(AuditEvent).where(AuditEvent.action.startswith("ranker."))).all()
    assert {(event.action, event.actor_id, event.detail["reason"]) for event in events} == {
        ("ranker.chosen", person.id, "看过"), ("ranker.rolled_back", person.id, "不好"),
        ("ranker.stopped", person.id, "不好"), ("ranker.released", person.id, "好了")}


@pytest.mark.slow
def test_two_people_choosing_at_once_leave_one_in_use(private_database):
    with private_database.write() as session:
        person = factories.staff(session)
        numbers = [factories.ranker_version(session).number for _ in range(2)]
    failures = []

    def choose(number):
        try:
            with private_database.write() as session:
                one = rankers.find_version(session, number)
                rankers.use(session, session.merge(person), one, "抢", one.encoder)
        except Exception as error:
            failures.append(error)
    threads = [threading.Thread(target=choose, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with private_database.read() as session:
        states = sorted(session.scalars(select(RankerVersion.state)))
    assert (failures, states) == ([], [RankerState.in_use, RankerState.retired])


@pytest.mark.slow
def test_two_workers_claim_training_and_one_gets_it(private_database):
    tokens = []

    def claim():
        with private_database.write() as session:
            tokens.append(rankers.claim_training(session))
    threads = [threading.Thread(target=claim) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(token is not None for token in tokens) == 1
