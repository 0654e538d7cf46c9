"""Figures of ps7 beside the explorers: the letters, and how training goes."""

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from helpers.plotting import BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILLION

Images = NDArray[Any]
History = Mapping[str, Sequence[float]]


def draw_letters(images: Images, labels: Images, names: Sequence[str], each: int = 8) -> None:
    """The first `each` images (N, 28, 28) of every class, a column a class."""
    tiles = np.stack([images[labels == label][:each] for label in range(len(names))])
    sheet = tiles.swapaxes(0, 1).swapaxes(1, 2).reshape(28 * each, 28 * len(names))
    _, ax = plt.subplots(figsize=(7, 7 * each / len(names)))
    ax.imshow(sheet, cmap="gray")
    ax.set(title=f"{each} images of each class", xticks=14 + 28 * np.arange(len(names)), xticklabels=names, yticks=[],
           xlabel="class")
    ax.grid(False)
    plt.show()


def draw_history(history: History, title: str, other: str = "valid") -> None:
    """Loss and accuracy after each epoch, on the training set and on the `other` one."""
    _, (left, right) = plt.subplots(1, 2, figsize=(10, 3.4))
    for ax, what in ((left, "loss"), (right, "accuracy")):
        for part, colour, line in (("train", BLUE, "-"), (other, VERMILLION, "--")):
            _curve(ax, history[f"{part}_{what}"], colour, line, part)
        ax.set(title=f"{title}: {what}", xlabel="epoch", ylabel="cross-entropy" if what == "loss" else "fraction right")
        ax.legend()
    left.set_ylim(0, None)
    plt.show()


def draw_runs(runs: Mapping[str, History], what: str, title: str) -> None:
    """One curve a run: `what` is a key of its history."""
    _, ax = plt.subplots(figsize=(6.5, 3.6))
    colours = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY)
    for (name, history), colour, line in zip(runs.items(), colours, ("-", "--", ":", "-.", "-", "--"), strict=False):
        _curve(ax, history[what], colour, line, name)
    ax.set(title=title, xlabel="epoch", ylabel=what.replace("_", " "))
    ax.legend()
    plt.show()


def _curve(ax: Axes, values: Sequence[float], colour: str, line: str, label: str) -> None:
    ax.plot(np.arange(1, len(values) + 1), values, line, color=colour, label=label)
