"""The small network of the part on activations: five samples, two hidden units, nine parameters."""

from collections.abc import Callable
from typing import Any

import numpy as np

from .reference import slopes

W1, b1, w2, b2 = np.array([[0.2, 3.8], [-1.1, 2.3]]), np.array([-1.3, 0.86]), np.array([-1.2, 0.7]), 0.0
X = np.array([[-1, 0.4], [3, 8], [-3, 0.3], [4, 10], [-0.5, 5]])
Y = np.array([2, -4, 3.2, -8.3, -2.3])

ACTIVATIONS: dict[str, Callable[[Any], Any]] = {
    "relu": lambda s: np.where(np.real(s) > 0, s, 0), "tanh": np.tanh, "sigmoid": lambda s: 1 / (1 + np.exp(-s)),
    "linear": lambda s: s}


def squared_error(activation: str, theta: np.ndarray, transposed: bool = False, at_the_output: bool = False) -> Any:
    """The mean squared error of the small network whose nine parameters are `theta`: W1, b1, w2, b2.

    `transposed` has W1 transposed, and `at_the_output` applies the activation to the output, too: two mistakes.
    """
    V = theta[:4].reshape(2, 2)
    hidden = ACTIVATIONS[activation](X @ (V if transposed else V.T) + theta[4:6])
    output = hidden @ theta[6:8] + theta[8]
    return np.mean(((ACTIVATIONS[activation](output) if at_the_output else output) - Y) ** 2)


THETA = np.concatenate([W1.ravel(), b1, w2, [b2]])
WEIGHTS = np.array([1, 1, 1, 1, 0, 0, 1, 1, 0])  # 0 where a parameter is a bias


def after_steps(eta: float, steps: int = 2, moving: np.ndarray | float = 1.0, transposed: bool = False) -> float:
    """The error of the ReLU network after full-batch gradient descent, on all nine parameters unless some stay."""
    theta = THETA.copy()
    for _ in range(steps):
        theta = theta - eta * moving * slopes(lambda t: squared_error("relu", t, transposed), theta)
    return float(squared_error("relu", theta, transposed))
