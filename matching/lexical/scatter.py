"""The inner loops of BM25: the runs of a query's grams read, the weights of its documents added up.

Order of addition is fixed and no float law is bent (no fastmath): the same postings give the same bits everywhere.
"""

import numpy as np

from matching.lexical.jit import compiled
from matching.lexical.runs import BYTES, CHUNK, ROWS, has, read

BLOCK = 1 << 16
"""Places scored at a time, a multiple of CHUNK: their sums stay in the processor's own cache."""
_BEYOND = np.uint64(1 << 62)
_ONE, _SEVEN, _LOW, _MORE = np.uint64(1), np.uint64(7), np.uint64(127), np.uint64(128)


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
def locate(found, alone, offsets, stream, single):
    """Of the grams that stand anywhere: which, where their runs begin and end, how many documents have each.

    `found`, `alone`: where each stands among those with a run, and among those of one document, which is told as −1 −
    `single` in place of the beginning.
    """
    known = np.flatnonzero((found >= 0) | (alone >= 0))
    begins = np.empty(known.size, np.int64)
    ends = np.zeros(known.size, np.int64)
    counts = np.ones(known.size, np.int64)
    for i in range(known.size):
        run = found[known[i]]
        if run >= 0:
            counts[i], begins[i] = read(stream, np.int64(offsets[run]))
            ends[i] = offsets[run + 1]
        else:
            begins[i] = -1 - np.int64(single[alone[known[i]]])
    return known, begins, ends, counts


@compiled
def prepare(found, alone, offsets, stream, single, documents, counts, asked):
    """`locate`, and for every gram of a query its weight, counts × idf, and its share of the idf of all that are asked.

    idf = ln(1 + (N − n + ½)/(n + ½)) of the `documents` N and the n that have it.
    """
    known, begins, ends, have = locate(found, alone, offsets, stream, single)
    weights = np.empty(counts.size, np.float32)
    shares = np.zeros(counts.size, np.float32)
    idf = np.full(counts.size, np.log(1 + (documents + 0.5) / 0.5))
    for i in range(known.size):
        idf[known[i]] = np.log(1 + (documents - have[i] + 0.5) / (have[i] + 0.5))
    total = (idf * asked).sum()
    for i in range(counts.size):
        weights[i] = counts[i] * idf[i]
        if asked[i]:
            shares[i] = idf[i] / total
    return known, begins, ends, weights, shares


@compiled
def _parts(stream, begins, ends):
    """Every run by frequency, in order: whose it is, the code, where its documents begin and end, whether a bitmap."""
    count = 0
    for g in range(begins.size):
        at = begins[g]
        while 0 <= at < ends[g]:
            size, at = read(stream, at + 1)
            at += size >> 1
            count += 1
        count += begins[g] < 0
    parts = np.empty((count, 5), np.int64)
    count = 0
    for g in range(begins.size):
        at = begins[g]
        if at < 0:  # of one document alone
            parts[count] = (g, -1 - at & 255, -1 - at >> 8, 0, 2)
            count += 1
        while 0 <= at < ends[g]:
            size, begin = read(stream, at + 1)
            parts[count] = (g, np.int64(stream[at]), begin, begin + (size >> 1), size & 1)
            at = begin + (size >> 1)
            count += 1
    return parts


@compiled
def _add(stream, at, end, place, high, weight, row, total):
    """Add one gram's weights to the documents below `high`; where to go on, and with which place.

    A number is read in place in the loops over runs: a call for each would cost more than all the rest, and a function
    with `inline="always"` made a scan take more than twice as long. All numbers are unsigned (an index that might be
    negative costs as much as the addition).
    """
    while place < high:
        total[place] += weight * row[place]
        if at >= end:
            return at, _BEYOND
        gap = np.uint64(stream[at])
        at += _ONE
        if gap >= _MORE:
            gap, at = _longer(stream, at, gap)
        place += gap
    return at, place


@compiled
def _longer(stream, at, number):
    """The rest of a number that takes several bytes, the first of them read."""
    number &= _LOW
    shift = _SEVEN
    while True:
        byte = np.uint64(stream[at])
        at += _ONE
        number |= (byte & _LOW) << shift
        if byte < _MORE:
            return number, at
        shift += _SEVEN


@compiled
def _add_rare(stream, at, end, place, high, weight, frequency, numerator, base, slope, lengths, total):
    """`_add` for a code whose weights are not kept for every document."""
    while place < high:
        total[place] += weight * (numerator / (frequency + (base + slope * lengths[place])))
        if at >= end:
            return at, _BEYOND
        gap = np.uint64(stream[at])
        at += _ONE
        if gap >= _MORE:
            gap, at = _longer(stream, at, gap)
        place += gap
    return at, place


@compiled
def _add_bits(stream, at, low, high, weight, row, total):
    """`_add` for a bitmap. What a bit does not stand for gets a 0 added: sixteen are done in the time of one."""
    whole = high - high % CHUNK
    for begin in range(low, whole, CHUNK):
        held = stream[at + begin // 8:at + begin // 8 + BYTES]
        for bit in range(8):
            first = begin + bit * BYTES
            worth, sums = row[first:first + BYTES], total[first:first + BYTES]
            for i in range(BYTES):
                sums[i] += np.float32(held[i] >> bit & 1) * (weight * worth[i])
    for place in range(max(low, whole), high):
        if has(stream, at, place):
            total[place] += weight * row[place]


@compiled
def _mark(stream, at, end, place, high, part, share):
    """Add one gram's part to the share of the documents below `high`."""
    while place < high:
        share[place] += part
        if at >= end:
            return
        gap = np.uint64(stream[at])
        at += _ONE
        if gap >= _MORE:
            gap, at = _longer(stream, at, gap)
        place += gap


@compiled
def _mark_bits(stream, at, low, high, part, share):
    for place in range(low, high):
        if has(stream, at, place):
            share[place] += part


@compiled
def rows_of(frequencies, numerators, lengths, base, slope):
    """float32 (up to ROWS, documents): what each of the commonest frequencies is worth in each document."""
    rows = np.empty((min(ROWS, frequencies.size), lengths.size), np.float32)
    for code in range(rows.shape[0]):
        for place in range(lengths.size):
            rows[code, place] = numerators[code] / (frequencies[code] + (base + slope * lengths[place]))
    return rows


@compiled
def _start(stream, parts):
    """Where each part's second document is read, and its first one."""
    at = np.empty(parts.shape[0], np.uint64)
    places = np.empty(parts.shape[0], np.uint64)
    for i in range(at.size):
        place, next_one = parts[i, 2], parts[i, 2]
        if parts[i, 4] == 0:
            gap, next_one = read(stream, parts[i, 2])
            place = gap - 1
        at[i], places[i] = np.uint64(next_one), np.uint64(place)
    return at, places


@compiled
def scatter(stream, begins, ends, weights, shares, numerators, frequencies, lengths, base, slope, rows, asked,
            total, share):
    """total[p] = Σ weights[g] · numerators[c] / (frequencies[c] + base + slope · lengths[p]), over p's grams g.

    share[p] = Σ shares[g], if `asked`. Block by block, the grams in the order given; what the
    buffers held before is overwritten.
    """
    parts = _parts(stream, begins, ends)
    at, places = _start(stream, parts)
    for low in range(0, total.size, BLOCK):
        high = min(low + BLOCK, total.size)
        limit = np.uint64(high)
        total[low:high] = 0
        if asked:
            share[low:high] = 0
        for i in range(at.size):
            gram, code, begin, end, form = parts[i]
            if form == 1:
                _add_bits(stream, begin, low, high, weights[gram], rows[code], total)
                if shares[gram] > 0:
                    _mark_bits(stream, begin, low, high, shares[gram], share)
            elif places[i] < limit:
                if shares[gram] > 0:
                    _mark(stream, at[i], np.uint64(end), places[i], limit, shares[gram], share)
                if code < rows.shape[0]:
                    at[i], places[i] = _add(stream, at[i], np.uint64(end), places[i], limit, weights[gram], rows[code],
                                            total)
                else:
                    at[i], places[i] = _add_rare(stream, at[i], np.uint64(end), places[i], limit, weights[gram],
                                                 frequencies[code], numerators[code], base, slope, lengths, total)
