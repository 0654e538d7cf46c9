"""Right answers that later exercises build on."""

import numpy as np

Array = np.ndarray


def relu(x: Array) -> Array:
    return np.asarray((x + np.abs(x)) / 2)


def softmax(x: Array) -> Array:
    """y_i = 1 / Σ_j exp(x_j − x_i) in each row; an overflow to ∞ gives the right 0."""
    with np.errstate(over="ignore"):
        return np.asarray(1 / np.exp(x[:, None, :] - x[:, :, None]).sum(axis=2))


def compute_layer(x: Array, w: Array, b: Array) -> Array:
    return np.add(b, np.tensordot(x, w, axes=1))


def average_ce(target: Array, prediction: Array) -> float:
    at_target = [row[label] for row, label in zip(prediction, target.argmax(axis=1), strict=True)]
    return float(-np.mean(np.log(np.maximum(at_target, 1e-300))))


def backpropagation(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array
                    ) -> tuple[Array, Array, Array, Array]:
    """One sample after the other; their outer products are averaged."""
    N = len(x)
    dwo, dbo, dwh, dbh = np.zeros_like(wo), np.zeros((1, wo.shape[1])), np.zeros_like(wh), np.zeros_like(b)
    for n in range(N):
        delta_out = (prediction[n] - target[n]) / N
        delta_hidden = np.where(o[n] > 0, wo @ delta_out, 0.0)
        dwo += np.outer(np.maximum(o[n], 0), delta_out)
        dbo += delta_out
        dwh += np.outer(x[n], delta_hidden)
        dbh += delta_hidden
    return dwo, dbo, dwh, dbh
