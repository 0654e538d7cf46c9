"""Draws that several exercises share."""

from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from grading.probes.model import Inputs

Array = NDArray[np.float64]
Params = dict[str, Any]


def away_from_zero(rng: Generator, *shape: int) -> Array:
    """Values of both signs, between 0.1 and 3 in size."""
    values = rng.uniform(0.1, 3, shape)
    values.flat[::2] *= -1
    return values


def data_and_weights(rng: Generator) -> Inputs:
    """Residuals of both signs, at least 0.1 in size, negative on average (so that |mean| shows)."""
    n, d = int(rng.integers(8, 14)), int(rng.integers(2, 6))
    X, w, residual = rng.normal(size=(n, d)), rng.normal(size=d), away_from_zero(rng, n)
    return {"X": X, "w": w, "y": X @ w + residual * np.sign(residual.mean())}
