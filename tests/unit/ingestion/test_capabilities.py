import pytest
from sqlalchemy import select

from ingestion import capabilities, follow
from ingestion.capabilities import CapabilityForm, ClaimRow
from ingestion.findings import InvalidForm
from models.capabilities import CapabilityStatus, Dismissal, DismissalCode
from models.demands import Confidentiality, DemandStatus
from models.errors import Conflict, Forbidden, NotFound
from models.index import OutboxRow
from tests import factories

FORM = CapabilityForm("薄壁管件插接精度控制", "对碳纤维薄壁管做在线磨削与配对，跳动量稳定在 0.025 mm 以内。", "机械制造",
                      (ClaimRow("插接跳动量由 0.08 mm 降到 0.025 mm", "2025", "test_report"),))


@pytest.fixture
def expert(session):
    return factories.expert(session)


@pytest.fixture
def posted(session, expert):
    return capabilities.create(session, expert.user, FORM)


class TestCapabilities:
    def test_are_posted_at_once(self, session, posted):
        assert posted.status is CapabilityStatus.published
        assert session.scalar(select(OutboxRow.posting_id)) == posted.id

    def test_need_an_approved_expert(self, session):
        with pytest.raises(Forbidden):
            capabilities.create(session, factories.contact(session), FORM)

    def test_belong_to_their_expert(self, session, posted):
        with pytest.raises(NotFound):
            capabilities.update(session, factories.expert(session).user, posted, FORM, posted.version)

    def test_an_older_form_is_refused(self, session, expert, posted):
        with pytest.raises(Conflict):
            capabilities.update(session, expert.user, posted, FORM, posted.version - 1)

    def test_an_unchanged_claim_stays_verified(self, session, expert, posted):
        posted.claims[0].verified = True
        more = CapabilityForm(FORM.title, FORM.summary, FORM.field, (*FORM.claims, ClaimRow("节拍 35 秒，连续三班")))
        capabilities.update(session, expert.user, posted, more, posted.version)
        assert [claim.verified for claim in posted.claims] == [True, False]

    def test_a_changed_claim_is_no_longer_verified(self, session, expert, posted):
        posted.claims[0].verified = True
        other = CapabilityForm(FORM.title, FORM.summary, FORM.field, (ClaimRow("插接跳动量降到 0.01 mm", "2025"),))
        capabilities.update(session, expert.user, posted, other, posted.version)
        assert not posted.claims[0].verified

    def test_hiding_asks_for_the_index_to_follow(self, session, expert, posted):
        capabilities.show(session, expert.user, posted, visible=False)
        assert posted.status is CapabilityStatus.hidden
        assert len(session.scalars(select(OutboxRow)).all()) == 2

    def test_wrong_fields_are_all_named(self, noon):
        form = CapabilityForm("短", "太短", "", (ClaimRow("做成过一条自动线", "2099"), ClaimRow("短")))
        with pytest.raises(InvalidForm) as caught:
            form.checked()
        assert [error.field for error in caught.value.errors] == [
            "title", "summary", "field", "claim-0-year", "claim-1-text"]


class TestFollow:
    def test_once_is_enough(self, session):
        user, demand = factories.user(session), factories.demand(session)
        follow.follow(session, user, demand)
        follow.follow(session, user, demand)
        assert follow.followed(session, user) == [demand]

    def test_unfollowing_takes_it_off(self, session):
        user, demand = factories.user(session), factories.demand(session)
        follow.follow(session, user, demand)
        follow.unfollow(session, user, demand)
        assert follow.followed(session, user) == []

    @pytest.mark.parametrize("columns", [
        {"status": DemandStatus.draft}, {"confidentiality": Confidentiality.internal}])
    def test_what_is_not_listed_cannot_be_followed(self, session, columns):
        with pytest.raises(NotFound):
            follow.follow(session, factories.user(session), factories.demand(session, **columns))


class TestDismiss:
    def test_an_expert_takes_a_demand_off(self, session, expert):
        found = follow.dismiss(session, expert.user, factories.demand(session), DismissalCode.no_time)
        assert (found.expert_id, found.code) == (expert.id, DismissalCode.no_time)

    def test_an_enterprise_takes_an_expert_off(self, session, expert):
        demand = factories.demand(session)
        found = follow.dismiss(session, demand.author, demand, DismissalCode.too_far, expert_id=expert.id)
        assert found.expert_id == expert.id

    def test_again_changes_the_reason(self, session, expert):
        demand = factories.demand(session)
        for code in (DismissalCode.no_time, DismissalCode.budget):
            follow.dismiss(session, expert.user, demand, code)
        assert session.scalars(select(Dismissal.code)).all() == [DismissalCode.budget]

    def test_others_may_not(self, session):
        with pytest.raises(Forbidden):
            follow.dismiss(session, factories.user(session), factories.demand(session), DismissalCode.other)

    def test_it_can_be_undone_by_whoever_did_it(self, session, expert):
        found = follow.dismiss(session, expert.user, factories.demand(session), DismissalCode.no_time)
        with pytest.raises(NotFound):
            follow.undo_dismissal(session, factories.user(session), found)
        follow.undo_dismissal(session, expert.user, found)
        assert session.scalars(select(Dismissal)).all() == []
