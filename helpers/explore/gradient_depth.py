"""How much of a gradient arrives at each layer of a deep network that the student's own classes make."""

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from numpy.typing import NDArray

from helpers.explore import widgets_work
from helpers.plotting import BLUE, VERMILLION, once_written

Function = Callable[..., Any]
Array = NDArray[np.float64]
STYLES = ((BLUE, "o-"), (VERMILLION, "s--"))
SAMPLES, INPUTS, CLASSES = 50, 20, 10


def gradient_depth(define_network: Function, activations: Mapping[str, Any]) -> None:
    """Sliders for the number of hidden layers and their width; gradients by layer, one line for each activation.

    `define_network(sizes, activation, seed)` gives a model with `layers`; `activations` maps a name to a class.
    """
    def draw(depth: int, width: int) -> None:
        with once_written():
            sizes = {name: gradient_sizes(define_network, activation, depth, width)
                     for name, activation in activations.items()}
            _, ax = plt.subplots(figsize=(6.5, 3.8))
            for (name, values), (colour, line) in zip(sizes.items(), STYLES, strict=False):
                ax.semilogy(np.arange(1, len(values) + 1), values, line, color=colour, label=name)
            ax.set(title=f"{depth} hidden layers of {width} units", xlabel="layer, 1 is next to the input",
                   ylabel="mean size of d_weights", xticks=range(1, depth + 2))
            ax.legend()
            plt.show()

    if not widgets_work():
        draw(depth=6, width=30)
        return
    controls = {"depth": ipywidgets.IntSlider(6, min=1, max=12, description="layers"),
                "width": ipywidgets.IntSlider(30, min=5, max=100, step=5, description="units each")}
    picture = ipywidgets.interactive_output(draw, controls)
    display(ipywidgets.VBox([*controls.values(), picture]))


def gradient_sizes(define_network: Function, activation: Any, depth: int, width: int) -> Array:
    """Mean |d_weights| of every layer that has weights, for random inputs and a random gradient at the output."""
    rng = np.random.default_rng(0)
    model = define_network([INPUTS, *[width] * depth, CLASSES], activation, 0)
    model(rng.normal(size=(SAMPLES, INPUTS)))
    model.backward(rng.normal(size=(SAMPLES, CLASSES)))
    return np.array([np.mean(np.abs(layer.d_weights)) for layer in model.layers if hasattr(layer, "weights")])
