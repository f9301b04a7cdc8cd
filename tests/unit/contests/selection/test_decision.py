"""From sealed terms to awards: two people, minutes, complete review, and everything in the ledger."""

import pytest
from sqlalchemy import func, select

from contests.definition import cite
from contests.intake import sanction
from contests.projections import disagreements
from contests.rules.kinds import Condition
from contests.seasons import definition_of
from contests.selection.ballot import Ballot, digest
from contests.selection.decision import awards, decide, drop, propose, proposed, ranking, revoke
from contests.selection.sealing import seal
from contests.selection.standing import standing
from ledger import log
from models.awards import Award
from models.contests import EvidenceStatus
from models.errors import Conflict, Forbidden, Invalid, Refused
from tests import factories
from tests.support.selecting import MINUTES, TRACK, entrant

AMOUNTS = (400_000, 300_000, 200_000, 100_000)


@pytest.fixture
def entries(session, season):
    return [entrant(session, season, amount) for amount in AMOUNTS]


@pytest.fixture
def sealed(session, staff, season, entries):
    return seal(session, staff, season, TRACK, minutes=MINUTES, version=season.version)


def put(session, actor, season, ballot=None, **changes):
    ballot = ballot or Ballot()
    _, selection = ranking(session, season, TRACK, ballot)
    said = {"ballot": ballot, "minutes": MINUTES, "seen": digest(selection)}
    return propose(session, actor, season, TRACK, **said | changes)


@pytest.fixture
def proposal(session, staff, season, sealed, in_review):
    return put(session, staff, season)


def test_the_awards_follow_the_ranking_and_stand_in_the_ledger(session, chief, entries, proposal):
    decided = decide(session, chief, proposal)
    assert [(one.entry_id, one.grade, one.rank) for one in decided] \
        == [(entry.id, grade, place) for entry, grade, place in zip(entries, ("first", "second", "third"), (1, 2, 3),
                                                                     strict=False)]
    leaves = [log.entry(session, one.ledger_index) for one in decided]
    assert {leaf.leaf.type for leaf in leaves} == {"award.granted"}
    cited = {ref.index for ref in leaves[0].leaf.references}
    assert cited == {proposal.ledger_index, entries[0].ledger_index}
    assert all(one.minutes == MINUTES and one.decided_by_id == chief.id for one in decided)


def test_who_proposed_does_not_decide(session, staff, proposal):
    with pytest.raises(Forbidden, match="两个人"):
        decide(session, staff, proposal)
    assert session.scalar(select(func.count()).select_from(Award)) == 0


def test_nobody_decides_a_list_they_are_on(session, season, sealed, in_review, entries):
    entrant_too = entries[0].user
    factories.grant(session, entrant_too, factories.Role.staff, factories.organisation(session))
    proposal = put(session, factories.staff(session), season)
    with pytest.raises(Forbidden, match="自己的报名"):
        decide(session, entrant_too, proposal)


def test_a_list_is_decided_once(session, chief, proposal):
    decide(session, chief, proposal)
    with pytest.raises(Conflict):
        decide(session, chief, proposal)
    assert len(awards(session, proposal.season_id, TRACK)) == 3


def test_a_list_that_changed_meanwhile_is_not_decided(session, chief, season, proposal, entries):
    entries[0].evidence[0].amount = 1
    session.flush()
    with pytest.raises(Conflict, match="不一样了"):
        decide(session, chief, proposal)


def test_what_was_seen_is_what_is_proposed(session, staff, season, sealed, in_review):
    with pytest.raises(Conflict, match="不一样了"):
        put(session, staff, season, seen="0" * 64)


def test_one_proposal_at_a_time_and_it_can_be_dropped(session, staff, season, proposal):
    with pytest.raises(Conflict, match="第二个人"):
        put(session, staff, season)
    drop(session, staff, proposal)
    assert proposed(session, season.id, TRACK) is None
    assert put(session, staff, season).id != proposal.id


def test_without_a_seal_there_is_no_ranking(session, season, entries):
    with pytest.raises(Refused, match="还没有封存") as refused:
        ranking(session, season, TRACK, Ballot())
    assert "二（一）" in refused.value.clause


def test_not_while_registration_is_open(session, staff, season, sealed):
    with pytest.raises(Refused, match="报名还没有结束") as refused:
        put(session, staff, season)
    definition = definition_of(season)
    assert refused.value.clause == cite(definition, definition.phase("registration").clause)


def test_not_while_evidence_waits_to_be_verified(session, staff, season, sealed, in_review, entries):
    entries[3].evidence[0].status = EvidenceStatus.pending
    with pytest.raises(Refused, match="1 份报名的佐证还没有核验完"):
        put(session, staff, season)


def test_minutes_are_required(session, staff, season, sealed, in_review):
    with pytest.raises(Invalid) as refused:
        put(session, staff, season, minutes="")
    assert refused.value.field == "minutes"


class TestEquals:
    @pytest.fixture
    def entries(self, session, season):
        return [entrant(session, season, amount) for amount in (400_000, 300_000, 200_000, 200_000)]

    def test_compete_for_the_last_place_until_the_committee_puts_them_in_order(self, session, staff, season, sealed,
                                                                             in_review, entries):
        with pytest.raises(Refused, match="第 3 名有 2 份报名并列"):
            put(session, staff, season)

    def test_are_put_in_order_by_the_committee(self, session, staff, chief, season, sealed, in_review, entries):
        chosen = entries[3]
        decided = decide(session, chief, put(session, staff, season, Ballot({chosen.id: 1})))
        assert [(one.entry_id, one.rank) for one in decided][2] == (chosen.id, 3)


def test_only_a_false_filing_may_be_shut_out(session, staff, season, sealed, in_review, entries):
    ballot = Ballot(excluded=frozenset({entries[0].id}))
    with pytest.raises(Invalid, match="申报不实"):
        put(session, staff, season, ballot)
    sanction(session, staff, entries[0], "合同金额与原件不符")
    assert put(session, staff, season, ballot).ballot["excluded"] == [str(entries[0].id)]


def test_an_award_is_taken_back_with_its_reason_and_the_row_stays(session, staff, chief, proposal):
    award = decide(session, chief, proposal)[0]
    revoke(session, staff, award, "异议查实")
    assert award.revoked_for == "异议查实"
    assert len(awards(session, proposal.season_id, TRACK)) == 2
    with pytest.raises(Conflict):
        revoke(session, staff, award, "再撤一次")



def test_rows_and_ledger_are_held_against_each_other(session, chief, sealed, proposal):
    award = decide(session, chief, proposal)[0]
    assert disagreements(session) == []
    award.rank, sealed.terms = 2, {**sealed.terms, "caps": []} | {"grades": []}
    session.flush()
    assert [finding.index for finding in disagreements(session)] == [sealed.ledger_index, award.ledger_index]


def test_more_preferred_conditions_and_votes_are_read_from_the_entry(session, season, entries):
    track = definition_of(season).track(TRACK)
    condition = Condition(code="record", text="上年度获过奖", preferred=True, clause=track.clause)
    rule = track.rules[0].model_copy(update={"conditions": (condition,)})
    vote = track.indicators[0].model_copy(update={"code": "votes", "measure": "vote"})
    changed = track.model_copy(update={"rules": (rule,), "indicators": (vote,)})
    entries[1].facts = {"meets": ["record", "other"], "votes": 120}
    session.flush()
    found = {one.key: one for one in standing(session, season, changed).candidates}
    assert (found[entries[1].id].preferred, found[entries[1].id].figures) == (1, {"votes": 120})
    assert (found[entries[0].id].preferred, found[entries[0].id].figures) == (0, {})
