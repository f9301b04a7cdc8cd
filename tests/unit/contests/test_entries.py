"""Registration: filled from evidence, checked against the list, submitted in time, frozen, taken back."""

import datetime as dt

import pytest

from contests.checklist import checklist
from contests.entries import attach_material, edit_entry, find_entry, open_entry, refill
from contests.entry_access import track_of
from contests.evidence import evidence_of
from contests.intake import receive_paper, return_entry, sanction
from contests.prefill import form_of
from contests.submission import reopen_entry, submit, withdraw_entry
from ledger import log
from models.accounts import Admission
from models.base import clock_at, today
from models.contests import EntryStatus, EvidenceStatus
from models.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from models.money import wan
from tests import factories

LATE = dt.datetime(2026, 11, 30, 16, tzinfo=dt.UTC)
EARLY = dt.datetime(2026, 10, 31, 15, 59, tzinfo=dt.UTC)
REPORT = "今年走访企业四十二家，收集技术需求三十一条，组织校企对接会六场、成果发布会两场，" * 4


@pytest.fixture
def entry(session, season, collaborate):
    expert = collaborate().contract.engagement.expert
    return open_entry(session, expert.user, season, "tech_challenge")


@pytest.fixture
def broker_entry(session, season, collaborate):
    broker = factories.broker(session)
    collaborate((broker, 100))
    return open_entry(session, broker.user, season, "school_enterprise")


def gaps(entry) -> dict[str, str]:
    definition, track = track_of(entry.season, entry.track)
    return {item.material.code: item.gap for item in checklist(entry, track, definition.year)}


def printed(entry):
    return form_of(entry, track_of(entry.season, entry.track)[1])


class TestOpenEntry:
    def test_it_is_filled_from_the_person_and_their_evidence(self, entry):
        form = printed(entry)
        revision = entry.evidence[0].contract.revision
        assert (form.name, form.phone, form.employer) == (
            entry.user.name, entry.user.phone, entry.evidence[0].contract.engagement.expert.organisation.name)
        assert [(row.project, row.amount, row.expected_benefit) for row in form.rows] == [
            (revision.name, revision.amount, revision.expected_benefit)]

    def test_the_partner_of_an_expert_is_the_enterprise(self, entry):
        assert printed(entry).rows[0].partner == entry.evidence[0].contract.engagement.demand.organisation.name

    def test_a_broker_names_both_sides(self, broker_entry):
        engagement = broker_entry.evidence[0].contract.engagement
        assert printed(broker_entry).rows[0].partner == (
            f"{engagement.demand.organisation.name}、{engagement.expert.organisation.name}")

    def test_a_shared_project_says_its_share(self, session, season, collaborate):
        one, other = factories.broker(session), factories.broker(session)
        collaborate((one, 70), (other, 30))
        form = printed(open_entry(session, other.user, season, "school_enterprise"))
        assert form.rows[0].project.endswith("（份额 30%）")

    def test_summary_states_count_and_sums(self, entry):
        head = entry.summary.split("\n")[0]
        assert "承接企业技术需求 1 个" in head
        assert f"合同金额合计 {wan(entry.evidence[0].amount)} 万元" in head

    def test_asking_again_gives_the_same_entry_untouched(self, session, season, entry):
        edit_entry(session, entry.user, entry, phone="1", employer="海岬大学", summary="自己写的")
        again = open_entry(session, entry.user, season, "tech_challenge")
        assert (again is entry, again.summary) == (True, "自己写的")

    def test_returned_evidence_stays_out(self, session, season, collaborate):
        collaboration = collaborate()
        evidence_of(session, collaboration)[0].status = EvidenceStatus.returned
        entry = open_entry(session, collaboration.contract.engagement.expert.user, season, "tech_challenge")
        assert (entry.evidence, entry.summary) == ([], "")

    def test_only_the_role_of_the_group_may_enter(self, session, season):
        with pytest.raises(Forbidden, match="入驻的促成人"):
            open_entry(session, factories.expert(session).user, season, "school_enterprise")

    def test_no_such_group(self, session, season):
        with pytest.raises(NotFound):
            open_entry(session, factories.expert(session).user, season, "robots")


class TestEditing:
    def test_texts_are_cleaned(self, session, entry):
        edit_entry(session, entry.user, entry, phone=" 138\x00 ", employer="海岬\n大学", summary="一\r\n二")
        assert (entry.phone, entry.employer, entry.summary) == ("138", "海岬 大学", "一\n二")

    @pytest.mark.parametrize(("texts", "field"), [
        ({"phone": " "}, "phone"), ({"employer": "海" * 121}, "employer"), ({"summary": "字" * 20_001}, "summary")])
    def test_what_cannot_stand_names_its_field(self, session, entry, texts, field):
        with pytest.raises(Invalid) as caught:
            edit_entry(session, entry.user, entry, **{"phone": "1", "employer": "海", "summary": ""} | texts)
        assert caught.value.field == field

    def test_nobody_elses_entry(self, session, entry):
        with pytest.raises(NotFound):
            edit_entry(session, factories.user(session), entry, phone="1", employer="海", summary="")

    def test_refill_takes_new_evidence_in(self, session, entry, collaborate, make_contract):
        first = entry.evidence[0].contract.engagement
        engaged = factories.engagement(session, factories.demand(session, published_at=first.accepted_at),
                                       first.expert, accepted_at=first.accepted_at)
        collaborate(contract=make_contract(engaged=engaged))
        refill(session, entry.user, entry)
        assert len(entry.evidence) == 2
        assert "承接企业技术需求 2 个" in entry.summary

    def test_found_by_its_entrant_and_by_staff_only(self, session, entry):
        assert find_entry(session, factories.staff(session), entry.id) is entry
        with pytest.raises(NotFound):
            find_entry(session, factories.user(session), entry.id)


class TestChecklist:
    def test_expert_lacks_signature_and_original_but_has_the_copy(self, entry):
        found = gaps(entry)
        assert "签字" in found["form"]
        assert entry.evidence[0].contract.revision.contract_number in found["contract_original"]
        assert found["contract_copy"] == ""

    def test_verified_original_is_seen(self, entry):
        entry.evidence[0].status = EvidenceStatus.verified
        assert gaps(entry)["contract_original"] == ""

    def test_uploaded_signed_form_closes_its_gap(self, session, entry):
        attach_material(session, entry.user, entry, "form", factories.stored_file(session, uploader=entry.user))
        assert gaps(entry)["form"] == ""

    def test_broker_report_is_long_enough_or_uploaded(self, session, broker_entry):
        broker_entry.summary = "短"
        assert "至少 100 字" in gaps(broker_entry)["report"]
        broker_entry.summary = REPORT
        assert gaps(broker_entry)["report"] == ""
        broker_entry.summary = ""
        attach_material(session, broker_entry.user, broker_entry, "report",
                        factories.stored_file(session, uploader=broker_entry.user))
        assert gaps(broker_entry)["report"] == ""

    def test_names_carry_the_year_of_the_season(self, entry):
        definition, track = track_of(entry.season, entry.track)
        assert any(item.name.startswith("2026 年") for item in checklist(entry, track, definition.year))

    def test_a_second_upload_replaces_the_first(self, session, entry):
        for content in (b"1", b"2"):
            attach_material(session, entry.user, entry, "form",
                            factories.stored_file(session, content, uploader=entry.user))
        assert len(entry.materials) == 1

    def test_only_own_files_for_known_materials(self, session, entry):
        with pytest.raises(Forbidden):
            attach_material(session, entry.user, entry, "form", factories.stored_file(session))
        with pytest.raises(NotFound):
            attach_material(session, entry.user, entry, "report", factories.stored_file(session, uploader=entry.user))


class TestSubmit:
    def test_it_is_frozen_and_stands_in_the_ledger_on_its_evidence(self, session, entry):
        submit(session, entry.user, entry, declared=True)
        leaf = log.entry(session, entry.ledger_index).leaf
        assert (entry.status, leaf.type) == (EntryStatus.submitted, "registration.submitted")
        assert [ref.index for ref in leaf.references] == [entry.evidence[0].ledger_index]
        assert entry.snapshot["rows"][0]["amount"] == "380000"

    def test_the_form_prints_what_was_submitted_whatever_changes_later(self, session, entry):
        submit(session, entry.user, entry, declared=True)
        before = printed(entry)
        entry.summary, entry.evidence = "后来改的", []
        assert printed(entry) == before

    def test_a_submitted_entry_cannot_be_edited_or_submitted_again(self, session, entry):
        submit(session, entry.user, entry, declared=True)
        with pytest.raises(Conflict):
            edit_entry(session, entry.user, entry, phone="1", employer="海", summary="")
        with pytest.raises(Conflict):
            submit(session, entry.user, entry, declared=True)

    @pytest.mark.parametrize(("moment", "says"), [(LATE, "24:00 截止"), (EARLY, "从 2026 年 11 月 1 日开始")])
    def test_outside_the_window_it_is_refused_with_the_clause(self, session, entry, moment, says):
        with clock_at(moment), pytest.raises(Refused, match=says) as caught:
            submit(session, entry.user, entry, declared=True)
        assert "三（一）" in caught.value.clause
        assert entry.status is EntryStatus.draft

    def test_the_last_second_counts(self, session, entry):
        with clock_at(LATE - dt.timedelta(seconds=1)):
            submit(session, entry.user, entry, declared=True)
        assert entry.status is EntryStatus.submitted

    def test_without_the_declaration_it_stays_a_draft(self, session, entry):
        with pytest.raises(Invalid) as caught:
            submit(session, entry.user, entry, declared=False)
        assert caught.value.field == "declared"
        assert "如实填报" in caught.value.clause

    def test_without_evidence_there_is_nothing_to_enter(self, session, season):
        expert = factories.expert(session)
        entry = open_entry(session, expert.user, season, "tech_challenge")
        with pytest.raises(Refused, match="还没有可以报名的合作"):
            submit(session, expert.user, entry, declared=True)

    def test_evidence_withdrawn_meanwhile_is_not_submitted(self, session, entry):
        entry.evidence[0].status = EvidenceStatus.withdrawn
        with pytest.raises(Refused, match="还没有可以报名的合作"):
            submit(session, entry.user, entry, declared=True)

    def test_a_missing_report_is_refused_with_its_clause(self, session, broker_entry):
        edit_entry(session, broker_entry.user, broker_entry, phone="1", employer="海岬大学", summary="短")
        with pytest.raises(Refused) as caught:
            submit(session, broker_entry.user, broker_entry, declared=True)
        assert caught.value.field == "report"
        assert "三（一）" in caught.value.clause

    def test_a_person_who_lost_the_role_cannot_submit(self, session, entry):
        entry.user.grants[0].status = Admission.revoked
        with pytest.raises(Forbidden):
            submit(session, entry.user, entry, declared=True)

    def test_nobody_submits_for_somebody_else(self, session, entry):
        with pytest.raises(NotFound):
            submit(session, factories.expert(session).user, entry, declared=True)


class TestTakingBack:
    def test_withdrawn_reopened_and_submitted_again_cites_the_first(self, session, entry):
        submit(session, entry.user, entry, declared=True)
        first = entry.ledger_index
        withdraw_entry(session, entry.user, entry)
        reopen_entry(session, entry.user, entry)
        submit(session, entry.user, entry, declared=True)
        assert first in [ref.index for ref in log.entry(session, entry.ledger_index).leaf.references]

    def test_not_after_registration_closed(self, session, entry):
        submit(session, entry.user, entry, declared=True)
        with clock_at(LATE), pytest.raises(Refused):
            withdraw_entry(session, entry.user, entry)

    def test_not_twice(self, session, entry):
        withdraw_entry(session, entry.user, entry)
        with pytest.raises(Conflict):
            withdraw_entry(session, entry.user, entry)

    def test_only_what_was_withdrawn_reopens(self, session, entry):
        with pytest.raises(Conflict):
            reopen_entry(session, entry.user, entry)


class TestIntake:
    @pytest.fixture
    def submitted(self, session, entry):
        submit(session, entry.user, entry, declared=True)
        return entry

    def test_paper_stands_beside_the_electronic_copy(self, session, submitted):
        receive_paper(session, factories.staff(session), submitted, today())
        assert submitted.paper_received_on == today()
        assert gaps(submitted)["form"] == ""

    def test_paper_comes_once_and_not_tomorrow(self, session, submitted):
        staff = factories.staff(session)
        with pytest.raises(Invalid):
            receive_paper(session, staff, submitted, today() + dt.timedelta(days=1))
        receive_paper(session, staff, submitted, today())
        with pytest.raises(Conflict):
            receive_paper(session, staff, submitted, today())

    def test_returned_entry_can_be_mended_and_submitted_again(self, session, submitted):
        return_entry(session, factories.staff(session), submitted, "工作单位请写全称")
        edit_entry(session, submitted.user, submitted, phone="1", employer="海岬大学", summary="改好了")
        submit(session, submitted.user, submitted, declared=True)
        assert submitted.snapshot["summary"] == "改好了"

    def test_return_needs_a_reason(self, session, submitted):
        with pytest.raises(Invalid) as caught:
            return_entry(session, factories.staff(session), submitted, " ")
        assert caught.value.field == "reason"

    def test_only_staff(self, session, submitted):
        for act in (lambda: receive_paper(session, submitted.user, submitted, today()),
                    lambda: return_entry(session, submitted.user, submitted, "x"),
                    lambda: sanction(session, submitted.user, submitted, "x")):
            with pytest.raises(Forbidden):
                act()

    def test_sanction_says_who_why_and_on_what(self, session, submitted):
        staff = factories.staff(session)
        found = sanction(session, staff, submitted, "合同系伪造")
        assert (found.entry, found.decided_by_id, found.reason) == (submitted, staff.id, "合同系伪造")

    def test_one_filing_is_sanctioned_once(self, session, submitted):
        sanction(session, factories.staff(session), submitted, "合同系伪造")
        with pytest.raises(Conflict):
            sanction(session, factories.staff(session), submitted, "合同系伪造")

    def test_what_was_never_filed_is_not_false(self, session, entry):
        with pytest.raises(Conflict):
            sanction(session, factories.staff(session), entry, "合同系伪造")

    def test_the_reason_of_a_return_stays_with_the_entry(self, session, submitted):
        return_entry(session, factories.staff(session), submitted, "工作单位请写全称")
        assert submitted.returned_for == "工作单位请写全称"

    def test_paper_does_not_come_before_registration_opened(self, session, submitted):
        with pytest.raises(Invalid) as caught:
            receive_paper(session, factories.staff(session), submitted, dt.date(2026, 10, 31))
        assert caught.value.field == "received_on"
