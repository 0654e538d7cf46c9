"""Gradient descent in a narrow valley, plain and with the student's momentum."""

from collections.abc import Callable
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from numpy.typing import NDArray

from helpers.explore import widgets_work
from helpers.plotting import BLUE, GREEN, INK, VERMILLION, once_written

Function = Callable[..., Any]
Array = NDArray[np.float64]
CURVATURES = np.array([1.0, 30.0])  # along the valley and across it: f(w) = ½(w0² + 30 w1²)
START = np.array([-9.0, 1.4])
STEPS = 40
MANY = 200  # steps, after which it is clear which way they go


def ravine(momentum_update: Function) -> None:
    """Sliders for γ and α; two paths from the same start, and the height after each step."""
    if not widgets_work():
        draw(momentum_update, 0.8, 0.03)
        return
    controls = {"gamma": ipywidgets.FloatSlider(0.8, min=0, max=0.98, step=0.02, description="γ"),
                "alpha": ipywidgets.FloatSlider(0.03, min=0.005, max=0.08, step=0.005, description="rate α",
                                                readout_format=".3f")}
    picture = ipywidgets.interactive_output(lambda gamma, alpha: draw(momentum_update, gamma, alpha), controls)
    display(ipywidgets.VBox([*controls.values(), picture]))


def path(momentum_update: Function, gamma: float, alpha: float, steps: int = STEPS) -> Array:
    """Where `momentum_update` leads: shape (steps + 1, 2), from START, beginning at rest."""
    v, w = np.zeros(2), START.copy()
    places = [w]
    for _ in range(steps):
        v, w = momentum_update(v.copy(), w.copy(), CURVATURES * w, gamma, alpha)
        places.append(np.asarray(w))
    return np.array(places)


def height(w: Array) -> Array:
    """f at places (…, 2)."""
    return np.asarray(w**2 @ CURVATURES / 2)


def draw(momentum_update: Function, gamma: float, alpha: float) -> None:
    """The figure for one choice of γ and α."""
    with once_written():
        plain, heavy = path(momentum_update, 0.0, alpha), path(momentum_update, gamma, alpha)
        _, (left, right) = plt.subplots(1, 2, figsize=(11, 3.6), width_ratios=(1.5, 1))
        x, y = np.meshgrid(np.linspace(-11, 11, 200), np.linspace(-2.5, 2.5, 100))
        left.contour(x, y, np.sqrt(height(np.stack([x, y], axis=-1))), levels=12, cmap="viridis", linewidths=0.7)
        for places, colour, marker, label in ((plain, VERMILLION, "s", "γ = 0"), (heavy, BLUE, "o", f"γ = {gamma:g}")):
            left.plot(*places.T, f"{marker}-", color=colour, markersize=3.5, linewidth=1, label=label)
            right.semilogy(np.maximum(height(places), 1e-9), color=colour, label=label)
        left.plot(0, 0, "+", color=INK, markersize=12)
        left.set(title=f"{STEPS} steps in a ravine, α = {alpha:g}", xlabel="w[0], along the valley",
                 ylabel="w[1], across it", xlim=(-11, 11), ylim=(-2.5, 2.5))
        left.legend(loc="lower right", fontsize=9, frameon=True)
        right.set(title="height above the bottom", xlabel="step", ylabel="f(w)")
        right.legend(fontsize=9)
        plt.show()


def draw_largest_step(momentum_update: Function) -> None:
    """Rates at which the path leaves the ravine: its first steps around the limit, and where many steps end."""
    with once_written():
        _, (left, right) = plt.subplots(1, 2, figsize=(11, 3.6))
        for alpha, colour, line in ((0.06, BLUE, "-"), (2 / 30, GREEN, "--"), (0.07, VERMILLION, "-")):
            left.plot(path(momentum_update, 0.0, alpha, 20)[:, 1], line, color=colour, marker=".", linewidth=1,
                      label=f"α = {alpha:.3g}")
        left.set(title="plain descent across the valley", xlabel="step", ylabel="w[1]", xticks=range(0, 21, 4))
        left.legend(fontsize=9, ncols=3, loc="upper left")
        left.margins(y=0.25)
        alphas = np.linspace(0.004, 0.14, 137)
        for gamma, colour, line in ((0.0, VERMILLION, "-"), (0.5, GREEN, "--"), (0.9, BLUE, "-.")):
            ends = [float(height(path(momentum_update, gamma, alpha, MANY)[-1])) for alpha in alphas]
            right.semilogy(alphas, np.clip(ends, 1e-12, 1e12), line, color=colour, label=f"γ = {gamma:g}")
        right.axhline(float(height(START)), color=INK, linewidth=1)
        right.set(title=f"height after {MANY} steps (line: at the start)", xlabel="rate α", ylabel="f(w)",
                  ylim=(1e-9, 1e9))
        right.legend(fontsize=9, loc="upper left")
        plt.show()
