"""The loops are compiled for everything that a search hands them, so that no page ever waits for a compiler."""

import subprocess
import sys

import pytest

from tests.support.sources import ROOT

SEARCH = """
import pathlib, sys
import numpy as np
from matching.compiling import compile_loops, signatures
from matching.encoders.embedding import load_encoder
from matching.index.dense import IvfIndex
from matching.lexical.bm25 import Bm25, weigh
from matching.index.segments import Entry, Segment
from matching.index.snapshots import load_snapshot, save_snapshot
from matching.index.state import State

ready = set(compile_loops())
folder, texts = pathlib.Path(sys.argv[1]), [f"船用柴油机 {n} 号缸套磨损" for n in range(40)]
vectors = np.eye(40, 64, dtype=np.float32)
ids = [f"{n:032x}" for n in range(40)]
save_snapshot(folder, "e", 1, ids, vectors, map(weigh, texts), "w")
saved = load_snapshot(folder, "e", 1, "w")
lists = IvfIndex(64)
lists.add(np.arange(40), vectors)
for index in (saved.index, lists):
    state = State(Segment(saved.ids, saved.lexical, index, saved.moments), 1)
    state = state.with_changes([(ids[3], None), (ids[5], Entry(ids[5], weigh("缸套"), vectors[5]))], 2)
    grams = state.weigh("缸套磨损", "柴油机 3 号")
    for allowed in (None, np.arange(len(state.ids)) % 3 == 0):
        assert len(state.search(grams, vectors[0], allowed=allowed, wanted=[["缸", "套"], ["3"]]))
    state.scores(grams, vectors[0]), state.share(["缸"]), state.main.lexical.statistics.idf("缸")
load_encoder(light=True).encode(["缸套磨损", "船用柴油机"])
print(*sorted(set(signatures()) - ready), sep="\\n")
"""


@pytest.mark.slow
def test_a_search_meets_no_loop_that_is_not_compiled(tmp_path):
    ran = subprocess.run([sys.executable, "-c", SEARCH, str(tmp_path / "index")], cwd=ROOT, text=True,
                         capture_output=True, check=False)
    assert (ran.returncode, ran.stdout.strip()) == (0, ""), ran.stdout + ran.stderr
