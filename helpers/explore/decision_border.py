"""How the border between two spirals moves while small networks made of the student's own classes learn."""

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from numpy.typing import NDArray

from helpers.explore import widgets_work
from helpers.plotting import INK, once_written

Function = Callable[..., Any]
Array = NDArray[np.float64]
EPOCHS = (0, 5, 10, 20, 40, 80, 160, 320)  # after which the network is looked at
SIZES, RATE, BATCH = [2, 16, 16, 2], 0.3, 20
SIDE = np.linspace(-5, 5, 70)
PALE = 1.6  # times the largest value: the strongest colours would swallow the points
RADIUS, TURN = 4.0, 6.0  # where the arms end, and the angle through which they wind


def decision_border(define_network: Function, train_network: Function, activations: Mapping[str, Any]) -> None:
    """A slider for the epoch; a panel for each activation (name → class) with points, and the class of each place.

    An activation that does not return as many columns as it gets cannot stand between linear layers; its panel says so.
    """
    with once_written():
        x, y = spirals()
        learned = {name: borders(define_network, train_network, activation, x, y)
                   for name, activation in activations.items()}

        def draw(epoch: int) -> None:
            _, panels = plt.subplots(1, len(learned), figsize=(3.7 * len(learned), 3.9), squeeze=False)
            for ax, (name, (looks, errors)) in zip(panels[0], learned.items(), strict=True):
                _draw_panel(ax, name, looks, errors, epoch, x, y)
            plt.show()

        if not widgets_work():
            draw(EPOCHS[-1])
            return
        slider = ipywidgets.SelectionSlider(options=EPOCHS, value=EPOCHS[-1], description="epochs")
        display(ipywidgets.VBox([slider, ipywidgets.interactive_output(draw, {"epoch": slider})]))


def spirals(count: int = 100) -> tuple[Array, NDArray[np.int64]]:
    """Points (2 count, 2) on two arms that wind round each other, and the arm (2 count,) of each."""
    rng = np.random.default_rng(0)
    t = np.sqrt(rng.uniform(0.02, 1, size=count))
    arm = t[:, None] * np.stack([np.cos(TURN * t), np.sin(TURN * t)], axis=1)
    x = np.concatenate([arm, -arm]) + rng.normal(scale=0.03, size=(2 * count, 2))
    order = rng.permutation(2 * count)
    return RADIUS * x[order], np.repeat([0, 1], count)[order]


def borders(define_network: Function, train_network: Function, activation: Any, x: Array, y: NDArray[np.int64]
            ) -> tuple[dict[int, Array], dict[int, float]]:
    """By epoch: the difference of the logits (70, 70) over the plane, and the training error; empty where nothing fits.
    """
    model = define_network(SIZES, activation, 3)
    plane = np.stack(np.meshgrid(SIDE, SIDE), axis=-1).reshape(-1, 2)
    dataset = {"train_x": x, "train_y": y, "test_x": x[:2], "test_y": y[:2]}
    looks: dict[int, Array] = {}
    errors: dict[int, float] = {}
    before = 0
    try:
        for epoch in EPOCHS:
            if epoch > before:
                train_network(model, dataset, epoch - before, RATE, BATCH, 0)
            logits, before = np.asarray(model(plane)), epoch
            looks[epoch] = (logits[:, 1] - logits[:, 0]).reshape(SIDE.size, SIDE.size)
            errors[epoch] = float(np.mean(np.argmax(model(x), axis=1) != y))
    except ValueError:  # shapes
        return {}, {}
    return looks, errors


def _draw_panel(ax: Any, name: str, looks: Mapping[int, Array], errors: Mapping[int, float], epoch: int, x: Array,
                y: NDArray[np.int64]) -> None:
    ax.set(xticks=[], yticks=[], aspect="equal", xlim=SIDE[[0, -1]], ylim=SIDE[[0, -1]])
    ax.grid(False)
    if not looks:
        ax.set_title(f"{name}: another number of\ncolumns comes out than goes in")
        return
    ax.set_title(f"{name}, {epoch} epochs\n{100 * errors[epoch]:.0f} % of the points are wrong")
    ax.contourf(SIDE, SIDE, np.tanh(looks[epoch] / 2), levels=np.linspace(-1, 1, 11), cmap="PuOr",
                vmin=-PALE, vmax=PALE)
    ax.contour(SIDE, SIDE, looks[epoch], levels=[0], colors=[INK])
    for arm, (marker, face, edge) in enumerate((("o", "white", INK), ("s", INK, "white"))):
        ax.plot(*x[y == arm].T, marker, markersize=5, markerfacecolor=face, markeredgecolor=edge, linestyle="none")
