"""How fast a gradient vanishes, or not, on its way back through a recurrent network, for weights of various sizes."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display

from helpers.explore import widgets_work
from helpers.plotting import BLUE, GREEN, INK, VERMILLION, once_written

STEPS, UNITS = 30, 20
SIZES = (1.0, 4.0, 12.0)  # sizes of W that are drawn where there is no slider


def recurrent_depth(recurrent_norms: Callable[..., Any]) -> None:
    """‖∂h_t/∂h_0‖ against t, with a slider for ‖W‖; `recurrent_norms(W, h0, T)` is the student's."""
    if not widgets_work():
        draw(recurrent_norms, SIZES)
        return
    slider = ipywidgets.FloatSlider(4.0, min=0.5, max=16, step=0.5, description="‖W‖")
    picture = ipywidgets.interactive_output(lambda size: draw(recurrent_norms, [size]), {"size": slider})
    display(ipywidgets.VBox([slider, picture]))


def draw(recurrent_norms: Callable[..., Any], sizes: Sequence[float]) -> None:
    """One curve for each size of W, a random orthogonal matrix times the size; dashed: what σ' ≤ 1/4 alone allows."""
    rng = np.random.default_rng(0)
    orthogonal, h0 = np.linalg.qr(rng.normal(size=(UNITS, UNITS)))[0], rng.uniform(0.2, 0.8, size=UNITS)
    t = np.arange(1, STEPS + 1)
    with once_written():
        _, ax = plt.subplots(figsize=(6.8, 3.8))
        for size, colour, marker in zip(sizes, (BLUE, GREEN, VERMILLION), "os^", strict=False):
            ax.semilogy(t, recurrent_norms(size * orthogonal, h0, STEPS), f"{marker}-", color=colour, markersize=4,
                        label=f"‖W‖ = {size:g}")
            ax.semilogy(t, (size / 4) ** t, "--", color=colour, linewidth=1.5)
        ax.axhline(1, color=INK, linewidth=0.6, zorder=1)
        ax.plot([], [], "--", color=INK, linewidth=1.5, label="if every slope were ¼")
        ax.set(title="what is left of a nudge at h₀", xlabel="steps t", ylabel="‖∂h_t / ∂h₀‖", ylim=(1e-20, 1e6))
        ax.legend(fontsize=9)
        plt.show()
