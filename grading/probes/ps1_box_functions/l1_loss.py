"""The mean absolute error of a linear model. Residuals have both signs, so that they cancel where none is dropped."""

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import Array, data_and_weights


def l1_loss(X: Array, w: Array, y: Array) -> float:
    return float(np.linalg.norm(X @ w - y, ord=1)) / len(y)


def l1_loss_in_a_loop(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> float:
    total = 0.0
    for row, target in zip(X, y, strict=True):
        total += abs(float(np.dot(row, w)) - float(target))
    return total / len(y)


def l1_loss_by_maximum(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.float64:
    residual = y - np.einsum("nd,d->n", X, w)
    return np.maximum(residual, -residual).sum() / X.shape[0]


EUCLIDEAN = ("That is the Euclidean norm, the root of the sum of all squares. Here each error counts by its size, and "
             "their mean is asked for.")

PROBE = Probe(
    "l1_loss", l1_loss,
    cases={"ordinary": Cases(data_and_weights)},
    points=[Point("the mean absolute error", 1.75)],
    unchanged=0.25,
    slips=[
        Slip("broadcasts_to_a_matrix", "X @ w", "(X @ w)[:, None]",
             "You average n·n differences, every prediction against every target. Print the shape of your "
             "difference: an (n, 1) column minus an (n,) array is a table."),
        Slip("mean_squared", "np.abs(X @ w - y)", "(X @ w - y) ** 2",
             "You square the errors. Here each counts by its size, so an outlier counts once, not squared."),
        Slip("root_mean_squared", "np.mean(np.abs(X @ w - y))", "np.sqrt(np.mean((X @ w - y) ** 2))",
             "That is the root mean square. Here each error counts by its size, without squares."),
        Slip("euclidean_norm_over_n", "np.mean(np.abs(X @ w - y))", "np.linalg.norm(X @ w - y) / len(y)", EUCLIDEAN),
        Slip("euclidean_norm", "np.mean(np.abs(X @ w - y))", "np.linalg.norm(X @ w - y)", EUCLIDEAN),
        Slip("sums_the_errors", "np.mean", "np.sum",
             "Your loss doubles when the same data come twice: a mean does not."),
        Slip("errors_cancel", "np.abs(X @ w - y)", "X @ w - y",
             "Errors above and below cancel in your mean. How should an error of −2 count?"),
        Slip("absolute_of_the_mean", "np.mean(np.abs(X @ w - y))", "np.abs(np.mean(X @ w - y))",
             "You take the mean first, so that errors above and below cancel before they are counted."),
        Slip("divides_by_features", "np.mean(np.abs(X @ w - y))", "np.sum(np.abs(X @ w - y)) / X.shape[1]",
             "You divide by the number of features; the mean is over the n samples."),
    ],
    variants=[l1_loss_in_a_loop, l1_loss_by_maximum],
)
