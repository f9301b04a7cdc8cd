"""Who sees how much of a demand."""

import pytest

from engagements.disclosure import disclosure_of, open_full_text, openings_of
from models.demands import Confidentiality, DemandStatus
from models.engagements import EndCode, Stage
from models.errors import Forbidden, Invalid, NotFound
from tests import factories


def confidential(session, level, **columns):
    return factories.demand(session, confidentiality=level, abstract="一种薄壁管件的精度问题，求在线控制办法。", **columns)


@pytest.mark.parametrize("status", [DemandStatus.draft, DemandStatus.submitted, DemandStatus.returned,
                                    DemandStatus.withdrawn])
def test_what_is_not_posted_is_unknown_to_others(session, status):
    demand = factories.demand(session, status=status)
    with pytest.raises(NotFound):
        disclosure_of(session, factories.contact(session), demand)


def test_a_public_demand_is_open_to_visitors(session):
    assert disclosure_of(session, None, factories.demand(session)).full


def test_its_enterprise_sees_everything(session):
    demand = confidential(session, Confidentiality.internal, status=DemandStatus.draft)
    assert disclosure_of(session, demand.author, demand).owner


def test_staff_see_everything(session):
    assert disclosure_of(session, factories.staff(session), confidential(session, Confidentiality.internal)).full


def test_staff_know_of_a_demand_once_it_is_handed_in(session):
    with pytest.raises(NotFound):
        disclosure_of(session, factories.staff(session), factories.demand(session, status=DemandStatus.draft))


@pytest.mark.parametrize("level", [Confidentiality.summary, Confidentiality.nda])
def test_of_a_confidential_one_visitors_see_the_abstract(session, level):
    seen = disclosure_of(session, None, confidential(session, level))
    assert (seen.full, seen.may_open) == (False, False)


def test_an_internal_one_is_unknown(session):
    with pytest.raises(NotFound):
        disclosure_of(session, factories.expert(session).user, confidential(session, Confidentiality.internal))


class TestOpening:
    def test_the_engaged_expert_opens_it_once_and_it_is_logged(self, session):
        engaged = factories.engagement(session, confidential(session, Confidentiality.nda))
        expert, demand = engaged.expert.user, engaged.demand
        assert not disclosure_of(session, expert, demand).full
        open_full_text(session, expert, demand, promised=True)
        open_full_text(session, expert, demand, promised=True)
        assert disclosure_of(session, expert, demand).full
        assert [log.user_id for log in openings_of(session, demand)] == [expert.id]

    def test_not_without_the_promise(self, session):
        engaged = factories.engagement(session, confidential(session, Confidentiality.nda))
        with pytest.raises(Invalid):
            open_full_text(session, engaged.expert.user, engaged.demand, promised=False)

    def test_interest_alone_opens_a_summary_but_not_an_nda(self, session):
        for level, opens in ((Confidentiality.summary, True), (Confidentiality.nda, False)):
            engaged = factories.engagement(session, confidential(session, level), accepted_at=None)
            assert disclosure_of(session, engaged.expert.user, engaged.demand).may_open is opens

    def test_an_ended_engagement_opens_nothing(self, session):
        engaged = factories.engagement(session, confidential(session, Confidentiality.nda), stage=Stage.ended,
                                       end_code=EndCode.price)
        with pytest.raises(Forbidden):
            open_full_text(session, engaged.expert.user, engaged.demand, promised=True)

    def test_the_agreed_broker_may_open_it(self, session):
        engaged = factories.engagement(session, confidential(session, Confidentiality.nda))
        introduction = factories.introduction(session, engaged)
        assert disclosure_of(session, introduction.broker.user, engaged.demand).may_open
