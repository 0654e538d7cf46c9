"""Parameters of two step layers that draw a box over the plane. Any will do, of any sizes, whose network draws it."""

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .inputs import Array, Params
from .reference import network2d


def _draw_box2d(rng: Generator) -> Inputs:
    return {"h": float(rng.choice([-1, 1]) * rng.uniform(1.3, 3)), "delta_x": float(rng.uniform(0.4, 0.8)),
            "delta_y": float(rng.uniform(1.2, 2))}


def box2d_parameters(h: float, delta_x: float, delta_y: float) -> Params:
    """Inside means that four half-planes all say yes."""
    return {"W1": np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]]),
            "b1": np.array([0.0, delta_x, 0.0, delta_y]),
            "W2": np.ones((1, 4)), "b2": np.array([-3.5]), "W3": np.array([h]), "b3": 0.0}


def box2d_values(inputs: Inputs, params: Params) -> Array:
    """The two-layer network on a grid around the box, off its sides. Raises ValueError when sizes do not fit."""
    K, H = np.shape(params["W2"])
    for name, size in (("W1", (H, 2)), ("b1", (H,)), ("b2", (K,)), ("W3", (K,))):
        if np.shape(params[name]) != size:
            raise ValueError(f"with W2 of shape {(K, H)}, {name} should have shape {size}, yours has "
                             f"{np.shape(params[name])}")
    fractions = (np.arange(-10, 20) + 0.5) / 10
    x, y = np.meshgrid(fractions * inputs["delta_x"], fractions * inputs["delta_y"])
    return network2d(np.column_stack([x.ravel(), y.ravel()]), params)


def box2d_from_strips(h: float, delta_x: float, delta_y: float) -> Params:
    return {"W1": [[1, 0], [1, 0], [0, 1], [0, 1]], "b1": [0.0, -delta_x, 0.0, -delta_y],
            "W2": [[1, -1, 1, -1]], "b2": [-1.5], "W3": [h], "b3": 0}


def box2d_from_quadrants(h: float, delta_x: float, delta_y: float) -> Params:
    corners = np.array([[1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 1.0, 0.0], [1.0, 0.0, 0.0, 1.0], [0.0, 1.0, 0.0, 1.0]])
    return {"W1": np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]),
            "b1": np.array([0.0, -delta_x, 0.0, -delta_y]),
            "W2": corners, "b2": np.full(4, -1.5), "W3": h * np.array([1.0, -1.0, -1.0, 1.0]), "b3": 0.0}


def box2d_with_idle_neurons(h: float, delta_x: float, delta_y: float) -> Params:
    return {"W1": np.array([[5.0, 0.0], [-2.0, 0.0], [0.0, 1.0], [0.0, -1.0], [7.0, -3.0], [1.0, 1.0]]),
            "b1": np.array([0.0, 2 * delta_x, 0.0, delta_y, 0.3, 2.0]),
            "W2": np.array([[1.0, 1.0, 1.0, 1.0, 0.0, 0.0], [-1.0, -1.0, -1.0, -1.0, 0.0, 0.0]]),
            "b2": np.array([-3.2, 3.2]), "W3": np.array([h / 2, -h / 2]), "b3": h / 2}


PROBE = Probe(
    "box2d_parameters", box2d_parameters,
    cases={"ordinary": Cases(_draw_box2d)},
    points=[Point("the network draws the box", 4.0)],
    observe=box2d_values,
    observed="the function your network draws",
    free_shapes=True,
    slips=[
        Slip("either_is_enough", "-1.5", "-0.5",
             "Your network draws a cross: it fires when x OR y is inside. It should take both."),
        Slip("never_fires", "-1.5", "-2.0",
             "Your network is 0 everywhere. What does the second layer see inside the box, and is that strictly more "
             "than its threshold?"),
        Slip("sides_swapped", "-delta_x, 0.0, -delta_y", "-delta_y, 0.0, -delta_x",
             "Your box is as wide as it should be high: δx belongs to the first input, δy to the second."),
        Slip("centred_at_the_origin", "0.0, -delta_x, 0.0, -delta_y",
             "delta_x / 2, -delta_x / 2, delta_y / 2, -delta_y / 2",
             "Your box is as large as it should be, but the origin is its middle. Where is the origin in the "
             "text's box?"),
        Slip("weights_in_another_order", "[[1.0, -1.0, 1.0, -1.0]]", "[[1.0, 1.0, -1.0, -1.0]]",
             "W2 is listed in another order than b1: entry j of both belongs to neuron j of the first layer. Which of "
             "your neurons start a side, and which end one?"),
        Slip("neurons_in_another_order", "[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]",
             "[1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.0, 1.0]",
             "W1 is listed in another order than b1: row j of W1 and entry j of b1 belong to the same neuron."),
        Slip("unit_height_in_the_plane", "np.array([h])", "np.array([1.0])",
             "Your box stands in the right place, but its height is always 1. Where does h enter?"),
        Slip("open_quadrant", '"W1": W1, "b1": b1, "W2": W2', '"W1": W1[::2], "b1": b1[::2], "W2": W2[:, ::2]',
             "Your box has two sides only and runs on for ever to the right and upwards."),
        Slip("upright_strip", '"W1": W1, "b1": b1, "W2": W2, "b2": b2',
             '"W1": W1[:2], "b1": b1[:2], "W2": W2[:, :2], "b2": b2 + 1',
             "Your network draws a strip: the second input makes no difference yet."),
        Slip("lying_strip", '"W1": W1, "b1": b1, "W2": W2, "b2": b2',
             '"W1": W1[2:], "b1": b1[2:], "W2": W2[:, 2:], "b2": b2 + 1',
             "Your network draws a strip: the first input makes no difference yet."),
        Slip("lifts_the_whole_plane", '"W3": W3, "b3": 0.0', '"W3": np.array([1.0]), "b3": h',
             "The output bias b3 lifts the whole plane, also outside the box. Which weight acts only inside?"),
    ],
    variants=[box2d_from_strips, box2d_from_quadrants, box2d_with_idle_neurons],
)
