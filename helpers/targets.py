"""Functions of one variable for a network to approximate. Probes name them; they are never shipped."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def sine(x: ArrayLike) -> Array:
    """sin x, steepest slope 1."""
    return np.asarray(np.sin(x))


def gaussian_bump(x: ArrayLike) -> Array:
    """exp(−x²), steepest slope √(2/e) ≈ 0.858."""
    return np.asarray(np.exp(-np.square(x)))


def absolute_value(x: ArrayLike) -> Array:
    """|x|, slope ±1 with a corner at 0."""
    return np.asarray(np.abs(np.asarray(x, dtype=float)))


def cubic(x: ArrayLike) -> Array:
    """x³/10 − x/2, a polynomial."""
    x = np.asarray(x, dtype=float)
    return np.asarray(x**3 / 10 - x / 2)


TARGETS: dict[str, Callable[..., Any]] = {f.__name__: f for f in (sine, gaussian_bump, absolute_value, cubic)}


def lipschitz_constant(f: Callable[..., Any], B: float) -> float:
    """Steepest slope of a target on [−B, B]: |f(x) − f(x')| ≤ L·|x − x'|. Raises KeyError for any other function."""
    steepest = {"sine": 1.0, "gaussian_bump": float(np.sqrt(2 / np.e)), "absolute_value": 1.0,
                "cubic": max(0.5, abs(0.3 * B**2 - 0.5))}
    return steepest[f.__name__]
