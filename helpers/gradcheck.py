"""Numerical gradients of scalar functions, and a readable comparison of two arrays that should agree."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.plotting import heatmap

Array = NDArray[np.float64]


def numerical_gradient(f: Callable[[Array], Any], x: ArrayLike, eps: float = 1e-5) -> Array:
    """Gradient of a scalar function by central differences, in the shape of x.

    `f` maps an array of x's shape to one number, and x may have any shape (a weight matrix, say). The error shrinks
    like eps² until rounding takes over, near eps = 1e-5 in float64. Raises ValueError where f gives more than a number.
    """
    x = np.array(x, dtype=float)
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        gradient[index] = (_at(f, x, index, +eps) - _at(f, x, index, -eps)) / (2 * eps)
    return gradient


def _at(f: Callable[[Array], Any], x: Array, index: tuple[int, ...], step: float) -> float:
    moved = x.copy()
    moved[index] += step
    value = f(moved)
    if np.ndim(value) != 0:
        raise ValueError(f"numerical_gradient needs a function that returns one number; this one returned an array of "
                         f"shape {np.shape(value)}.")
    return float(value)


@dataclass(frozen=True)
class Comparison:
    """Two arrays of one shape, entry by entry. Print it, or draw where the difference is with `figure()`."""

    got: Array
    expected: Array
    atol: float

    @property
    def wrong(self) -> NDArray[np.bool_]:
        """Where the two differ by more than atol + 1e-5·|expected|, or are not finite."""
        return ~np.isclose(self.got, self.expected, rtol=1e-5, atol=self.atol)

    def __repr__(self) -> str:
        wrong, size = self.wrong, self.got.size
        if not wrong.any():
            largest = float(np.max(np.abs(self.got - self.expected), initial=0.0))
            return f"agree: {size} of {size} entries, largest difference {largest:.1e}"
        index = tuple(int(i) for i in np.argwhere(wrong)[0])
        where = f" at index {index}" if index else ""
        lines = [f"differ: {wrong.sum()} of {size} entries, first{where}: "
                 f"got {self.got[index]:.6g}, expected {self.expected[index]:.6g}"]
        if wrong.ndim == 2 and max(wrong.shape) <= 20:
            lines += ["", *("  " + " ".join("✗" if bad else "·" for bad in row) for row in wrong)]
        return "\n".join(lines)

    def figure(self) -> None:
        """Heat map of got − expected, for matrices."""
        heatmap(self.got - self.expected, title="got − expected", xlabel="column", ylabel="row")


def compare(got: ArrayLike, expected: ArrayLike, atol: float = 1e-7) -> Comparison:
    """Compare two arrays of one shape. Raises ValueError where the shapes differ."""
    ours, theirs = np.asarray(got, dtype=float), np.asarray(expected, dtype=float)
    if ours.shape != theirs.shape:
        raise ValueError(f"shapes differ: got {ours.shape}, expected {theirs.shape}.")
    return Comparison(ours, theirs, atol)
