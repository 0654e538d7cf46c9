"""Images and targets in the random order of seed 421, the same for both."""

from typing import Any

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import labelled_rows
from .reference import Array


def shuffle(data: Array, target: Array) -> tuple[Array, Array]:
    order = np.arange(len(data))
    np.random.RandomState(421).shuffle(order)
    return data[order], target[order]


def shuffle_by_the_global_generator(data: Array, target: Array) -> Any:
    np.random.seed(421)
    rows = np.arange(len(data))
    np.random.shuffle(rows)
    return data[rows], target[rows]


def shuffle_copies_twice_with_one_seed(data: Array, target: Array) -> Any:
    data, target = data.copy(), target.copy()
    np.random.seed(421)
    np.random.shuffle(data)
    np.random.seed(421)
    np.random.shuffle(target)
    return data, target


PROBE = Probe(
    "shuffle", shuffle,
    cases={"ordinary": Cases(labelled_rows)},
    points=(Point("images in the fixed order", 0.5, part="0"), Point("images and targets stay together", 0.75)),
    unchanged=0.25,
    slips=[
        Slip("new_generator", "RandomState", "default_rng",
             "That is the order of numpy's newer generator. The text fixes the older one, so that published results "
             "can be compared."),
        Slip("seed_of_the_split", "RandomState(421)", "RandomState(521)",
             "That order belongs to seed 521, which is for the split. Here it is 421."),
        Slip("targets_stay", "target[order]", "target",
             "The images have moved and the targets have not, so every image gets another one's letter."),
        Slip("each_its_own_order",
             "order = np.random.RandomState(421).permutation(len(data))\n"
             "    return data[order], target[order]",
             "rng = np.random.RandomState(421)\n"
             "    return data[rng.permutation(len(data))], target[rng.permutation(len(data))]",
             "Images and targets are shuffled one after the other, so that they no longer belong together. Draw one "
             "order and use it twice."),
        Slip("order_undone", "data[order], target[order]", "data[np.argsort(order)], target[np.argsort(order)]",
             "Right pairs, in the opposite order: entry i of the order says which row comes to place i, not where "
             "row i goes."),
        Slip("drawn_with_repeats", "permutation(len(data))", "randint(0, len(data), len(data))",
             "Some rows occur twice and others are lost. A shuffle keeps each row exactly once."),
        Slip("not_shuffled", "data[order], target[order]", "data, target",
             "The rows come back in the order in which they went in."),
        Slip("shuffled_in_place", "return data[order], target[order]",
             "data[:], target[:] = data[order], target[order]\n    return data, target",
             "The order is right, but the caller's own arrays have been shuffled as well."),
    ],
    variants=[shuffle_by_the_global_generator, shuffle_copies_twice_with_one_seed],
)
