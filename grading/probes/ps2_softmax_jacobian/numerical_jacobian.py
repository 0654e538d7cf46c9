"""The Jacobian of any f by central differences.

Central differences with a step of 1e-6 carry rounding near 1e-9; forward ones are off by about 1e-6 and earn the
bookkeeping point, hence the wider tolerance. At a step of 0.05 the two differ in the second digit.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip
from helpers.targets import neighbour_waves, polar_to_cartesian, torus_point


def _function(rng: Generator) -> Inputs:
    """A map with more inputs than outputs, as many, or fewer; a fine step, so that only the bookkeeping counts."""
    f = (polar_to_cartesian, torus_point, neighbour_waves)[rng.integers(3)]
    size = rng.integers(3, 6) if f is neighbour_waves else 2
    return {"f": f, "z": rng.uniform(0.5, 2.0, size=size), "eps": 1e-6}


def _coarse_step(rng: Generator) -> Inputs:
    return {"f": neighbour_waves, "z": rng.uniform(0.8, 2.0, size=rng.integers(3, 6)), "eps": 0.05}


def numerical_jacobian(f: Any, z: np.ndarray, eps: float) -> np.ndarray:
    columns = [(f(z + step) - f(z - step)) / (2 * eps) for step in eps * np.eye(z.size)]
    return np.stack(columns, axis=-1)


def jacobian_moving_in_place(f: Any, z: np.ndarray, eps: float) -> np.ndarray:
    columns = []
    for j in range(len(z)):
        kept = z[j]
        z[j] = kept + eps
        plus = f(z)
        z[j] = kept - eps
        minus = f(z)
        z[j] = kept
        columns.append((plus - minus) / (2 * eps))
    return np.array(columns).T


def jacobian_entry_by_entry(f: Any, z: np.ndarray, eps: float) -> np.ndarray:
    J = np.zeros((len(f(z)), len(z)))
    for i in range(J.shape[0]):
        for j in range(J.shape[1]):
            plus, minus = z.copy(), z.copy()
            plus[j] += eps
            minus[j] -= eps
            J[i, j] = (f(plus)[i] - f(minus)[i]) / (2 * eps)
    return J


BODY = ("step = np.zeros(len(z))\n        step[j] = eps\n"
        "        columns.append((f(z + step) - f(z - step)) / (2 * eps))")

PROBE = Probe(
    "numerical_jacobian", numerical_jacobian,
    cases={"ordinary": Cases(_function, 16), "coarse": Cases(_coarse_step, 3)},
    points=(Point("a row for every output, a column for every input", 3.25),
           Point("central differences with the step asked for", 1.5, "coarse")),
    unchanged=0.25,
    rtol=1e-5,
    atol=1e-5,
    slips=[
        Slip("transposed", "np.array(columns).T", "np.array(columns)",
             "Your rows and columns have changed places: nudging one input should fill one column."),
        Slip("forward_difference", "(f(z + step) - f(z - step)) / (2 * eps)", "(f(z + step) - f(z)) / eps",
             "You step in one direction only, which is wrong by a multiple of eps. Stepping to both sides makes that "
             "first error cancel."),
        Slip("divided_by_one_step", "(2 * eps)", "eps",
             "Your derivatives come out twice too large: how far apart are the two points at which you evaluate f?"),
        Slip("divided_twice_over", "step[j] = eps", "step[j] = eps / 2",
             "Your derivatives come out half as large as they should: how far apart are the two points at which you "
             "evaluate f?"),
        Slip("not_divided", " / (2 * eps)", "",
             "A derivative is a change per unit of input; yours is only the change."),
        Slip("minus_before_plus", "f(z + step) - f(z - step)", "f(z - step) - f(z + step)",
             "Every derivative has the wrong sign: a value that grows with its input should give a positive one."),
        Slip("all_at_once", "np.array(columns).T", "(f(z + eps) - f(z - eps)) / (2 * eps)",
             "You nudge all inputs at the same time and so add up the columns of J. Move one input, and leave the "
             "others alone."),
        Slip("only_a_square", "step[j] = eps", "if j < len(f(z)):\n            step[j] = eps",
             "Some columns were never filled. There are as many columns as inputs, however many outputs f has."),
        Slip("backward_difference", "(f(z + step) - f(z - step)) / (2 * eps)", "(f(z) - f(z - step)) / eps",
             "You step to one side only. Central differences step to both sides, and are far more accurate."),
        Slip("all_inputs_nudged", "step[j] = eps", "step[:] = eps",
             "All inputs are nudged at once, so every column is the sum of all columns. Nudge the j-th one alone."),
        Slip("own_step", "columns = []", "eps = 1e-5\n    columns = []",
             "You use a step of your own. The step size is the caller's choice: it comes in as an argument."),
        Slip("never_moved_back", BODY, "z[j] += eps\n        plus = f(z)\n        z[j] -= 2 * eps\n"
             "        columns.append((plus - f(z)) / (2 * eps))",
             "After an input has been nudged it is not put back, so later columns are taken at another point."),
        Slip("two_names_for_one_array", BODY,
             "plus = minus = z.copy()\n        plus[j] += eps\n        minus[j] -= eps\n"
             "        columns.append((f(plus) - f(minus)) / (2 * eps))",
             "Everything is zero, because both points are the same array under two names. Each needs a copy of its "
             "own."),
    ],
    variants=[jacobian_moving_in_place, jacobian_entry_by_entry],
)
