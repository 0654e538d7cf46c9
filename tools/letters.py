"""Renders the letters A to J from the typefaces that matplotlib ships, with mild jitter, for `extract_embedded.py`.

This is not notMNIST: nothing is taken from it, and these faces are fewer and tamer. Every test letter is set in a face
that no training letter uses, so the test accuracy tells how a network copes with type it has never seen.
"""

from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

LETTERS = "ABCDEFGHIJ"
SIDE = 28  # pixels
HEIGHT, WIDEST, FARTHEST = 20.0, 26.0, 3.0  # pixels: usual height, largest width, largest shift
COPIES = 20  # of each letter in each face

TRAIN_FACES = (
    "DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSans-BoldOblique",
    "DejaVuSansMono", "DejaVuSansMono-Oblique", "DejaVuSansMono-BoldOblique",
    "DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-BoldItalic",
    "STIXGeneral", "STIXGeneralItalic", "STIXGeneralBolIta",
    "cmb10", "cmmi10", "cmr10", "cmsy10", "cmtt10",
)
TEST_FACES = ("DejaVuSansMono-Bold", "DejaVuSerif-Italic", "STIXGeneralBol", "cmss10", "cmti10")


def render(face: str, letter: str, rng: np.random.Generator) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """One white letter on black, (28, 28) uint8: turned, slanted, stretched, scaled and moved a little."""
    font = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{face}.ttf"
    upright = TextPath((0, 0), letter, size=100, prop=FontProperties(fname=font))
    bend = Affine2D().scale(rng.uniform(0.85, 1.15), 1).skew_deg(rng.uniform(-8, 8), 0).rotate_deg(rng.uniform(-12, 12))
    glyph = upright.transformed(bend)
    box = glyph.get_extents()
    scale = min(HEIGHT * rng.uniform(0.8, 1.1) / box.height, WIDEST / box.width)
    # Never cut: the letter moves at most as far as its border allows.
    room = np.minimum(FARTHEST, (SIDE - scale * np.array(box.size)) / 2)
    centre = SIDE / 2 + room * rng.uniform(-1, 1, 2)
    place = Affine2D().translate(*-(box.p0 + box.p1) / 2).scale(scale).translate(*centre)
    canvas = RendererAgg(SIDE, SIDE, 72)
    pen = canvas.new_gc()
    pen.set_linewidth(0)
    canvas.draw_path(pen, glyph, place, (1.0, 1.0, 1.0))
    return np.asarray(canvas.buffer_rgba())[:, :, 3].copy()


def render_faces(faces: tuple[str, ...], rng: np.random.Generator) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """All letters in all faces: images (10·faces·COPIES, 28, 28), labels 0 for A to 9 for J, grouped by copy."""
    cells = [(face, label) for _ in range(COPIES) for face in faces for label in range(len(LETTERS))]
    images = np.stack([render(face, LETTERS[label], rng) for face, label in cells])
    return images, np.array([label for _, label in cells], dtype=np.uint8)
