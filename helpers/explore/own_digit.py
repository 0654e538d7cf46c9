"""A digit of the student's own hand, prepared as MNIST's were, and what the student's network says to it."""

from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image

from helpers.explore.handwriting import Array, fitted, ink, placed, read_handwriting

BOX = 20  # the square that a digit fits into (LeCun, Cortes and Burges)


def own_digit(path: str, classify: Callable[[Array], Any]) -> None:
    """Show what becomes of the file, and `classify(image)`, ten probabilities for an image (28, 28) from 0 to 255.

    Where there is no such file, or no digit in it, a sentence says what to do.
    """
    read_handwriting(path, "digit", prepared, classify, "0123456789")


def prepared(picture: Image.Image) -> Array:
    """White ink on black, (28, 28) from 0 to 255: fitted into 20 · 20, its centre of mass in the middle.

    Raises ValueError where there is nothing on the paper.
    """
    small = fitted(ink(picture), BOX, BOX)
    centre_of_mass = [float(np.arange(side) @ small.sum(axis=1 - axis) / small.sum())
                      for axis, side in enumerate(small.shape)]
    return placed(small, centre_of_mass)
