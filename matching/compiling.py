"""The loops of searching and encoding compiled before anybody waits for them: once an account and version."""

import numpy as np

from matching.encoders import kernels as encoding
from matching.encoders.kernels import gelu, level, softmax
from matching.index import comparing
from matching.index.dense import FlatIndex, IvfIndex
from matching.index.ids import Ids
from matching.index.segments import Entry, Segment
from matching.index.state import State
from matching.lexical import runs, scatter, topk
from matching.lexical.bm25 import Bm25, weigh
from matching.lexical.inverted import Postings

TEXTS = ("焊接 A", "涂装 B", "检测 C", "锂电池 D")


def compile_loops() -> list[str]:
    """Run every loop once on each kind of array that a search hands it; what numba compiles it keeps in its cache.

    Returns the signatures that each loop now has, as `name(types)`: with a full cache it is read, in a second.
    """
    vectors = np.eye(len(TEXTS), 16, dtype=np.float32)
    made = Postings.of(weigh(text) for text in TEXTS)
    for kind in (FlatIndex, IvfIndex):
        index = kind(vectors.shape[1])
        index.add(np.arange(len(TEXTS)), vectors)
        for postings in (made, Postings.read(made.files())):
            _search(Segment(Ids([f"{n:032x}" for n in range(len(TEXTS))]), Bm25(postings), index), vectors[0])
    row = vectors[0]
    level(vectors, vectors.copy(), row, row, np.float32(1)), gelu(vectors, row), softmax(vectors[None], np.float32(1))
    return signatures()


def _search(part: Segment, vector: np.ndarray) -> None:
    """Ask a segment, and one with a posting changed since, as a page does."""
    state = State(part, 1)
    changed = state.with_changes([(part.ids[0], Entry(part.ids[0], weigh(TEXTS[0]), vector))], 2)
    for one in (state, changed):
        for allowed in (None, np.ones(len(one.ids), bool)):
            one.search(one.weigh(TEXTS[1]), vector, allowed=allowed, wanted=[list(weigh(TEXTS[2]))])


def signatures() -> list[str]:
    """What is compiled in this process, as `name(types)`, in order of name."""
    modules = (runs, scatter, topk, comparing, encoding)
    loops = {id(loop): loop for module in modules for loop in vars(module).values() if hasattr(loop, "signatures")}
    return sorted(f"{loop.__name__}{types}" for loop in loops.values() for types in loop.signatures)


if __name__ == "__main__":
    compile_loops()
