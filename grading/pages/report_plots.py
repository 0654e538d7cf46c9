"""The plots of a report as SVG that stands inside a page: its text takes the page's colour, light or dark."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
from markupsafe import Markup
from matplotlib.figure import Figure

INK = "#010203"  # stands for the page's own text colour until the SVG is written
BAR, PALE = "#0072b2", "#e69f00"  # told apart by colour-blind readers too, and seen on white and on black
WIDTH = 7.2  # inches


def score_histogram(shares: Sequence[float]) -> Markup:
    """How many submissions lie in each tenth of the points; `shares` are points divided by the most there are."""
    counts = [0] * 10
    for share in shares:
        counts[min(9, int(10 * share + 1e-9))] += 1
    figure, axes = _figure(2.6)
    axes.bar(range(5, 100, 10), counts, width=9, color=BAR)
    axes.set(xlabel="share of the points (%)", ylabel="submissions", xlim=(0, 100), xticks=range(0, 101, 10))
    axes.yaxis.get_major_locator().set_params(integer=True)
    return _svg(figure, "scores")


def bars(name: str, labels: Sequence[str], values: Sequence[float], xlabel: str, most: float | None = None) -> Markup:
    """Horizontal bars from the top down; `name` tells this plot from the others of its page."""
    figure, axes = _figure(0.9 + 0.28 * len(labels))
    axes.barh(range(len(labels)), values, color=BAR, height=0.7)
    axes.set_yticks(range(len(labels)), [_short(label) for label in labels])
    axes.invert_yaxis()
    axes.set(xlabel=xlabel, xlim=(0, most))
    axes.xaxis.get_major_locator().set_params(integer=all(isinstance(value, int) for value in values))
    return _svg(figure, name)


def set_boxes(shares: Mapping[str, Sequence[float]]) -> Markup:
    """The spread of scores of every graded problem set, side by side: median, middle half, range."""
    figure, axes = _figure(0.9 + 0.4 * len(shares))
    line = {"color": INK}
    axes.boxplot([[100 * share for share in one] for one in shares.values()], orientation="horizontal", whis=(0, 100),
                 widths=0.6, patch_artist=True, boxprops={"facecolor": BAR, "edgecolor": INK},
                 medianprops={"color": PALE, "linewidth": 3}, whiskerprops=line, capprops=line)
    axes.set_yticks(range(1, len(shares) + 1), list(shares))
    axes.invert_yaxis()
    axes.set(xlabel="share of the points (%)", xlim=(0, 100))
    return _svg(figure, "sets")


def _figure(height: float) -> tuple[Figure, Any]:
    with mpl.rc_context({"text.color": INK, "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK,
                         "axes.edgecolor": INK, "font.size": 11}):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    figure.patch.set_visible(False)
    axes.patch.set_visible(False)
    return figure, axes


def _short(label: str) -> str:
    """Without dollar signs, which would start mathematics."""
    text = label.replace("$", "")
    return text if len(text) <= 44 else text[:43] + "…"


def _svg(figure: Figure, name: str) -> Markup:
    text = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": name}):
        figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return Markup(text.getvalue()[text.getvalue().index("<svg"):].replace(INK, "currentColor")
                  .replace('id="figure_1"', f'id="{name}"'))
