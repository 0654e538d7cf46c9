"""What a classifier got right and wrong: images of every class, and the table of confusions."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.explore.misclassified import select
from helpers.plotting import GREEN, INK, VERMILLION

EACH = 5


def draw_examples(images: ArrayLike, labels: ArrayLike, predictions: ArrayLike, class_names: Sequence[str], *,
                  title: str) -> None:
    """For each class the first five images read rightly and the first five read wrongly, with what they were read as.

    `images` (N, 28, 28); `labels` and `predictions` (N,) as indices into `class_names`. Where there are fewer than five,
    places stay empty.
    """
    pictures, y, guesses = np.asarray(images), np.asarray(labels), np.asarray(predictions)
    rows = [k for k in range(len(class_names)) if np.any(y == k)]
    figure, axes = plt.subplots(len(rows), 2 * EACH + 1, figsize=(9.2, 0.95 * len(rows) + 0.7), squeeze=False,
                                width_ratios=[1] * EACH + [0.3] + [1] * EACH)
    for ax in axes.ravel():
        ax.set_axis_off()
    for row, k in zip(axes, rows, strict=True):
        for wrong, places in ((False, row[:EACH]), (True, row[EACH + 1:])):
            for ax, n in zip(places, select(y, guesses, k, wrong)[:EACH], strict=False):
                ax.imshow(pictures[n], cmap="gray_r")
                ax.set_title(class_names[int(guesses[n])], fontsize=9, color=VERMILLION if wrong else GREEN, pad=2)
        row[0].text(-0.15, 0.5, class_names[k], transform=row[0].transAxes, ha="right", va="center", fontweight="bold")
    figure.suptitle(f"{title}: five right (left), five wrong (right)", color=INK)
    plt.show()


def draw_confusion(labels: ArrayLike, predictions: ArrayLike, class_names: Sequence[str], *, title: str) -> None:
    """How many images of each class (rows) were read as which class (columns)."""
    table = confusion(labels, predictions, len(class_names))
    _, ax = plt.subplots(figsize=(6.2, 5.4))
    shares = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    image = ax.imshow(100 * shares, vmin=0, vmax=100)
    ax.figure.colorbar(image, ax=ax, shrink=0.8, label="share of the class (%)")
    for (row, column), count in np.ndenumerate(table):
        if count:
            ax.text(column, row, str(count), ha="center", va="center", fontsize=9,
                    color=INK if shares[row, column] > 0.6 else "white")
    ax.set(title=title, xlabel="read as", ylabel="label", xticks=range(len(class_names)),
           yticks=range(len(class_names)), xticklabels=class_names, yticklabels=class_names)
    ax.grid(False)
    plt.show()


def confusion(labels: ArrayLike, predictions: ArrayLike, classes: int) -> NDArray[np.int64]:
    """Counts (classes, classes): entry [i, j] is how many images with label i were predicted as j."""
    table = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(table, (np.asarray(labels, dtype=int), np.asarray(predictions, dtype=int)), 1)
    return table
