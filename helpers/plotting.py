"""One look for every figure: colours that colour-blind readers can tell apart, dark ink on a light sheet.

The sheet is opaque, so a figure reads the same in a light and in a dark notebook theme.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

# Okabe and Ito's palette (jfly.uni-koeln.de/color); the first three stand out most on a light sheet.
BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"
INK, SHEET, GRID = "#222222", "#FCFCFA", "#DDDDDD"


def use_style() -> None:
    """Give every later figure the course's look."""
    plt.rcParams.update({
        "axes.prop_cycle": plt.cycler(color=[BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY]),
        "figure.facecolor": SHEET, "axes.facecolor": SHEET, "savefig.facecolor": SHEET,
        "text.color": INK, "axes.labelcolor": INK, "axes.edgecolor": INK, "xtick.color": INK, "ytick.color": INK,
        "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True, "grid.color": GRID,
        "axes.axisbelow": True, "lines.linewidth": 2, "figure.figsize": (6, 3.6), "figure.dpi": 100, "font.size": 11,
        "figure.constrained_layout.use": True, "legend.frameon": False, "image.cmap": "viridis"})


@contextmanager
def once_written() -> Iterator[None]:
    """Wrap a figure or an experiment that calls the student's functions: a stub gives a sentence, not a traceback."""
    try:
        yield
    except NotImplementedError as stub:
        plt.close()  # a half-drawn figure would be shown empty
        exercise = f"Exercise {stub.args[0]}" if stub.args else "An exercise above"
        print(f"{exercise} is still a stub; this part appears once it is written.")


def heatmap(matrix: ArrayLike, *, title: str, xlabel: str, ylabel: str, ax: Axes | None = None,
            limit: float | None = None) -> Axes:
    """Draw a matrix with its numbers; orange below zero, white at zero, purple above.

    `limit` is the size at which the colour is strongest; by default the largest entry.
    """
    values = np.asarray(matrix, dtype=float)
    if ax is None:
        rows, columns = values.shape
        _, ax = plt.subplots(figsize=(4.6, min(3.8, 1.4 + 3 * rows / columns)))
    bound = limit or float(np.max(np.abs(values), initial=0.0)) or 1.0
    image = ax.imshow(values, cmap="PuOr", vmin=-bound, vmax=bound)
    ax.figure.colorbar(image, ax=ax, shrink=0.8)
    for (row, column), value in np.ndenumerate(values):
        ink = "white" if abs(value) > 0.7 * bound else INK
        ax.text(column, row, f"{value:.2g}", ha="center", va="center", color=ink, fontsize=9)
    ax.set(title=title, xlabel=xlabel, ylabel=ylabel, xticks=range(values.shape[1]), yticks=range(values.shape[0]))
    ax.grid(False)
    return ax


def bars(values: ArrayLike, *, title: str, xlabel: str, ylabel: str, ax: Axes,
         colours: Sequence[str] = (BLUE,)) -> Axes:
    """Draw one bar an entry, numbered from 0."""
    heights = np.asarray(values, dtype=float)
    ax.bar(range(heights.size), heights, color=list(colours))
    ax.set(title=title, xlabel=xlabel, ylabel=ylabel, xticks=range(heights.size))
    return ax
