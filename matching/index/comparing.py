"""The inner loops over vectors: inner products of a query with those that are kept in few bytes."""

import numpy as np

from matching.lexical.jit import compiled

LANES = 16
"""Floats that are added side by side, in an order that no machine changes."""


@compiled
def half_products(halves, rows, query):
    """float32 (rows,): inner products of `query` with rows of half-precision numbers, given as uint16 (n, d).

    Shifted into a float32's places, the bits of a half are its value × 2⁻¹¹². Each row is summed by itself, so that
    equal vectors have equal products wherever they stand.
    """
    found = np.empty(rows.size, np.float32)
    bits = np.empty(query.size, np.uint32)
    values = bits.view(np.float32)
    large = query * np.float32(2.0 ** 112)
    lanes = np.empty(LANES, np.float32)
    whole = query.size - query.size % LANES
    for i in range(rows.size):
        half = halves[rows[i]]
        for d in range(query.size):
            bits[d] = np.uint32(half[d] & 0x7fff) << 13 | np.uint32(half[d] & 0x8000) << 16
        lanes[:] = 0
        for d in range(0, whole, LANES):
            for lane in range(LANES):
                lanes[lane] += large[d + lane] * values[d + lane]
        for d in range(whole, query.size):
            lanes[0] += large[d] * values[d]
        found[i] = lanes.sum()
    return found


@compiled
def products(window, begins, where, rows, query, scale, low, centres):
    """float32 (rows,): inner products of `query` with vectors kept as 8-bit residuals in lists.

    Row r is the vector number where[r] & 0xffffffff of the list where[r] >> 32; a component is low +
    scale · code, plus its centre's.
    """
    found = np.empty(rows.size, np.float32)
    lanes = np.empty(LANES, np.float32)
    steps = query * scale
    start = np.float32(0)
    for d in range(query.size):
        start += query[d] * low[d]
    for i in range(rows.size):
        at = where[rows[i]]
        code = window[begins[at >> 32] + (at & 0xffffffff) * query.size:]
        centre = centres[at >> 32]
        lanes[:] = 0
        whole = query.size - query.size % LANES
        for d in range(0, whole, LANES):
            for lane in range(LANES):
                lanes[lane] += steps[d + lane] * np.float32(code[d + lane]) + query[d + lane] * centre[d + lane]
        for d in range(whole, query.size):
            lanes[0] += steps[d] * np.float32(code[d]) + query[d] * centre[d]
        found[i] = start + lanes.sum()
    return found
