"""P6: what one document costs in a site's memory: both legs, ids and all."""

import ctypes
import gc
import itertools
import sys
from collections.abc import Iterator

import faiss
import numpy as np
import psutil

from benchmarks.command import Options
from benchmarks.corpus import generate
from benchmarks.engine import Engine
from benchmarks.hybrid import Ground
from benchmarks.results import Result
from benchmarks.rounds import Spread

WARM = 1_000


def memory(ground: Ground) -> Iterator[Result]:
    """The growth of the resident set while the engine is built, all garbage returned before both looks. Beside it the
    sum of what can be reached from the engine."""
    size = len(ground.corpus)
    Engine(generate(WARM, ground.corpus.kind))  # compiled kernels and loaded libraries are no document's
    before = resident()
    engine = ground.engine
    grown = (resident() - before) / size
    sizes = held(engine)
    parts = " · ".join(f"{name} {count / size:,.0f} B" for name, count in sizes.items() if count >= size)
    yield ground.found("P6", Spread((grown,)), f"resident set; reached: {parts}",
                       figures={"resident B": grown, **{f"{name} B": count / size for name, count in sizes.items()}})


def measure(options: Options) -> Iterator[Result]:
    for kind, size in itertools.product(options.kinds, options.sizes):
        yield from memory(Ground(generate(size, kind)))


def resident() -> int:
    """Bytes of this process in memory, after everything free was given back."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return psutil.Process().memory_info().rss


def held(root: object) -> dict[str, int]:
    """Bytes of what can be reached from `root`, by what it is: arrays, vectors in faiss, Python objects."""
    found_bytes = {"arrays": 0, "faiss": 0, "objects": 0}
    seen: set[int] = set()
    stack = [root]
    while stack:
        one = stack.pop()
        if id(one) in seen or isinstance(one, type) or type(one).__name__ in ("module", "function"):
            continue
        seen.add(id(one))
        if isinstance(one, np.ndarray):
            found_bytes["arrays"] += one.nbytes if one.base is None else 0
            stack.append(one.base)
        elif isinstance(one, faiss.Index):
            found_bytes["faiss"] += faiss.serialize_index(one).nbytes
        else:
            found_bytes["objects"] += sys.getsizeof(one)
            stack.extend(gc.get_referents(one) if gc.is_tracked(one) else ())
    return found_bytes
