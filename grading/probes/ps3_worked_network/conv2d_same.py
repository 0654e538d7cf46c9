"""conv2d_same"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, mistake

from .reference import conv2d_same

KERNELS = ((3, 3), (5, 5), (3, 5), (5, 3))


def _image(kernels: tuple[tuple[int, int], ...]) -> Callable[[Generator], Inputs]:
    """An image that is no square and a filter without symmetry."""
    def draw(rng: Generator) -> Inputs:
        shape = rng.choice([(6, 8), (7, 6), (9, 7)])
        return {"X": rng.normal(size=shape), "F": rng.normal(size=kernels[int(rng.integers(len(kernels)))])}
    return draw


@mistake("You turn the filter by half a turn, as the convolution of mathematics does. Here it is laid on as it is "
         "(cross-correlation).")
def filter_flipped(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded = np.pad(X, ((k // 2, k // 2), (m // 2, m // 2)))
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.sum(padded[i:i + k, j:j + m] * F[::-1, ::-1])
    return Y


@mistake("You lay the transposed filter on: rows and columns of F have changed places.")
def filter_transposed(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.T.shape
    padded = np.pad(X, ((k // 2, k // 2), (m // 2, m // 2)))
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.sum(padded[i:i + k, j:j + m] * F.T)
    return Y


@mistake("Your result is smaller than X. Zeros around X let the filter sit on the border, too.")
def no_padding(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded, rows, columns = X, rows - k + 1, columns - m + 1
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.sum(padded[i:i + k, j:j + m] * F)
    return Y


@mistake("Beyond the border you repeat the last pixel; zeros are asked for.")
def edges_repeated(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded = np.pad(X, ((k // 2, k // 2), (m // 2, m // 2)), "edge")
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.sum(padded[i:i + k, j:j + m] * F)
    return Y


@mistake("Beyond the border you go on at the opposite side; zeros are asked for.")
def wrapped_around(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded = np.pad(X, ((k // 2, k // 2), (m // 2, m // 2)), "wrap")
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.sum(padded[i:i + k, j:j + m] * F)
    return Y


@mistake("All your zeros are below and to the right, so the filter's corner sits on the pixel. Its centre belongs "
         "there.")
def padded_at_the_end(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded = np.pad(X, ((0, k - 1), (0, m - 1)))
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.sum(padded[i:i + k, j:j + m] * F)
    return Y


@mistake("All your zeros are above and to the left, so the filter's last corner sits on the pixel. Its centre belongs "
         "there.")
def padded_in_front(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded = np.pad(X, ((k - 1, 0), (m - 1, 0)))
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.sum(padded[i:i + k, j:j + m] * F)
    return Y


@mistake("The inside is right, but the border stays at zero. There, too, the filter covers some pixels.")
def border_left_at_zero(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded = np.pad(X, ((k // 2, k // 2), (m // 2, m // 2)))
    Y = np.zeros((rows, columns))
    for i in range(k // 2, rows - k // 2):
        for j in range(m // 2, columns - m // 2):
            Y[i, j] = np.sum(padded[i:i + k, j:j + m] * F)
    return Y


@mistake("You take the mean of the products; their sum is asked for.")
def mean_for_sum(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded = np.pad(X, ((k // 2, k // 2), (m // 2, m // 2)))
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.mean(padded[i:i + k, j:j + m] * F)
    return Y


@mistake("You take the largest product, which would be a kind of pooling. Their sum is asked for.")
def largest_product(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded = np.pad(X, ((k // 2, k // 2), (m // 2, m // 2)))
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.max(padded[i:i + k, j:j + m] * F)
    return Y


def convolution_by_four_loops(X: np.ndarray, F: np.ndarray) -> Any:
    Y = [[0.0] * X.shape[1] for _ in range(X.shape[0])]
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            for k in range(F.shape[0]):
                for m in range(F.shape[1]):
                    row, column = i + k - F.shape[0] // 2, j + m - F.shape[1] // 2
                    if 0 <= row < X.shape[0] and 0 <= column < X.shape[1]:
                        Y[i][j] += F[k, m] * X[row, column]
    return Y


def convolution_by_windows(X: np.ndarray, F: np.ndarray) -> Any:
    top, left = F.shape[0] // 2, F.shape[1] // 2
    padded = np.zeros((X.shape[0] + 2 * top, X.shape[1] + 2 * left))
    padded[top:top + X.shape[0], left:left + X.shape[1]] = X
    windows = np.lib.stride_tricks.sliding_window_view(padded, F.shape)
    return np.einsum("ijkm,km->ij", windows, F)


PROBE = Probe(
    "conv2d_same", conv2d_same,
    cases={"ordinary": Cases(_image(KERNELS[:1])), "other kernels": Cases(
            _image(KERNELS[1:]), 4)},
    points=(Point("filters of 3 · 3", 2), Point("filters of 5 · 5, 3 · 5 and 5 · 3", 0.75, "other kernels")),
    unchanged=0.25,
    slips=[
        filter_flipped,
        filter_transposed,
        no_padding,
        edges_repeated,
        wrapped_around,
        padded_at_the_end,
        padded_in_front,
        border_left_at_zero,
        mean_for_sum,
        largest_product,
    ],
    variants=[convolution_by_four_loops, convolution_by_windows],
)
