"""The sums of many scores, and the highest of them."""

import numpy as np

from matching.lexical.jit import compiled

LANES = 256
"""Floats that are added side by side, in an order that no machine changes."""
STRETCH = 1 << 16
"""Values summed in single precision before they go into a double."""
_PLACE = np.uint64(0xFFFFFFFF)


@compiled
def keyed(bits, place):
    """uint64 that is the higher, the higher the float32 of these bits, and of equal ones the lower the place."""
    wide = np.int64(bits)
    rank = wide if wide >= 0 else -1 - (wide & 0x7FFFFFFF)
    return np.uint64(rank + (1 << 31)) << np.uint64(32) | (_PLACE - np.uint64(place))


@compiled
def highest(keys, count):
    """Places (int64) of the `count` highest of what `keyed` gave, highest first."""
    kept = np.sort(keys)[::-1][:count]
    places = np.empty(kept.size, np.int64)
    for i in range(kept.size):
        places[i] = _PLACE - (kept[i] & _PLACE)
    return places


@compiled
def sums(values):
    """Sum and sum of squares (float64) of float32 values."""
    first = np.zeros(LANES, np.float64)
    second = np.zeros(LANES, np.float64)
    one = np.empty(LANES, np.float32)
    other = np.empty(LANES, np.float32)
    whole = values.size - values.size % LANES
    for low in range(0, whole, STRETCH):
        one[:] = 0
        other[:] = 0
        for i in range(low, min(low + STRETCH, whole), LANES):
            part = values[i:i + LANES]
            for lane in range(LANES):
                one[lane] += part[lane]
            for lane in range(LANES):
                other[lane] += part[lane] * part[lane]
        first += one
        second += other
    for i in range(whole, values.size):
        value = np.float64(values[i])
        first[0] += value
        second[0] += value * value
    return first.sum(), second.sum()


@compiled
def _largest(bits, width, allowed):
    """int32: the largest of each `width` neighbours; what is not allowed counts as 0."""
    found = np.zeros((bits.size + width - 1) // width, np.int32)
    for group in range(found.size):
        part = bits[group * width:(group + 1) * width]
        largest = np.int32(0)
        if allowed.size:
            let = allowed[group * width:(group + 1) * width]
            for i in range(part.size):
                largest = max(largest, np.int32(part[i] * let[i]))
        else:
            for i in range(part.size):
                largest = max(largest, part[i])
        found[group] = largest
    return found


@compiled
def best(values, count, allowed):
    """Places (int64) of the `count` highest positive values, highest first, ties by place. `allowed`: bool or empty.

    Values are ≥ 0, so that their bits are whole numbers of the same order, and those are compared.
    """
    bits = values.view(np.int32)
    width = max(1, min(64, values.size // (8 * max(count, 1))))  # of so many values the largest is looked at first
    largest = _largest(bits, width, allowed)
    floor = np.int32(1)
    if largest.size > count > 0:
        floor = max(floor, np.partition(largest, largest.size - count)[largest.size - count])
    found = np.empty(width * (largest >= floor).sum(), np.uint64)
    size = 0
    for group in range(largest.size):
        if largest[group] >= floor:
            for place in range(group * width, min((group + 1) * width, bits.size)):
                if bits[place] >= floor and (allowed.size == 0 or allowed[place]):
                    found[size] = keyed(bits[place], place)
                    size += 1
    return highest(found[:size], count)


@compiled
def fused(lexical, lexical_scale, dense, dense_scale, weight, count):
    """Places (int64) of the `count` highest (1 − weight) · z(lexical) + weight · z(dense), ties by place, and those.

    A scale is a mean and a deviation (float32); where the deviation is 0, z is.
    """
    scores = np.zeros(lexical.size, np.float32)
    rest = np.float32(1) - weight
    for i in range(scores.size):
        if lexical_scale[1] > 0:
            scores[i] = rest * ((lexical[i] - lexical_scale[0]) / lexical_scale[1])
        if dense_scale[1] > 0:
            scores[i] += weight * ((dense[i] - dense_scale[0]) / dense_scale[1])
        scores[i] += np.float32(0)  # no −0, whose bits are not those of 0
    bits = scores.view(np.int32)
    keys = np.empty(bits.size, np.uint64)
    for i in range(bits.size):
        keys[i] = keyed(bits[i], i)
    order = highest(keys, count)
    return order, scores[order]


@compiled
def joined(first, second, products, total, share):
    """What either leg found, ascending, each once: places (int64), their `total` and `share` (float32; zeros where that
    is empty), the products of the `second` and zeros (float32) for the others; and where those others stand (int64).
    """
    first, order = np.sort(first), np.argsort(second)
    places = np.empty(first.size + second.size, np.int64)
    dense = np.zeros(places.size, np.float32)
    others = np.empty(first.size, np.int64)
    size, i, missing = 0, 0, 0
    for j in range(second.size + 1):
        until = second[order[j]] if j < second.size else total.size
        while i < first.size and first[i] < until:
            places[size] = first[i]
            others[missing] = size
            size, i, missing = size + 1, i + 1, missing + 1
        if j < second.size:
            i += i < first.size and first[i] == until
            places[size] = until
            dense[size] = products[order[j]]
            size += 1
    places = places[:size]
    shares = share[places] if share.size else np.zeros(size, np.float32)
    return places, total[places], shares, dense[:size], others[:missing]
