"""From steps to sigmoids: the same staircase with softened steps, and what that does to the error as one step moves."""

from collections.abc import Callable
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from numpy.typing import NDArray

from helpers.explore import widgets_work
from helpers.plotting import BLUE, GREEN, VERMILLION, once_written
from helpers.targets import sine

Array = NDArray[np.float64]
BOXES, B = 8, 3.0
HARD = "∞"


def softened_steps(boxes_parameters: Callable[..., Any]) -> None:
    """A slider for the sharpness k of σ(k·a), which stands for each step of the student's staircase."""
    def draw(sharpness: str) -> None:
        with once_written():
            params = {name: np.asarray(value, dtype=float)
                      for name, value in boxes_parameters(sine, B, BOXES).items()}
            _draw(params, np.inf if sharpness == HARD else float(sharpness))
            plt.show()

    if not widgets_work():
        draw("8")
        return
    slider = ipywidgets.SelectionSlider(options=[HARD, "60", "20", "8", "4", "2"], value=HARD,
                                        description="sharpness k")
    display(ipywidgets.VBox([slider, ipywidgets.interactive_output(draw, {"sharpness": slider})]))


def soft_network(x: Array, params: dict[str, Array], sharpness: float) -> Array:
    """The network (n,) → (n,) with σ(k·a) in place of step(a); k = inf is the step itself."""
    sums = x[:, None] * params["W1"] + params["b1"]
    if np.isinf(sharpness):
        return np.asarray((sums > 0) @ params["W2"] + params["b2"])
    return np.asarray(0.5 * (1 + np.tanh(sharpness * sums / 2)) @ params["W2"] + params["b2"])


def _draw(params: dict[str, Array], sharpness: float) -> None:
    x = np.linspace(-B, B, 601)
    few = np.linspace(-B, B, 25)  # the places at which the error is taken: samples, as in a data set
    _, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6))
    left.plot(x, sine(x), color=VERMILLION, label="sin")
    left.plot(x, soft_network(x, params, sharpness), color=BLUE, label="the network")
    left.set(title=f"{BOXES} boxes, steps of sharpness {HARD if np.isinf(sharpness) else f'{sharpness:g}'}", xlabel="x",
             ylabel="output")
    left.legend(fontsize=9)
    moved = np.linspace(-0.7, 0.7, 281)
    right.plot(moved, [_error(params, sharpness, move, few) for move in moved], color=GREEN)
    right.set(title="the error, while one step moves", xlabel="added to one bias",
              ylabel=f"mean squared error, {few.size} points")


def _error(params: dict[str, Array], sharpness: float, move: float, x: Array) -> float:
    biases = params["b1"].copy()
    biases[BOXES // 2] += move
    return float(np.mean((soft_network(x, {**params, "b1": biases}, sharpness) - sine(x)) ** 2))
