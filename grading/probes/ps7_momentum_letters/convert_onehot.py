"""One-hot rows for three sets of labels: ten columns, although the last letter is in none of the sets."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .reference import Array


def _labels(rng: Generator) -> Inputs:
    """Three sets of different sizes. The letter J is in none of them, and letter A in all."""
    sizes = rng.permutation([4, 6, 8])
    sets = [rng.permutation(np.concatenate([[0, top], rng.integers(top, size=size - 2)]))
            for size, top in zip(sizes, (8, 6, 7), strict=True)]
    return dict(zip(("train", "valid", "test"), sets, strict=True))


def convert_onehot(train: Any, valid: Any, test: Any) -> tuple[Array, Array, Array]:
    first, second, third = ((np.reshape(y, (-1, 1)) == np.arange(10)).astype(float) for y in (train, valid, test))
    return first, second, third


def onehot_as_ints(train: Array, valid: Array, test: Array) -> Any:
    return [np.eye(10, dtype=int)[labels] for labels in (train, valid, test)]


def onehot_by_loop(train: Array, valid: Array, test: Array) -> Any:
    converted = []
    for labels in (train, valid, test):
        rows = np.zeros((len(labels), 10))
        for n in range(len(labels)):
            rows[n, labels[n]] = 1
        converted.append(rows)
    return tuple(converted)


PROBE = Probe(
    "convert_onehot", convert_onehot,
    cases={"ordinary": Cases(_labels)},
    points=(Point("the first set", 0.4, part="0"), Point("the second set", 0.25, part="1"),
           Point("the third set", 0.25, part="2")),
    unchanged=0.1,
    slips=[
        Slip("as_many_columns_as_seen", "np.eye(10)", "np.eye(np.max(labels) + 1)",
             "The number of columns depends on which labels happen to occur. There are ten letters, whether all of "
             "them are in the set or not."),
        Slip("labels_from_one", "[labels]", "[labels - 1]",
             "Every one sits in the neighbouring column: labels count from 0."),
        Slip("classes_as_rows", "[labels]", "[:, labels]",
             "Your samples are columns. Here every sample is a row, with ten entries."),
        Slip("only_the_first", "tuple(np.eye(10)[labels] for labels in (train, valid, test))",
             "np.eye(10)[train], valid, test",
             "Only the training labels are converted. All three sets need it."),
        Slip("last_two_swapped", "in (train, valid, test)", "in (train, test, valid)",
             "The second and the third set have changed places."),
        Slip("first_three_times", "in (train, valid, test)", "in (train, train, train)",
             "All three results come from the training labels."),
        Slip("label_as_the_entry", "np.eye(10)[labels]", "np.eye(10)[labels] * labels[:, None]",
             "The entry at the label is 1, whatever the label is. Class 0 should not vanish."),
    ],
    variants=[onehot_as_ints, onehot_by_loop],
)
