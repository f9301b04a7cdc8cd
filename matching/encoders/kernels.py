"""The transformer's steps that are no product of matrices, compiled by numba: one pass over the numbers each.

numpy would go through memory six times for a step and take a third of the whole time for the error function alone.
Sums may be added in another order than they stand in (`contracting`): the vectors differ by the machine's products
anyway.
"""

import math

import numpy as np

from matching.lexical.jit import compiled, contracting

_HALF_ROOT = np.float32(0.5 ** 0.5)
_HALF, _ONE, _FOUR = np.float32(0.5), np.float32(1), np.float32(4)
# erf(x) as x · p(x²) / q(x²) between -4 and 4, as Eigen has it (MathFunctionsImpl.h): to 1e-7 of the exact value.
_P6, _P5, _P4, _P3, _P2, _P1, _P0 = (np.float32(value) for value in (
    -2.72614225801306e-10, 2.77068142495902e-08, -2.10102402082508e-06, -5.69250639462346e-05,
    -7.34990630326855e-04, -2.95459980854025e-03, -1.60960333262415e-02))
_Q4, _Q3, _Q2, _Q1, _Q0 = (np.float32(value) for value in (
    -1.45660718464996e-05, -2.13374055278905e-04, -1.68282697438203e-03, -7.37332916720468e-03,
    -1.42647390514189e-02))


@compiled
def gelu(rows, shift):
    """GELU (Hendrycks and Gimpel 2016) of `rows` + `shift`, in place: float32 (tokens, width) and (width,)."""
    for place in range(rows.shape[0]):
        row = rows[place]
        for at in range(rows.shape[1]):
            value = row[at] + shift[at]
            x = min(max(value * _HALF_ROOT, -_FOUR), _FOUR)
            s = x * x
            p = (((((s * _P6 + _P5) * s + _P4) * s + _P3) * s + _P2) * s + _P1) * s + _P0
            q = (((s * _Q4 + _Q3) * s + _Q2) * s + _Q1) * s + _Q0
            row[at] = _HALF * value * (_ONE + x * p / q)


@contracting
def level(held, told, scale, shift, margin):
    """Layer normalisation (Ba et al. 2016) of each row of `held` + `told`, into `held`: float32 (tokens, width)."""
    width = np.float32(held.shape[1])
    for place in range(held.shape[0]):
        row, more = held[place], told[place]
        total = np.float32(0)
        for at in range(held.shape[1]):
            row[at] += more[at]
            total += row[at]
        mean = total / width
        squares = np.float32(0)
        for at in range(held.shape[1]):
            row[at] -= mean
            squares += row[at] * row[at]
        length = _ONE / math.sqrt(squares / width + margin)
        for at in range(held.shape[1]):
            row[at] = row[at] * length * scale[at] + shift[at]


@contracting
def softmax(scores, factor):
    """Softmax of each row of `factor` · `scores`, in place: float32 (heads, tokens, tokens)."""
    for head in range(scores.shape[0]):
        for place in range(scores.shape[1]):
            row = scores[head, place]
            top = row[0]
            for at in range(1, scores.shape[2]):
                top = max(top, row[at])
            total = np.float32(0)
            for at in range(scores.shape[2]):
                row[at] = math.exp((row[at] - top) * factor)
                total += row[at]
            for at in range(scores.shape[2]):
                row[at] /= total
