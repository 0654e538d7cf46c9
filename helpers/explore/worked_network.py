"""ps3's worked network as a graph: a forward pass layer by layer, then the error on its way back."""

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from numpy.typing import NDArray

from helpers.explore import widgets_work
from helpers.plotting import BLUE, GREEN, GRID, INK, ORANGE, SHEET, VERMILLION, once_written
from helpers.worked_network import WorkedNetwork

Function = Callable[..., Any]
Array = NDArray[np.float64]
TITLES = ("0 · the input", "1 · forward: a = α x, z = σ(a)", "2 · forward: b = β z, ŷ = softmax(b)",
          "3 · back: the error at b", "4 · back: through β* to z, through the sigmoid to a",
          "5 · the slopes of the loss along β and α")
COLUMNS = {"x": 0.0, "z": 1.0, "y": 2.0}


def worked_network(forward: Function, backward: Function, network: WorkedNetwork) -> None:
    """A slider walks through the six moments of TITLES; without a kernel two of them are drawn."""
    if not widgets_work():
        with once_written():
            _, axes = plt.subplots(1, 2, figsize=(13, 5))
            for ax, step in zip(axes, (2, 5), strict=True):
                draw_step(forward, backward, network, step, ax)
            plt.show()
        return

    def picture(step: int) -> None:
        with once_written():
            _, ax = plt.subplots(figsize=(8.5, 5.4))
            draw_step(forward, backward, network, step, ax)
            plt.show()
    slider = ipywidgets.IntSlider(value=2, min=0, max=len(TITLES) - 1, description="moment")
    display(ipywidgets.VBox([slider, ipywidgets.interactive_output(picture, {"step": slider})]))


def draw_step(forward: Function, backward: Function, network: WorkedNetwork, step: int, ax: Axes) -> None:
    """One moment; what has not been reached yet stays grey."""
    at = forward(network.x, network.y, network.alpha, network.beta) if step >= 1 else {}
    back = backward(network.x, network.y, network.alpha, network.beta) if step >= 3 else {}
    places = {"x": _column("x", 7), "z": _column("z", 5), "y": _column("y", 3)}
    first, second = network.alpha, network.beta
    if step == 4:
        second = np.hstack([np.zeros((3, 1)), second[:, 1:]])  # nothing goes back to the constant 1
    elif step == 5:
        first, second = np.asarray(back["d_alpha"]), np.asarray(back["d_beta"])
    _edges(ax, places["x"], places["z"][1:], first, lit=step in (1, 5))
    _edges(ax, places["z"], places["y"], second, lit=step in (2, 4, 5))
    for key, texts in _texts(network, at, back, step).items():
        for number, ((left, height), text) in enumerate(zip(places[key], texts, strict=True)):
            colour = _node_colour(key, number, step, network)
            ax.text(left, height, text, ha="center", va="center", fontsize=8.5,
                    bbox={"boxstyle": "round,pad=0.45", "facecolor": SHEET, "edgecolor": colour, "linewidth": 1.8})
    ax.set(title=TITLES[step], xlim=(-0.35, 2.4), ylim=(-0.8, 7.1), xticks=list(COLUMNS.values()),
           xticklabels=["inputs", "hidden units", "outputs"], yticks=[], xlabel="layer")
    ax.grid(False)
    ax.spines[:].set_visible(False)


def _column(key: str, count: int) -> Array:
    """Places of `count` nodes, the bias node on top."""
    heights = np.linspace(6.6, 0, 7) if count == 7 else np.linspace(6.0, 0.4, count) if count == 5 else np.linspace(
        5.2, 0.9, count)
    return np.column_stack([np.full(count, COLUMNS[key]), heights])


def _edges(ax: Axes, start: Array, end: Array, weights: Array, lit: bool) -> None:
    """A line for each weight: blue above zero, vermillion below, thicker when larger; dotted grey where it is zero."""
    limit = float(np.max(np.abs(weights))) or 1.0
    for row, target in enumerate(end):
        widths = 0.3 + 3 * np.abs(weights[row]) / limit
        colours = [(BLUE if value > 0 else VERMILLION) if lit and value else GRID for value in weights[row]]
        ax.add_collection(LineCollection([[source, target] for source in start], colors=colours,
                                         linewidths=widths if lit else 0.8, alpha=0.75, zorder=0))


def _texts(network: WorkedNetwork, at: Mapping[str, Any], back: Mapping[str, Any], step: int) -> dict[str, list[str]]:
    inputs = ["1", *(f"x{number} = {value:g}" for number, value in enumerate(network.x, start=1))]
    hidden, outputs = [f"z{number}" for number in range(1, 5)], [f"ŷ{number}" for number in range(1, 4)]
    if step in (1, 2, 3):
        hidden = [f"a = {a:.3g}\nz = {z:.3f}" for a, z in zip(at["a"], at["z"], strict=True)]
    if step >= 4:
        hidden = [f"∂ℓ/∂z = {z:.2g}\n∂ℓ/∂a = {a:.2g}" for z, a in zip(back["d_z"], back["d_a"], strict=True)]
    if step == 2:
        outputs = [f"b = {b:.3f}\nŷ = {y:.3f}" for b, y in zip(at["b"], at["yhat"], strict=True)]
    if step >= 3:
        outputs = [f"∂ℓ/∂b = {value:.3f}" for value in back["d_b"]]
    return {"x": inputs, "z": ["1", *hidden], "y": outputs}


def _node_colour(key: str, number: int, step: int, network: WorkedNetwork) -> str:
    """Dark where the pass has arrived, green at the label, orange on the way back, grey elsewhere."""
    if key == "y" and number == network.label and step >= 2:
        return GREEN
    back = {"y": 3, "z": 4, "x": 6}[key]
    if step >= back and not (key == "z" and number == 0):
        return ORANGE
    return INK if step >= {"x": 0, "z": 1, "y": 2}[key] else GRID
