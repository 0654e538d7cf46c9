"""A digit of the student's own hand, prepared as MNIST's were, and what the student's network says to it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from helpers.plotting import bars, once_written

Array = NDArray[np.float64]
SIDE, BOX = 28, 20  # the image, and the square that the digit fits into (LeCun, Cortes and Burges)
INK_FROM = 0.35  # of the contrast between paper and pen: below is paper, and its shadows
HOW = ("Write one large digit with a thick pen on white paper, photograph it so that nothing else is in the picture, "
       "save it as {name} beside this notebook, and run this cell again.")


def own_digit(path: str, classify: Callable[[Array], Any]) -> None:
    """Show the file, what becomes of it, and `classify(image)`, ten probabilities for an image (28, 28) from 0 to 255.

    Where there is no such file, or no digit in it, a sentence says what to do.
    """
    name = Path(path).name
    try:
        digit = prepared(Image.open(path))
    except FileNotFoundError:
        print(HOW.format(name=name))
        return
    except (UnidentifiedImageError, OSError, ValueError) as error:
        reason = error if isinstance(error, ValueError) else "this is no picture that can be read (PNG and JPEG can)"
        print(f"{name}: {reason}. {HOW.format(name=name)}")
        return
    with once_written():
        probabilities = np.asarray(classify(digit), dtype=float).reshape(10)
        _, (left, right) = plt.subplots(1, 2, figsize=(8, 3.2), width_ratios=(1, 1.6))
        left.imshow(digit, cmap="gray", vmin=0, vmax=255)
        left.set(title="as the network sees it", xticks=[], yticks=[])
        left.grid(False)
        bars(probabilities, title=f"a {np.argmax(probabilities)}, it says", xlabel="digit", ylabel="probability",
             ax=right)
        right.set_ylim(0, 1)
        plt.show()


def prepared(picture: Image.Image) -> Array:
    """White ink on black, (28, 28) from 0 to 255: fitted into 20 · 20, its centre of mass in the middle.

    Raises ValueError where there is nothing on the paper.
    """
    grey = np.asarray(ImageOps.exif_transpose(picture).convert("L"), dtype=float)
    paper = float(np.median(grey))
    ink = np.abs(grey - paper)  # dark on light, or light on dark
    if ink.max() < 40:
        raise ValueError("there is hardly any contrast in this picture")
    ink = np.where(ink > INK_FROM * ink.max(), ink / ink.max() * 255, 0.0)
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    cut = ink[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
    scale = BOX / max(cut.shape)
    height, width = (max(1, round(scale * side)) for side in cut.shape)
    fitted = Image.fromarray(cut.astype(np.uint8)).resize((width, height), Image.Resampling.LANCZOS)
    small = np.asarray(fitted, dtype=float)
    mass = small.sum()
    middle = [np.arange(side) @ small.sum(axis=1 - axis) / mass for axis, side in enumerate(small.shape)]
    top, left = (int(np.clip(round((SIDE - 1) / 2 - centre), 0, SIDE - side))
                 for centre, side in zip(middle, small.shape, strict=True))
    image = np.zeros((SIDE, SIDE))
    image[top:top + height, left:left + width] = small
    return image
