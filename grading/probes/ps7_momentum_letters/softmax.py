"""Probabilities of each row of logits.

Two cases of their own: as many samples as classes, where row sums of shape (N,) go unnoticed, and rows near ±1000.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip
from grading.probes.single_precision import held_by_float32

from .inputs import drawn_logits
from .reference import Array, softmax


def _square_logits(rng: Generator) -> Inputs:
    N = rng.integers(3, 6)
    return {"x": rng.uniform(-2.5, 2.5, size=(N, N))}


def _large_logits(rng: Generator) -> Inputs:
    """Some rows near +1000, the others near −1000: each row needs its own shift."""
    N, K = rng.choice([(3, 5), (5, 3)])
    level = rng.permutation(np.where(np.arange(N) % 2, 1000.0, -1000.0))
    return {"x": held_by_float32(level[:, None] + rng.normal(size=(N, K)))}


def softmax_by_loop(x: Array) -> list[Any]:
    rows = []
    for row in x:
        e = [np.exp(value - max(row)) for value in row]
        rows.append([float(value / sum(e)) for value in e])
    return rows


def softmax_by_logarithms(x: Array) -> Array:
    return np.exp(x - np.logaddexp.reduce(x, axis=1, keepdims=True))


QUOTIENT = "exponentials / np.sum(exponentials, axis=1, keepdims=True)"
BOTH = f"np.exp(x - np.max(x, axis=1, keepdims=True))\n    return {QUOTIENT}"

PROBE = Probe(
    "softmax", softmax,
    cases={"ordinary": Cases(drawn_logits), "square": Cases(_square_logits, 2), "large": Cases(_large_logits, 2)},
    points=(Point("probabilities of each row", 0.75), Point("as many samples as classes", 0.25, "square"),
           Point("rows near ±1000 in one batch", 0.25, "large")),
    unchanged=0.25,
    slips=[
        Slip("columns_instead_of_rows", BOTH, BOTH.replace("axis=1", "axis=0"),
             "Your columns sum to one. A sample is a row, so it is the rows that should."),
        Slip("one_softmax_for_all", BOTH, BOTH.replace(", axis=1, keepdims=True", ""),
             "All entries of your result sum to one together. Each row is a sample with probabilities of its own."),
        Slip("one_sum_for_all", "np.sum(exponentials, axis=1, keepdims=True)", "np.sum(exponentials)",
             "You divide every row by one and the same total. Each row needs its own."),
        Slip("length_one", QUOTIENT, "x / np.linalg.norm(x, axis=1, keepdims=True)",
             "Dividing by the Euclidean norm gives rows of length one, with negative entries. Softmax has "
             "exponentials, and its rows sum to one."),
        Slip("exponentials_of_length_one", "np.sum", "np.linalg.norm",
             "The squares of your rows sum to one. Probabilities themselves should."),
        Slip("not_normalised", " / np.sum(exponentials, axis=1, keepdims=True)", "",
             "Your values are in the right ratios, but the rows do not sum to one."),
        Slip("without_shift", " - np.max(x, axis=1, keepdims=True)", "",
             "Right for moderate logits, but exp leaves the range of float64 for large ones. Each row may be shifted "
             "without changing its probabilities."),
        Slip("one_maximum_for_all", "np.max(x, axis=1, keepdims=True)", "np.max(x)",
             "One maximum for the whole batch pushes the rows far below it to 0/0. How far a row is shifted should "
             "depend on that row."),
        Slip("sums_not_kept_as_a_column", "np.sum(exponentials, axis=1, keepdims=True)", "np.sum(exponentials, axis=1)",
             "The row sums have shape (N,), which numpy lines up with the columns; it only goes unnoticed when N = "
             "K. They should be a column, (N, 1)."),
        Slip("softmax_twice", f"return {QUOTIENT}", f"exponentials = np.exp({QUOTIENT})\n    return {QUOTIENT}",
             "Softmax has been applied twice, so your probabilities are too much alike. Once is enough."),
        Slip("shifted_in_place", "exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))",
             "x -= np.max(x, axis=1, keepdims=True)\n    exponentials = np.exp(x)",
             "The probabilities are right, but the caller's logits have been changed on the way."),
    ],
    variants=[softmax_by_loop, softmax_by_logarithms],
)
