"""Hidden tests of ps1: step neurons, boxes in one and two dimensions, and the mean absolute error.

The references use other formulas than the notebook's solutions. Parameters are judged by the function their network
computes: on a grid that never touches the edge of a box, where it does not matter which side a step belongs to.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from grading.probes import ps1_mistakes as mistakes
from grading.probes import ps1_mistakes_plane_and_loss as more_mistakes
from grading.probes import ps1_variants as variants
from grading.probes.boxes import box
from grading.probes.model import Cases, Inputs, Point, Probe, ProblemSet
from helpers import targets

Array = NDArray[np.float64]
Params = dict[str, Any]
Target = Callable[..., Any]


def step(x: Array) -> Array:
    return np.heaviside(x, 0.0)


def network(x: Array, params: Params) -> Array:
    """One row per neuron, one column per point."""
    active = np.outer(params["W1"], x) > -np.reshape(params["b1"], (-1, 1))
    return np.asarray(params["W2"] @ active.astype(float) + params["b2"])


def box_parameters(h: float, delta: float) -> Params:
    """x > 0 gives h, x < δ gives h, and both together one h too many."""
    return {"W1": np.array([1.0, -1.0]), "b1": np.array([0.0, delta]), "W2": np.array([h, h]), "b2": -h}


def boxes_parameters(f: Target, B: float, n: int) -> Params:
    """A staircase of n + 1 jumps; the other n − 1 neurons stay idle."""
    edges = np.linspace(-B, B, n + 1)
    heights = np.asarray(f((edges[:-1] + edges[1:]) / 2))
    jumps = np.diff(heights, prepend=0.0, append=0.0)
    idle = np.zeros(n - 1)
    return {"W1": np.ones(2 * n), "b1": np.concatenate([-edges, idle]), "W2": np.concatenate([jumps, idle]), "b2": 0.0}


def max_error_bound(lipschitz: float, B: float, n: int) -> float:
    half_a_box = B / n
    return lipschitz * half_a_box


def boxes_needed(lipschitz: float, B: float, eps: float) -> int:
    n = 1
    while max_error_bound(lipschitz, B, n) > eps:
        n += 1
    return n


def network2d(X: Array, params: Params) -> Array:
    """One row per neuron, one column per point."""
    first = (params["W1"] @ X.T > -np.reshape(params["b1"], (-1, 1))).astype(float)
    second = (params["W2"] @ first > -np.reshape(params["b2"], (-1, 1))).astype(float)
    return np.asarray(params["W3"] @ second + params["b3"])


def box2d_parameters(h: float, delta_x: float, delta_y: float) -> Params:
    """Inside means that four half-planes all say yes."""
    return {"W1": np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]]),
            "b1": np.array([0.0, delta_x, 0.0, delta_y]),
            "W2": np.ones((1, 4)), "b2": np.array([-3.5]), "W3": np.array([h]), "b3": 0.0}


def l1_loss(X: Array, w: Array, y: Array) -> float:
    return float(np.linalg.norm(X @ w - y, ord=1)) / len(y)


def l1_subgradient(X: Array, w: Array, y: Array) -> Array:
    above = X @ w > y
    return np.asarray((X[above].sum(axis=0) - X[~above].sum(axis=0)) / len(y))


def box_values(inputs: Inputs, params: Params) -> Array:
    """The network on a grid from −2δ to 3δ; half-integers keep it off 0 and δ."""
    return network((np.arange(-100, 150) + 0.5) / 50 * inputs["delta"], params)


def excess_error(inputs: Inputs, params: Params) -> Array:
    """By how much |network − f| exceeds the bound of n midpoint boxes, seven points a box; 0 where it is met."""
    f, B, n = inputs["f"], inputs["B"], inputs["n"]
    inside_box = np.array([0.013, 0.11, 0.29, 0.5, 0.73, 0.91, 0.987])
    x = (-B + 2 * B / n * (np.arange(n)[:, None] + inside_box)).ravel()
    error = np.abs(network(x, params) - f(x))
    bound = max_error_bound(targets.lipschitz_constant(f, B), B, n)
    return np.where(error <= bound + 1e-9, 0.0, error - bound)


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


def _away_from_zero(rng: Generator, *shape: int) -> Array:
    """Values of both signs, between 0.1 and 3 in size."""
    values = rng.uniform(0.1, 3, shape)
    values.flat[::2] *= -1
    return values


def _draw_step(rng: Generator) -> Inputs:
    shape = (int(rng.integers(5, 12)),) if rng.random() < 0.5 else (int(rng.integers(3, 6)), int(rng.integers(2, 4)))
    return {"x": _away_from_zero(rng, *shape)}


def _draw_network(points: tuple[int, int], neurons: tuple[int, int]) -> Callable[[Generator], Inputs]:
    def draw(rng: Generator) -> Inputs:
        n, H = int(rng.integers(*points)), int(rng.integers(*neurons))
        return {"x": rng.normal(scale=2, size=n),
                "params": {"W1": rng.normal(size=H), "b1": rng.normal(size=H), "W2": rng.normal(scale=2, size=H),
                           "b2": float(rng.uniform(0.5, 2))}}
    return draw


def _draw_box(rng: Generator) -> Inputs:
    return {"h": float(rng.choice([-1, 1]) * rng.uniform(1.3, 3)), "delta": float(rng.uniform(0.4, 1.2))}


def _draw_boxes(f: Target) -> Callable[[Generator], Inputs]:
    return lambda rng: {"f": f, "B": float(rng.uniform(1.5, 3)), "n": int(rng.integers(9, 17))}


def _draw_bound(rng: Generator) -> Inputs:
    return {"lipschitz": float(rng.uniform(1.5, 4)), "B": float(rng.uniform(1.5, 3)), "n": int(rng.integers(3, 40))}


def _draw_needed(low: float, high: float) -> Callable[[Generator], Inputs]:
    """L·B/eps is a whole number plus a fraction between `low` and `high`."""
    def draw(rng: Generator) -> Inputs:
        lipschitz, B = float(rng.uniform(1.5, 4)), float(rng.uniform(1.5, 3))
        quotient = float(rng.integers(6, 25) + rng.uniform(low, high))
        return {"lipschitz": lipschitz, "B": B, "eps": lipschitz * B / quotient}
    return draw


def _draw_network2d(more_in_the_first: int) -> Callable[[Generator], Inputs]:
    def draw(rng: Generator) -> Inputs:
        n, K = int(rng.integers(16, 24)), int(rng.integers(3, 6))
        H = K + more_in_the_first
        return {"X": rng.normal(scale=2, size=(n, 2)),
                "params": {"W1": rng.normal(size=(H, 2)), "b1": rng.normal(size=H), "W2": rng.normal(size=(K, H)),
                           "b2": rng.normal(size=K), "W3": rng.normal(scale=2, size=K),
                           "b3": float(rng.uniform(0.5, 2))}}
    return draw


def _draw_box2d(rng: Generator) -> Inputs:
    return {"h": float(rng.choice([-1, 1]) * rng.uniform(1.3, 3)), "delta_x": float(rng.uniform(0.4, 0.8)),
            "delta_y": float(rng.uniform(1.2, 2))}


def _draw_l1(rng: Generator) -> Inputs:
    """Residuals of both signs, at least 0.1 in size, negative on average (so that |mean| shows)."""
    n, d = int(rng.integers(8, 14)), int(rng.integers(2, 6))
    X, w, residual = rng.normal(size=(n, d)), rng.normal(size=d), _away_from_zero(rng, n)
    return {"X": X, "w": w, "y": X @ w + residual * np.sign(residual.mean())}


PROBLEM_SET = ProblemSet("ps1_box_functions", (
    Probe("step", step,
          cases={"ordinary": Cases(_draw_step)},
          points=[Point("jumps from 0 to 1 at zero", 0.75)], unchanged=0.25,
          mistakes=mistakes.STEP, variants=variants.STEP),
    Probe("network", network,
          cases={"ordinary": Cases(_draw_network((8, 13), (3, 8))), "single": Cases(_draw_network((1, 2), (1, 2)), 2)},
          points=[Point("several points and neurons", 2.0), Point("one point, one neuron", 0.75, "single")],
          unchanged=0.25, mistakes=mistakes.NETWORK, variants=variants.NETWORK),
    Probe("box_parameters", box_parameters,
          cases={"ordinary": Cases(_draw_box)},
          points=[Point("the network draws the box", 4.0)],
          mistakes=mistakes.BOX_PARAMETERS, variants=variants.BOX_PARAMETERS,
          observe=box_values, observed="the function your network draws"),
    Probe("boxes_parameters", boxes_parameters,
          cases={"ordinary": Cases(_draw_boxes(targets.gaussian_bump)), "sine": Cases(_draw_boxes(targets.sine), 2),
                 "corner": Cases(_draw_boxes(targets.absolute_value), 2),
                 "cubic": Cases(_draw_boxes(targets.cubic), 2)},
          points=[Point("the bump, within the bound", 3.5), Point("sin x, within the bound", 0.5, "sine"),
                  Point("|x|, within the bound", 0.5, "corner"), Point("the cubic, within the bound", 0.5, "cubic")],
          mistakes=mistakes.BOXES_PARAMETERS, variants=variants.BOXES_PARAMETERS,
          observe=excess_error, observed="the error beyond the bound of n midpoint boxes"),
    Probe("max_error_bound", max_error_bound,
          cases={"ordinary": Cases(_draw_bound)},
          points=[Point("the bound", 2.0)],
          mistakes=mistakes.MAX_ERROR_BOUND, variants=variants.MAX_ERROR_BOUND),
    Probe("boxes_needed", boxes_needed,
          cases={"ordinary": Cases(_draw_needed(0.6, 0.9)), "just above": Cases(_draw_needed(0.1, 0.4))},
          points=[Point("the number of boxes", 2.0), Point("rounds up, however little is missing", 1.0, "just above")],
          mistakes=mistakes.BOXES_NEEDED, variants=variants.BOXES_NEEDED),
    Probe("network2d", network2d,
          cases={"ordinary": Cases(_draw_network2d(0)), "unequal widths": Cases(_draw_network2d(2), 2)},
          points=[Point("two step layers of equal width", 2.0),
                  Point("layers of unequal width", 0.75, "unequal widths")],
          unchanged=0.25, mistakes=more_mistakes.NETWORK2D, variants=variants.NETWORK2D),
    Probe("box2d_parameters", box2d_parameters,
          cases={"ordinary": Cases(_draw_box2d)},
          points=[Point("the network draws the box", 4.0)],
          mistakes=more_mistakes.BOX2D_PARAMETERS, variants=variants.BOX2D_PARAMETERS,
          observe=box2d_values, observed="the function your network draws", free_shapes=True),
    Probe("l1_loss", l1_loss,
          cases={"ordinary": Cases(_draw_l1)},
          points=[Point("the mean absolute error", 1.75)], unchanged=0.25,
          mistakes=more_mistakes.L1_LOSS, variants=variants.L1_LOSS),
    Probe("l1_subgradient", l1_subgradient,
          cases={"ordinary": Cases(_draw_l1)},
          points=[Point("the slope of the loss", 2.25)], unchanged=0.25,
          mistakes=more_mistakes.L1_SUBGRADIENT, variants=variants.L1_SUBGRADIENT),
    box("ps1_shapes", {"shape_X": (50, 3), "shape_y": (50,), "shape_loss": ()},
        points=[Point("X", 0.5, part="shape_X"), Point("y", 0.5, part="shape_y"),
                Point("the loss", 0.5, part="shape_loss")],
        mistakes=more_mistakes.PS1_SHAPES, variants=variants.PS1_SHAPES),
))
