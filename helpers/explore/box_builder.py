"""The box builder of ps1: one box, and a staircase of boxes over a target, with the error beside its bound."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.axes import Axes
from numpy.typing import NDArray

from helpers.explore import widgets_work
from helpers.plotting import BLUE, SKY, VERMILLION, once_written
from helpers.targets import absolute_value, cubic, gaussian_bump, lipschitz_constant, sine

Function = Callable[..., Any]
Array = NDArray[np.float64]
HALF_WIDTH = 3.0  # targets are drawn on [−3, 3]
MENU = {f.__name__: f for f in (sine, gaussian_bump, absolute_value, cubic)}


def box_builder(box_parameters: Function, boxes_parameters: Function, network: Function,
                max_error_bound: Function) -> None:
    """Sliders for height h, width δ and number of boxes, a menu of targets; the figure follows."""
    def draw(h: float, delta: float, n: int, target: str) -> None:
        with once_written():
            _, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6), width_ratios=(1, 1.5))
            draw_box(box_parameters, network, h, delta, left)
            draw_staircase(boxes_parameters, network, MENU[target], n, right, max_error_bound)
            plt.show()

    start = {"h": 1.5, "delta": 1.0, "n": 12, "target": "cubic"}
    if not widgets_work():
        draw(**start)  # type: ignore[arg-type]
        return
    controls = {"h": ipywidgets.FloatSlider(start["h"], min=-3, max=3, step=0.1, description="height h"),
                "delta": ipywidgets.FloatSlider(start["delta"], min=0.1, max=3, step=0.1, description="width δ"),
                "n": ipywidgets.IntSlider(start["n"], min=1, max=80, description="boxes n"),
                "target": ipywidgets.Dropdown(options=list(MENU), value=start["target"], description="target f")}
    picture = ipywidgets.interactive_output(draw, controls)
    display(ipywidgets.VBox([*controls.values(), picture]))


def draw_box(box_parameters: Function, network: Function, h: float, delta: float, ax: Axes) -> None:
    """The function that the student's two neurons draw."""
    x = _points(-1, 4)
    y = np.asarray(network(x, box_parameters(h, delta)))
    ax.plot(x, y, color=BLUE)
    ax.fill_between(x, 0, y, color=SKY, alpha=0.4)
    ax.set(title=f"one box: h = {h:g}, δ = {delta:g}", xlabel="input x", ylabel="output y", ylim=(-3.3, 3.3))


def draw_staircase(boxes_parameters: Function, network: Function, f: Function, n: int, ax: Axes,
                   max_error_bound: Function | None = None) -> None:
    """Target and network over [−3, 3]; the title gives the largest error, and its bound where there is a function."""
    x = _points(-HALF_WIDTH, HALF_WIDTH)
    y = np.asarray(network(x, boxes_parameters(f, HALF_WIDTH, n)))
    ax.plot(x, f(x), color=VERMILLION, label=f"target {f.__name__}")
    ax.plot(x, y, color=BLUE, linewidth=1.5, label=f"network of {2 * n} neurons")
    ax.fill_between(x, f(x), y, color=SKY, alpha=0.4)
    title = f"n = {n}: largest error {np.max(np.abs(y - f(x))):.3f}"
    if max_error_bound:
        title += f", bound {max_error_bound(lipschitz_constant(f, HALF_WIDTH), HALF_WIDTH, n):.3f}"
    ax.set(title=title, xlabel="input x", ylabel="output y")
    ax.legend(fontsize=9)


def draw_staircases(boxes_parameters: Function, network: Function, f: Function, numbers: Sequence[int]) -> None:
    """The same target with more and more boxes, side by side."""
    with once_written():
        _, axes = plt.subplots(1, len(numbers), figsize=(11, 3.2), sharey=True)
        for ax, n in zip(axes, numbers, strict=True):
            draw_staircase(boxes_parameters, network, f, n, ax)
        plt.show()


def draw_errors(boxes_parameters: Function, network: Function, max_error_bound: Function) -> None:
    """Largest error against number of boxes for two targets, each below its bound; both axes logarithmic."""
    numbers = [2, 4, 8, 16, 32, 64, 128]
    x = _points(-HALF_WIDTH, HALF_WIDTH)
    with once_written():
        _, ax = plt.subplots(figsize=(6.5, 3.8))
        for f, colour, marker in ((cubic, VERMILLION, "o"), (gaussian_bump, BLUE, "s")):
            name, slope = f.__name__, lipschitz_constant(f, HALF_WIDTH)
            errors = [np.max(np.abs(network(x, boxes_parameters(f, HALF_WIDTH, n)) - f(x))) for n in numbers]
            ax.loglog(numbers, [max_error_bound(slope, HALF_WIDTH, n) for n in numbers], "--", color=colour,
                      linewidth=1.2, label=f"{name}: bound for L = {slope:.3g}")
            ax.loglog(numbers, errors, marker, color=colour, label=f"{name}: measured")
        ax.set(title="Twice as many boxes, half the error", xlabel="number of boxes n",
               ylabel="largest error on [−3, 3]", xticks=numbers, xticklabels=numbers)
        ax.minorticks_off()
        ax.legend(fontsize=9)
        plt.show()


def _points(start: float, stop: float) -> Array:
    """2000 points between the two, none at the ends."""
    return start + (stop - start) * (np.arange(2000) + 0.5) / 2000
