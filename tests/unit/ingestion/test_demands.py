import datetime as dt

import pytest
from sqlalchemy import select

from ingestion import demands
from ingestion.demand_forms import DisclosureForm, ProblemForm, TargetRow, TargetsForm
from ingestion.findings import InvalidForm
from models.accounts import Role
from models.audit import AuditEvent, Notice
from models.base import clock_at, today
from models.demands import Confidentiality, CooperationType, DemandStatus
from models.errors import Conflict, Forbidden, Invalid, NotFound
from models.index import OutboxRow
from tests import factories

PROBLEM = ProblemForm("钓竿涂层盐雾后起泡脱落", "出口钓竿做 96 小时盐雾试验，漆面在节口处起泡，每批 2,000 支里有 6% 返工。", "C2444", "371002")
TARGETS = TargetsForm((TargetRow("盐雾不起泡", "≥240 小时", "GB/T 10125，第三方检测", True), TargetRow("成本", "每支不增 1 元", "", False)),
                      budget_min="25", budget_max="40", year="2026", month="12", day="31",
                      cooperation_type="development")
DISCLOSURE = DisclosureForm()


@pytest.fixture
def author(session):
    return factories.contact(session)


@pytest.fixture
def draft(session, author, noon):
    return demands.create_draft(session, author, PROBLEM)


@pytest.fixture
def written(session, author, draft):
    for form in (TARGETS, DISCLOSURE):
        demands.save(session, author, draft, form, draft.version)
    return draft


@pytest.fixture
def submitted(session, author, written):
    return demands.submit(session, author, written, written.version)


@pytest.fixture
def published(session, submitted):
    return demands.publish(session, factories.staff(session), submitted, submitted.version)


def outbox(session, demand) -> int:
    return len(session.scalars(select(OutboxRow).where(OutboxRow.posting_id == demand.id)).all())


class TestWriting:
    def test_a_draft_belongs_to_the_authors_enterprise(self, author, draft):
        assert draft.organisation is author.organisation_for(Role.enterprise)
        assert [(event.status, event.actor) for event in draft.events] == [(DemandStatus.draft, author)]

    def test_only_an_enterprise_posts(self, session):
        with pytest.raises(Forbidden, match="入驻通过后"):
            demands.create_draft(session, factories.user(session), PROBLEM)

    def test_money_is_kept_in_yuan(self, written):
        assert (written.budget_min, written.budget_max) == (250_000, 400_000)

    def test_targets_keep_their_order(self, written):
        assert [(target.position, target.what) for target in written.targets] == [(1, "盐雾不起泡"), (2, "成本")]

    def test_targets_are_replaced(self, session, author, written):
        shorter = TargetsForm(TARGETS.targets[1:], negotiable=True, year="2026", month="12", day="31")
        demands.save(session, author, written, shorter, written.version)
        assert [target.what for target in written.targets] == ["成本"]

    def test_an_older_form_is_refused(self, session, author, draft):
        demands.save(session, author, draft, PROBLEM, draft.version)
        with pytest.raises(Conflict, match="别处改过"):
            demands.save(session, author, draft, PROBLEM, draft.version - 1)

    def test_another_enterprise_does_not_know_it(self, session, draft):
        with pytest.raises(NotFound):
            demands.save(session, factories.contact(session), draft, PROBLEM, draft.version)

    def test_a_submitted_one_is_not_edited(self, session, author, submitted):
        with pytest.raises(Conflict, match="先撤回"):
            demands.save(session, author, submitted, PROBLEM, submitted.version)


class TestSubmit:
    def test_no_number_is_given_that_a_sheet_of_another_platform_brought(self, session, author, written):
        factories.demand(session, source="file", external_id="WH-2026-0001", number=None)
        assert demands.submit(session, author, written, written.version).number == "WH-2026-0002"

    def test_gives_a_running_number(self, submitted):
        assert submitted.number.startswith("WH-2026-")
        assert submitted.status is DemandStatus.submitted

    def test_names_what_is_missing(self, session, author, draft):
        with pytest.raises(InvalidForm) as caught:
            demands.submit(session, author, draft, draft.version)
        assert [error.field for error in caught.value.errors] == ["target-0-what", "budget_min", "deadline"]

    def test_keeps_its_number_when_handed_in_again(self, session, author, submitted):
        number = submitted.number
        demands.withdraw(session, author, submitted, submitted.version)
        demands.submit(session, author, submitted, submitted.version)
        assert submitted.number == number

    def test_twice_is_refused(self, session, author, submitted):
        with pytest.raises(Conflict, match="等诊断"):
            demands.submit(session, author, submitted, submitted.version)


class TestTriage:
    def test_publishing_asks_for_its_index_entry_once(self, session, published):
        assert published.status is DemandStatus.published
        assert published.published_at is not None
        assert outbox(session, published) == 1

    def test_is_staff_work(self, session, author, submitted):
        with pytest.raises(Forbidden):
            demands.publish(session, author, submitted, submitted.version)

    def test_two_at_once_one_goes_through(self, session, published):
        with pytest.raises(Conflict):
            demands.publish(session, factories.staff(session), published, published.version - 1)

    def test_a_return_carries_its_reason(self, session, author, submitted):
        demands.return_with_reason(session, factories.staff(session), submitted, submitted.version, "指标没有写怎么测")
        assert submitted.events[-1].reason == "指标没有写怎么测"
        assert "指标没有写怎么测" in session.scalar(select(Notice).where(Notice.user_id == author.id)).text

    def test_a_return_without_reason_is_refused(self, session, submitted):
        with pytest.raises(Invalid, match="写上退回原因"):
            demands.return_with_reason(session, factories.staff(session), submitted, submitted.version, "")

    def test_every_act_is_audited(self, session, published):
        rows = session.scalars(select(AuditEvent.action).where(AuditEvent.subject_id == published.id)).all()
        assert {"demand.draft", "demand.submitted", "demand.published"} <= set(rows)


class TestEnds:
    def test_withdrawing_takes_it_off_the_index(self, session, author, published):
        demands.withdraw(session, author, published, published.version, "问题解决了")
        assert published.status is DemandStatus.withdrawn
        assert outbox(session, published) == 2

    def test_the_last_day_still_counts(self, session, published):
        with clock_at(dt.datetime(2026, 12, 31, 15, 59, tzinfo=dt.UTC)):
            assert demands.expire_due(session) == 0

    def test_the_day_after_it_expires_by_the_clock(self, session, published):
        with clock_at(dt.datetime(2026, 12, 31, 16, 0, tzinfo=dt.UTC)):
            assert demands.expire_due(session) == 1
        assert (published.status, published.events[-1].actor) == (DemandStatus.expired, None)

    def test_renewing_posts_an_expired_one_again(self, session, author, published):
        with clock_at(dt.datetime(2027, 1, 5, tzinfo=dt.UTC)):
            demands.expire_due(session)
            demands.renew(session, author, published, published.version, today() + dt.timedelta(days=30))
        assert published.status is DemandStatus.published

    def test_a_new_last_day_is_later(self, session, author, published):
        with pytest.raises(InvalidForm, match="要晚于"):
            demands.renew(session, author, published, published.version, published.deadline)


class TestForms:
    def test_what_is_stored_reads_like_what_was_typed(self, written):
        form = TargetsForm.of(written)
        assert (form.budget_min, form.budget_max, form.year, form.day) == ("25", "40", "2026", "31")
        assert form.targets == TARGETS.targets

    def test_a_required_target_says_how_it_is_measured(self, noon):
        form = TargetsForm((TargetRow("口感不变软", "硬度保持 ≥85%", "", True),), negotiable=True,
                           year="2026", month="12", day="31")
        with pytest.raises(InvalidForm, match="写明第 1 项怎么测：用什么仪器、测几次"):
            form.checked(whole=True)

    def test_a_draft_may_have_gaps(self, noon):
        assert TargetsForm((TargetRow("口感不变软"),)).checked(whole=False)["deadline"] is None

    def test_a_past_day_is_refused_even_in_a_draft(self, noon):
        with pytest.raises(InvalidForm, match="请选 11 月 23 日以后"):
            TargetsForm(year="2026", month="11", day="8").checked(whole=False)

    def test_nine_targets_are_too_many(self, noon):
        form = TargetsForm(tuple(TargetRow(f"第{n}样") for n in range(9)))
        with pytest.raises(InvalidForm, match="最多 8 项，现在 9 项"):
            form.checked(whole=False)

    def test_the_type_may_stay_open(self, noon):
        assert TargetsForm().checked(whole=False)["cooperation_type"] is None
        chosen = TargetsForm(cooperation_type="service").checked(whole=False)["cooperation_type"]
        assert chosen is CooperationType.service

    def test_contact_data_is_refused_in_the_text(self):
        with pytest.raises(InvalidForm, match="不要写电话") as caught:
            ProblemForm(PROBLEM.title, PROBLEM.problem + "电话 19900000001", "C2444", "371002").checked(whole=True)
        assert caught.value.field == "problem"

    def test_a_confidential_demand_needs_an_abstract(self):
        with pytest.raises(InvalidForm, match="写上公开摘要"):
            DisclosureForm(Confidentiality.nda).checked(whole=True)
