"""The inner loops over vectors: inner products of a query with those that are kept in few bytes."""

import numpy as np

from matching.lexical.jit import compiled, summing

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


@summing
def _dot(first, second):
    """float32: the inner product of a vector with another, or with its codes (uint8)."""
    total = np.float32(0)
    for d in range(first.size):
        total += first[d] * np.float32(second[d])
    return total


@compiled
def products(window, begins, where, rows, query, scale, low, centres):
    """float32 (rows,): inner products of `query` with vectors kept as 8-bit residuals in lists.

    Row r is the vector number where[r] & 0xffffffff of the list where[r] >> 32; a component is low +
    scale · code, plus its centre's.
    """
    found = np.empty(rows.size, np.float32)
    steps = query * scale
    start = _dot(query, low)
    bases = np.full(begins.size, np.nan, np.float32)
    for i in range(rows.size):
        at = where[rows[i]]
        own = at >> 32
        if np.isnan(bases[own]):
            bases[own] = start + _dot(query, centres[own])
        begin = begins[own] + (at & 0xffffffff) * query.size
        found[i] = bases[own] + _dot(steps, window[begin:begin + query.size])
    return found
