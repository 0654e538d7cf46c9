"""What the units of a first layer look for, as images, while they learn."""

from collections.abc import Mapping
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from numpy.typing import NDArray

from helpers.explore import widgets_work

Array = NDArray[np.float64]
COLUMNS = 9


def first_layer(recorded: Mapping[int, Array]) -> None:
    """`recorded` maps a number of epochs to weights (784, H); a slider chooses. Without a kernel: first and last."""
    epochs = sorted(recorded)
    bound = float(np.quantile(np.abs(recorded[epochs[-1]]), 0.995))
    if not widgets_work():
        for epoch in (epochs[0], epochs[-1]):
            draw(recorded[epoch], epoch, bound)
        return
    slider = ipywidgets.SelectionSlider(options=epochs, value=epochs[-1], description="epoch")

    def redraw(epoch: Any) -> None:
        draw(recorded[epoch], epoch, bound)

    display(ipywidgets.VBox([slider, ipywidgets.interactive_output(redraw, {"epoch": slider})]))


def draw(weights: Array, epoch: int, bound: float) -> None:
    """The weights (784, H) of each unit as an image of 28 × 28; colours run from −bound to bound."""
    units = weights.shape[1]
    rows = -(-units // COLUMNS)
    tiles = np.zeros((rows * COLUMNS, 30, 30))
    tiles[:units, 1:-1, 1:-1] = weights.T.reshape(units, 28, 28)
    sheet = tiles.reshape(rows, COLUMNS, 30, 30).swapaxes(1, 2).reshape(30 * rows, 30 * COLUMNS)
    _, ax = plt.subplots(figsize=(7.5, 7.5 * rows / COLUMNS + 0.4))
    image = ax.imshow(sheet, cmap="PuOr", vmin=-bound, vmax=bound)
    ax.figure.colorbar(image, ax=ax, shrink=0.8, label="weight")
    ax.set(title=f"weights of {units} hidden units after {epoch} epoch{'s' if epoch > 1 else ''}", xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    ax.grid(False)
    plt.show()
