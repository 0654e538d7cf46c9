"""Figures of ps1 beside the box builder: neurons, steps, the plane, and the mean absolute error."""

from collections.abc import Callable, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from helpers.plotting import BLUE, GREEN, INK, SKY, VERMILLION, once_written

Function = Callable[..., Any]
Array = NDArray[np.float64]


def draw_neurons(step: Function, neurons: Sequence[tuple[float, float]]) -> None:
    """One panel for each neuron (w, b): its output step(w·x + b), and where its input changes sign."""
    x = np.linspace(-3, 3, 1201)
    with once_written():
        _, axes = plt.subplots(1, len(neurons), figsize=(10, 2.8), sharey=True)
        for ax, (w, b) in zip(np.atleast_1d(axes), neurons, strict=True):
            ax.plot(x, step(w * x + b), color=BLUE)
            ax.axvline(-b / w, color=VERMILLION, linestyle=":", linewidth=1.5)
            ax.set(title=f"w = {w:g}, b = {b:g}: jumps at {-b / w:g}", xlabel="input x", ylabel="output σ(w·x + b)")
        plt.show()


def draw_two_steps(step: Function, h: float, delta: float) -> None:
    """Two steps of height h, one δ later than the other, and their difference."""
    x = np.linspace(-1, delta + 1.5, 1501)
    with once_written():
        early, late = h * np.asarray(step(x)), h * np.asarray(step(x - delta))
        _, (left, right) = plt.subplots(1, 2, figsize=(9, 3), sharey=True)
        left.plot(x, early, color=BLUE, label="jumps at 0")
        left.plot(x, late, color=VERMILLION, linestyle="--", label=f"jumps at δ = {delta:g}")
        left.set(title=f"two steps of height {h:g}", xlabel="input x", ylabel="output y")
        left.legend()
        right.plot(x, early - late, color=INK)
        right.fill_between(x, 0, early - late, color=SKY, alpha=0.4)
        right.set(title="the first minus the second", xlabel="input x")
        plt.show()


def draw_strips(box_parameters: Function, network: Function, delta_x: float, delta_y: float) -> None:
    """What a vertical and a horizontal strip add up to: 0, 1 or 2."""
    x, y = _pixels(-1, 3), _pixels(-1, 3)
    with once_written():
        vertical = np.asarray(network(x, box_parameters(1.0, delta_x)))
        horizontal = np.asarray(network(y, box_parameters(1.0, delta_y)))
        _, axes = plt.subplots(1, 3, figsize=(11, 3.4))
        layers = {"vertical: 0 < x < δx": vertical[None, :] + 0 * horizontal[:, None],
                  "horizontal: 0 < y < δy": 0 * vertical[None, :] + horizontal[:, None],
                  "their sum": vertical[None, :] + horizontal[:, None]}
        for ax, (title, values) in zip(axes, layers.items(), strict=True):
            _plane(values, (-1, 3), title, ax, highest=2)
        plt.show()


def draw_plane(box2d_parameters: Function, network2d: Function) -> None:
    """One box, and a bump exp(−x² − y²) built from 4·4 and from 8·8 boxes."""
    x, y = np.meshgrid(_pixels(-2, 2), _pixels(-2, 2))
    X = np.column_stack([x.ravel(), y.ravel()])
    with once_written():
        _, axes = plt.subplots(1, 3, figsize=(11, 3.4))
        one = np.asarray(network2d(X, box2d_parameters(1.0, 1.5, 1.0)))
        _plane(one.reshape(x.shape), (-2, 2), "one box, 1.5 wide, 1 high", axes[0], highest=1)
        for ax, n in zip(axes[1:], (4, 8), strict=True):
            width, total = 4 / n, np.zeros(len(X))
            for corner in -2 + width * np.stack(np.meshgrid(range(n), range(n)), axis=-1).reshape(-1, 2):
                height = float(np.exp(-np.sum((corner + width / 2) ** 2)))
                total += network2d(X - corner, box2d_parameters(height, width, width))
            _plane(total.reshape(x.shape), (-2, 2), f"a bump of {n}·{n} = {n * n} boxes", ax, highest=1)
        plt.show()


def draw_dimensions(boxes_needed_d: Function) -> None:
    """Boxes against the number of inputs, for two errors, beside the number of nerve cells of a brain."""
    d = np.arange(1, 13)
    with once_written():
        _, ax = plt.subplots(figsize=(6.5, 3.8))
        for eps, colour, line in ((0.5, BLUE, "o-"), (0.1, VERMILLION, "s-")):
            ax.semilogy(d, [boxes_needed_d(1.0, 1.0, eps, int(count)) for count in d], line, color=colour,
                        label=f"error {eps}")
        ax.axhline(8.6e10, color=INK, linestyle=":", linewidth=1.5)
        ax.text(1, 1.5e11, "nerve cells of a human brain", fontsize=9)
        ax.set(title="what one more input costs", xlabel="inputs d", ylabel="boxes", xticks=d)
        ax.legend(fontsize=9, loc="lower right")
        plt.show()


def draw_l1(l1_loss: Function, l1_subgradient: Function) -> None:
    """The loss along one weight, and a line fitted by stepping against the subgradient, beside least squares."""
    rng = np.random.default_rng(7)
    x = np.linspace(0, 3, 24)
    y = 1 + 2 * x + rng.normal(scale=0.25, size=x.size)
    y[[4, 17, 21]] += [7, -6, -7]
    X = np.column_stack([np.ones_like(x), x])
    with once_written():
        _, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6))
        _loss_along_one_weight(l1_loss, left)
        w = np.zeros(2)
        for number in range(400):
            w = w - 0.5 / np.sqrt(number + 1) * np.asarray(l1_subgradient(X, w, y))
        squares = np.linalg.lstsq(X, y)[0]
        right.plot(x, y, "o", color=INK, markersize=4, label="data, three outliers")
        right.plot(x, X @ w, color=BLUE, label=f"mean absolute error ({l1_loss(X, w, y):.2f})")
        right.plot(x, X @ squares, "--", color=VERMILLION, label=f"least squares ({l1_loss(X, squares, y):.2f})")
        right.set(title="400 steps against your subgradient", xlabel="feature x", ylabel="target y", ylim=(-5, 10))
        right.legend(fontsize=9, loc="lower left")
        plt.show()


def _loss_along_one_weight(l1_loss: Function, ax: Axes) -> None:
    """Five points, a model with one weight: a chain of straight pieces with a corner where a residual is zero."""
    X, y = np.array([[1.0], [0.5], [2.0], [1.5], [1.0]]), np.array([0.5, 1.0, 2.5, 3.5, 3.2])
    w = np.linspace(0, 4, 401)
    ax.plot(w, [l1_loss(X, np.array([value]), y) for value in w], color=GREEN)
    corners = y / X[:, 0]
    ax.plot(corners, [l1_loss(X, np.array([value]), y) for value in corners], "o", color=INK, label="a residual is 0")
    ax.set(title="the loss of five points, one weight", xlabel="weight w", ylabel="mean absolute error")
    ax.legend(fontsize=9)


def _plane(values: Array, extent: tuple[float, float], title: str, ax: Axes, highest: float) -> None:
    """A function of two inputs as colours, from 0 (dark) to `highest` (light)."""
    image = ax.imshow(values, origin="lower", extent=(*extent, *extent), vmin=0, vmax=highest, cmap="viridis")
    ax.figure.colorbar(image, ax=ax, shrink=0.8, label="output")
    ax.set(title=title, xlabel="first input x", ylabel="second input y")
    ax.grid(False)


def _pixels(start: float, stop: float) -> Array:
    """Forty points between the two, at the centres of the pixels."""
    return start + (stop - start) * (np.arange(40) + 0.5) / 40
