"""A letter of the student's own hand, as large as those of a data set, and what the student's network says to it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from helpers.explore.handwriting import Array, fitted, ink, placed, read_handwriting

SEEN = 30  # of 255: fainter is the edge of a stroke
ENOUGH = 1000  # images tell how large letters are


def own_letter(path: str, classify: Callable[[Array], Any], names: Sequence[str], like: NDArray[Any]) -> None:
    """Show what becomes of the file, and `classify(image)`, a probability for each of the letters in `names`.

    `like` are the images (N, 28, 28) that the network has learned from; the student's is (28, 28), from 0 to 255 too.
    Where there is no such file, or no letter in it, a sentence says what to do.
    """
    height, width = usual_size(like[:ENOUGH])
    read_handwriting(path, f"letter from {names[0]} to {names[-1]}", partial(prepared, height=height, width=width),
                     classify, names)


def usual_size(images: NDArray[Any]) -> tuple[float, float]:
    """The rows that a letter of (N, 28, 28) takes up as a rule, and the columns that hardly any goes beyond."""
    seen = images > SEEN
    rows, columns = (_length(np.any(seen, axis=axis)) for axis in (2, 1))
    return float(np.median(rows)), float(np.percentile(columns, 95))


def _length(seen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """From the first to the last True in each row of `seen`; rows without one are left out."""
    seen = seen[seen.any(axis=1)]
    return np.asarray(seen.shape[1] - seen.argmax(axis=1) - seen[:, ::-1].argmax(axis=1))


def prepared(picture: Image.Image, height: float, width: float) -> Array:
    """White ink on black, (28, 28) from 0 to 255: `height` rows high unless too wide, its box in the middle.

    Raises ValueError where there is nothing on the paper.
    """
    small = fitted(ink(picture), height, width)
    return placed(small, [(side - 1) / 2 for side in small.shape])
