"""The demo city, whose fits were written down by hand before the matcher was: does the matcher find them?"""

import collections

import pytest

from matching.chance import fitted
from matching.encoders.embedding import embed_postings
from matching.index.state import Entry, State, segment
from matching.lexical.bm25 import weigh
from matching.pairing import pair
from matching.ranking import Posting
from matching.reasons.judging import explain
from matching.reasons.passages import capability_passages
from matching.reasons.targets import Fit, Passage, Target
from matching.retrieval import retrieve
from tests.support.demo_city import CAPABILITIES, DEMANDS, FITS

pytestmark = pytest.mark.slow
OWNER = {row["ref"]: row["expert"] for row in CAPABILITIES}


def body(capability) -> str:
    return "\n".join([capability["summary"], *(claim["text"] for claim in capability["claims"])])


def passages(capability) -> list[Passage]:
    claims = [Passage(claim["text"], "claim", capability["ref"], context=capability["title"])
              for claim in capability["claims"]]
    return capability_passages(capability["ref"], capability["title"], capability["summary"]) + claims


def recommend(state, encoder, written, demand):
    targets = [Target(t["what"], t["figure"], t["measure"], t["required"]) for t in demand["targets"]]
    text = "\n".join([demand["problem"], demand["constraints"], *(target.text for target in targets)])
    vector = embed_postings(encoder, [demand["title"]], [text])[0]
    pool = retrieve(state, OWNER, Posting("", demand["title"], text), vector)
    return pair(pool, lambda ranked: (explain(targets, written[ranked.key]), True), fitted(encoder.name))[0]


@pytest.fixture(scope="module")
def found(encoder):
    vectors = embed_postings(encoder, [c["title"] for c in CAPABILITIES], [body(c) for c in CAPABILITIES])
    state = State(segment([Entry(c["ref"], weigh(c["title"], body(c)), v)
                           for c, v in zip(CAPABILITIES, vectors, strict=True)]), 1)
    written = collections.defaultdict(list)
    for capability in CAPABILITIES:
        written[capability["expert"]] += passages(capability)
    return {name: recommend(state, encoder, written, demand) for name, demand in DEMANDS.items()}


def test_who_answers_every_required_target_is_said_to_fit_well(found):
    full = [(name, expert) for name, fits in FITS.items() for expert, word in fits.items() if word != "part"]
    good = [(name, expert) for name, expert in full
            if any(p.key == expert and p.fit is Fit.good for p in found[name])]
    assert len(good) >= 0.95 * len(full), sorted(set(full) - set(good))


def test_hardly_anybody_else_is_said_to_fit_well(found):
    others = [(name, p.key) for name, pairings in found.items() for p in pairings
              if p.fit is Fit.good and FITS[name].get(p.key) not in ("full", "conflict")]
    assert len(others) <= 2, others


def test_who_answers_a_part_is_shown_as_that(found):
    part = [(name, expert) for name, fits in FITS.items() for expert, word in fits.items() if word == "part"]
    shown = [(name, expert) for name, expert in part
             if any(p.key == expert and p.fit is Fit.partial for p in found[name])]
    assert len(shown) >= 0.7 * len(part), sorted(set(part) - set(shown))


def test_who_fits_stands_first(found):
    first = [found[name][0].key in fits for name, fits in FITS.items() if fits and found[name]]
    assert sum(first) >= 0.95 * len(first)


def test_lists_are_not_padded(found):
    others = sum(p.key not in FITS[name] for name, pairings in found.items() for p in pairings)
    assert others <= 1.2 * len(found)
