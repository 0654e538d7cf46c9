"""The slope of the mean absolute error. No residual is near 0, where it is not unique."""

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import Array, data_and_weights


def l1_subgradient(X: Array, w: Array, y: Array) -> Array:
    above = X @ w > y
    return np.asarray((X[above].sum(axis=0) - X[~above].sum(axis=0)) / len(y))


def l1_subgradient_in_a_loop(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> list[float]:
    gradient = [0.0] * X.shape[1]
    for row, target in zip(X, y, strict=True):
        slope = 1.0 if float(np.dot(row, w)) > target else -1.0
        for j in range(X.shape[1]):
            gradient[j] += slope * float(row[j]) / len(y)
    return gradient


def l1_subgradient_by_mean(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.mean(np.sign(X @ w - y)[:, None] * X, axis=0)


PROBE = Probe(
    "l1_subgradient", l1_subgradient,
    cases={"ordinary": Cases(data_and_weights)},
    points=[Point("the slope of the loss", 2.25)],
    unchanged=0.25,
    slips=[
        Slip("sums_the_slopes", " / len(y)", "",
             "You add the slopes of all samples. The loss is a mean, so its slope is a mean too."),
        Slip("points_downhill", "X @ w - y", "y - X @ w",
             "Your vector points downhill. A gradient points to where the loss grows; the minus comes with the step."),
        Slip("slope_of_squares", "X.T @ np.sign(X @ w - y)", "2 * X.T @ (X @ w - y)",
             "That is the slope of the squared error. The slope of |r| does not depend on how large r is."),
        Slip("slope_of_the_euclidean_norm", "np.sign(X @ w - y)", "(X @ w - y) / np.linalg.norm(X @ w - y)",
             "That is the slope of the Euclidean norm, where large errors count more than small ones. In this loss "
             "each |r| has a slope of its own."),
        Slip("residual_without_sign", "np.sign", "",
             "You keep the size of each residual, as for squares. What is the slope of |r| at r = 5?"),
        Slip("size_of_the_residual", "np.sign", "np.abs",
             "You carry |r| back. The chain rule wants the slope of |r|: which values can that take?"),
        Slip("slope_over_features", "len(y)", "X.shape[1]",
             "You divide by the number of features; the mean is over the n samples."),
        Slip("forgets_the_features", "X.T @ np.sign(X @ w - y)", "np.ones(X.shape[1]) * np.sum(np.sign(X @ w - y))",
             "Your slope is the same for every weight. The chain rule brings in how the prediction depends on w."),
    ],
    variants=[l1_subgradient_in_a_loop, l1_subgradient_by_mean],
)
