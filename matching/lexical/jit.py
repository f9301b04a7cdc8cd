"""How the inner loops are compiled: by numba, into a folder of this account's own."""

import numba

from matching.cache import cache_folder

# A compiled function is loaded as code: only from a folder of our own.
vars(numba.config)["CACHE_DIR"] = str(cache_folder("numba"))
_OPTIONS = {"cache": True, "nogil": True, "error_model": "numpy"}
# No law of floats is bent: the same numbers give the same bits everywhere.
compiled = numba.njit(**_OPTIONS)
summing = numba.njit(**_OPTIONS, fastmath={"reassoc"})
"""For sums over the components of vectors: added in an order of the compiler's choice, four times as fast. On one
machine it is the same order for every vector; vectors themselves differ from machine to machine in the last bits."""
contracting = numba.njit(**_OPTIONS, fastmath={"reassoc", "contract"})
"""The same, and a product and a sum may be one step: where nothing is compared but the vectors that come of it."""
