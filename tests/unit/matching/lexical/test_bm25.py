import numpy as np
import pytest

from matching.lexical.bm25 import Bm25, Statistics, weigh, weigh_query
from matching.lexical.inverted import Postings
from matching.lexical.vocabulary import numbers
from matching.thesaurus.thesaurus import EMPTY, Group, Thesaurus

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


def test_grams_of_any_kind_are_told_apart():
    grams = ["锂", "电池", "a", "5t", "gb38031-2020", "\U00020000", "\U00020000电", "\0agv", "\0电", "电\0", ""]
    statistics = Statistics.of([dict.fromkeys(grams[:n], 1.0) for n in range(1, len(grams) + 1)])
    assert statistics.postings.documents(numbers(grams)).tolist() == list(range(len(grams), 0, -1))


def test_places_and_frequencies_of_any_size_are_kept():
    documents = [{"常": 1.0 + n % 7} | ({"稀": 300.0} if n in (0, 130, 17_000, 40_000) else {}) for n in range(40_001)]
    index = Bm25(documents)
    assert np.flatnonzero(index.scores({"稀": 1.0})).tolist() == [0, 130, 17_000, 40_000]
    assert (index.scores({"常": 1.0}) > 0).all()


def test_more_frequencies_than_there_are_codes_for_take_the_nearest():
    documents = [{"锂": float(n), "电": 1.0} for n in range(1, 1000)]
    table = Bm25(documents).postings.frequencies
    assert len(table) == 256
    assert (table.min(), table.max()) == (1.0, 999.0)


def test_scores_are_those_of_the_formula():
    counts = [{"锂": 1.0, "电": 2.3}, {"锂": 0.3}, {"水": 4.0}]
    mean = np.mean([3.3, 0.3, 4.0])
    idf = np.log(1 + (3 - 2 + 0.5) / 2.5)
    wanted = [2 * idf * f * 2.2 / (f + 1.2 * (0.25 + 0.75 * length / mean)) for f, length in ((1.0, 3.3), (0.3, 0.3))]
    np.testing.assert_allclose(Bm25(counts).scores({"锂": 2.0}), [*wanted, 0], rtol=1e-6)


@pytest.mark.parametrize("size", [7, 1024, 70_001])
def test_common_and_rare_grams_score_by_the_formula_however_they_are_kept(size):
    random = np.random.default_rng(size)
    counts = [{gram: float(random.choice([0.3, 1.0, 1.3, 2.6], p=[0.7, 0.2, 0.05, 0.05]))
               for gram, often in (("锂", 0.6), ("电", 0.2), ("池", 0.01), ("水", 0.001)) if random.random() < often}
              for _ in range(size)]
    counts[-1]["稀"] = 1.3
    lengths = np.array([sum(count.values()) for count in counts])
    wanted = np.zeros(size)
    for gram in "锂电池水稀":
        often = np.array([count.get(gram, 0.0) for count in counts])
        idf = np.log(1 + (size - (often > 0).sum() + 0.5) / ((often > 0).sum() + 0.5))
        wanted += idf * often * 2.2 / (often + 1.2 * (0.25 + 0.75 * lengths / lengths.mean()))
    index = Bm25(counts)
    np.testing.assert_allclose(index.scores(dict.fromkeys("锂电池水稀", 1.0)), wanted, rtol=1e-5)
    np.testing.assert_array_equal(index.share(["锂"]) > 0, [("锂" in count) for count in counts])
    again = Bm25(Postings.read(index.postings.files()))
    np.testing.assert_array_equal(again.scores({"锂": 1.0, "稀": 1.0}), index.scores({"锂": 1.0, "稀": 1.0}))
