"""Labels as columns with a one in each. Labels may be floats such as 3.0, and the last class never occurs."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Draw, Inputs, Point, Probe, Slip

from .reference import one_hot


def _labels(floats: bool) -> Draw:
    def draw(rng: Generator) -> Inputs:
        """The last class does not occur, the others do."""
        K = int(rng.choice([4, 6]))
        labels = rng.permutation(np.concatenate([np.arange(K - 1), rng.integers(K - 1, size=2)]))
        return {"labels": labels.astype(float) if floats else labels, "K": K}
    return draw


def one_hot_by_index(labels: Any, K: int) -> Any:
    T = np.zeros((K, len(labels)))
    T[np.array(labels).astype(int), np.arange(len(labels))] = 1
    return T


def one_hot_of_integers(labels: Any, K: int) -> Any:
    return np.array([[int(label == k) for label in labels] for k in range(K)])


PROBE = Probe(
    "one_hot", one_hot,
    cases={"ordinary": Cases(_labels(floats=False)), "floats": Cases(_labels(floats=True), 2)},
    points=(Point("a one in each column", 0.25), Point("labels such as 3.0", 0.15, "floats")),
    unchanged=0.1,
    slips=[
        Slip("samples_as_rows", ":, ", "",
             "Your samples are rows. In this problem set every sample is a column, with a row for each class."),
        Slip("classes_counted_from_one", ".astype(int)", ".astype(int) - 1",
             "The ones stand one row too high: classes count from 0."),
        Slip("classes_that_occur", "np.eye(K)", "np.eye(int(np.max(labels)) + 1)",
             "The number of rows should be K, whether or not the last classes occur among the labels."),
        Slip("integers_only", "np.asarray(labels).astype(int)", "labels",
             "Right for integers. Labels may also be floats such as 3.0, which cannot be indices as they are."),
        Slip("labels_in_place_of_ones", "np.eye(K)", "labels * np.eye(K)",
             "Where a 1 belongs you have written the label."),
        Slip("plus_and_minus", "np.eye(K)", "(2 * np.eye(K) - 1)", "Outside the label a one-hot column is 0, not −1."),
    ],
    variants=[one_hot_by_index, one_hot_of_integers],
)
