"""Cross-correlation with zero padding, of images that are no squares with filters that have no symmetry.

Filters of other sizes, and such that are no squares, are cases of their own.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Draw, Inputs, Point, Probe, Slip

from .reference import conv2d_same

KERNELS = ((3, 3), (5, 5), (3, 5), (5, 3))


def _image(kernels: tuple[tuple[int, int], ...]) -> Draw:
    """An image that is no square and a filter without symmetry."""
    def draw(rng: Generator) -> Inputs:
        shape = rng.choice([(6, 8), (7, 6), (9, 7)])
        return {"X": rng.normal(size=shape), "F": rng.normal(size=kernels[int(rng.integers(len(kernels)))])}
    return draw


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


PADDING = "((top, top), (left, left))"

PROBE = Probe(
    "conv2d_same", conv2d_same,
    cases={"ordinary": Cases(_image(KERNELS[:1])), "other kernels": Cases(_image(KERNELS[1:]), 4)},
    points=(Point("filters of 3 · 3", 1.25), Point("filters of 5 · 5, 3 · 5 and 5 · 3", 0.5, "other kernels")),
    unchanged=0.25,
    slips=[
        Slip("filter_flipped", "F * padded", "F[::-1, ::-1] * padded",
             "You turn the filter by half a turn, as the convolution of mathematics does. Here it is laid on as it "
             "is (cross-correlation)."),
        Slip("filter_transposed", "top, left =", "F = F.T\n    top, left =",
             "You lay the transposed filter on: rows and columns of F have changed places."),
        Slip("no_padding", "return result", "return result[top:-top, left:-left]",
             "Your result is smaller than X. Zeros around X let the filter sit on the border, too."),
        Slip("edges_repeated", PADDING, f'{PADDING}, "edge"',
             "Beyond the border you repeat the last pixel; zeros are asked for."),
        Slip("wrapped_around", PADDING, f'{PADDING}, "wrap"',
             "Beyond the border you go on at the opposite side; zeros are asked for."),
        Slip("mirrored", PADDING, f'{PADDING}, "reflect"',
             "Beyond the border you go back into the image, as in a mirror; zeros are asked for."),
        Slip("negative_indices", f"np.pad(X, {PADDING})",
             'np.pad(np.pad(X, ((top, 0), (left, 0)), "wrap"), ((0, top), (0, left)))',
             "Above and to the left you go on at the opposite side: a negative index counts from the end. Beyond every "
             "border zeros are asked for."),
        Slip("padded_at_the_end", PADDING, "((0, 2 * top), (0, 2 * left))",
             "All your zeros are below and to the right, so the filter's corner sits on the pixel. Its centre "
             "belongs there."),
        Slip("padded_in_front", PADDING, "((2 * top, 0), (2 * left, 0))",
             "All your zeros are above and to the left, so the filter's last corner sits on the pixel. Its centre "
             "belongs there."),
        Slip("border_left_at_zero", "range(X.shape[0]):\n        for j in range(X.shape[1])",
             "range(top, X.shape[0] - top):\n        for j in range(left, X.shape[1] - left)",
             "The inside is right, but the border stays at zero. There, too, the filter covers some pixels."),
        Slip("mean_for_sum", "np.sum", "np.mean", "You take the mean of the products; their sum is asked for."),
        Slip("largest_product", "np.sum", "np.max",
             "You take the largest product, which would be a kind of pooling. Their sum is asked for."),
    ],
    variants=[convolution_by_four_loops, convolution_by_windows],
)
