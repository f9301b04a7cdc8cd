"""What one, ten and a hundred million postings would take, reckoned from kept results: the table of docs/growth.md."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.results import Result

MILLIONS = (1, 10, 100)
MACHINE = 64 * 0.7
"""GiB of a machine of 64 that one site process may fill; the rest is the system's, the database's cache, other work."""
RESERVE = 1.25
"""A process holds up to a quarter more while it takes up changes (matching/searcher.py)."""
RPC = 1.0
"""Milliseconds assumed for one more hop within a data centre and the merging of shards."""
RAW, GRAPH = 4.0, 1.5
"""Milvus's own index: float32 vectors (4 bytes a dimension) and a graph, assumed to be half as much again."""
GIB = 2 ** 30


@dataclass(frozen=True)
class Inputs:
    """Measured: bytes a posting (P6: all, and the vectors); milliseconds at a size (P1: all, and the lexical leg)."""

    resident: float
    vectors: float
    size: int
    milliseconds: float
    lexical: float
    dimensions: int = 256

    @classmethod
    def of(cls, found: Iterable[Result]) -> "Inputs | None":
        """From the largest sizes measured; None where one of them is missing."""
        judged = [one for one in found if one.value is not None and one.judged]
        memory = max((one for one in judged if one.goal == "P6"), key=lambda one: one.size, default=None)
        search = max((one for one in judged if one.goal == "P1" and "no filter" in one.variant),
                     key=lambda one: (one.size, one.figures["hybrid ms"]), default=None)
        if not (memory and search):
            return None
        return cls(memory.value, memory.figures["faiss B"], search.size, search.figures["hybrid ms"],
                   search.figures["lexical ms"])

    def latency(self, postings: float) -> float:
        """Milliseconds of CPU of one hybrid search over so many postings in one process: the lexical leg reads every
        posting of its grams and grows with their number, lists of vectors with its root (as many lists as the root)."""
        times = postings / self.size
        return self.lexical * times + (self.milliseconds - self.lexical) * times ** 0.5


def rows(known: Inputs) -> Iterator[list[str]]:
    for millions in MILLIONS:
        postings = millions * 1e6
        whole = postings * known.resident * RESERVE / GIB
        lexical = postings * (known.resident - known.vectors) * RESERVE / GIB
        shards, left = max(1, -(-whole // MACHINE)), max(1, -(-lexical // MACHINE))
        milvus = postings * known.dimensions * RAW * GRAPH / GIB
        hop = RPC if shards > 1 else 0.0
        yield [f"{millions} million", f"{whole:,.1f} GiB", f"{shards:.0f}",
               f"{known.latency(postings / shards) + hop:,.1f} ms", f"{lexical:,.1f} GiB × {left:.0f}",
               f"{milvus:,.1f} GiB", f"{postings * known.dimensions * RAW / GIB:,.1f} GiB"]


HEADER = ("postings", "a site process", "machines", "a search", "with Milvus: a site process × machines",
          "Milvus query nodes", "vectors in the database")
