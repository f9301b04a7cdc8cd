import numpy as np
import pytest

from matching.lexical import Bm25, Statistics, weigh, weigh_query
from matching.thesaurus import EMPTY, Group, Thesaurus

DOCUMENTS = [weigh("锂电池电解液"), weigh("焦化废水处理"), weigh("废水处理装置", "用于锂电池工厂")]


def test_the_document_with_the_rarer_match_stands_first():
    scores = Bm25(DOCUMENTS).scores(weigh("焦化废水"))
    assert list(np.argsort(-scores)) == [1, 2, 0]


def test_a_word_of_the_title_counts_more_than_one_of_the_body():
    scores = Bm25(DOCUMENTS).scores(weigh("锂电池"))
    assert scores[0] > scores[2] > 0


def test_what_no_document_has_scores_nothing():
    assert not Bm25(DOCUMENTS).scores(weigh("钓竿")).any()
    assert not Bm25(DOCUMENTS).scores({}).any()


def test_a_later_segment_is_scored_on_the_scale_of_the_first():
    statistics = Statistics.of(DOCUMENTS)
    assert Bm25(DOCUMENTS[1:2], statistics).scores(weigh("废水"))[0] == Bm25(DOCUMENTS).scores(weigh("废水"))[1]


def test_the_share_of_wanted_grams_is_weighed_by_rarity():
    share = Bm25(DOCUMENTS).share(["焦", "废"])
    assert share[1] == pytest.approx(1)
    assert 0 < share[2] < 0.5
    assert share[0] == 0


def test_no_documents_are_no_error():
    assert Bm25([]).scores(weigh("锂")).shape == (0,)
    assert not Bm25([{}]).share([]).any()


WITH_NAMES = Thesaurus([Group(("自动导引车", "AGV")), Group(("锂电池", "锂电"))])


def test_a_thing_is_found_by_its_other_name_but_the_name_itself_stands_first():
    documents = [weigh(title, "", WITH_NAMES) for title in ("自动导引车调度", "AGV 调度", "焦化废水调度")]
    scores = Bm25(documents).scores(weigh_query("AGV 调度", "", WITH_NAMES))
    assert list(np.argsort(-scores)) == [1, 0, 2]


def test_who_has_the_word_itself_wins_nothing_by_the_thesaurus():
    with_names, without = ([weigh(title, "", thesaurus) for title in ("AGV 调度", "锂电池")]
                           for thesaurus in (WITH_NAMES, EMPTY))
    assert {k: v for k, v in with_names[1].items() if not k.startswith("\0")} == without[1]
    assert not any(k == "\0锂电" for k in with_names[1])  # 锂电池 spells 锂电 already


def test_a_name_in_the_body_counts_as_little_as_a_word_of_the_body():
    title, body = weigh("AGV", "", WITH_NAMES), weigh("", "AGV", WITH_NAMES)
    assert body["\0自动导引车"] == pytest.approx(title["\0自动导引车"] * body["agv"])
