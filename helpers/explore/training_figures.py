"""Figures of training: what a layer does on both ways, and runs side by side."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.lines import Line2D

from helpers.plotting import BLUE, GREEN, INK, ORANGE, PURPLE, SKY, VERMILLION, once_written

Function = Callable[..., Any]
History = Mapping[str, Sequence[float]]
COLOURS = (BLUE, SKY, VERMILLION, ORANGE, PURPLE, GREEN)


def draw_activations(*activations: Function) -> None:
    """What each activation class puts out for inputs from −6 to 6, and what its backward pass makes of a g of 1."""
    x = np.linspace(-6, 6, 241).reshape(-1, 1)  # 0 is among them
    with once_written():
        panels = []
        for activation in activations:
            module = activation()
            panels.append((activation.__name__, module(x.copy()), module.backward(np.ones_like(x))))
        _, axes = plt.subplots(1, len(panels), figsize=(4.6 * len(panels), 3.2))
        for ax, (name, out, slope) in zip(np.atleast_1d(axes), panels, strict=True):
            ax.plot(x, out, color=BLUE, label="forward(x)")
            ax.plot(x, slope, "--", color=VERMILLION, label="backward(1)")
            ax.set(title=name, xlabel="input x", ylabel="value", ylim=(-0.2, 3.2))
            ax.legend()
        plt.show()


def draw_histories(runs: Mapping[str, History], measure: str = "error") -> None:
    """Loss, and `measure` ("error" or "accuracy") in percent, against epochs: one colour a run, test curves dashed.

    `runs` maps a run's name to its history: `train_loss`, `test_loss`, `train_error`, `test_error` (or …_accuracy, as
    fractions), one number after each epoch. At most six runs.
    """
    _, (left, right) = plt.subplots(1, 2, figsize=(11, 4.2))
    for (name, history), colour in zip(runs.items(), COLOURS, strict=False):
        for part, style in (("train", "-"), ("test", "--")):
            loss, fraction = np.asarray(history[f"{part}_loss"]), np.asarray(history[f"{part}_{measure}"])
            epochs = np.arange(1, len(loss) + 1)
            left.plot(epochs, loss, style, color=colour, label=name if part == "train" else None, linewidth=1.6)
            right.plot(epochs, 100 * fraction, style, color=colour, linewidth=1.6)
    left.set(title="loss, epoch by epoch", xlabel="epoch", ylabel="mean cross-entropy", ylim=(0, None))
    right.set(title=f"{measure}, epoch by epoch", xlabel="epoch", ylabel=f"{measure} (%)", ylim=(0, 100))
    left.legend(fontsize=9)
    right.legend([Line2D([], [], color=INK), Line2D([], [], color=INK, linestyle="--")],
                 ["training set", "test set"], fontsize=9)
    plt.show()
