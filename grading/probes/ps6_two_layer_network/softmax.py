"""Softmax of every column. Columns near ±1000 in one batch tell whether each has a maximum of its own."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip
from grading.probes.single_precision import held_by_float32

from .reference import softmax


def _columns(rng: Generator) -> Inputs:
    return {"Z": rng.uniform(-2.5, 2.5, size=[(3, 5), (4, 2), (6, 4)][rng.integers(3)])}


def _square(rng: Generator) -> Inputs:
    return {"Z": rng.uniform(-2.5, 2.5, size=(4, 4))}


def _huge_columns(rng: Generator) -> Inputs:
    """Columns near +1000 and near −1000 in one batch."""
    return {"Z": held_by_float32(rng.normal(size=(4, 5)) + rng.permutation([950.0, -950.0, 950.0, -950.0, 0.0]))}


def softmax_by_columns(Z: Any) -> Any:
    columns = []
    for z in Z.T:
        e = np.exp(z - max(z))
        columns.append(e / sum(e))
    return np.array(columns).T


def softmax_transposed(Z: Any) -> Any:
    E = np.exp(Z.T - Z.T.max(axis=1, keepdims=True))
    return (E / E.sum(axis=1, keepdims=True)).T


BOTH = "np.exp(Z - np.max(Z, axis=0))\n    return exponentials / np.sum(exponentials, axis=0)"

PROBE = Probe(
    "softmax", softmax,
    cases={"ordinary": Cases(_columns), "square": Cases(_square, 1), "huge": Cases(_huge_columns, 2)},
    points=(Point("probabilities of each column", 0.75), Point("as many classes as samples", 0.25, "square"),
           Point("columns near ±1000 in one batch", 0.25, "huge")),
    unchanged=0.25,
    slips=[
        Slip("softmax_of_rows", BOTH, BOTH.replace("axis=0", "axis=1, keepdims=True"),
             "Your rows sum to one. Here a sample is a column, so columns should."),
        Slip("sum_without_axis", "np.sum(exponentials, axis=0)", "np.sum(exponentials)",
             "Each column has its own maximum, but the sum runs over the whole array: a sum without an axis adds all "
             "samples up."),
        Slip("global_maximum", "np.max(Z, axis=0)", "np.max(Z)",
             "One maximum is taken away from the whole batch, so columns far below it underflow to 0 / 0. Each "
             "column needs its own."),
        Slip("no_shift", " - np.max(Z, axis=0)", "",
             "The formula is right, but exp leaves the range of float64 for large entries. What can be taken away "
             "from a column first?"),
        Slip("global_maximum_and_sum", BOTH, BOTH.replace(", axis=0", ""),
             "All samples together sum to one. Every column should: maximum and sum both need an axis."),
        Slip("sigmoid_of_each", "exponentials / np.sum(exponentials, axis=0)", "sigmoid(Z)",
             "That is the sigmoid of each entry. In softmax the classes of a sample compete, and sum to one."),
        Slip("not_normalised", " / np.sum(exponentials, axis=0)", "",
             "The ratios are right, but columns do not sum to one yet."),
        Slip("without_exponential", "np.exp(Z - np.max(Z, axis=0))", "Z",
             "Dividing by the sum alone leaves negative numbers. The exponential is missing."),
    ],
    variants=[softmax_by_columns, softmax_transposed],
)
