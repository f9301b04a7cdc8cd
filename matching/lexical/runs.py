"""A gram's run of bytes, written and walked: how many documents have it, then its documents by frequency.

A run is the number of its documents, and for each frequency's code in turn: the code, twice the size of what follows
plus one if that is a bitmap, and what follows. That is the gap from each document to the one before it, or, where the
code is one of the commonest and it takes no more room, a bit for each document.
Numbers take 7 bits a byte, low bits first; the high bit says that more follows. A gram that only one document has takes
no run: its document and code stand in a table (inverted.py). Together some 1.8 bytes a posting, where arrays of places
and weights take 8. After Zobel and Moffat, Inverted Files for Text Search Engines (2006), §8.
"""

import numpy as np

from matching.lexical.jit import compiled

ROWS = 2
"""The commonest codes: their weights are kept for every document, and their documents may be written as a bitmap."""
BYTES = 128
CHUNK = 8 * BYTES
"""Documents of a piece of a bitmap: its first BYTES have the lowest bits, the next ones those above, and so on, so that
neighbours are read side by side."""


@compiled
def put(stream, at, number):
    """Write `number` at `at`; where it ends."""
    while number >= 128:
        stream[at] = (number & 127) | 128
        number >>= 7
        at += 1
    stream[at] = number
    return at + 1


@compiled
def read(stream, at):
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
def width(number):
    """Bytes that `number` is written in."""
    size = 1
    while number >= 128:
        number >>= 7
        size += 1
    return size


@compiled
def _byte(at, place):
    """Where in a bitmap at `at` the bit of a place stands."""
    return at + place // CHUNK * BYTES + place % BYTES


@compiled
def has(stream, at, place):
    """Whether the bit of a place is set."""
    return stream[_byte(at, place)] >> (place % CHUNK // BYTES) & 1 > 0


@compiled
def by_term(terms, codes, starts, ends):
    """Postings in order of term, then of document: places (int32) and codes (uint8).

    Document d has terms[starts[d]:starts[d + 1]]. `ends`: int64, where each term's postings begin, after it end.
    """
    places = np.empty(terms.size, np.int32)
    sorted_codes = np.empty(terms.size, np.uint8)
    for place in range(starts.size - 1):
        for i in range(starts[place], starts[place + 1]):
            at = ends[terms[i]]
            places[at] = place
            sorted_codes[at] = codes[i]
            ends[terms[i]] = at + 1
    return places, sorted_codes


@compiled
def _write_code(places, codes, code, bitmap, stream, at):
    """Write the documents that have the gram as often as `code` says, as so many bytes of bits if any; the end."""
    stream[at] = code
    size = np.int64(bitmap)
    if not bitmap:
        last = np.int64(-1)
        for i in range(places.size):
            if codes[i] == code:
                size += width(places[i] - last)
                last = places[i]
    at = put(stream, at + 1, size << 1 | np.int64(bitmap > 0))
    stream[at:at + bitmap] = 0
    last = np.int64(-1)
    begin = at
    for i in range(places.size):
        if codes[i] == code:
            if bitmap:
                stream[_byte(begin, places[i])] |= np.uint8(1 << places[i] % CHUNK // BYTES)
            else:
                at = put(stream, at, places[i] - last)
                last = places[i]
    return begin + size


@compiled
def write(places, codes, ends, kinds, documents, stream, offsets):
    """Write the runs of grams one after the other; `offsets` gets where each ends. How many bytes all of them take.

    Codes are below `kinds`.
    """
    counts = np.zeros(kinds, np.int64)
    at, begin = np.int64(0), np.int64(0)
    for gram in range(ends.size):
        own, own_codes = places[begin:ends[gram]], codes[begin:ends[gram]]
        begin = ends[gram]
        at = put(stream, at, own.size)
        counts[:] = 0
        for code in own_codes:
            counts[code] += 1
        for code in range(kinds):
            if counts[code]:
                room = (documents + CHUNK - 1) // CHUNK * BYTES
                bitmap = room if code < ROWS and room <= counts[code] else 0
                at = _write_code(own, own_codes, code, bitmap, stream, at)
        offsets[gram] = at
    return at
