"""Training, validation and test set, cut from the random order of seed 521."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .inputs import labelled_rows
from .reference import Array


def _rows_to_split(rng: Generator) -> Inputs:
    return {**labelled_rows(rng), "n_train": int(rng.choice([3, 4])), "n_valid": int(rng.choice([2, 1]))}


def split(data: Array, target: Array, n_train: int, n_valid: int) -> tuple[Array, ...]:
    order = np.arange(len(data))
    np.random.RandomState(521).shuffle(order)
    return tuple(part[rows] for rows in np.split(order, [n_train, n_train + n_valid]) for part in (data, target))


def split_by_the_global_generator(data: Array, target: Array, n_train: int, n_valid: int) -> Any:
    np.random.seed(521)
    rows = np.arange(len(data))
    np.random.shuffle(rows)
    data, target, end = data[rows], target[rows], n_train + n_valid
    return data[:n_train], target[:n_train], data[n_train:end], target[n_train:end], data[end:], target[end:]


def split_of_the_order(data: Array, target: Array, n_train: int, n_valid: int) -> Any:
    parts = []
    for rows in np.split(np.random.RandomState(521).permutation(len(data)), [n_train, n_train + n_valid]):
        parts += [np.take(data, rows, axis=0), np.take(target, rows, axis=0)]
    return parts


PROBE = Probe(
    "split", split,
    cases={"ordinary": Cases(_rows_to_split)},
    points=(Point("the training set", 0.75, part="0"), Point("three sets, images with their targets", 1)),
    unchanged=0.25,
    slips=[
        Slip("file_order", "np.random.RandomState(521).permutation(len(data))", "np.arange(len(data))",
             "The rows are cut in the order of the file. Files are often sorted, so shuffle before you cut."),
        Slip("split_with_the_new_generator", "RandomState", "default_rng",
             "That is the order of numpy's newer generator. The text fixes the older one."),
        Slip("seed_of_the_shuffle", "RandomState(521)", "RandomState(421)",
             "That order belongs to seed 421, which is for the shuffle. Here it is 521."),
        Slip("count_taken_for_an_end", "n_train + n_valid", "n_valid",
             "The second number says how many validation rows there are, not where they end."),
        Slip("targets_left_in_file_order", "order = np.random.RandomState(521).permutation(len(data))",
             "data = np.random.RandomState(521).permutation(data)\n    order = np.arange(len(data))",
             "The images were reordered and the targets were not: they no longer belong together."),
        Slip("shuffled_apart", "order = np.random.RandomState(521).permutation(len(data))",
             "draws, order = np.random.RandomState(521), np.arange(len(data))\n"
             "    data, target = data[draws.permutation(len(data))], target[draws.permutation(len(data))]",
             "Images and targets were shuffled one after the other, each in an order of its own: they no longer belong "
             "together. Draw one order, and use it for both."),
        Slip("images_first", "target[train], data[valid], target[valid],\n            data[test], target[test]",
             "data[valid], data[test],\n            target[train], target[valid], target[test]",
             "The parts are right, in another order: images and targets of one set come side by side."),
        Slip("test_set_from_n_valid", "data[test], target[test]", "data[order[n_valid:]], target[order[n_valid:]]",
             "Your test set starts behind n_valid rows. It is what is left when both other sets have been taken."),
        Slip("test_set_overlaps", "data[test], target[test]", "data[order[n_train:]], target[order[n_train:]]",
             "The test set begins too early: it holds the validation rows as well. A network must not be tested on "
             "what chose it."),
    ],
    variants=[split_by_the_global_generator, split_of_the_order],
)
