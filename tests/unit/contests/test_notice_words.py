"""The quoted clauses are the founding notice's own words."""

import pathlib
from collections.abc import Iterator
from typing import Any

import pytest

from contests.catalogue import definition

NOTICE = pathlib.Path(__file__).parents[4] / "shared" / "data" / "notices" / "000.txt"


def clauses(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if set(node) == {"article", "text", "derived"}:
            yield node["text"]
        for value in node.values():
            yield from clauses(value)
    elif isinstance(node, tuple):
        for value in node:
            yield from clauses(value)


def squeezed(text: str) -> str:
    return "".join(text.split()).removeprefix("……")


@pytest.mark.skipif(not NOTICE.exists(), reason="the founding notices are not on this machine")
def test_every_clause_and_form_word_is_quoted_verbatim():
    notice = squeezed(NOTICE.read_text(encoding="utf-8"))
    found = definition("weihai-2020")
    quoted = [*clauses(found.model_dump()), found.source.title, found.source.number, found.submission.office]
    for track in found.tracks:
        form = track.form
        quoted += [*form.title, form.group, form.note, form.summary_label, form.summary_hint, *form.columns,
                   form.signature_label, *form.review_label]
    assert [words for words in quoted if squeezed(words) not in notice] == []
