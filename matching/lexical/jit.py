"""How the inner loops are compiled: by numba, into a folder of this account's own, without bending a law of floats."""

import numba

from matching.cache import cache_folder

# A compiled function is loaded as code: only from a folder of our own.
vars(numba.config)["CACHE_DIR"] = str(cache_folder("numba"))
compiled = numba.njit(cache=True, nogil=True, error_model="numpy")
