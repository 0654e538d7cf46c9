"""A one at place x, zeros elsewhere. x is at least 2, so that it differs from the one."""

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .reference import integer_to_one_hot


def _integer(rng: Generator) -> Inputs:
    K = int(rng.choice([4, 5, 7, 9, 13]))
    return {"x": int(rng.integers(2, K)), "max": K}


def as_list(x: int, max: int) -> list[int]:
    return [1 if k == x else 0 for k in range(max)]


def by_comparison(x: int, max: int) -> np.ndarray:
    return (np.arange(max) == x).astype(int)


PROBE = Probe(
    "integer_to_one_hot", integer_to_one_hot,
    cases={"ordinary": Cases(_integer, 5)},
    points=(Point("a single one at the right place", 1),),
    slips=[
        Slip("always_ten", "zeros(max)", "zeros(10)",
             "The length is the caller's choice: it comes in as an argument, and it is not always ten."),
        Slip("counted_from_one", "[x]", "[x - 1]", "Classes count from 0: the one stands a place too early."),
        Slip("one_place_too_many", "zeros(max)", "zeros(max + 1)",
             "Your answer is one place too long: max classes are numbered from 0 to max − 1."),
        Slip("one_as_a_row", "return one_hot", "return one_hot.reshape(1, max)",
             "Your answer is a matrix with one row. An array with a single axis is asked for."),
        Slip("the_number_itself", "[x] = 1", "[x] = x",
             "The place is right. What stands there is the number x, and it should be a one."),
        Slip("all_but_one", "return one_hot", "return 1 - one_hot", "Ones and zeros have changed places."),
        Slip("ones_up_to_here", "[x]", "[:x + 1]",
             "Every place up to x holds a one. There should be a single one, at place x."),
    ],
    variants=[as_list, by_comparison],
)
