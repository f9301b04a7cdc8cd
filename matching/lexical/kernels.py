"""The inner loops of BM25, compiled by numba: postings written as gaps, scores added up, the best kept.

A gram's run of bytes: how many documents have it, then for each of them, in order of place, the gap to the place
before and the code of the frequency. Numbers take 7 bits a byte, low bits first; the high bit says that more follows.
Some 2.5 bytes a posting, where arrays of places and weights take 8.
Order of addition is fixed and no float law is bent (no fastmath): the same postings give the same bits everywhere.
"""

import numba
import numpy as np

from matching.cache import cache_folder

# A compiled function is loaded as code: only from a folder of our own.
vars(numba.config)["CACHE_DIR"] = str(cache_folder("numba"))
compiled = numba.njit(cache=True, nogil=True, error_model="numpy")

BLOCK = 1 << 17
"""Places scored at a time: their sums stay in the processor's own cache."""
LANES = 16
"""Floats that are added side by side, in an order that no machine changes."""


@compiled
def _width(number):
    """Bytes that `number` is written in."""
    size = 1
    while number >= 128:
        number >>= 7
        size += 1
    return size


@compiled
def _write(stream, at, number):
    """Write `number` at `at`; where it ends."""
    while number >= 128:
        stream[at] = (number & 127) | 128
        number >>= 7
        at += 1
    stream[at] = number
    return at + 1


@compiled
def _read(stream, at):
    """The number written at `at`, and where it ends."""
    number = np.int64(stream[at])
    at += 1
    if number >= 128:
        number &= 127
        shift = 7
        while True:
            byte = np.int64(stream[at])
            at += 1
            number |= (byte & 127) << shift
            if byte < 128:
                break
            shift += 7
    return number, at


@compiled
def measure(terms, starts, sizes, counts):
    """Add up each term's bytes and documents; document d has terms[starts[d]:starts[d + 1]]."""
    last = np.full(sizes.size, -1, np.int64)
    for place in range(starts.size - 1):
        for i in range(starts[place], starts[place + 1]):
            term = terms[i]
            sizes[term] += _width(place - last[term]) + 1
            counts[term] += 1
            last[term] = place
    for term in range(sizes.size):
        sizes[term] += _width(counts[term])


@compiled
def write(terms, codes, starts, begins, counts, stream):
    """Write every run, each at its own place in the stream."""
    at = begins.copy()
    last = np.full(begins.size, -1, np.int64)
    for term in range(begins.size):
        at[term] = _write(stream, at[term], np.int64(counts[term]))
    for place in range(starts.size - 1):
        for i in range(starts[place], starts[place + 1]):
            term = terms[i]
            end = _write(stream, at[term], place - last[term])
            stream[end] = codes[i]
            at[term] = end + 1
            last[term] = place


@compiled
def find(short, long, wanted):
    """int64: where each number stands in `short` or, behind it, in `long`, both ascending; −1 where in neither."""
    found = np.full(wanted.size, -1, np.int64)
    for i in range(wanted.size):
        number = wanted[i]
        if number >> np.uint64(32) == 0:
            at = np.searchsorted(short, np.uint32(number))
            if at < short.size and short[at] == number:
                found[i] = at
        else:
            at = np.searchsorted(long, number)
            if at < long.size and long[at] == number:
                found[i] = short.size + at
    return found


@compiled
def locate(found, offsets, stream):
    """Of the grams that stand anywhere: which, where their runs begin and end, how many documents have each."""
    known = np.flatnonzero(found >= 0)
    begins = np.empty(known.size, np.int64)
    ends = np.empty(known.size, np.int64)
    counts = np.empty(known.size, np.int64)
    for i in range(known.size):
        begins[i] = offsets[found[known[i]]]
        ends[i] = offsets[found[known[i]] + 1]
        counts[i], _ = _read(stream, begins[i])
    return known, begins, ends, counts


@compiled
def prepare(found, offsets, stream, documents, counts, asked):
    """`locate`, and for every gram of a query its weight, counts × idf, and its share of the idf of all that are asked.

    idf = ln(1 + (N − n + ½)/(n + ½)) of the `documents` N and the n that have it.
    """
    known, begins, ends, have = locate(found, offsets, stream)
    weights = np.empty(found.size, np.float32)
    shares = np.zeros(found.size, np.float32)
    idf = np.full(found.size, np.log(1 + (documents + 0.5) / 0.5))
    for i in range(known.size):
        idf[known[i]] = np.log(1 + (documents - have[i] + 0.5) / (have[i] + 0.5))
    total = (idf * asked).sum()
    for i in range(found.size):
        weights[i] = counts[i] * idf[i]
        if asked[i]:
            shares[i] = idf[i] / total
    return known, begins, ends, weights, shares


@compiled
def _add(stream, at, end, place, high, weight, numerators, frequencies, lengths, base, slope, total):
    """Add one gram's weights to the documents below `high`; where to go on, and with which place.

    A number is read in place here and in `_mark`: a call for each would cost more than all the rest.
    """
    while at < end:
        if place >= high:
            return at, place
        code = stream[at]
        total[place] += weight * (numerators[code] / (frequencies[code] + base + slope * lengths[place]))
        gap = np.int64(stream[at + 1])
        at += 2
        if gap >= 128:
            gap &= 127
            shift = 7
            while True:
                byte = np.int64(stream[at])
                at += 1
                gap |= (byte & 127) << shift
                if byte < 128:
                    break
                shift += 7
        place += gap
    return at, place


@compiled
def _mark(stream, at, end, place, high, part, share):
    """Add one gram's part to the share of the documents below `high`."""
    while at < end and place < high:
        share[place] += part
        gap = np.int64(stream[at + 1])
        at += 2
        if gap >= 128:
            gap &= 127
            shift = 7
            while True:
                byte = np.int64(stream[at])
                at += 1
                gap |= (byte & 127) << shift
                if byte < 128:
                    break
                shift += 7
        place += gap


@compiled
def scatter(stream, begins, ends, weights, shares, numerators, frequencies, lengths, base, slope, total, share):
    """total[p] = Σ weights[g] · numerators[c] / (frequencies[c] + base + slope · lengths[p]), over p's grams g.

    share[p] = Σ shares[g]. Block by block, the grams in the order given; what the buffers held before is overwritten.
    """
    at = np.empty(begins.size, np.int64)
    places = np.empty(begins.size, np.int64)
    for g in range(begins.size):
        _, at[g] = _read(stream, begins[g])
        gap, at[g] = _read(stream, at[g])
        places[g] = gap - 1
    for low in range(0, total.size, BLOCK):
        high = min(low + BLOCK, total.size)
        total[low:high] = 0
        share[low:high] = 0
        for g in range(begins.size):
            if shares[g] > 0:
                _mark(stream, at[g], ends[g], places[g], high, shares[g], share)
            at[g], places[g] = _add(stream, at[g], ends[g], places[g], high, weights[g], numerators, frequencies,
                                    lengths, base, slope, total)


@compiled
def sums(values):
    """Sum and sum of squares (float64) of float32 values, in fixed lanes."""
    first = np.zeros(LANES, np.float64)
    second = np.zeros(LANES, np.float64)
    whole = values.size - values.size % LANES
    for i in range(0, whole, LANES):
        for lane in range(LANES):
            value = np.float64(values[i + lane])
            first[lane] += value
            second[lane] += value * value
    for i in range(whole, values.size):
        value = np.float64(values[i])
        first[0] += value
        second[0] += value * value
    return first.sum(), second.sum()


@compiled
def _largest(values, rows, allowed):
    """float32: the largest of each `rows` values that stand LANES apart; what is not allowed counts as 0."""
    step = LANES * rows
    groups = (values.size + step - 1) // step
    found = np.zeros((groups, LANES), np.float32)
    for group in range(groups):
        for row in range(rows):
            begin = group * step + row * LANES
            for lane in range(min(LANES, values.size - begin)):
                value = values[begin + lane]
                if allowed.size > 0 and not allowed[begin + lane]:
                    value = np.float32(0)
                if value > found[group, lane]:
                    found[group, lane] = value
    return found


@compiled
def best(values, count, allowed):
    """Places (int64) of the `count` highest positive values, highest first, ties by place. `allowed`: bool or empty."""
    rows = max(1, min(64, values.size // (8 * max(count, 1))))  # of so many values the largest is looked at first
    largest = _largest(values, rows, allowed)
    floor = np.float32(0)
    if largest.size > count:
        floor = np.partition(largest.ravel(), largest.size - count)[largest.size - count]
    places = np.empty(rows * ((largest >= floor) & (largest > 0)).sum(), np.int64)
    found = 0
    for group in range(largest.shape[0]):
        for lane in range(LANES):
            if largest[group, lane] > 0 and largest[group, lane] >= floor:
                begin = group * LANES * rows + lane
                for place in range(begin, min(begin + LANES * rows, values.size), LANES):
                    if values[place] > 0 and values[place] >= floor and (allowed.size == 0 or allowed[place]):
                        places[found] = place
                        found += 1
    kept = np.sort(places[:found])
    return kept[np.argsort(-values[kept], kind="mergesort")][:count]


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


@compiled
def merged(first, second):
    """int64: the numbers of both, ascending, each once."""
    both = np.sort(np.concatenate((first, second)))
    kept = 0
    for i in range(both.size):
        if i == 0 or both[i] != both[i - 1]:
            both[kept] = both[i]
            kept += 1
    return both[:kept]
