"""Whatever is typed or imported: no crash, no NaN, bounded work, and the same answer each time."""

import math
import random
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.encoders.embedding import embed_postings
from matching.index.state import Entry, State, segment
from matching.lexical.bm25 import weigh
from matching.reasons.judging import explain
from matching.reasons.passages import READ, capability_passages
from matching.reasons.reading import read_targets
from matching.reasons.targets import Passage, Target, Verdict
from matching.text import grams_of, normalise
from matching.thesaurus.thesaurus import shipped

HAN = [chr(code) for code in range(0x4E00, 0x9FA5)]
STRANGE = {
    "empty": "", "blank": " \t\n　", "one": "鱼", "digits": "7" * 5_000, "figures": "≤0.03 mm、" * 500,
    "versions": "1.2.3.4-5~6 " * 500, "english": "improve the coating of rods " * 200, "word": "A" * 20_000,
    "traditional": "碳纖維釣竿塗層鹽霧試驗起泡脫落", "emoji": "🐟🎣👨‍👩‍👧" * 100,
    "surrogates": "锂\ud800电池\udfff涂层",
    "repeated": "涂层附着力" * 2_000, "one character": "碳" * 20_000, "controls": "".join(map(chr, range(32))) + "\x7f涂层",
    "overrides": "\u202e涂层\u202c", "combining": "e" + "\u0301" * 500,
    "long": "".join(random.Random(0).choices(HAN, k=100_000)),
    "marks": "。，；！？" * 2_000, "open": "（“" * 2_000, "signs": "±≤%-.~" * 1_000, "powers": "10^-" * 1_000,
    "zeros": "0" * 5_000 + " mm", "units": "mm/min·kg " * 500, "lines": "\n" * 8_000, "wide": "ＡＢ１２％℃" * 500,
    "numerals": "一二三四五六七八九十百千万亿" * 200}
TITLE, WHAT = 300, 120
"""What the tables hold at most of a title and of a target."""


@pytest.fixture(scope="module")
def mixed(encoder):
    """A state that holds every strange text as a posting."""
    vectors = embed_postings(encoder, [text[:TITLE] for text in STRANGE.values()], list(STRANGE.values()))
    thesaurus = shipped()
    entries = [Entry(key, weigh(text[:TITLE], text, thesaurus), vector)
               for (key, text), vector in zip(STRANGE.items(), vectors, strict=True)]
    return State(segment(sorted(entries, key=lambda entry: entry.id)), 1, thesaurus=thesaurus)


def found_by(state, encoder, text):
    vector = embed_postings(encoder, [text[:TITLE]], [text], query=True)[0]
    return state.search(state.weigh(text[:TITLE], text), vector, count=len(STRANGE))


@pytest.mark.parametrize("key", STRANGE)
class TestAnyText:
    def test_weighs_and_embeds_to_numbers(self, encoder, key):
        text = STRANGE[key]
        vector = embed_postings(encoder, [text], [text])[0]
        assert np.isfinite(vector).all()
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-3) or not vector.any()
        assert all(math.isfinite(weight) and weight > 0 for weight in weigh(text, text).values())

    def test_is_answered_with_numbers_in_falling_order(self, mixed, encoder, key):
        found = found_by(mixed, encoder, STRANGE[key])
        assert np.isfinite(found.scores).all()
        assert (np.diff(found.scores) <= 0).all()
        assert len(set(found.places.tolist())) == len(found.places)

    def test_is_read_for_targets(self, key):
        text = STRANGE[key]
        targets = read_targets(text[:TITLE], text)
        assert len(targets) <= 30
        assert all(target.text for target in targets)

    def test_is_judged_on_either_side(self, key):
        text = STRANGE[key]
        plain = Target("涂层附着力", "≥5 MPa")
        asked = [plain, Target(text[:WHAT], text[:WHAT])]
        passages = [Passage("涂层附着力 6 MPa", "claim", "a" * 32),
                    *capability_passages("b" * 32, text[:TITLE], text[:2_000])]
        reasons = explain(asked, passages)
        assert [type(reason.verdict) for reason in reasons] == [Verdict, Verdict]
        assert reasons[0].verdict is Verdict.covered
        assert all(math.isfinite(reason.topic) for reason in reasons)


@pytest.mark.parametrize("key", ["traditional", "english", "long", "repeated"])
def test_a_text_finds_itself_first(mixed, encoder, key):
    assert mixed.ids[found_by(mixed, encoder, STRANGE[key]).places[0]] == key


def test_the_same_words_in_another_field_stand_behind(encoder):
    titles = ["锂离子电池负极材料包覆", "锂矿区旅游规划与电池主题公园", "动力电池回收拆解", "矿山生态修复"]
    vectors = embed_postings(encoder, titles, [""] * 4)
    state = State(segment([Entry(str(place), weigh(title), vector)
                           for place, (title, vector) in enumerate(zip(titles, vectors, strict=True))]), 1)
    asked = "锂电池负极材料首次效率低"
    found = state.search(state.weigh(asked), embed_postings(encoder, [asked], [""], query=True)[0])
    assert state.ids[found.places[0]] == "0"
    [reason] = explain([Target("锂电池负极首次效率", "≥90%")],
                       [Passage("锂矿区旅游规划，游客满意率 92%", "claim", "a" * 32)])
    assert reason.verdict is Verdict.not_mentioned


def calls(act) -> int:
    """How many functions `act` calls: work, whatever else the machine does."""
    count = 0

    def note(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("key", ["one character", "repeated", "figures", "english", "numerals", "marks", "signs"])
@pytest.mark.parametrize("act", [lambda text: grams_of(normalise(text)), lambda text: weigh(text[:TITLE], text),
                                 lambda text: read_targets(text[:TITLE], text),
                                 lambda text: explain([Target(text[:WHAT])], capability_passages("a", "管件", text))])
def test_twice_the_text_is_twice_the_work(key, act):
    text = (STRANGE[key] * 10)[:2_000]
    act(text[1:])  # what is cached for good is there before the count; this very text is not
    assert calls(lambda: act(text * 2)) <= 3 * calls(lambda: act(text)) + 1_000


def test_two_texts_that_repeat_one_pair_meet_a_bounded_number_of_times():
    target, passage = Target("碳" * WHAT), Passage("碳" * 119, "claim", "a" * 32)
    assert calls(lambda: explain([target], [passage])) < 150_000


def test_of_a_report_the_beginning_is_read():
    passages = capability_passages("a", "管件", "涂层附着力。" * READ)
    assert sum(len(passage.text) for passage in passages[1:]) <= READ


@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=200))
def test_any_target_against_any_passage_has_a_verdict_and_honest_spans(what, figure, said):
    target, passage = Target(what, figure), Passage(said, "claim", "a" * 32)
    [reason] = explain([target], [passage])
    [again] = explain([Target(what, figure)], [Passage(said, "claim", "a" * 32)])
    assert reason.verdict is again.verdict
    for phrase in reason.phrases:
        assert 0 <= phrase.demand_span[0] < phrase.demand_span[1] <= len(target.text)
        assert 0 <= phrase.passage_span[0] < phrase.passage_span[1] <= len(said)


@given(st.lists(st.text(max_size=30), min_size=1, max_size=6), st.text(max_size=30))
def test_any_postings_come_in_one_order(texts, query):
    state = State(segment([Entry(f"{place:03}", weigh(text), np.zeros(0, np.float32))
                           for place, text in enumerate(texts)]), 1)
    found = [state.search(state.weigh(query), None) for _ in range(2)]
    assert np.isfinite(found[0].scores).all()
    assert found[0].places.tolist() == found[1].places.tolist()
