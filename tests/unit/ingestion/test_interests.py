import pytest

from ingestion import interests
from models.errors import Conflict, Forbidden, Invalid, NotFound
from tests import factories


@pytest.fixture
def expert(session):
    return factories.expert(session)


@pytest.fixture
def firm(session):
    return factories.organisation(session)


def test_declaring_twice_makes_one(session, expert, firm):
    first = interests.declare(session, expert.user, against=firm.name, reason="亲属任职")
    assert interests.declare(session, expert.user, against=firm.name, reason="又写一遍") is first


def test_staff_record_one_for_an_expert_by_name(session, expert, firm):
    made = interests.declare(session, factories.staff(session), party=expert.name, against=firm.name, reason="来信说明")
    assert (made.expert_id, made.organisation_id) == (expert.id, None)


@pytest.mark.parametrize(("against", "reason", "field"), [
    ("没有这个单位", "亲属任职", "against"), ("", "亲属任职", "against"), (None, " ", "reason"), (None, "长" * 201, "reason")])
def test_what_is_missing_is_named(session, expert, firm, against, reason, field):
    with pytest.raises(Invalid) as refused:
        interests.declare(session, expert.user, against=firm.name if against is None else against, reason=reason)
    assert refused.value.field == field


def test_ones_own_organisation_needs_none(session, expert):
    with pytest.raises(Invalid):
        interests.declare(session, expert.user, against=expert.organisation.name, reason="同单位")


def test_who_is_neither_side_nor_staff_may_not(session, firm):
    with pytest.raises(Forbidden):
        interests.declare(session, factories.broker(session).user, against=firm.name, reason="不想牵线")


def test_the_other_side_learns_nothing_of_it_and_cannot_withdraw_it(session, expert, firm):
    contact = factories.contact(session, firm)
    made = interests.declare(session, expert.user, against=firm.name, reason="亲属任职")
    assert interests.of(session, contact) == []
    with pytest.raises(NotFound):
        interests.withdraw(session, contact, made)


def test_it_is_withdrawn_once_and_stays_on_record(session, expert, firm):
    made = interests.declare(session, expert.user, against=firm.name, reason="亲属任职")
    interests.withdraw(session, expert.user, made)
    assert interests.of(session, expert.user) == [made]
    with pytest.raises(Conflict):
        interests.withdraw(session, expert.user, made)
