"""Figures of ps8: articles with their names, predictions with their probabilities."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.plotting import BLUE, GREEN, INK, VERMILLION

Images = NDArray[Any]


def draw_articles(images: Images, labels: Images, names: Sequence[str], each: int = 6) -> None:
    """The first `each` images (N, 28, 28) of every class, a row a class, in two columns of rows."""
    _, axes = plt.subplots(1, 2, figsize=(9, 3.9))
    half = -(-len(names) // 2)
    for ax, first in zip(axes, (0, half), strict=True):
        classes = range(first, min(first + half, len(names)))
        rows = [np.concatenate(list(images[labels == label][:each]), axis=1) for label in classes]
        ax.imshow(np.concatenate(rows), cmap="gray")
        ax.set(yticks=14 + 28 * np.arange(len(classes)), yticklabels=[f"{names[k]}  {k}" for k in classes], xticks=[])
        ax.grid(False)
    axes[0].set_title(f"{each} articles of each class", loc="left")
    plt.show()


def draw_predictions(images: Images, labels: ArrayLike, names: Sequence[str], classes: ArrayLike,
                     probabilities: ArrayLike) -> None:
    """Images (n, 28, 28) with their labels, the predicted classes and the probabilities of those classes."""
    labels, classes, probabilities = np.asarray(labels), np.asarray(classes), np.asarray(probabilities)
    _, axes = plt.subplots(1, len(images), figsize=(2.6 * len(images), 3.2))
    for ax, image, label, guess, p in zip(np.atleast_1d(axes), images, labels, classes, probabilities, strict=True):
        ax.imshow(image, cmap="gray")
        ax.set_title(f"{names[int(guess)]}?\n{100 * p:.1f} %", color=GREEN if guess == label else VERMILLION)
        ax.set(xlabel=f"label: {names[int(label)]}", xticks=[], yticks=[])
        ax.grid(False)
    plt.show()


def draw_confidence(right: ArrayLike, probabilities: ArrayLike) -> None:
    """How often the network is right, against the probability it gives; on the diagonal it knows what it knows."""
    right, probabilities = np.asarray(right, dtype=float), np.asarray(probabilities, dtype=float)
    edges = np.linspace(0, 1, 11)
    bins = np.clip(np.digitize(probabilities, edges) - 1, 0, 9)
    used = [b for b in range(10) if np.sum(bins == b) >= 5]
    _, (left, hist) = plt.subplots(1, 2, figsize=(9, 3.4))
    left.plot([0, 1], [0, 1], "--", color=INK, linewidth=1, label="as often as it says")
    left.plot([probabilities[bins == b].mean() for b in used], [right[bins == b].mean() for b in used], "o-",
              color=BLUE, label="this network")
    left.set(title="Does it know what it knows?", xlabel="probability of the predicted class", ylabel="fraction right",
             xlim=(0, 1.02), ylim=(0, 1.02))
    left.legend(fontsize=9)
    hist.hist(probabilities, bins=edges, color=BLUE)
    hist.set(title="how sure it is", xlabel="probability of the predicted class", ylabel="number of images")
    plt.show()
