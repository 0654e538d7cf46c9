"""Right answers that later exercises build on."""

import numpy as np


def softmax(z: np.ndarray) -> np.ndarray:
    """y_i = 1 / Σ_j exp(z_j − z_i): no maximum and no quotient of exponentials; an overflow to ∞ gives the right 0."""
    with np.errstate(over="ignore"):
        return np.asarray(1 / np.exp(z[None, :] - z[:, None]).sum(axis=1))


def softmax_jacobian(z: np.ndarray) -> np.ndarray:
    y = softmax(z)
    return np.asarray(y[:, None] * (np.eye(z.size) - y[None, :]))


def softmax_vjp(z: np.ndarray, g: np.ndarray) -> np.ndarray:
    return np.asarray(softmax_jacobian(z).T @ g)
