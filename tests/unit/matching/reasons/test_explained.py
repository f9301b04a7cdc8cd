"""What was read once is read again only when something changed that it was read from."""

import pytest

from matching.reasons import explained
from matching.reasons.explained import Asked, Explained
from matching.reasons.targets import Target, Verdict
from matching.reasons.written import Claim, Said, Written
from matching.recommend import recommend_demands, recommend_experts
from matching.thesaurus.thesaurus import EMPTY, Group, Thesaurus
from matching.vectors import index_postings
from models.capabilities import CapabilityStatus
from models.index import PostingKind
from tests import factories

WALL = Target("壁厚偏差", "≤0.03 mm")
CLAIM = Claim("卷管壁厚偏差稳定在 0.025 mm", 2024, "none", False)


@pytest.fixture
def readings(monkeypatch):
    """How often anything was read for reasons."""
    read, real = [], explained.explain
    monkeypatch.setattr(explained, "explain", lambda *asked: read.append(asked) or real(*asked))
    return read


def written(*claims: Claim) -> Written:
    return Written((Said("a" * 32, "碳纤维卷管", "做过多年。", claims),))


def test_the_same_texts_are_read_once_and_answered_alike(readings):
    kept = Explained()
    first, again = (kept.reasons(Asked([WALL], EMPTY), written(CLAIM)) for _ in range(2))
    assert first == again
    assert len(readings) == 1


@pytest.mark.parametrize(("targets", "claim", "thesaurus"), [
    ([Target("壁厚偏差", "≤0.02 mm")], CLAIM, EMPTY),
    ([WALL, Target("跳动量")], CLAIM, EMPTY),
    ([WALL], CLAIM._replace(text="卷管壁厚偏差稳定在 0.05 mm"), EMPTY),
    ([WALL], CLAIM._replace(verified=True), EMPTY),
    ([WALL], CLAIM._replace(year=2025), EMPTY),
    ([WALL], CLAIM, Thesaurus([Group(("卷管", "卷制管"))])),
])
def test_whatever_changed_is_read_anew(readings, targets, claim, thesaurus):
    kept = Explained()
    kept.reasons(Asked([WALL], EMPTY), written(CLAIM))
    assert kept.reasons(Asked(targets, thesaurus), written(claim)) == \
        Explained().reasons(Asked(targets, thesaurus), written(claim))
    assert len(readings) == 3


def test_a_target_made_nice_to_have_is_not_read_anew_and_answers_as_such(readings):
    kept = Explained()
    kept.reasons(Asked([WALL], EMPTY), written(CLAIM))
    relaxed = Target(WALL.what, WALL.figure, required=False)
    reason, = kept.reasons(Asked([relaxed], EMPTY), written(CLAIM))
    assert (reason.target, reason.verdict, len(readings)) == (relaxed, Verdict.covered, 1)


def test_what_was_asked_for_longest_ago_is_let_go():
    kept = Explained(most=2)
    for what in ("壁厚", "跳动量", "固化周期"):
        kept.reasons(Asked([Target(what)], EMPTY), written(CLAIM))
    assert len(kept) == 2


@pytest.fixture
def city(session, encoder):
    demand, capability = factories.demand(session), factories.capability(session)
    for kind, one in ((PostingKind.demand, demand), (PostingKind.capability, capability)):
        index_postings(session, encoder, kind, [one.id])
    return demand, capability


def test_a_second_look_at_a_page_reads_nothing_and_says_the_same(session, searcher, city, readings):
    demand, _ = city
    first = recommend_experts(session, searcher, demand)
    assert recommend_experts(session, searcher, demand) == first
    assert len(readings) == 1


def test_an_edited_claim_is_on_the_next_page_before_the_worker_has_seen_it(session, searcher, city):
    demand, capability = city
    before, = recommend_experts(session, searcher, demand).matches
    told = before.reasons[0].passage.text
    claim = next(claim for claim in capability.claims if claim.text == told)
    claim.text = f"{told}（复核过）"
    session.flush()
    after, = recommend_experts(session, searcher, demand).matches
    assert after.reasons[0].passage.text == claim.text


def test_an_edited_target_changes_both_sides_of_the_recommendation(session, searcher, city):
    demand, capability = city
    recommend_experts(session, searcher, demand)
    recommend_demands(session, searcher, capability.expert)
    demand.targets[0].figure = "≤0.1 mm"
    session.flush()
    by_demand, = recommend_experts(session, searcher, demand).matches
    by_expert, = recommend_demands(session, searcher, capability.expert).matches
    assert by_demand.reasons[0].target.figure == by_expert.reasons[0].target.figure == "≤0.1 mm"


def test_a_hidden_capability_answers_nothing_any_more(session, searcher, city):
    demand, capability = city
    assert recommend_experts(session, searcher, demand).matches
    capability.status = CapabilityStatus.hidden
    session.flush()
    assert recommend_experts(session, searcher, demand).matches == ()
