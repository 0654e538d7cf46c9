"""Figures of ps2 beside the heat map: probabilities, step sizes, what a Jacobian costs, the loss and its gradient."""

from collections.abc import Callable
from timeit import repeat
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray

from helpers.plotting import BLUE, GREEN, PURPLE, VERMILLION, bars, heatmap, once_written

Function = Callable[..., Any]
Array = NDArray[np.float64]
LINES = ((BLUE, "-"), (VERMILLION, "--"), (GREEN, ":"))


def draw_probabilities(softmax: Function) -> None:
    """Three probabilities while the first logit moves and the other two stay at 1 and 0."""
    logits = np.linspace(-5, 6, 200)
    with once_written():
        Y = np.array([softmax(np.array([z, 1.0, 0.0])) for z in logits])
        _, ax = plt.subplots()
        for i, (colour, line) in enumerate(LINES):
            ax.plot(logits, Y[:, i], line, color=colour, label=f"y[{i}]")
        ax.set(title="One logit moves, every probability answers", xlabel="z[0], while z[1] = 1 and z[2] = 0",
               ylabel="probability")
        ax.legend()
        plt.show()


def draw_step_sizes() -> None:
    """Error of two difference quotients of sin at 1 against the step; both axes logarithmic."""
    eps = 10.0 ** np.arange(-12, 0.01, 0.25)
    one_side = (np.sin(1 + eps) - np.sin(1)) / eps
    both_sides = (np.sin(1 + eps) - np.sin(1 - eps)) / (2 * eps)
    _, ax = plt.subplots()
    ax.loglog(eps, np.abs(one_side - np.cos(1)), "o-", color=VERMILLION, markersize=4, linewidth=1,
              label="to one side")
    ax.loglog(eps, np.abs(both_sides - np.cos(1)), "s-", color=BLUE, markersize=4, linewidth=1, label="to both sides")
    ax.set(title="How wrong is a measured derivative?", xlabel="step eps", ylabel="error of the slope of sin at 1")
    ax.legend()
    plt.show()


def draw_measured(softmax: Function, numerical_jacobian: Function, z: Array) -> None:
    """The student's softmax, differentiated by the student's small steps."""
    with once_written():
        heatmap(numerical_jacobian(softmax, z, 1e-5), title="The Jacobian of softmax, measured",
                xlabel="logit j that is nudged", ylabel="probability i that reacts")
        plt.show()


def draw_cost(softmax_jacobian: Function, softmax_vjp: Function) -> None:
    """Time of the product Jᵀg with and without J, for more and more classes; both axes logarithmic."""
    sizes = [10, 30, 100, 300, 1000]
    with once_written():
        times = np.array([(_fastest(lambda z: np.asarray(softmax_jacobian(z)).T @ z, K),
                           _fastest(lambda z: softmax_vjp(z, z), K)) for K in sizes])
        _, ax = plt.subplots()
        ax.loglog(sizes, times[:, 0], "o-", color=VERMILLION, label="J first, then Jᵀg")
        ax.loglog(sizes, times[:, 1], "s-", color=BLUE, label="without J")
        ax.set(title="The same product, two prices", xlabel="number of classes K", ylabel="time (s)",
               xticks=sizes, xticklabels=sizes)
        ax.minorticks_off()
        ax.legend()
        plt.show()


def _fastest(function: Function, K: int) -> float:
    z = np.linspace(-1, 1, K)
    return min(repeat(lambda: function(z), number=1, repeat=5))


def draw_gradient(softmax: Function, cross_entropy_grad: Function, z: Array, label: int) -> None:
    """The probabilities beside the gradient of the loss."""
    with once_written():
        y, gradient = np.asarray(softmax(z)), np.asarray(cross_entropy_grad(z, label))
        _, axes = plt.subplots(1, 2, figsize=(8, 3.2), sharey=True)
        right_one = [GREEN if i == label else BLUE for i in range(len(y))]
        bars(y, title="probabilities y", xlabel="class", ylabel="value", ax=axes[0], colours=right_one)
        bars(gradient, title=f"gradient of the loss, label {label}", xlabel="class", ylabel="", ax=axes[1],
             colours=right_one)
        axes[1].axhline(0, color=PURPLE, linewidth=1)
        plt.show()


def draw_weights(W: Array, losses: Array) -> None:
    """What a linear classifier of digits learned: its loss on the way, and its weights (784, 10) as ten images."""
    _, (curve, images) = plt.subplots(1, 2, figsize=(11, 3.4), width_ratios=(1, 1.5))
    window = 200
    smooth = np.convolve(losses, np.ones(window) / window, mode="valid")
    curve.plot(np.arange(window, len(losses) + 1), smooth, color=BLUE)
    curve.set(title=f"loss, mean of the last {window} images", xlabel="images seen", ylabel="cross-entropy",
              ylim=(0, None))
    tiles = W.T.reshape(2, 5, 28, 28).swapaxes(1, 2).reshape(56, 140)
    bound = float(np.quantile(np.abs(W), 0.995))
    images.imshow(tiles, cmap="PuOr", vmin=-bound, vmax=bound)
    for digit in range(10):
        images.text(28 * (digit % 5) + 1, 28 * (digit // 5) + 1, str(digit), va="top", fontweight="bold")
    images.set(title="weights of the ten digits", xticks=[], yticks=[])
    images.spines[:].set_visible(False)
    images.grid(False)
    plt.show()
