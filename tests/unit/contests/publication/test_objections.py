"""Anybody objects while the list is shown; somebody who had no hand in the entry answers, and the effect is told."""

import datetime as dt
import uuid

import pytest

from contests.publication.lists import effect_on, open_objections, standing_lines
from contests.publication.objections import Filing, decide, file_objection, may_decide, waiting
from ledger import log
from models.base import clock_at
from models.contests import EntryEvidence, EntryMaterial, Evidence
from models.contracts import Finding, Verification
from models.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from models.publication import Objection, ObjectionStatus
from tests import factories
from tests.support import awarding

LAST_MINUTE = dt.datetime(2026, 12, 15, 15, 59, 59, tzinfo=dt.UTC)
TEXT = "这项合同 2025 年就签过，不是今年的项目。"


def filing(**changes) -> Filing:
    return Filing(**{"name": "李举", "contact": "19900000000", "text": TEXT} | changes)


@pytest.fixture
def objection(session, notice):
    return file_objection(session, notice, filing(line=notice.lines[0]))


@pytest.fixture
def judge(session):
    return factories.staff(session)


def answered(session, judge, objection, **changes):
    decide(session, judge, objection, **{"upheld": True, "answer": "查实，合同签在上一年。", "version": objection.version}
           | changes)


def test_it_is_taken_from_somebody_without_an_account_and_who_it_was_stays_out_of_the_ledger(session, objection):
    assert (objection.number, objection.status) == ("YY-2026-0001", ObjectionStatus.open)
    leaf = log.entry(session, objection.ledger_index)
    kept = "".join(opening.value.decode() for opening in leaf.openings.values())
    assert leaf.leaf.type == "objection.filed"
    assert "李举" not in kept
    assert "19900000000" not in kept


def test_the_last_day_counts_to_its_last_second(session, notice):
    with clock_at(LAST_MINUTE):
        file_objection(session, notice, filing())
    with clock_at(LAST_MINUTE + dt.timedelta(seconds=1)), pytest.raises(Refused, match="12 月 15 日 24:00 为止") as refused:
        file_objection(session, notice, filing())
    assert "面向社会公示" in refused.value.clause
    assert session.query(Objection).count() == 1


@pytest.mark.parametrize(("changes", "field"), [
    ({"name": ""}, "name"), ({"contact": " "}, "contact"), ({"text": ""}, "text"), ({"text": "不公平"}, "text"),
    ({"text": "字" * 5001}, "text"), ({"name": "长" * 61}, "name"),
    ({"files": [{"sha256": "0" * 64, "name": "a", "media_type": "image/png", "size": 1, "pages": 1}] * 4}, "files"),
])
def test_what_is_missing_or_too_much_is_said_beside_its_field(session, notice, changes, field):
    with pytest.raises(Invalid) as refused:
        file_objection(session, notice, filing(**changes))
    assert (refused.value.field, session.query(Objection).count()) == (field, 0)


def test_a_line_of_another_list_is_not_taken(session, season, notice):
    awarding.award(session, awarding.submitted(session, season, factories.expert(session).user), "third", 5)
    other = awarding.notice(session, of=season, track="tech_challenge")
    with pytest.raises(Invalid) as refused:
        file_objection(session, notice, filing(line=other.lines[0]))
    assert refused.value.field == "line"


def test_upheld_it_takes_the_award_off_and_says_who_is_moved(session, judge, notice, objection):
    forecast = effect_on(notice, objection.line)
    answered(session, judge, objection)
    assert objection.effect == [move.as_document() for move in forecast]
    assert [line.rank for line in standing_lines(notice)] == [2, 3, 4]
    assert objection.line.award.revoked_for == "异议 YY-2026-0001 成立"
    leaf = log.entry(session, objection.decided_index)
    assert {one.index for one in leaf.leaf.references} == {
        objection.ledger_index, notice.ledger_index, objection.line.award.ledger_index}
    with pytest.raises(NotFound):
        effect_on(notice, objection.line)


def test_rejected_it_changes_nothing(session, judge, notice, objection):
    answered(session, judge, objection, upheld=False)
    assert (len(standing_lines(notice)), objection.effect, objection.line.award.revoked_at) == (4, [], None)


def test_an_answer_says_something_and_is_given_once(session, judge, objection):
    with pytest.raises(Invalid) as refused:
        answered(session, judge, objection, answer=" ")
    assert refused.value.field == "answer"
    answered(session, judge, objection, upheld=False)
    with pytest.raises(Conflict):
        answered(session, judge, objection)


def test_who_saw_the_original_does_not_answer(session, judge, objection):
    session.add(EntryMaterial(entry_id=objection.line.award.entry_id, code="contract_original", original_seen=True,
                              seen_by_id=judge.id))
    session.flush()
    with pytest.raises(Forbidden, match="您核验的"):
        answered(session, judge, objection)
    assert objection.status is ObjectionStatus.open


def test_who_verified_the_contract_does_not_answer_and_who_stood_back_may(session, judge, objection):
    row = verified(session, objection, judge)
    assert "您核验的" in may_decide(session, judge, objection)
    row.finding = Finding.recused
    session.flush()
    assert may_decide(session, judge, objection) == ""


def verified(session, objection, verifier) -> Verification:
    """The entry rests on a contract that `verifier` approved."""
    entry, collaboration = objection.line.award.entry, factories.collaboration(session)
    leaf = log.append(session, "collab.verified", {"x": uuid.uuid4()})
    row = factories.add(session, Verification(collaboration=collaboration, verifier=verifier, finding=Finding.approved,
                                              original_seen=True, ledger_index=leaf.index))
    leaf = log.append(session, "contract.confirmed", {"x": uuid.uuid4()})
    evidence = factories.add(session, Evidence(
        season_id=entry.season_id, track=entry.track, collaboration=collaboration, contract=collaboration.contract,
        claimant_id=entry.user_id, amount=1, expected_benefit=0, ledger_index=leaf.index))
    session.add(EntryEvidence(entry_id=entry.id, evidence_id=evidence.id))
    session.flush()
    return row


@pytest.mark.parametrize("who", ["filer", "winner", "opener"])
def test_nobody_answers_in_their_own_cause(session, staff, judge, notice, who):
    line = None if who == "opener" else notice.lines[0]
    objection = file_objection(session, notice, filing(line=line), judge if who == "filer" else None)
    if who == "winner":
        line.award.entry.user = judge
    with pytest.raises(Forbidden):
        answered(session, staff if who == "opener" else judge, objection)
    assert open_objections(notice) == [objection]


def test_members_and_administrators_do_not_answer(session, objection):
    with pytest.raises(Forbidden):
        answered(session, factories.contact(session), objection)
    assert waiting(session) == 1
