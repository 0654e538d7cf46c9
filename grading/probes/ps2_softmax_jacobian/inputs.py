"""Draws that several exercises share."""

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Draw, Inputs, Point
from grading.probes.single_precision import held_by_float32


def logits(rng: Generator) -> Inputs:
    return {"z": rng.uniform(-2.5, 2.5, size=rng.integers(3, 7))}


def extreme_logits(level: float) -> Draw:
    """Logits around `level`, one of them so far below the others that even their mean is no shift that helps."""
    def draw(rng: Generator) -> Inputs:
        z = level + rng.normal(size=rng.integers(3, 6))
        z[rng.integers(z.size)] -= rng.uniform(4000, 5000)
        return {"z": held_by_float32(z)}
    return draw


def with_label(draw: Draw, lowest: bool = False) -> Draw:
    def labelled(rng: Generator) -> Inputs:
        z = draw(rng)["z"]
        return {"z": z, "label": int(np.argmin(z)) if lowest else int(rng.integers(z.size))}
    return labelled


EXTREME = {"near +10000": Cases(extreme_logits(9900.0), 2), "near -10000": Cases(extreme_logits(-4900.0), 2)}
EXTREME_POINTS = (Point("logits near +10⁴", 0.5, "near +10000"), Point("logits near −10⁴", 0.25, "near -10000"))
