"""What three filters make of a handwritten digit, by the student's own convolution."""

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from helpers.datasets import load
from helpers.plotting import once_written

EDGE = np.array([[0.0, 0, 0], [-1, 0, 1], [0, 0, 0]])
BLUR = np.full((3, 3), 1 / 9)
SHARPEN = np.array([[0.0, 0, 0], [0, 2, 0], [0, 0, 0]]) - BLUR
FILTERS = {"edge: right − left": EDGE, "blur: mean of nine": BLUR, "sharpen: 2 · pixel − mean": SHARPEN}


def draw_filters(conv2d_same: Callable[..., Any]) -> None:
    """The first digit of the embedded set that is a 5, and what each of FILTERS gives."""
    data = load("mnist", train=50, test=1)
    digit = data.x_train[np.flatnonzero(data.y_train == 5)[0]] / 255
    with once_written():
        pictures = {"the digit": digit, **{name: np.asarray(conv2d_same(digit, F)) for name, F in FILTERS.items()}}
        _, axes = plt.subplots(1, len(pictures), figsize=(11, 3))
        for ax, (name, picture) in zip(axes, pictures.items(), strict=True):
            ax.imshow(picture, cmap="PuOr", vmin=-1, vmax=1)
            ax.set(title=name, xticks=[], yticks=[])
            ax.grid(False)
            ax.spines[:].set_visible(False)
        plt.show()
