"""The quoted clauses are the founding documents' own words, and no person of theirs has come along."""

import pathlib
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import opencc
import pytest

from contests import catalogue
from contests.catalogue import definition

NOTICES = pathlib.Path(__file__).parents[4] / "shared" / "data" / "notices"
SOURCES = {"weihai-2020": "000", "smeie-2023": "001", "innovator-2020": "002", "binzhou-2015": "003",
           "weihai-centre-2022": "004"}
GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")
FOOTER = re.compile(r"^\s*- \d+ -\s*$", re.MULTILINE)
INTERRUPTION = re.compile(r"国家新能源汽车技\s+术创新中心\s+\S+\s+\d{11}\s")
"""A cell of 001's table that the page break put between the two halves of another one."""
POST = re.compile(r"(?:组  长：|副组长：|成  员：|^ {8}|^)([\u4e00-\u9fff](?: {0,2}[\u4e00-\u9fff]){1,2}) {2,}市", re.MULTILINE)
"""A name before a post of 003's coordination group."""

pytestmark = pytest.mark.skipif(not NOTICES.exists(), reason="the founding notices are not on this machine")


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
    """Without white space, and with one width of punctuation: 002 was received in half-width."""
    return "".join(unicodedata.normalize("NFKC", text).split()).removeprefix("......")


def notice(code: str) -> str:
    text = (NOTICES / f"{SOURCES[code]}.txt").read_text(encoding="utf-8")
    if code == "innovator-2020":
        text = opencc.OpenCC("t2s").convert(GLOSS.sub("", text))
    return squeezed(INTERRUPTION.sub("", FOOTER.sub("", text)))


def test_every_shipped_definition_has_its_document():
    assert set(catalogue.codes()) == set(SOURCES)


@pytest.mark.parametrize("code", SOURCES)
def test_every_clause_is_quoted_verbatim(code):
    words, found = notice(code), definition(code)
    quoted = [*clauses(found.model_dump()), found.source.title, found.source.number]
    assert [text for text in quoted if squeezed(text) not in words] == []


def test_every_form_word_is_quoted_verbatim():
    words, found = notice("weihai-2020"), definition("weihai-2020")
    quoted = [found.submission.office]
    for track in found.tracks:
        form = track.form
        quoted += [*form.title, form.group, form.note, form.summary_label, form.summary_hint, *form.columns,
                   form.signature_label, *form.review_label]
    assert [text for text in quoted if squeezed(text) not in words] == []


def test_every_line_of_the_table_of_tracks_is_quoted_verbatim():
    words = notice("smeie-2023")
    briefs = [track.brief for track in definition("smeie-2023").tracks if track.brief]
    quoted = [text for one in briefs for text in (one.number, one.field, one.scenario, one.ability, one.aim)]
    assert len(briefs) == 6
    assert [text for text in quoted if squeezed(text) not in words] == []


@pytest.mark.parametrize("code", SOURCES)
def test_no_name_no_number_and_no_address_of_a_person_came_along(code):
    """Mobiles, telephone numbers and mail addresses of the document, and the names beside them."""
    text = (catalogue.FOLDER / f"{code}.toml").read_text(encoding="utf-8")
    assert re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}|[\w.]+@[\w.]+", text) == []
    received = (NOTICES / f"{SOURCES[code]}.txt").read_text(encoding="utf-8")
    people = re.findall(r"^\s*([\u4e00-\u9fff]{3})\s*\n+\s*1[3-9]\d{9}", received, re.MULTILINE)
    people += [name.replace(" ", "") for name in POST.findall(received)]
    assert [name for name in people if name in text] == []
