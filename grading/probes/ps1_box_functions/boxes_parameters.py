"""Parameters of 2n neurons that draw f by n boxes.

Any will do whose network stays within the error bound of midpoint boxes: what is compared is the error beyond it.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip
from helpers import targets

from .inputs import Array, Params
from .reference import max_error_bound, network

Target = Callable[..., Any]


def _draw_boxes(f: Target) -> Callable[[Generator], Inputs]:
    return lambda rng: {"f": f, "B": float(rng.uniform(1.5, 3)), "n": int(rng.integers(9, 17))}


def boxes_parameters(f: Target, B: float, n: int) -> Params:
    """A staircase of n + 1 jumps; the other n − 1 neurons stay idle."""
    edges = np.linspace(-B, B, n + 1)
    heights = np.asarray(f((edges[:-1] + edges[1:]) / 2))
    jumps = np.diff(heights, prepend=0.0, append=0.0)
    idle = np.zeros(n - 1)
    return {"W1": np.ones(2 * n), "b1": np.concatenate([-edges, idle]), "W2": np.concatenate([jumps, idle]), "b2": 0.0}


def excess_error(inputs: Inputs, params: Params) -> Array:
    """By how much |network − f| exceeds the bound of n midpoint boxes, seven points a box; 0 where it is met.

    None is an edge or a middle of a box: there it would be rounding that decides whether a box out of place has begun.
    """
    f, B, n = inputs["f"], inputs["B"], inputs["n"]
    inside_box = np.array([0.013, 0.11, 0.29, 0.48, 0.73, 0.91, 0.987])
    x = (-B + 2 * B / n * (np.arange(n)[:, None] + inside_box)).ravel()
    error = np.abs(network(x, params) - f(x))
    bound = max_error_bound(targets.lipschitz_constant(f, B), B, n)
    return np.where(error <= bound + 1e-9, 0.0, error - bound)


def boxes_in_a_loop(f: Target, B: float, n: int) -> Params:
    W1, b1, W2, width = [], [], [], 2 * B / n
    for i in range(n):
        left = -B + i * width
        height = float(f(left + width / 2))
        W1 += [1.0, 1.0]
        b1 += [-left, -(left + width)]
        W2 += [height, -height]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": 0.0}


def boxes_mirrored_and_scaled(f: Target, B: float, n: int) -> Params:
    edges = B - 2 * B / n * np.arange(n + 1)
    heights = f((edges[:-1] + edges[1:]) / 2)
    return {"W1": np.full(2 * n, -2.0), "b1": 2 * np.concatenate([edges[:-1], edges[1:]]),
            "W2": np.concatenate([heights, -heights]), "b2": np.float64(0)}


def boxes_on_a_raised_floor(f: Target, B: float, n: int) -> Params:
    edges = np.linspace(-B, B, n + 1)
    heights = f((edges[:-1] + edges[1:]) / 2) - 1.0
    return {"W1": np.ones(2 * n), "b1": -np.repeat(edges, 2)[1:-1],
            "W2": np.stack([heights, -heights], axis=1).ravel(), "b2": 1.0}


OTHER_ORDER = ("Your output weights are listed in another order than your biases: neuron j has the j-th entry of each "
               "list. Write down both lists for two boxes.")

PROBE = Probe(
    "boxes_parameters", boxes_parameters,
    cases={"ordinary": Cases(_draw_boxes(targets.gaussian_bump)), "sine": Cases(_draw_boxes(targets.sine), 2),
           "corner": Cases(_draw_boxes(targets.absolute_value), 2),
           "cubic": Cases(_draw_boxes(targets.cubic), 2)},
    points=[Point("the bump, within the bound", 3.5), Point("sin x, within the bound", 0.5, "sine"),
            Point("|x|, within the bound", 0.5, "corner"), Point("the cubic, within the bound", 0.5, "cubic")],
    observe=excess_error,
    observed="the error beyond the bound of n midpoint boxes",
    slips=[
        Slip("left_edge_heights", "f((left + right) / 2)", "f(left)",
             "Your boxes take their height at the left edge, so the error at the right edge is twice as large as it "
             "needs to be. Which point of a box is closest to all others?"),
        Slip("right_edge_heights", "f((left + right) / 2)", "f(right)",
             "Your boxes take their height at the right edge, so the error at the left edge is twice as large as it "
             "needs to be. Which point of a box is closest to all others?"),
        Slip("boxes_half_as_wide", "-B, B, n + 1", "-B, 0, n + 1",
             "Your boxes cover only the left half. How long is the interval from −B to B?"),
        Slip("starts_at_zero", "-B, B, n + 1", "0, 2 * B, n + 1",
             "Your first box starts at 0, and nothing is drawn on the negative side. Where does [−B, B] begin?"),
        Slip("boxes_never_come_down", "-heights", "heights",
             "Your boxes pile up from left to right: each one has to come down where the next begins."),
        Slip("edges_without_minus", "-np.concatenate", "np.concatenate",
             "Your boxes stand mirrored about 0. A neuron with w = 1 jumps at −b, not at b."),
        Slip("weights_pair_by_pair", "np.concatenate([heights, -heights])",
             "np.stack([heights, -heights], axis=1).ravel()", OTHER_ORDER),
        Slip("biases_pair_by_pair", "np.concatenate([left, right])", "np.stack([left, right], axis=1).ravel()",
             OTHER_ORDER),
        Slip("boxes_half_a_box_to_the_left", "-np.concatenate", "B / n - np.concatenate",
             "Your boxes stand half a width too far to the left: the middle of each is where its piece "
             "starts. Where do the two steps of a box belong?"),
        Slip("all_boxes_at_zero", "[left, right]", "[0 * left, right - left]",
             "All your boxes stand at 0, on top of one another. Each has to be moved to where its piece starts."),
        Slip("height_times_width", "f((left + right) / 2)", "f((left + right) / 2) * (right - left)",
             "You use areas, as for an integral. The height of a box is the value of f, whatever its width."),
        Slip("linspace_of_n", "edges = np.linspace(-B, B, n + 1)\n    left, right = edges[:-1], edges[1:]",
             "left = np.linspace(-B, B, n)\n    right = left + 2 * B / n",
             "Your boxes do not tile the interval: n boxes side by side have n + 1 edges."),
    ],
    variants=[boxes_in_a_loop, boxes_mirrored_and_scaled, boxes_on_a_raised_floor],
)
