"""A photograph of something written by hand becomes an image like a data set's, and a network says what it reads."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from helpers.plotting import bars, once_written

Array = NDArray[np.float64]
SIDE = 28  # rows and columns of an image
INK_FROM = 0.35  # of the contrast between paper and pen: below is paper, and its shadows
HOW = ("Write one large {what} with a thick pen on white paper, photograph it so that nothing else is in the picture, "
       "save it as {name} beside this notebook, and run this cell again.")


def read_handwriting(path: str, what: str, prepare: Callable[[Image.Image], Array], classify: Callable[[Array], Any],
                     names: Sequence[str]) -> None:
    """Show what `prepare` makes of the picture in the file, and how probable each class is by `classify(image)`.

    `what` is a "digit" or a "letter"; the image is (28, 28) from 0 to 255, the probabilities are as many as `names`.
    Where there is no such file, or nothing in it, a sentence says what to do.
    """
    how = HOW.format(what=what, name=Path(path).name)
    try:
        image = prepare(Image.open(path))
    except FileNotFoundError:
        print(how)
        return
    except (UnidentifiedImageError, OSError, ValueError) as error:
        reason = error if isinstance(error, ValueError) else "this is no picture that can be read (PNG and JPEG can)"
        print(f"{Path(path).name}: {reason}. {how}")
        return
    with once_written():
        probabilities = np.asarray(classify(image), dtype=float).reshape(len(names))
        _, (left, right) = plt.subplots(1, 2, figsize=(8, 3.2), width_ratios=(1, 1.6))
        left.imshow(image, cmap="gray", vmin=0, vmax=255)
        left.set(title="as the network sees it", xticks=[], yticks=[])
        left.grid(False)
        guess = names[int(np.argmax(probabilities))]
        bars(probabilities, title=f"“{guess}”, it says", xlabel=what, ylabel="probability", ax=right)
        right.set_xticks(range(len(names)), names)
        right.set_ylim(0, 1)
        plt.show()


def ink(picture: Image.Image) -> Array:
    """What is written, cut out of its paper: 0 for paper to 255 for the darkest ink (or the lightest, on dark paper).

    Raises ValueError where there is nothing on the paper.
    """
    grey = np.asarray(ImageOps.exif_transpose(picture).convert("L"), dtype=float)
    paper = float(np.median(grey))
    contrast = np.abs(grey - paper)  # dark on light, or light on dark
    if contrast.max() < 40:
        raise ValueError("there is hardly any contrast in this picture")
    written = np.where(contrast > INK_FROM * contrast.max(), contrast / contrast.max() * 255, 0.0)
    rows, columns = (np.flatnonzero(written.any(axis=axis)) for axis in (1, 0))
    return np.asarray(written[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1])


def fitted(written: Array, height: float, width: float) -> Array:
    """As large as fits into `height` rows and `width` columns, its proportions kept; at least one pixel each way."""
    scale = min(height / written.shape[0], width / written.shape[1])
    rows, columns = (max(1, round(scale * side)) for side in written.shape)
    small = Image.fromarray(written.astype(np.uint8)).resize((columns, rows), Image.Resampling.LANCZOS)
    return np.asarray(small, dtype=float)


def placed(small: Array, middle: Sequence[float]) -> Array:
    """On a black image (28, 28), so that the point `middle` (row, column) of `small` comes to its centre, uncut."""
    top, left = (int(np.clip(round((SIDE - 1) / 2 - centre), 0, SIDE - side))
                 for centre, side in zip(middle, small.shape, strict=True))
    image = np.zeros((SIDE, SIDE))
    image[top:top + small.shape[0], left:left + small.shape[1]] = small
    return image
