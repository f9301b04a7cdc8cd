"""Same data, same ranking: in every process, whatever its hash seed; and a damaged index is never believed."""

import os
import pathlib
import subprocess
import sys

import pytest

from matching.search import search_demands
from matching.searcher import Searcher
from matching.vectors import index_posting, write_snapshot
from models.database import holding
from models.index import PostingKind
from tests import factories

KIND = PostingKind.demand
ROOT = pathlib.Path(__file__).resolve().parents[3]
RANKS = """
import numpy as np
from matching.encoders.embedding import load_encoder, embed_postings
from matching.reasons.judging import explain
from matching.lexical.bm25 import weigh
from matching.reasons.reading import read_targets
from matching.reasons.passages import capability_passages
from matching.index.state import Entry, State, segment
from matching.thesaurus.thesaurus import shipped, using

titles = ["碳纤维钓竿涂层起泡", "水性防腐漆耐盐雾", "锂电池负极预锂化", "AGV 调度", "自动导引车路径规划", "油漆附着力"] * 3
encoder, thesaurus = load_encoder(light=True), shipped()
vectors = embed_postings(encoder, titles, titles)
entries = [Entry(f"{n:02}", weigh(t, t, thesaurus), v) for n, (t, v) in enumerate(zip(titles, vectors))]
state = State(segment(entries), 1, thesaurus=thesaurus)
for asked in ("油漆耐盐雾", "自动导引车", "锂离子电池", "涂层"):
    found = state.search(state.weigh(asked), embed_postings(encoder, [asked], [""], query=True)[0])
    print([state.ids[place] for place in found.places.tolist()], found.scores.tobytes().hex())
with using(thesaurus):
    targets = read_targets("钓竿涂层盐雾后起泡", "要求：涂层附着力≥5 MPa；中性盐雾≥500 h；不用六价铬。")
    print(explain(targets, [p for t in titles for p in capability_passages("a", t, "附着力 6 MPa，盐雾 240 小时。")]))
"""


def ranks(seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", RANKS], cwd=ROOT, env=environment, text=True, capture_output=True,
                          timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_process_ranks_alike():
    first, second = ranks("1"), ranks("4242")
    assert first == second
    assert first.count("\n") == 5


@pytest.fixture
def saved(session, encoder, tmp_path) -> pathlib.Path:
    """The folder of the saved index of a few demands."""
    demands = [factories.demand(session, title=title, problem="", targets=()) for title in
               ("防爆锂离子电池", "焦化废水深度处理", "碳纤维钓竿插接跳动", "钓竿涂层起泡")]
    for demand in demands:
        index_posting(session, encoder, KIND, demand.id)
    write_snapshot(holding(session), encoder, KIND, tmp_path)
    return tmp_path / KIND


def flipped(place: float):
    def damage(path: pathlib.Path) -> None:
        data = bytearray(path.read_bytes())
        data = data or bytearray(1)  # a file of no gram's: longer, then
        data[int(place * (len(data) - 1))] ^= 1
        path.write_bytes(data)

    return damage


DAMAGE = {
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:path.stat().st_size // 2]),
    "emptied": lambda path: path.write_bytes(b""), "deleted": pathlib.Path.unlink,
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"\0"),
    "noise": lambda path: path.write_bytes(os.urandom(999)),
    "first bit": flipped(0), "middle bit": flipped(0.5), "last bit": flipped(1)}


def answers(session, searcher) -> list:
    return [search_demands(session, searcher, words).ids for words in ("钓竿", "锂电池", "废水", "涂层")]


@pytest.mark.parametrize("how", DAMAGE)
def test_whatever_is_damaged_the_answers_are_the_database_s(session, encoder, saved, how, tmp_path):
    right = answers(session, Searcher(tmp_path / "nothing", lambda: encoder))
    whole = {path: path.read_bytes() for path in saved.iterdir()}
    for path in sorted(whole):
        DAMAGE[how](path)
        assert answers(session, Searcher(tmp_path, lambda: encoder)) == right, path.name
        path.write_bytes(whole[path])


@pytest.mark.parametrize("how", DAMAGE)
def test_a_process_at_work_goes_on_while_its_files_are_damaged(session, encoder, saved, how, tmp_path):
    searcher = Searcher(tmp_path, lambda: encoder)
    right = answers(session, searcher)
    for path in sorted(saved.iterdir()):
        DAMAGE[how](path)
    assert answers(session, searcher) == right


def test_an_index_of_another_model_is_left_aside(session, encoder, saved, tmp_path):
    right = answers(session, Searcher(tmp_path / "nothing", lambda: encoder))
    for path in saved.iterdir():
        data = path.read_bytes()
        path.write_bytes(data.replace(encoder.name.encode(), encoder.name[::-1].encode()))
    assert answers(session, Searcher(tmp_path, lambda: encoder)) == right
