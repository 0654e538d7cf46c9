"""Functions that probes hand over by name, never shipped: curves to approximate and maps to differentiate."""

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


def polar_to_cartesian(p: ArrayLike) -> Array:
    """(r, θ) → (r cos θ, r sin θ): two numbers in, two out."""
    r, theta = np.asarray(p, dtype=float)
    return np.array([r * np.cos(theta), r * np.sin(theta)])


def torus_point(p: ArrayLike) -> Array:
    """Angles (θ, φ) → the point in space on a torus of radii 2 and 1: two numbers in, three out."""
    theta, phi = np.asarray(p, dtype=float)
    return np.array([(2 + np.cos(phi)) * np.cos(theta), (2 + np.cos(phi)) * np.sin(theta), np.sin(phi)])


def neighbour_waves(z: ArrayLike) -> Array:
    """Entry i is z_i² sin z_{i+1}: K numbers in, K − 1 out."""
    z = np.asarray(z, dtype=float)
    return np.asarray(z[:-1] ** 2 * np.sin(z[1:]))


TARGETS: dict[str, Callable[..., Any]] = {f.__name__: f for f in (
    sine, gaussian_bump, absolute_value, cubic, polar_to_cartesian, torus_point, neighbour_waves)}


def lipschitz_constant(f: Callable[..., Any], B: float) -> float:
    """Steepest slope of a target on [−B, B]: |f(x) − f(x')| ≤ L·|x − x'|. Raises KeyError for any other function."""
    steepest = {"sine": 1.0, "gaussian_bump": float(np.sqrt(2 / np.e)), "absolute_value": 1.0,
                "cubic": max(0.5, abs(0.3 * B**2 - 0.5))}
    return steepest[f.__name__]
