"""Positive entries pass, negative ones become zero; the array that came in stays as it was."""

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .reference import Array, relu


def _both_signs(rng: Generator) -> Inputs:
    """From −3 to 3, one entry exactly 0; now and then a vector, else a table."""
    x = rng.uniform(-3, 3, size=(rng.integers(3, 6), rng.integers(6, 9)) if rng.random() < 0.5 else rng.integers(6, 9))
    x.flat[:3] = rng.permutation([0.0, -1.5, 2.5])
    return {"x": x}


def relu_with_where(x: Array) -> Array:
    return np.where(x > 0, x, 0)


def relu_by_the_mask(x: Array) -> Array:
    return x * (x > 0)


PROBE = Probe(
    "relu", relu,
    cases={"ordinary": Cases(_both_signs, 5)},
    points=(Point("positive entries pass, negative ones do not", 0.4),),
    unchanged=0.1,
    slips=[
        Slip("absolute", "np.maximum(x, 0)", "np.abs(x)",
             "Negative inputs become zero; yours change their sign instead."),
        Slip("leaky", "np.maximum(x, 0)", "np.where(x > 0, x, 0.01 * x)",
             "That is the leaky ReLU. The plain one lets nothing of a negative input through."),
        Slip("negative_part", "np.maximum", "np.minimum",
             "It is the other way round: positive inputs pass, negative ones become zero."),
        Slip("slope_instead", "np.maximum(x, 0)", "(x > 0).astype(float)",
             "That is the slope of ReLU, 0 or 1. The function itself keeps the size of a positive input."),
        Slip("largest_along_axis_0", "np.maximum", "np.max",
             "That looks for the largest entry along an axis. What is wanted compares each entry with zero."),
        Slip("cut_at_one", "np.maximum(x, 0)", "np.clip(x, 0, 1)",
             "Right below zero, but large inputs should pass as they are: there is no upper limit."),
        Slip("smooth", "np.maximum(x, 0)", "np.logaddexp(x, 0)",
             "That is softplus, the smooth relative of ReLU. ReLU itself has a corner at zero."),
        Slip("zeroed_in_place", "return np.maximum(x, 0)", "x[x < 0] = 0\n    return x",
             "The values are right, but the caller's x has been overwritten, and backpropagation will need it as it "
             "was."),
    ],
    variants=[relu_with_where, relu_by_the_mask],
)
