"""1 where x is positive, else 0. No x is near 0, so that the value at 0 itself does not matter."""

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .inputs import Array, away_from_zero


def _draw_step(rng: Generator) -> Inputs:
    shape = (int(rng.integers(5, 12)),) if rng.random() < 0.5 else (int(rng.integers(3, 6)), int(rng.integers(2, 4)))
    return {"x": away_from_zero(rng, *shape)}


def step(x: Array) -> Array:
    return np.heaviside(x, 0.0)


def step_of_ints(x: np.ndarray) -> np.ndarray:
    return (x > 0).astype(int)


def step_from_sign(x: np.ndarray) -> np.ndarray:
    return np.maximum(np.sign(x), 0)


PROBE = Probe(
    "step", step,
    cases={"ordinary": Cases(_draw_step)},
    points=[Point("jumps from 0 to 1 at zero", 0.75)],
    unchanged=0.25,
    slips=[
        Slip("returns_sign", "np.where(x > 0, 1.0, 0.0)", "np.sign(x)",
             "That is the sign function, which says −1 on the left. A resting neuron says 0."),
        Slip("passes_x_on", "1.0, 0.0", "x, 0.0",
             "That is a ReLU. A step neuron says only that x is positive, not by how much."),
        Slip("fires_below_zero", "x > 0, 1.0", "x < 0, 1.0",
             "Your neuron fires on the wrong side: it should be 1 to the right of zero."),
        Slip("smooth_sigmoid", "np.where(x > 0, 1.0, 0.0)", "1 / (1 + np.exp(-x))",
             "That is the sigmoid, which climbs gradually. A step takes no value between 0 and 1."),
        Slip("fires_above_one", "x > 0, 1.0", "x > 1, 1.0",
             "Your neuron waits until x has passed 1. The threshold is 0; 1 is what comes out."),
    ],
    variants=[step_of_ints, step_from_sign],
)
