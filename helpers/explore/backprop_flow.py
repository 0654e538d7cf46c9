"""The error of one image on its way back through a network with two hidden layers."""

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from numpy.typing import NDArray

from helpers.explore import widgets_work
from helpers.plotting import GREEN, INK, PURPLE, VERMILLION, once_written

Function = Callable[..., Any]
Array = NDArray[Any]
Parameters = Sequence[Array]


def backprop_flow(gradients: Function, images: Array, labels: Array, weights: Parameters, biases: Parameters) -> None:
    """A slider chooses the image; its errors follow, which are the gradients of the biases."""
    if not widgets_work():
        draw(gradients, images[0], int(labels[0]), weights, biases)
        return
    slider = ipywidgets.IntSlider(value=0, min=0, max=len(images) - 1, description="image")
    picture = ipywidgets.interactive_output(
        lambda image: draw(gradients, images[image], int(labels[image]), weights, biases), {"image": slider})
    display(ipywidgets.VBox([slider, picture]))


def draw(gradients: Function, image: Array, label: int, weights: Parameters, biases: Parameters) -> None:
    """One image, and from right to left the errors at the output and at both hidden layers."""
    with once_written():
        _, errors = gradients(image, label, weights, biases)
        _, axes = plt.subplots(1, 4, figsize=(12, 3), width_ratios=(0.8, 1.2, 1.2, 1))
        axes[0].imshow(image, cmap="gray_r")
        axes[0].set(title=f"label {label}", xticks=[], yticks=[], xlabel="the image")
        axes[0].grid(False)
        for layer, ax in enumerate(axes[1:]):
            error = np.ravel(errors[layer])
            colours = [VERMILLION if value > 0 else PURPLE for value in error]
            if layer == 2:
                colours[label] = GREEN
            ax.bar(range(error.size), error, color=colours)
            ax.axhline(0, color=INK, linewidth=1)
            bound = 1.1 * max(float(np.max(np.abs(error))), 1e-12)
            ax.set(title=("first hidden layer", "second hidden layer", "output")[layer], ylim=(-bound, bound),
                   xlabel="unit" if layer < 2 else "class", xticks=range(0, error.size, 10 if layer < 2 else 1))
        axes[1].set_ylabel("error δ")
        plt.show()
