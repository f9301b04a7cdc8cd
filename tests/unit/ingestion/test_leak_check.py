"""A confidential demand is posted only when its public texts do not give it away, or somebody wrote why they may."""

import pytest
from sqlalchemy import select

from ingestion import demands, leak_check
from ingestion.demand_forms import DisclosureForm, ProblemForm, TargetRow, TargetsForm
from ingestion.findings import InvalidForm
from models.audit import AuditEvent
from models.demands import Confidentiality, DemandStatus, LeakConfirmation
from tests import factories

PROBLEM = ProblemForm("卷制机卷出的竿坯壁厚不匀", "张村镇车间用 LG-880 机卷制，每批两千支里要返工一百多支，温度 18.5 ℃ 时最重，一天卷八百支。", "C2444", "371002")
TARGETS = TargetsForm((TargetRow("壁厚偏差", "≤0.05 mm", "千分尺，十点", True),), budget_min="25", budget_max="40",
                      year="2026", month="12", day="31")
CLEAN = DisclosureForm(Confidentiality.summary, "一家渔具企业的竿坯壁厚不匀、返工多，想找改进卷制工艺的办法。")
DOUBTFUL = DisclosureForm(Confidentiality.nda, "一家渔具企业用 LG-880 机卷制竿坯时壁厚不匀、返工多，想改工艺。")
NAMED = DisclosureForm(Confidentiality.summary, "澜竿的竿坯壁厚不匀、返工多，想找改进卷制工艺的办法。")
REASON = "这型号全行业都在用"


@pytest.fixture
def author(session):
    firm = factories.organisation(session, name="威海澜竿渔具有限公司", short_name="澜竿渔具")
    return factories.contact(session, firm, name="乔以宁")


@pytest.fixture
def draft(session, author, noon):
    demand = demands.create_draft(session, author, PROBLEM)
    return demands.save(session, author, demand, TARGETS, demand.version)


def written(session, author, demand, form, *, whole=True):
    return demands.save(session, author, demand, form, demand.version, whole=whole)


def submit(session, author, demand, reason=""):
    return demands.submit(session, author, demand, demand.version, reason)


def reasons(session, demand):
    return [(one.words, one.reason, one.user.name) for one in leak_check.confirmations(session, demand)]


class TestNames:
    def test_are_refused_where_they_are_written(self, session, author, draft):
        with pytest.raises(InvalidForm, match="摘要里有能认出您的字：“澜竿”") as caught:
            written(session, author, draft, NAMED)
        assert caught.value.field == "abstract"

    def test_are_refused_at_submission_even_with_a_reason(self, session, author, draft):
        written(session, author, draft, NAMED, whole=False)
        with pytest.raises(InvalidForm, match="澜竿"):
            submit(session, author, draft, REASON)
        assert draft.status is DemandStatus.draft

    def test_in_the_title_are_refused_once_the_demand_is_confidential(self, session, author, draft):
        written(session, author, draft, ProblemForm("乔以宁的竿坯壁厚不匀", PROBLEM.problem, "C2444", "371002"))
        written(session, author, draft, CLEAN)
        with pytest.raises(InvalidForm, match="标题里有能认出您的字：“乔以宁”"):
            submit(session, author, draft)

    def test_in_a_target_are_refused(self, session, author, draft):
        written(session, author, draft, CLEAN)
        named = TargetsForm((TargetRow("壁厚偏差", "按澜竿渔具企业标准", "千分尺", True),), negotiable=True, year="2026", month="12",
                            day="31")
        with pytest.raises(InvalidForm, match="第 1 项指标里有能认出您的字") as caught:
            written(session, author, draft, named)
        assert caught.value.field == "target-0-figure"

    def test_of_a_firm_that_is_renamed_after_submission_stop_the_posting(self, session, author, draft):
        written(session, author, draft, CLEAN)
        submit(session, author, draft)
        draft.organisation.short_name = "竿坯渔具"
        with pytest.raises(InvalidForm, match="竿坯"):
            demands.publish(session, factories.staff(session), draft, draft.version, REASON)

    @pytest.mark.parametrize("level", [Confidentiality.public, Confidentiality.internal])
    def test_are_nobodys_matter_at_the_other_levels(self, session, author, draft, level):
        written(session, author, draft, DisclosureForm(level, NAMED.abstract))
        assert leak_check.find(session, draft) == []
        assert submit(session, author, draft).status is DemandStatus.submitted


class TestDoubtfulWords:
    def test_ask_for_a_reason(self, session, author, draft):
        written(session, author, draft, DOUBTFUL)
        with pytest.raises(InvalidForm, match="“LG-880”.*写明为什么可以公开") as caught:
            submit(session, author, draft, "嗯")
        assert caught.value.field == leak_check.REASON

    def test_stay_for_a_reason_that_is_kept_and_audited(self, session, author, draft):
        written(session, author, draft, DOUBTFUL)
        submit(session, author, draft, REASON)
        assert reasons(session, draft) == [("LG-880", REASON, "乔以宁")]
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "demand.leaks_confirmed")).one()
        assert (event.actor, event.detail) == (author, {"kinds": ["model"]})

    def test_are_not_asked_for_twice(self, session, author, draft):
        written(session, author, draft, DOUBTFUL)
        submit(session, author, draft, REASON)
        demands.publish(session, factories.staff(session), draft, draft.version)
        assert draft.status is DemandStatus.published

    def test_that_come_in_later_are_asked_for_again(self, session, author, draft):
        written(session, author, draft, DOUBTFUL)
        submit(session, author, draft, REASON)
        demands.withdraw(session, author, draft, draft.version)
        written(session, author, draft, DisclosureForm(Confidentiality.nda, DOUBTFUL.abstract + "温度 18.5 ℃。"))
        with pytest.raises(InvalidForm, match="有 1 处.*18.5 ℃"):
            submit(session, author, draft)

    def test_new_to_staff_ask_staff(self, session, author, draft):
        written(session, author, draft, CLEAN)
        submit(session, author, draft)
        draft.abstract = DOUBTFUL.abstract
        staff = factories.staff(session)
        with pytest.raises(InvalidForm, match="LG-880"):
            demands.publish(session, staff, draft, draft.version)
        demands.publish(session, staff, draft, draft.version, REASON)
        assert session.scalars(select(LeakConfirmation.user_id)).one() == staff.id

    def test_of_a_demand_without_a_firm_are_found_too(self, session):
        demand = factories.demand(session, organisation=None, confidentiality=Confidentiality.summary,
                                  problem=PROBLEM.problem, abstract="张村镇的竿坯")
        assert [one.leak.words for one in leak_check.find(session, demand)] == ["张村镇"]


def test_a_clean_demand_needs_no_reason(session, author, draft):
    written(session, author, draft, CLEAN)
    assert submit(session, author, draft).status is DemandStatus.submitted
    assert reasons(session, draft) == []
