"""Wrong answers to ps1's exercises on one input variable, each with the hint that helps.

Every function stands alone (`course verify` puts its source into a notebook), so repetition here is on purpose.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from grading.probes.model import Mistake

Params = dict[str, Any]
Target = Callable[..., Any]


def returns_sign(x: np.ndarray) -> np.ndarray:
    return np.sign(x)


def passes_x_on(x: np.ndarray) -> np.ndarray:
    return np.maximum(x, 0.0)


def fires_below_zero(x: np.ndarray) -> np.ndarray:
    return np.where(x < 0, 1.0, 0.0)


def smooth_sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def fires_above_one(x: np.ndarray) -> np.ndarray:
    return np.where(x > 1, 1.0, 0.0)


STEP = (
    Mistake(returns_sign, "That is the sign function, which says −1 on the left. A resting neuron says 0."),
    Mistake(passes_x_on, "That is a ReLU. A step neuron says only that x is positive, not by how much."),
    Mistake(fires_below_zero, "Your neuron fires on the wrong side: it should be 1 to the right of zero."),
    Mistake(smooth_sigmoid, "That is the sigmoid, which climbs gradually. A step takes no value between 0 and 1."),
    Mistake(fires_above_one, "Your neuron waits until x has passed 1. The threshold is 0; 1 is what comes out."),
)


def forgets_b1(x: np.ndarray, params: "Params") -> np.ndarray:
    hidden = np.where(x[:, None] * params["W1"] > 0, 1.0, 0.0)
    return hidden @ params["W2"] + params["b2"]


def forgets_b2(x: np.ndarray, params: "Params") -> np.ndarray:
    hidden = np.where(x[:, None] * params["W1"] + params["b1"] > 0, 1.0, 0.0)
    return hidden @ params["W2"]


def subtracts_b1(x: np.ndarray, params: "Params") -> np.ndarray:
    hidden = np.where(x[:, None] * params["W1"] - params["b1"] > 0, 1.0, 0.0)
    return hidden @ params["W2"] + params["b2"]


def no_step(x: np.ndarray, params: "Params") -> np.ndarray:
    return (x[:, None] * params["W1"] + params["b1"]) @ params["W2"] + params["b2"]


def relu_neurons(x: np.ndarray, params: "Params") -> np.ndarray:
    hidden = np.maximum(x[:, None] * params["W1"] + params["b1"], 0.0)
    return hidden @ params["W2"] + params["b2"]


def ignores_W2(x: np.ndarray, params: "Params") -> np.ndarray:
    hidden = np.where(x[:, None] * params["W1"] + params["b1"] > 0, 1.0, 0.0)
    return hidden.sum(axis=1) + params["b2"]


def averages_neurons(x: np.ndarray, params: "Params") -> np.ndarray:
    hidden = np.where(x[:, None] * params["W1"] + params["b1"] > 0, 1.0, 0.0)
    return (hidden * params["W2"]).mean(axis=1) + params["b2"]


def step_on_output(x: np.ndarray, params: "Params") -> np.ndarray:
    hidden = np.where(x[:, None] * params["W1"] + params["b1"] > 0, 1.0, 0.0)
    return np.where(hidden @ params["W2"] + params["b2"] > 0, 1.0, 0.0)


NETWORK = (
    Mistake(forgets_b1, "Your hidden neurons all jump at 0: their biases b1 never reach the sum."),
    Mistake(forgets_b2, "Your values are all off by the same number: the output has a bias of its own."),
    Mistake(subtracts_b1, "Look at the sign of b1 in the equation: a neuron with w = 1 jumps at −b."),
    Mistake(no_step, "Without σ between the layers your network is a straight line. Where does the step go?"),
    Mistake(relu_neurons,
            "Your hidden neurons pass their input on once they are active; these neurons say only 0 or 1."),
    Mistake(ignores_W2, "Your output counts the active neurons. Each should contribute its own weight from W2."),
    Mistake(averages_neurons, "The output is a sum over the hidden neurons; yours divides by how many there are."),
    Mistake(step_on_output, "Your output is 0 or 1. Only the hidden neurons step; the output neuron adds up."),
)


def box_on_the_left(h: float, delta: float) -> "Params":
    return {"W1": np.array([1.0, 1.0]), "b1": np.array([0.0, delta]), "W2": np.array([h, -h]), "b2": 0.0}


def never_comes_down(h: float, delta: float) -> "Params":
    return {"W1": np.array([1.0, 1.0]), "b1": np.array([0.0, -delta]), "W2": np.array([h, h]), "b2": 0.0}


def one_step_only(h: float, delta: float) -> "Params":
    return {"W1": np.array([1.0, 1.0]), "b1": np.array([0.0, -delta]), "W2": np.array([h, 0.0]), "b2": 0.0}


def unit_height(h: float, delta: float) -> "Params":
    return {"W1": np.array([1.0, 1.0]), "b1": np.array([0.0, -delta]), "W2": np.array([1.0, -1.0]), "b2": 0.0}


def comes_down_by_one(h: float, delta: float) -> "Params":
    return {"W1": np.array([1.0, 1.0]), "b1": np.array([0.0, -delta]), "W2": np.array([h, -1.0]), "b2": 0.0}


def upside_down(h: float, delta: float) -> "Params":
    return {"W1": np.array([1.0, 1.0]), "b1": np.array([0.0, -delta]), "W2": np.array([-h, h]), "b2": 0.0}


def height_as_output_bias(h: float, delta: float) -> "Params":
    return {"W1": np.array([1.0, 1.0]), "b1": np.array([0.0, -delta]), "W2": np.array([1.0, -1.0]), "b2": h}


def height_and_width_swapped(h: float, delta: float) -> "Params":
    return {"W1": np.array([1.0, 1.0]), "b1": np.array([0.0, -h]), "W2": np.array([delta, -delta]), "b2": 0.0}


def scales_weight_but_not_bias(h: float, delta: float) -> "Params":
    return {"W1": np.array([1.0, 2.0]), "b1": np.array([0.0, -delta]), "W2": np.array([h, -h]), "b2": 0.0}


BOX_PARAMETERS = (
    Mistake(box_on_the_left,
            "Your second step happens at −δ. A neuron with weight w and bias b jumps where w·x + b = 0."),
    Mistake(never_comes_down, "Past δ your function climbs again. The second step has to undo the first."),
    Mistake(one_step_only, "Your function stays at h for ever. What does the second neuron add to the right of δ?"),
    Mistake(unit_height, "Your box is in the right place, but its height is always 1. Where does h enter?"),
    Mistake(comes_down_by_one, "Your box goes up by h and comes down by 1, so a floor is left to the right of δ."),
    Mistake(upside_down, "Your box hangs down where it should stand up: look at the signs of W2."),
    Mistake(height_as_output_bias,
            "The output bias b2 lifts the whole line, also outside the box. Which weights act only inside?"),
    Mistake(height_and_width_swapped,
            "h and δ have traded places: one is a height (the vertical axis), one a width (along x)."),
    Mistake(scales_weight_but_not_bias,
            "Your box ends at δ/2. A neuron jumps at −b/w, so when you scale w, scale b with it."),
)


def left_edge_heights(f: "Target", B: float, n: int) -> "Params":
    edges = np.linspace(-B, B, n + 1)
    heights = f(edges[:-1])
    return {"W1": np.ones(2 * n), "b1": -np.concatenate([edges[:-1], edges[1:]]),
            "W2": np.concatenate([heights, -heights]), "b2": 0.0}


def right_edge_heights(f: "Target", B: float, n: int) -> "Params":
    edges = np.linspace(-B, B, n + 1)
    heights = f(edges[1:])
    return {"W1": np.ones(2 * n), "b1": -np.concatenate([edges[:-1], edges[1:]]),
            "W2": np.concatenate([heights, -heights]), "b2": 0.0}


def boxes_half_as_wide(f: "Target", B: float, n: int) -> "Params":
    edges = -B + B / n * np.arange(n + 1)
    heights = f((edges[:-1] + edges[1:]) / 2)
    return {"W1": np.ones(2 * n), "b1": -np.concatenate([edges[:-1], edges[1:]]),
            "W2": np.concatenate([heights, -heights]), "b2": 0.0}


def starts_at_zero(f: "Target", B: float, n: int) -> "Params":
    edges = 2 * B / n * np.arange(n + 1)
    heights = f((edges[:-1] + edges[1:]) / 2)
    return {"W1": np.ones(2 * n), "b1": -np.concatenate([edges[:-1], edges[1:]]),
            "W2": np.concatenate([heights, -heights]), "b2": 0.0}


def boxes_never_come_down(f: "Target", B: float, n: int) -> "Params":
    edges = np.linspace(-B, B, n + 1)
    heights = f((edges[:-1] + edges[1:]) / 2)
    return {"W1": np.ones(2 * n), "b1": -np.concatenate([edges[:-1], edges[1:]]),
            "W2": np.concatenate([heights, heights]), "b2": 0.0}


def edges_without_minus(f: "Target", B: float, n: int) -> "Params":
    edges = np.linspace(-B, B, n + 1)
    heights = f((edges[:-1] + edges[1:]) / 2)
    return {"W1": np.ones(2 * n), "b1": np.concatenate([edges[:-1], edges[1:]]),
            "W2": np.concatenate([heights, -heights]), "b2": 0.0}


def height_times_width(f: "Target", B: float, n: int) -> "Params":
    edges = np.linspace(-B, B, n + 1)
    heights = f((edges[:-1] + edges[1:]) / 2) * 2 * B / n
    return {"W1": np.ones(2 * n), "b1": -np.concatenate([edges[:-1], edges[1:]]),
            "W2": np.concatenate([heights, -heights]), "b2": 0.0}


def linspace_of_n(f: "Target", B: float, n: int) -> "Params":
    left, width = np.linspace(-B, B, n), 2 * B / n
    heights = f(left + width / 2)
    return {"W1": np.ones(2 * n), "b1": -np.concatenate([left, left + width]),
            "W2": np.concatenate([heights, -heights]), "b2": 0.0}


BOXES_PARAMETERS = (
    Mistake(left_edge_heights,
            "Your boxes take their height at the left edge, so the error at the right edge is twice as large as it "
            "needs to be. Which point of a box is closest to all others?"),
    Mistake(right_edge_heights,
            "Your boxes take their height at the right edge, so the error at the left edge is twice as large as it "
            "needs to be. Which point of a box is closest to all others?"),
    Mistake(boxes_half_as_wide, "Your boxes cover only the left half. How long is the interval from −B to B?"),
    Mistake(starts_at_zero,
            "Your first box starts at 0, and nothing is drawn on the negative side. Where does [−B, B] begin?"),
    Mistake(boxes_never_come_down,
            "Your boxes pile up from left to right: each one has to come down where the next begins."),
    Mistake(edges_without_minus, "Your boxes stand mirrored about 0. A neuron with w = 1 jumps at −b, not at b."),
    Mistake(height_times_width,
            "You use areas, as for an integral. The height of a box is the value of f, whatever its width."),
    Mistake(linspace_of_n, "Your boxes do not tile the interval: n boxes side by side have n + 1 edges."),
)


def takes_full_width(lipschitz: float, B: float, n: int) -> float:
    return 2 * lipschitz * B / n


def ignores_the_slope(lipschitz: float, B: float, n: int) -> float:
    return B / n


def ignores_the_interval(lipschitz: float, B: float, n: int) -> float:
    return lipschitz / n


def divides_by_neurons(lipschitz: float, B: float, n: int) -> float:
    return lipschitz * B / (2 * n)


def grows_with_n(lipschitz: float, B: float, n: int) -> float:
    return lipschitz * B * n


MAX_ERROR_BOUND = (
    Mistake(takes_full_width,
            "You let the error grow over a whole box. How far is a point of a box from the middle, at most?"),
    Mistake(ignores_the_slope, "Your bound is the same for a flat f and for a steep one. Where does L enter?"),
    Mistake(ignores_the_interval,
            "Your bound does not know how long the interval is, yet a longer one makes wider boxes."),
    Mistake(divides_by_neurons,
            "Your bound is half of what it should be. Count n boxes, not 2n neurons, and an interval of length 2B."),
    Mistake(grows_with_n, "With your formula more boxes make the error larger."),
)


def rounds_down(lipschitz: float, B: float, eps: float) -> int:
    return int(lipschitz * B / eps)


def rounds_to_nearest(lipschitz: float, B: float, eps: float) -> int:
    return round(lipschitz * B / eps)


def needs_for_full_width(lipschitz: float, B: float, eps: float) -> int:
    return int(np.ceil(2 * lipschitz * B / eps))


def needs_for_half_interval(lipschitz: float, B: float, eps: float) -> int:
    return int(np.ceil(lipschitz * B / (2 * eps)))


def counts_neurons(lipschitz: float, B: float, eps: float) -> int:
    return 2 * int(np.ceil(lipschitz * B / eps))


def needs_without_slope(lipschitz: float, B: float, eps: float) -> int:
    return int(np.ceil(B / eps))


def multiplies_by_eps(lipschitz: float, B: float, eps: float) -> int:
    return int(np.ceil(lipschitz * B * eps))


BOXES_NEEDED = (
    Mistake(rounds_down, "Your n is one too small: its bound is still above eps. In which direction must you round?"),
    Mistake(rounds_to_nearest,
            "Rounding to the nearest whole number sometimes goes below what is needed; part of a box won't do."),
    Mistake(needs_for_full_width,
            "You ask for about twice as many boxes as the bound needs. Solve your own bound for n."),
    Mistake(needs_for_half_interval,
            "You ask for about half as many boxes as the bound needs. Solve your own bound for n."),
    Mistake(counts_neurons, "That is the number of neurons. The question is about boxes, which take two neurons each."),
    Mistake(needs_without_slope, "A steeper f needs more boxes, but your number does not depend on the slope."),
    Mistake(multiplies_by_eps, "With your formula a smaller eps, a stricter demand, is met by fewer boxes."),
)
