"""ps3: the numbers that students work out by hand."""

from typing import Any

import numpy as np

from grading.reproduce.model import CMU_2021, Fact, Published, Run, Solution
from helpers.gradcheck import numerical_gradient
from helpers.worked_network import numbers


def _worked_network(solution: Solution, data: Any) -> dict[str, float]:
    given = numbers(None)
    forward, backward, step = solution["forward"], solution["backward"], solution["sgd_step"]
    y = np.eye(3)[given.label]
    before = forward(given.x, y, given.alpha, given.beta)
    alpha, beta = step(given.alpha, given.beta, backward(given.x, y, given.alpha, given.beta), 1.0)
    trained = alpha, beta
    for _ in range(100):
        trained = step(*trained, backward(given.x, y, *trained), 1.0)
    return {"a1": before["a"][0], "z1": before["z"][0], "b2": before["b"][1], "yhat2": before["yhat"][1],
            "loss": before["loss"], "beta21": beta[1, 1], "beta10": beta[0, 0], "alpha34": alpha[2, 4],
            "class": 1 + np.argmax(before["yhat"]), "later": 1 + np.argmax(forward(given.x, y, *trained)["yhat"]),
            "regularised": solution["regularized_loss"](given.x, y, given.alpha, given.beta, 0.01)}


W1, B1, W2 = np.array([[0.2, 3.8], [-1.1, 2.3]]), np.array([-1.3, 0.86]), np.array([-1.2, 0.7])
X = np.array([[-1, 0.4], [3, 8], [-3, 0.3], [4, 10], [-0.5, 5]])
Y = np.array([2, -4, 3.2, -8.3, -2.3])
ACTIVATIONS = {"ReLU": lambda z: np.maximum(z, 0), "tanh": np.tanh, "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
               "linear": lambda z: z}
CONVOLVED = np.array([[-1, 0, -2, 3, 4, 1], [2, 9, 5, 6, 0, -1], [0, -3, 1, 3, 4, 4], [6, 5, 2, 0, 6, 8],
                      [-5, 4, -3, 1, 3, -2], [4, 1, 2, 8, 9, 7]])


def _squared_loss(parameters: np.ndarray, activation: Any) -> float:
    """Mean squared error of the two-unit network; `parameters` are W1, b1, w2, b2 in one row of nine numbers."""
    W1, b1, w2, b2 = parameters[:4].reshape(2, 2), parameters[4:6], parameters[6:8], parameters[8]
    return float(np.mean((activation(X @ W1.T + b1) @ w2 + b2 - Y) ** 2))


def _activations(solution: Solution, data: Any) -> dict[str, float]:
    """The losses before training, and after two steps of ReLU with measured slopes."""
    start = np.concatenate([W1.ravel(), B1, W2, [0.0]])
    losses = {name: _squared_loss(start, activation) for name, activation in ACTIVATIONS.items()}
    relu = ACTIVATIONS["ReLU"]
    for rate in (0.9, 0.1, 0.001, 0.0001):
        parameters = start
        for _ in range(2):
            parameters = parameters - rate * numerical_gradient(lambda p: _squared_loss(p, relu), parameters)
        losses[f"rate {rate}"] = _squared_loss(parameters, relu)
    return {**losses, "best": min((0.9, 0.1, 0.001, 0.0001), key=lambda rate: losses[f"rate {rate}"])}


def _convolution(solution: Solution, data: Any) -> dict[str, float]:
    F = np.full((3, 3), -2.0)
    F[1, 1] = 5
    return {"value": solution["conv2d_same"](CONVOLVED, F)[1, 3]}


def _published(what: str, value: float, key: str, decimals: int = 4) -> Fact:
    return Fact(what, value, key, decimals, published=Published(value, CMU_2021))


RUNS = (
    Run("ps3_worked_network/forward", "the worked network, forward, one step, and trained", _worked_network, (
        Fact("a1", -3, "a1"), Fact("z1", 0.04742587, "z1", 8), Fact("b2", 4.09448156, "b2", 8),
        Fact("second probability", 0.47988730, "yhat2", 8), Fact("class before training", 2, "class", 0),
        Fact("loss", 2.69122979, "loss", 8), _published("β21 after one step", 1.9772, "beta21"),
        _published("β10 after one step", 0.5477, "beta10"), _published("α34 after one step", 2, "alpha34"),
        _published("class after training", 3, "later", 0),
        _published("regularised loss, λ = 0.01", 3.9712, "regularised"),
    ), quick=True),
    Run("ps3_worked_network/activations", "four activations, four learning rates", _activations, (
        _published("loss with ReLU", 209.4557, "ReLU"), Fact("loss with tanh", 16.2181, "tanh"),
        Fact("loss with sigmoid", 17.6891, "sigmoid"), Fact("loss with no activation", 209.6931, "linear"),
        _published("best rate after two steps of ReLU", 0.001, "best"),
        Fact("its loss", 9.0734, "rate 0.001"), Fact("loss with rate 0.0001", 109.756, "rate 0.0001", 3),
    ), quick=True),
    Run("ps3_worked_network/convolution", "a convolution", _convolution, (
        _published("convolution at row 2, column 4", -6, "value", 0),), quick=True),
)
