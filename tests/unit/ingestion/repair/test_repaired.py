"""The seam: a log that rebuilds the clean text, and places that go both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.repair.draft import Draft, Edit
from ingestion.repair.passes import repair
from ingestion.repair.repaired import Kind, rebuild

LETTERS = st.text("關于(guān)，。 \n\xa01a", max_size=40)


@st.composite
def edits(draw, text: str):
    """Edits in order that do not overlap, of any part of the text."""
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = zip(places[::2], places[1::2], strict=False)
    kept, last = [], -1
    for start, end in pairs:
        if start > last:
            kept.append(Edit(start, end, draw(st.text("xyz", max_size=3)), Kind.space, 0.5, "试"))
            last = end
    return kept


def applied(text: str, done: list[Edit]) -> str:
    for edit in reversed(done):
        text = text[:edit.start] + edit.after + text[edit.end:]
    return text


class TestTheLog:
    @given(st.data(), LETTERS)
    def test_however_many_passes_edit_it_rebuilds_the_clean_text(self, data, text):
        draft = Draft(text)
        for _turn in range(3):
            done = data.draw(edits(draft.text))
            wanted = applied(draft.text, done)
            draft.apply(done)
            assert draft.text == wanted
        repaired = draft.so_far()
        assert rebuild(text, repaired.changes) == repaired.text

    @given(LETTERS)
    def test_a_repair_is_rebuilt_from_its_log(self, text):
        repaired = repair(text)
        assert rebuild(text, repaired.changes) == repaired.text

    def test_a_change_that_does_not_fit_its_text_is_refused(self):
        with pytest.raises(ValueError, match="does not fit"):
            rebuild("别的文字", repair("關(guān)于").changes)


class TestPlaces:
    @given(st.data(), LETTERS)
    def test_what_was_copied_is_found_again_letter_for_letter(self, data, text):
        repaired = repair(text)
        start = data.draw(st.integers(0, len(repaired.text)))
        end = data.draw(st.integers(start, len(repaired.text)))
        first, last = repaired.origin(start, end)
        assert 0 <= first <= last <= len(text)
        if not any(change.start < last and first < change.end for change in repaired.changes):
            assert text[first:last] == repaired.text[start:end]
            assert repaired.clean(first, last) == (start, end)

    def test_a_word_is_quoted_with_what_stood_inside_it(self):
        repaired = repair("關(guān)于申報企業(yè)的通知")
        assert repaired.text == "关于申报企业的通知"
        assert repaired.original[slice(*repaired.origin(0, 2))] == "關(guān)于"
        assert repaired.original[slice(*repaired.origin(4, 6))] == "企業"

    def test_a_stretch_outside_the_text_is_refused(self):
        with pytest.raises(ValueError, match="no stretch"):
            repair("通知").origin(1, 3)
