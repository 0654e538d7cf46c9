"""The largest error that n midpoint boxes can have for a function with this Lipschitz constant."""

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .reference import max_error_bound


def _draw_bound(rng: Generator) -> Inputs:
    return {"lipschitz": float(rng.uniform(1.5, 4)), "B": float(rng.uniform(1.5, 3)), "n": int(rng.integers(3, 40))}


def bound_from_midpoint(lipschitz: float, B: float, n: int) -> float:
    width = (B - -B) / n
    return lipschitz * (width / 2)


def bound_as_array(lipschitz: float, B: float, n: int) -> np.ndarray:
    return np.divide(np.multiply(lipschitz, B), n)


PROBE = Probe(
    "max_error_bound", max_error_bound,
    cases={"ordinary": Cases(_draw_bound)},
    points=[Point("the bound", 2.0)],
    slips=[
        Slip("takes_full_width", "B / n", "2 * B / n",
             "You let the error grow over a whole box. How far is a point of a box from the middle, at most?"),
        Slip("ignores_the_slope", "lipschitz * ", "",
             "Your bound is the same for a flat f and for a steep one. Where does L enter?"),
        Slip("ignores_the_interval", " * B", "",
             "Your bound does not know how long the interval is, yet a longer one makes wider boxes."),
        Slip("divides_by_neurons", "/ n", "/ (2 * n)",
             "Your bound is half of what it should be. Count n boxes, not 2n neurons, and an interval of length 2B."),
        Slip("grows_with_n", "B / n", "B * n", "With your formula more boxes make the error larger."),
    ],
    variants=[bound_from_midpoint, bound_as_array],
)
