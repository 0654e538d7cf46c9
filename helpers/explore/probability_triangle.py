"""Three probabilities as a point in a triangle, and the columns of the Jacobian as arrows that push it."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.axes import Axes
from numpy.typing import NDArray

from helpers.explore import widgets_work
from helpers.plotting import BLUE, GREEN, INK, VERMILLION, once_written

Function = Callable[..., Any]
Array = NDArray[np.float64]
CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(3) / 2]])  # of probabilities (1, 0, 0), (0, 1, 0), (0, 0, 1)
COLOURS = (BLUE, VERMILLION, GREEN)
LOGITS = (1.0, 2.0, 0.0)
TEMPERATURES = (0.4, 1.0, 4.0)  # where there are no sliders


def probability_triangle(softmax: Function, softmax_jacobian: Function) -> None:
    """Sliders for three logits and for a temperature T: the point softmax(z / T), and an arrow for each logit."""
    if not widgets_work():
        draw(softmax, softmax_jacobian, LOGITS, TEMPERATURES)
        return
    sliders = {f"z{i}": ipywidgets.FloatSlider(value=z, min=-4, max=4, step=0.1, description=f"z[{i}]")
               for i, z in enumerate(LOGITS)}
    heat = ipywidgets.FloatLogSlider(value=1, base=10, min=-1, max=1, step=0.05, description="T")
    picture = ipywidgets.interactive_output(
        lambda T, **z: draw(softmax, softmax_jacobian, list(z.values()), [T]), {"T": heat, **sliders})
    display(ipywidgets.VBox([heat, *sliders.values(), picture]))


def draw(softmax: Function, softmax_jacobian: Function, logits: Sequence[float], temperatures: Sequence[float]) -> None:
    """A triangle for each temperature."""
    z = np.array(logits, dtype=float)
    with once_written():
        _, axes = plt.subplots(1, len(temperatures), figsize=(3.9 * len(temperatures), 3.7), squeeze=False)
        for ax, T in zip(axes[0], temperatures, strict=True):
            y, J = np.asarray(softmax(z / T)), np.asarray(softmax_jacobian(z / T))
            _draw_triangle(ax, y, J)
            ax.set_title(f"T = {T:.2g}: y = ({', '.join(f'{value:.2f}' for value in y)})", fontsize=10)
        plt.show()


def place(y: Array) -> Array:
    """Where probabilities (…, 3) lie in the plane; of differences of probabilities, the arrow."""
    return np.asarray(y @ CORNERS)


def _draw_triangle(ax: Axes, y: Array, J: Array) -> None:
    ax.plot(*CORNERS[[0, 1, 2, 0]].T, color=INK, linewidth=1)
    for i, (corner, colour) in enumerate(zip(CORNERS, COLOURS, strict=True)):
        x, height = corner + 0.12 * (corner - CORNERS.mean(axis=0))
        ax.text(x, height, f"class {i}", ha="center", va="center", color=colour)
    for j, colour in enumerate(COLOURS):
        ax.annotate("", xy=tuple(place(y + J[:, j])), xytext=tuple(place(y)),
                    arrowprops={"arrowstyle": "-|>", "color": colour, "linewidth": 2, "shrinkA": 0, "shrinkB": 0})
    ax.plot(*place(y), "o", color=INK, markersize=6)
    ax.set(xlim=(-0.2, 1.2), ylim=(-0.2, 1.05), aspect="equal")
    ax.axis("off")
