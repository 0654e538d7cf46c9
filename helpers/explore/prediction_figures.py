"""What a classifier got right and wrong: images of every class, and the table of confusions."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.explore.misclassified import select
from helpers.plotting import GREEN, INK, VERMILLION

EACH = 5
TILE = 33  # pixels from one image to the next: 28 and a margin for what it was read as


def draw_examples(images: ArrayLike, labels: ArrayLike, predictions: ArrayLike, class_names: Sequence[str], *,
                  title: str) -> None:
    """For each class the first five images read rightly and the first five read wrongly, with what they were read as.

    `images` (N, 28, 28); `labels` and `predictions` (N,) as indices into `class_names`. Where there are fewer than
    five, places stay empty.
    """
    pictures, y, guesses = np.asarray(images, dtype=float), np.asarray(labels), np.asarray(predictions)
    classes = [k for k in range(len(class_names)) if np.any(y == k)]
    _, axes = plt.subplots(1, 2, figsize=(9.2, 0.9 * len(classes) + 0.5))
    for ax, wrong, colour in ((axes[0], False, GREEN), (axes[1], True, VERMILLION)):
        sheet = np.zeros((TILE * len(classes), TILE * EACH))
        for row, k in enumerate(classes):
            for column, n in enumerate(select(y, guesses, k, wrong)[:EACH]):
                top, left = TILE * row, TILE * column
                sheet[top:top + 28, left:left + 28] = pictures[n]
                ax.text(left + 28, top + 2, class_names[int(guesses[n])], color=colour, fontsize=10, fontweight="bold",
                        ha="center", va="center")
        ax.imshow(sheet, cmap="gray_r")
        ax.set(title=f"{title}, read wrongly" if wrong else f"{title}, read correctly", ylabel="label", xticks=[],
               yticks=[TILE * row + 14 for row in range(len(classes))], yticklabels=[class_names[k] for k in classes])
        ax.spines[:].set_visible(False)
        ax.grid(False)
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
