"""A browser of images: which ones a network reads rightly, which ones wrongly, and how sure it was."""

from collections.abc import Sequence

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from numpy.typing import ArrayLike, NDArray

from helpers.explore import widgets_work
from helpers.plotting import GREEN, VERMILLION

ALL = "all classes"


def misclassified(images: ArrayLike, labels: ArrayLike, predictions: ArrayLike, probabilities: ArrayLike,
                  class_names: Sequence[str]) -> None:
    """A menu of classes, a switch between wrong and right, and a slider through the images that are left.

    `images` (N, 28, 28) of any scale, `labels` and `predictions` (N,) as indices into `class_names`, `probabilities`
    (N,) that of the predicted class. Raises ValueError where these do not have one entry for each image.
    """
    pictures, y, guesses, sure = (np.asarray(a) for a in (images, labels, predictions, probabilities))
    if not pictures.shape[:1] == y.shape == guesses.shape == sure.shape:
        raise ValueError(f"{len(pictures)} images need as many labels, predictions and probabilities; these have the "
                         f"shapes {y.shape}, {guesses.shape} and {sure.shape}.")
    names = list(class_names)

    def draw(label: str, kind: str, number: int) -> None:
        found = select(y, guesses, names.index(label) if label in names else None, kind == "wrong")
        draw_image(pictures, y, guesses, sure, names, found, number)

    if not widgets_work():
        draw(ALL, "wrong", 0)
        return
    menu = ipywidgets.Dropdown(options=[ALL, *names], description="class")
    switch = ipywidgets.ToggleButtons(options=["wrong", "right"])
    slider = ipywidgets.IntSlider(value=0, min=0, max=0, description="image")

    def resize(_: object = None) -> None:
        found = select(y, guesses, names.index(menu.value) if menu.value in names else None, switch.value == "wrong")
        slider.max = max(0, len(found) - 1)

    resize()
    menu.observe(resize, "value")
    switch.observe(resize, "value")
    picture = ipywidgets.interactive_output(draw, {"label": menu, "kind": switch, "number": slider})
    display(ipywidgets.VBox([menu, switch, slider, picture]))


def select(labels: ArrayLike, predictions: ArrayLike, label: int | None, wrong: bool) -> NDArray[np.intp]:
    """Places of the images of a class (None: of all) that were read wrongly, or rightly, in file order."""
    y = np.asarray(labels)
    chosen = (np.asarray(predictions) != y) == wrong
    if label is not None:
        chosen &= y == label
    return np.flatnonzero(chosen)


def draw_image(images: ArrayLike, labels: ArrayLike, predictions: ArrayLike, probabilities: ArrayLike,
               names: Sequence[str], found: NDArray[np.intp], number: int) -> None:
    """One of the images `found`, its label, prediction and probability as title; a sentence where there is none."""
    if len(found) == 0:
        print("There is no such image.")
        return
    n = found[min(number, len(found) - 1)]
    y, guess = int(np.asarray(labels)[n]), int(np.asarray(predictions)[n])
    _, ax = plt.subplots(figsize=(3.6, 3.8))
    ax.imshow(np.asarray(images)[n], cmap="gray_r")
    ax.set_title(f"label {names[y]}, read as {names[guess]}\nwith probability {np.asarray(probabilities)[n]:.3f}",
                 color=GREEN if y == guess else VERMILLION)
    ax.set(xticks=[], yticks=[], xlabel=f"{min(number, len(found) - 1) + 1} of {len(found)}")
    ax.grid(False)
    plt.show()
