"""Figures that a student's process has drawn, on their way to a page: real pictures, and no more of them than fit."""

from base64 import b64decode
from collections.abc import Sequence
from io import BytesIO

from grading.handin.pictures import MAX_PIXELS

MAX_PAGE = 12_000_000  # characters that the figures of one page take together


def that_fit(figures: Sequence[Sequence[str]], room: int = MAX_PAGE) -> tuple[list[list[str]], int]:
    """Of each exercise's figures (PNG in base64) those that are pictures and still fit; how many were left out."""
    kept: list[list[str]] = []
    for of_exercise in figures:
        kept.append([])
        for figure in of_exercise:
            if len(figure) <= room and is_picture(figure):
                kept[-1].append(figure)
                room -= len(figure)
    return kept, sum(map(len, figures)) - sum(map(len, kept))


def is_picture(figure: str) -> bool:
    """Whether this is a whole PNG of a size that a browser can show. Nothing is drawn for it."""
    from PIL import Image
    try:
        with Image.open(BytesIO(b64decode(figure)), formats=("PNG",)) as image:
            fits = image.width * image.height <= MAX_PIXELS
            image.verify()
            return fits
    except Exception:  # Pillow raises whatever a damaged file makes it stumble over
        return False
