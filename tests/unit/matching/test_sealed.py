"""What a confidential demand seals is matched, but no search by a stranger depends on it: words cannot be tried."""

import pytest

from matching.recommend import public_targets_of, recommend_demands, targets_of
from matching.search import search_demands
from matching.searcher import Searcher
from matching.vectors import index_postings
from models.base import now
from models.demands import Confidentiality
from models.index import PostingKind
from tests import factories

SECRET = "固化剂用竿宝七号环硫化物"
TARGETS = (("插接跳动", "≤0.03 mm", "偏摆仪", True),)
QUERIES = ("碳纤维钓竿插接跳动", "碳纤维竿宝七号", "钓竿 竿宝七号环硫化物", SECRET, "技术工艺 竿宝七号环硫化物", "插接跳动 竿宝七号")


@pytest.fixture
def indexed(session, encoder):
    def index(*demands):
        index_postings(session, encoder, PostingKind.demand, [demand.id for demand in demands])

    return index


@pytest.fixture
def others(session, indexed):
    """Open demands around the sealed one, so that its place among them could tell something."""
    found = [factories.demand(session, title=title, problem=problem, targets=()) for title, problem in (
        ("钓竿碳纤维管插接工艺", "跳动量大"), ("环硫化物固化剂合成", "固化剂发黄"), ("碳纤维自行车架插接", ""), ("渔线轮异响", ""))]
    indexed(*found)
    return found


def answers(session, searcher):
    return [search_demands(session, searcher, query, limit=50).ids for query in QUERIES]


def places(session, tmp_path, encoder, sealed, problem, indexed):
    """What every query finds, once `sealed` says `problem` in its sealed text."""
    sealed.problem = problem
    session.flush()
    indexed(sealed)
    return answers(session, Searcher(tmp_path / "index", lambda: encoder))


@pytest.mark.parametrize("level", [Confidentiality.summary, Confidentiality.nda])
def test_a_guessed_word_changes_neither_hits_nor_order(session, tmp_path, encoder, indexed, others, level):
    sealed = factories.demand(session, title="碳纤维钓竿插接跳动", confidentiality=level, abstract="跳动偏大", targets=TARGETS)
    hit, miss = (places(session, tmp_path, encoder, sealed, problem, indexed) for problem in (SECRET, "别的事"))
    assert hit == miss
    assert sealed.id in hit[0]
    assert sealed.id not in hit[3]


def test_an_open_demand_is_found_by_all_its_words(session, tmp_path, encoder, indexed, others):
    shown = factories.demand(session, title="碳纤维钓竿插接跳动", targets=TARGETS)
    hit, miss = (places(session, tmp_path, encoder, shown, problem, indexed) for problem in (SECRET, "别的事"))
    assert hit != miss
    assert shown.id in hit[3]


def test_a_sealed_demand_is_found_by_its_abstract_and_its_targets(session, searcher, indexed, others):
    sealed = factories.demand(session, title="管件精度", confidentiality=Confidentiality.nda, abstract="薄壁接头松旷",
                              targets=(("同轴误差", "≤0.03 mm", "", True),))
    indexed(sealed)
    assert all(sealed.id in search_demands(session, searcher, words).ids for words in ("薄壁接头", "同轴误差"))


def test_a_change_of_the_level_counts_at_once(session, searcher, indexed, others):
    """Also where the index did not change: the text is the same."""
    demand = factories.demand(session, title="管件精度", problem=SECRET, targets=TARGETS)
    indexed(demand)
    found = []
    for level in (Confidentiality.public, Confidentiality.nda, Confidentiality.public):
        demand.confidentiality, demand.updated_at = level, now()
        session.flush()
        found.append(demand.id in search_demands(session, searcher, SECRET).ids)
    assert found == [True, False, True]


def test_no_target_that_a_stranger_sees_is_read_out_of_a_sealed_text(session, searcher, indexed):
    sealed = factories.demand(session, title="钓竿碳纤维管插接跳动", confidentiality=Confidentiality.nda, targets=(),
                              abstract="求控制办法", problem="碳纤维管插接跳动≤0.03 mm，固化温度≤87 ℃。")
    expert = factories.expert(session)
    capability = factories.capability(session, expert)
    indexed(sealed)
    index_postings(session, searcher.encoder, PostingKind.capability, [capability.id])
    shown = [reason.target.text for match in recommend_demands(session, searcher, expert).matches
             for reason in match.reasons]
    assert not [text for text in shown if "0.03" in text or "87" in text]
    assert any("87" in target.text for target in targets_of(sealed))
    assert not any("87" in target.text for target in public_targets_of(sealed))


def test_a_sealed_demand_is_still_recommended_by_its_full_text(session, searcher, indexed, others):
    """Matched on everything, shown by its abstract: the expert whose work answers the sealed text is led there."""
    expert = factories.expert(session)
    capability = factories.capability(session, expert, (f"{SECRET}配方，插接跳动 0.02 mm",), title=SECRET)
    sealed = factories.demand(session, title="管件精度", confidentiality=Confidentiality.nda, problem=SECRET,
                              targets=TARGETS)
    indexed(sealed)
    index_postings(session, searcher.encoder, PostingKind.capability, [capability.id])
    assert sealed.id in [match.demand.id for match in recommend_demands(session, searcher, expert).matches]
