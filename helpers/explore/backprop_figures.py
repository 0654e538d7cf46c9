"""Figures of ps4: the sigmoid and its slopes, loss curves, what hidden units look for, and wrong gradients."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.plotting import BLUE, GREEN, INK, ORANGE, PURPLE, VERMILLION, once_written

Function = Callable[..., Any]
Array = NDArray[np.float64]
STYLES = ((VERMILLION, "--"), (BLUE, "-"), (GREEN, "-."), (PURPLE, ":"))


def draw_sigmoid(sigmoid: Function, dsigmoid: Function) -> None:
    """The sigmoid and its slope."""
    x = np.linspace(-8, 8, 321)
    with once_written():
        value, slope = np.asarray(sigmoid(x)), np.asarray(dsigmoid(x))
        _, ax = plt.subplots()
        ax.plot(x, value, color=BLUE, label="σ(x)")
        ax.plot(x, slope, "--", color=VERMILLION, label="its slope σ′(x)")
        ax.set(title="The sigmoid and its slope", xlabel="pre-activation x", ylabel="value, slope")
        ax.legend()
        plt.show()


def draw_slope_of_activated(sigmoid: Function, dsigmoid: Function) -> None:
    """The slope at x beside the slope at σ(x), which never leaves a narrow band."""
    x = np.linspace(-8, 8, 321)
    with once_written():
        right, wrong = np.asarray(dsigmoid(x)), np.asarray(dsigmoid(np.asarray(sigmoid(x))))
        _, ax = plt.subplots()
        ax.plot(x, right, color=BLUE, label="dsigmoid(x)")
        ax.plot(x, wrong, "--", color=VERMILLION, label="dsigmoid(sigmoid(x))")
        ax.set(title="The slope, and the slope of something else", xlabel="pre-activation x", ylabel="slope",
               ylim=(0, 0.27))
        ax.legend(loc="center right", fontsize=9)
        plt.show()


def draw_saturation(dsigmoid: Function, pre_activations: Mapping[str, Array]) -> None:
    """How the slopes of many hidden units are distributed, one panel for each way to present the pixels."""
    edges = np.linspace(-12.5, 0, 26)
    with once_written():
        slopes = {name: np.asarray(dsigmoid(z)).ravel() for name, z in pre_activations.items()}
        _, axes = plt.subplots(1, len(slopes), figsize=(9, 3.2), sharey=True, squeeze=False)
        for ax, (name, values), colour in zip(axes[0], slopes.items(), (VERMILLION, BLUE), strict=False):
            logs = np.clip(np.log10(np.maximum(values, 1e-300)), -12.4, None)
            ax.hist(logs, bins=edges, weights=np.full(logs.size, 100 / logs.size), color=colour)
            ax.axvline(np.log10(0.25), color=INK, linestyle=":", linewidth=1.2)
            ax.set(title=f"{name}: median slope {np.median(values):.1g}",
                   xlabel="log₁₀ of the slope (−12 and below in the first bar)")
        axes[0][0].set_ylabel("share of the hidden units (%)")
        plt.show()


def draw_loss_curves(curves: Mapping[str, Sequence[tuple[int, float]]]) -> None:
    """Test loss against images seen, one line for each setting; a curve is a list of (images seen, loss)."""
    _, ax = plt.subplots(figsize=(7, 3.8))
    for (name, curve), (colour, line) in zip(curves.items(), STYLES, strict=False):
        ax.plot(*np.transpose(curve), line, color=colour, label=name)
    ax.axhline(np.log(10), color=INK, linewidth=1)
    ax.annotate("log 10: no idea", (0.99, np.log(10)), xycoords=("axes fraction", "data"), xytext=(0, 3),
                textcoords="offset points", fontsize=9, ha="right")
    ax.set(title="Loss on test images while the network learns", xlabel="training images seen",
           ylabel="mean cross-entropy", ylim=(0, None))
    ax.legend(fontsize=9, loc="lower left")
    plt.show()


def draw_features(W: ArrayLike) -> None:
    """The weights (784, 32) of the first layer as 32 images, in four rows of eight."""
    weights = np.asarray(W, dtype=float)
    tiles = np.pad(weights.T.reshape(4, 8, 28, 28), ((0, 0), (0, 0), (2, 2), (2, 2)))  # white margins
    bound = float(np.quantile(np.abs(weights), 0.995))
    _, ax = plt.subplots(figsize=(9, 4.6))
    image = ax.imshow(tiles.swapaxes(1, 2).reshape(4 * 32, 8 * 32), cmap="PuOr", vmin=-bound, vmax=bound)
    ax.set(title="What each of the 32 hidden units looks for", xticks=[], yticks=[])
    ax.grid(False)
    ax.spines[:].set_visible(False)
    ax.figure.colorbar(image, ax=ax, shrink=0.8, label="weight of a pixel")
    plt.show()


def draw_race(results: Mapping[str, Mapping[str, Sequence[float]]]) -> None:
    """Test accuracy after each epoch: a panel for each setting, in it a line for each backward pass."""
    _, axes = plt.subplots(1, len(results), figsize=(4.2 * len(results), 3.6), sharey=True, squeeze=False)
    for ax, (setting, runs) in zip(axes[0], results.items(), strict=True):
        for (name, accuracies), colour, marker in zip(runs.items(), (BLUE, VERMILLION, ORANGE), "os^", strict=False):
            epochs = range(1, len(accuracies) + 1)
            ax.plot(epochs, 100 * np.asarray(accuracies), f"{marker}-", color=colour, label=name)
        ax.set(title=setting, xlabel="epoch", ylim=(0, 100), xticks=epochs)
    axes[0][0].set_ylabel("test images right (%)")
    max(axes[0], key=lambda ax: len(ax.lines)).legend(fontsize=9, loc="center right")
    plt.show()


def draw_cosines(cosines: Mapping[str, Sequence[float]]) -> None:
    """How far two gradients agree in direction, layer by layer: a group of bars for each moment of training."""
    layers = ("W[0]", "W[1]", "W[2]")
    _, ax = plt.subplots(figsize=(6.5, 3.6))
    for number, ((moment, values), colour) in enumerate(zip(cosines.items(), (BLUE, ORANGE, GREEN), strict=False)):
        places = np.arange(3) + 0.27 * (number - (len(cosines) - 1) / 2)
        ax.bar(places, values, width=0.25, color=colour, label=moment)
    ax.axhline(0, color=INK, linewidth=1)
    ax.set(title="Do the wrong and the right gradient point the same way?", xlabel="gradient of", xticks=range(3),
           xticklabels=layers, ylabel="cosine", ylim=(-0.25, 1.35), yticks=(0, 0.5, 1))
    ax.legend(fontsize=9, ncols=len(cosines), loc="upper center")
    plt.show()


def mean_cosines(right: Sequence[Sequence[Array]], wrong: Sequence[Sequence[Array]]) -> list[float]:
    """The cosine between two weight gradients, layer by layer, averaged over samples; zero gradients are left out.

    Both arguments hold, for each sample, the list of its weight gradients.
    """
    cosines = []
    for layer in range(len(right[0])):
        pairs = [(a[layer], b[layer]) for a, b in zip(right, wrong, strict=True)]
        cosines.append(float(np.mean([np.vdot(_unit(a), _unit(b)) for a, b in pairs if np.any(a) and np.any(b)])))
    return cosines


def _unit(gradient: Array) -> Array:
    """The gradient at length one; brought to order one first, since squares of tiny numbers are zero."""
    near_one = gradient / np.max(np.abs(gradient))
    return np.asarray(near_one / np.linalg.norm(near_one))
