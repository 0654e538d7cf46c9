"""Draws that several exercises share."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point


def _ordinary(rng: Generator) -> Inputs:
    return {"z": rng.normal(scale=2, size=rng.integers(3, 7))}


def _extreme(level: float) -> Any:
    """Logits around `level`, one of them so far below the others that its probability underflows to 0."""
    def draw(rng: Generator) -> Inputs:
        z = level + rng.normal(size=rng.integers(3, 6))
        z[rng.integers(z.size)] -= rng.uniform(800, 1000)
        return {"z": z}
    return draw


def _with_label(draw: Any, lowest: bool = False) -> Any:
    def labelled(rng: Generator) -> Inputs:
        z = draw(rng)["z"]
        return {"z": z, "label": int(np.argmin(z)) if lowest else int(rng.integers(z.size))}
    return labelled


EXTREME = {"near +10000": Cases(_extreme(9900.0), 2), "near -10000": Cases(_extreme(-8900.0), 2)}


EXTREME_POINTS = (Point("logits near +10⁴", 0.5, "near +10000"), Point("logits near −10⁴", 0.25, "near -10000"))
