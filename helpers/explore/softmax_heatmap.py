"""Heat map of the softmax Jacobian while the logits move."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display

from helpers.explore import widgets_work
from helpers.plotting import GREEN, INK, bars, heatmap, once_written

Function = Callable[..., Any]
START = (1.0, 2.0, 0.0, -1.0)


def softmax_heatmap(softmax: Function, softmax_jacobian: Function, start: Sequence[float] = START) -> None:
    """One slider a logit; the probabilities (K,), the Jacobian (K, K) and the sums of its rows follow."""
    if not widgets_work():
        draw(softmax, softmax_jacobian, start)
        return
    sliders = {f"z{i}": ipywidgets.FloatSlider(value=z, min=-5, max=5, step=0.1, description=f"z[{i}]")
               for i, z in enumerate(start)}
    picture = ipywidgets.interactive_output(lambda **z: draw(softmax, softmax_jacobian, list(z.values())), sliders)
    display(ipywidgets.VBox([*sliders.values(), picture]))


def draw(softmax: Function, softmax_jacobian: Function, logits: Sequence[float]) -> None:
    """The figure for one choice of logits."""
    z = np.array(logits, dtype=float)
    with once_written():
        y, J = np.asarray(softmax(z.copy())), np.asarray(softmax_jacobian(z.copy()))
        _, (left, middle, right) = plt.subplots(1, 3, figsize=(11, 3.6), width_ratios=(1, 1.5, 1))
        bars(y, title="probabilities y", xlabel="class i", ylabel="y[i]", ax=left)
        left.set_ylim(0, 1)
        heatmap(J, title="Jacobian J", xlabel="logit j that is nudged", ylabel="probability i that reacts",
                ax=middle, limit=0.25)
        right.axhline(0, color=INK, linewidth=1)
        right.plot(J.sum(axis=1), "o", color=GREEN, markersize=9)
        right.set(title="row sums of J", xlabel="row i", ylabel="sum over j", xticks=range(len(J)), ylim=(-0.25, 0.25))
        plt.show()
