"""forward"""

from typing import Any

import numpy as np

from grading.probes.model import Cases, Point, Probe, mistake

from .inputs import _network
from .reference import forward


@mistake("The first column of each matrix holds biases, and yours are never added.")
def biases_forgotten(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha[:, 1:] @ x
    z = 1 / (1 + np.exp(-a))
    b = beta[:, 1:] @ z
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


@mistake("You put the constant 1 behind the inputs. The biases stand in the first column, so the 1 belongs in front.")
def bias_in_the_last_column(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(x, 1)
    z = 1 / (1 + np.exp(-a))
    b = beta @ np.append(z, 1)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


@mistake("The hidden layer is right. The output layer has biases too: a 1 goes in front of z as well.")
def hidden_bias_only(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1 / (1 + np.exp(-a))
    b = beta[:, 1:] @ z
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


@mistake("Your hidden units are hyperbolic tangents, from −1 to 1. This network's are sigmoids.")
def tanh_hidden(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = np.tanh(a)
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


@mistake("Your hidden units rectify. This network's are sigmoids.")
def relu_hidden(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = np.maximum(a, 0)
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


@mistake("Your hidden units pass their input on unchanged. This network's are sigmoids.")
def linear_hidden(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1.0 * a
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


@mistake("Your sigmoid falls where it should rise: look at the sign in the exponent.")
def sigmoid_upside_down(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1 / (1 + np.exp(a))
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


@mistake("Your outputs are sigmoids of each b alone. Softmax makes the three values sum to one.")
def sigmoid_at_the_output(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1 / (1 + np.exp(-a))
    b = beta @ np.append(1, z)
    yhat = 1 / (1 + np.exp(-b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


@mistake("Everything is right up to the loss, which takes the natural logarithm; yours has base 10.")
def ten_for_e(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1 / (1 + np.exp(-a))
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log10(yhat))}


@mistake("Your loss adds the logarithms of all classes. Only the class with y = 1 counts.")
def loss_of_every_class(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1 / (1 + np.exp(-a))
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(np.log(yhat))}


@mistake("Your loss is negative. The logarithm of a probability is negative, and the loss is minus that.")
def negative_loss(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1 / (1 + np.exp(-a))
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": np.sum(y * np.log(yhat))}


@mistake("Your loss is the squared error; the cross-entropy is asked for.")
def squared_error(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1 / (1 + np.exp(-a))
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": np.sum((yhat - y) ** 2)}


@mistake("Your z still has the constant 1 in front. Return the hidden values alone.")
def the_one_left_in_z(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1 / (1 + np.exp(-a))
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": np.append(1, z), "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


def forward_by_loops(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = [row[0] + sum(w * value for w, value in zip(row[1:], x, strict=True)) for row in alpha]
    z = [1 / (1 + np.exp(-value)) for value in a]
    b = [row[0] + sum(w * value for w, value in zip(row[1:], z, strict=True)) for row in beta]
    total = sum(np.exp(value) for value in b)
    yhat = [float(np.exp(value) / total) for value in b]
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.log(yhat[list(y).index(1)])}


def forward_by_einsum(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = np.einsum("ij,j->i", alpha, np.concatenate([[1.0], x]))
    z = 0.5 * (1 + np.tanh(0.5 * a))
    b = np.einsum("ij,j->i", beta, np.concatenate([[1.0], z]))
    yhat = np.exp(b - b.max())
    yhat /= yhat.sum()
    return {"loss": -np.log(yhat @ y), "yhat": yhat, "b": b, "z": z, "a": a}


PROBE = Probe(
    "forward", forward,
    cases={"ordinary": Cases(_network()), "other sizes": Cases(_network(True), 2)},
    points=(Point("hidden sums a", 0.5, part="a"), Point("hidden values z", 0.5, part="z"), Point("sums b", 0.5, part="b"),
         Point("probabilities ŷ", 0.5, part="yhat"), Point("the loss", 0.5, part="loss"),
         Point("networks of other sizes", 0.25, "other sizes")),
    unchanged=0.25,
    slips=[
        biases_forgotten,
        bias_in_the_last_column,
        hidden_bias_only,
        tanh_hidden,
        relu_hidden,
        linear_hidden,
        sigmoid_upside_down,
        sigmoid_at_the_output,
        ten_for_e,
        loss_of_every_class,
        negative_loss,
        squared_error,
        the_one_left_in_z,
    ],
    variants=[forward_by_loops, forward_by_einsum],
)
