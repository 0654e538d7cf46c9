"""A figure of ps7: what the layers of a network look like from inside while it learns."""

from collections.abc import Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from helpers.plotting import BLUE, INK, VERMILLION

Array = NDArray[Any]
COLOURS, LINES = (BLUE, VERMILLION), ("-", "--")


def draw_layers(inputs: Mapping[str, Array], gradients: Mapping[str, Array],
                ratios: Mapping[str, Mapping[int, float]]) -> None:
    """Three panels: inputs of hidden units, sizes of gradients, and how far a step moves the weights.

    inputs: two arrays of any shape by label; gradients: two likewise, whose exact zeros are told in the legend, for
    they have no logarithm; ratios: for each of two weight matrices, ‖step‖ / ‖weights‖ by epoch.
    """
    _, (left, middle, right) = plt.subplots(1, 3, figsize=(12, 3.4))
    _outlines(left, {f"{label}: {np.mean(values > 0):.0%} on": values.ravel() for label, values in inputs.items()})
    left.axvline(0, color=INK, linewidth=0.8)
    left.set(title="inputs o of the hidden units", xlabel="o", ylabel="share of all")
    _outlines(middle, {f"{label}: {np.mean(values == 0):.0%} zeros": np.log10(np.abs(values[values != 0]))
                       for label, values in gradients.items()})
    middle.set(title="sizes of the gradients", xlabel="log₁₀ |gradient|", ylabel="share of those not 0")
    for (label, by_epoch), colour, line in zip(ratios.items(), COLOURS, LINES, strict=True):
        right.semilogy(list(by_epoch), list(by_epoch.values()), line, marker="o", color=colour, label=label)
    right.axhline(1e-3, color=INK, linewidth=0.8)
    right.set(title="one step, relative to the weights", xlabel="epoch", ylabel="‖Δw‖ / ‖w‖")
    for ax, corner in ((left, "upper right"), (middle, "upper left"), (right, "best")):
        ax.legend(loc=corner)
    plt.show()


def _outlines(ax: Axes, samples: Mapping[str, Array]) -> None:
    """Histograms over the same bins; a training that flew away may leave no finite value to draw."""
    finite = {label: values[np.isfinite(values)] for label, values in samples.items()}
    bins = np.histogram_bin_edges(np.concatenate(list(finite.values())), bins=40)
    for (label, values), colour, line in zip(finite.items(), COLOURS, LINES, strict=True):
        ax.hist(values, bins=bins.tolist(), weights=np.full(len(values), 1 / max(1, len(values))), histtype="step",
                color=colour, linestyle=line, label=label)
    ax.margins(y=0.3)  # room for the legend
