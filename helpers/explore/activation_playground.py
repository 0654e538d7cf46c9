"""Activations and learning rates on ps3's five samples; gradients are measured by small steps in the given error."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from helpers.explore import widgets_work
from helpers.gradcheck import numerical_gradient
from helpers.plotting import BLUE, GREEN, INK, PURPLE, VERMILLION, once_written

Array = NDArray[np.float64]
Error = Callable[[str, Array, Array, Array, float], Any]  # error(activation, W1, b1, w2, b2), a single number
START = np.array([0.2, 3.8, -1.1, 2.3, -1.3, 0.86, -1.2, 0.7, 0.0])  # W1 row by row, b1, w2, b2
NAMES = ("relu", "tanh", "sigmoid", "linear")
RATES = (0.1, 0.01, 0.001, 0.0001)
HIGHEST = 1e6  # a run that exceeds this has diverged


def activation_playground(error: Error) -> None:
    """Choose an activation, a rate and a number of steps; without a kernel one activation with four rates."""
    if not widgets_work():
        draw(error, "relu", RATES, 20)
        return
    controls = {"name": ipywidgets.Dropdown(options=NAMES, description="activation"),
                "exponent": ipywidgets.FloatSlider(value=-3, min=-5, max=-0.5, step=0.25, description="log₁₀ η"),
                "steps": ipywidgets.IntSlider(value=20, min=1, max=60, description="steps")}
    picture = ipywidgets.interactive_output(
        lambda name, exponent, steps: draw(error, name, (10.0**exponent,), steps), controls)
    display(ipywidgets.VBox([*controls.values(), picture]))


def draw(error: Error, name: str, rates: Sequence[float], steps: int) -> None:
    """The error after each step, one line for each rate."""
    with once_written():
        runs = [descend(error, name, rate, steps) for rate in rates]
        _, ax = plt.subplots(figsize=(7, 3.8))
        for rate, run, colour, marker in zip(rates, runs, (VERMILLION, PURPLE, BLUE, GREEN), "^sov", strict=False):
            ax.semilogy(range(len(run)), run, f"{marker}-", color=colour, markersize=4, label=f"η = {rate:.2g}")
        _finish(ax, name)
        plt.show()


def descend(error: Error, name: str, rate: float, steps: int) -> list[float]:
    """The errors before the first and after each step, as far as they stay below HIGHEST."""
    theta = START.copy()
    errors = [float(_at(error, name, theta))]
    for _ in range(steps):
        theta = theta - rate * numerical_gradient(lambda t: _at(error, name, t), theta)
        errors.append(float(_at(error, name, theta)))
        if not errors[-1] < HIGHEST:
            return errors[:-1] if not np.isfinite(errors[-1]) else errors
    return errors


def _at(error: Error, name: str, theta: Array) -> Any:
    return error(name, theta[:4].reshape(2, 2), theta[4:6], theta[6:8], theta[8])


def _finish(ax: Axes, name: str) -> None:
    ax.axhline(HIGHEST, color=INK, linestyle=":", linewidth=1)
    ax.set(title=f"Gradient descent with {name} units", xlabel="step", ylabel="mean squared error")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.legend(fontsize=9)
