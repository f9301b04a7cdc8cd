import numpy as np
import pytest

from matching.encoders.embedding import NoEncoder
from matching.ranking import Posting, Ranker, fuse, order, standardise

POSTINGS = [Posting("b", "焦化废水处理环保材料"), Posting("a", "锂离子电池隔膜涂布"), Posting("c", "大型活动票务系统"),
            Posting("d", "锂矿区旅游路线规划"), Posting("e", "")]
ODD = ["", " ", "锂", "7", "1234567890", "🐟🐟", "PLC OPC-UA", "鋰離子電池", "\x00\ud800", "锂电池" * 40_000]


def test_standard_scores_have_mean_zero_and_deviation_one():
    scores = standardise(np.array([1.0, 2.0, 3.0]))
    assert (scores.mean(), scores.std()) == (pytest.approx(0), pytest.approx(1))
    assert not standardise(np.ones(3)).any()


def test_without_a_dense_leg_the_lexical_order_stands():
    assert list(np.argsort(-fuse(np.array([1.0, 3.0, 2.0]), np.zeros(0), 0.5))) == [1, 2, 0]


def test_equal_scores_are_ordered_by_id():
    assert order(np.zeros(3), ["b", "c", "a"]) == [2, 0, 1]


@pytest.mark.parametrize("query", ["锂电池防爆", "鋰電池防爆"])
def test_the_capability_of_the_same_field_stands_before_the_one_of_the_same_word(encoder, query):
    assert [key for key, _ in Ranker(POSTINGS, encoder).rank(Posting("q", query), 2)] == ["a", "d"]


def test_lexical_alone_still_ranks():
    assert Ranker(POSTINGS, NoEncoder()).rank(Posting("q", "焦化废水"), 1)[0][0] == "b"


@pytest.mark.parametrize("query", ODD, ids=range(len(ODD)))
def test_odd_texts_are_ranked_without_nan_and_always_alike(encoder, query):
    ranker = Ranker(POSTINGS, encoder)
    ranked = ranker.rank(Posting("q", query, query))
    assert len(ranked) == len(POSTINGS)
    assert np.isfinite([score for _, score in ranked]).all()
    assert ranked == ranker.rank(Posting("q", query, query))


def test_words_are_searched_under_each_of_their_names(encoder):
    ranker = Ranker([Posting("a", "可编程控制器柜升级"), Posting("b", "改造工程预算"), Posting("c", "票务系统")], encoder)
    typed, searched = ranker.scores(Posting("", "PLC改造")), ranker.search_scores("PLC改造")
    assert (searched >= typed).all()
    assert searched[0] > typed[0]
