"""Softmax of every row.

Square batches are cases of their own, because an (N,) sum in place of an (N, 1) column goes unnoticed by numpy when
N = K. The extreme ones hold rows of both levels, so that each row needs its own shift.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip
from grading.probes.single_precision import held_by_float32

from .reference import softmax


def _batch(rng: Generator) -> Inputs:
    """More samples than classes or fewer: never a square."""
    N, K = rng.choice([(2, 3), (3, 5), (5, 3), (6, 4)])
    return {"Z": rng.uniform(-2.5, 2.5, size=(N, K))}


def _square_batch(rng: Generator) -> Inputs:
    N = rng.integers(3, 6)
    return {"Z": rng.uniform(-2.5, 2.5, size=(N, N))}


def _extreme_batch(rng: Generator) -> Inputs:
    """Some rows near +10⁴, the others near −10⁴: each row needs its own shift."""
    N, K = rng.choice([(2, 3), (4, 3), (3, 4)])
    level = rng.permutation(np.where(np.arange(N) % 2, 9900.0, -9900.0))
    return {"Z": held_by_float32(level[:, None] + rng.normal(size=(N, K)))}


def softmax_batch(Z: np.ndarray) -> np.ndarray:
    return np.stack([softmax(z) for z in Z])


def batch_by_loop(Z: np.ndarray) -> np.ndarray:
    Y = np.zeros(Z.shape)
    for n in range(len(Z)):
        Y[n] = softmax(Z[n])
    return Y


def batch_transposed(Z: np.ndarray) -> np.ndarray:
    E = np.exp(Z.T - Z.max(axis=1))
    return (E / E.sum(axis=0)).T


def batch_as_lists(Z: np.ndarray) -> Any:
    return [softmax(z).tolist() for z in Z]


BOTH_LINES = ("(Z - np.max(Z, axis=1, keepdims=True))\n"
              "    return exponentials / np.sum(exponentials, axis=1, keepdims=True)")

PROBE = Probe(
    "softmax_batch", softmax_batch,
    cases={"ordinary": Cases(_batch), "square": Cases(_square_batch, 2), "extreme": Cases(_extreme_batch, 2)},
    points=(Point("probabilities of each row", 2.5), Point("square batches", 0.5, "square"),
           Point("rows near ±10⁴ in one batch", 0.75, "extreme")),
    unchanged=0.25,
    slips=[
        Slip("one_softmax_for_all", "exponentials / np.sum(exponentials, axis=1, keepdims=True)", "softmax(Z)",
             "All entries of your result sum to one together. Each row is a sample with probabilities of its own."),
        Slip("summed_over_everything", "exponentials, axis=1, keepdims=True", "exponentials",
             "You divide every row by one and the same total. Each row needs its own."),
        Slip("columns_instead_of_rows", BOTH_LINES,
             "(Z - np.max(Z, axis=0))\n    return exponentials / np.sum(exponentials, axis=0)",
             "Your columns sum to one. A sample is a row, so it is the rows that should."),
        Slip("summed_down_columns", "(exponentials, axis=1, keepdims=True)", "(exponentials, axis=0)",
             "Your maximum goes along the rows and your sum down the columns. Which axis runs through the classes of "
             "one sample?"),
        Slip("one_maximum_for_all", "Z, axis=1, keepdims=True", "Z",
             "One maximum for the whole batch pushes the rows far below it to 0/0. How far a row is shifted should "
             "depend on that row."),
        Slip("batch_without_shift", " - np.max(Z, axis=1, keepdims=True)", "",
             "Right for moderate logits, but exp leaves the range of float64 for large ones. Each row may be shifted "
             "without changing its probabilities."),
        Slip("sums_not_kept_as_a_column", "(exponentials, axis=1, keepdims=True)", "(exponentials, axis=1)",
             "The row sums have shape (N,), which numpy lines up with the columns; it only goes unnoticed when N = "
             "K. They should be a column, (N, 1)."),
        Slip("maxima_not_kept_as_a_column", "np.max(Z, axis=1, keepdims=True)", "np.max(Z, axis=1)",
             "The row maxima have shape (N,), which numpy lines up with the columns; it only goes unnoticed when N = "
             "K. They should be a column, (N, 1)."),
        Slip("neither_kept_as_a_column", BOTH_LINES,
             "(Z - np.max(Z, axis=1))\n    return exponentials / np.sum(exponentials, axis=1)",
             "Row maxima and row sums have shape (N,), which numpy lines up with the columns; it only goes unnoticed "
             "when N = K. They should be columns, (N, 1)."),
        Slip("batch_shifted_in_place", "exponentials = np.exp(Z - np.max(Z, axis=1, keepdims=True))",
             "Z -= np.max(Z, axis=1, keepdims=True)\n    exponentials = np.exp(Z)",
             "The probabilities are right, but the caller's Z has been changed on the way."),
    ],
    variants=[batch_by_loop, batch_transposed, batch_as_lists],
)
