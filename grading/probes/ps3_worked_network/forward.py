"""One input through the network. Every quantity on the way has points; networks of other sizes are a case apart."""

from typing import Any

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import network
from .reference import forward


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


SIGMOID = "1 / (1 + np.exp(-a))"
LAYERS = f"alpha @ np.concatenate([[1], x])\n    z = {SIGMOID}\n    b = beta @ np.concatenate([[1], z])"

PROBE = Probe(
    "forward", forward,
    cases={"ordinary": Cases(network()), "other sizes": Cases(network(True), 2)},
    points=(Point("hidden sums a", 0.5, part="a"), Point("hidden values z", 0.5, part="z"),
           Point("sums b", 0.5, part="b"), Point("probabilities ŷ", 0.5, part="yhat"),
           Point("the loss", 0.5, part="loss"), Point("networks of other sizes", 0.25, "other sizes")),
    unchanged=0.25,
    slips=[
        Slip("biases_forgotten", LAYERS, "alpha[:, 1:] @ x\n    z = 1 / (1 + np.exp(-a))\n    b = beta[:, 1:] @ z",
             "The first column of each matrix holds biases, and yours are never added."),
        Slip("bias_in_the_last_column", LAYERS, LAYERS.replace("[[1], x]", "[x, [1]]").replace("[[1], z]", "[z, [1]]"),
             "You put the constant 1 behind the inputs. The biases stand in the first column, so the 1 belongs in "
             "front."),
        Slip("hidden_bias_only", "beta @ np.concatenate([[1], z])", "beta[:, 1:] @ z",
             "The hidden layer is right. The output layer has biases too: a 1 goes in front of z as well."),
        Slip("output_bias_only", "alpha @ np.concatenate([[1], x])", "alpha[:, 1:] @ x",
             "The biases of the hidden layer are missing: a 1 goes in front of x as well."),
        Slip("output_bias_in_the_last_column", "np.concatenate([[1], z])", "np.concatenate([z, [1]])",
             "The hidden layer is right. At the output you put the constant 1 behind the hidden values; the biases "
             "stand in the first column there, too."),
        Slip("hidden_bias_in_the_last_column", "np.concatenate([[1], x])", "np.concatenate([x, [1]])",
             "You put the constant 1 behind the inputs. The biases stand in the first column of α, so the 1 belongs in "
             "front."),
        Slip("biases_for_every_product", LAYERS,
             f"alpha[:, 1:] @ x + len(x) * alpha[:, 0]\n    z = {SIGMOID}\n"
             "    b = beta[:, 1:] @ z + len(z) * beta[:, 0]",
             "You add the bias once for each product. It stands beside the sum and counts once."),
        Slip("tanh_hidden", SIGMOID, "np.tanh(a)",
             "Your hidden units are hyperbolic tangents, from −1 to 1. This network's are sigmoids."),
        Slip("relu_hidden", SIGMOID, "np.maximum(a, 0)", "Your hidden units rectify. This network's are sigmoids."),
        Slip("linear_hidden", SIGMOID, "a",
             "Your hidden units pass their input on unchanged. This network's are sigmoids."),
        Slip("sigmoid_upside_down", "-a", "a",
             "Your sigmoid falls where it should rise: look at the sign in the exponent."),
        Slip("sigmoid_at_the_output", "exponentials / np.sum(exponentials)", "1 / (1 + np.exp(-b))",
             "Your outputs are sigmoids of each b alone. Softmax makes the three values sum to one."),
        Slip("ten_for_e", "np.log", "np.log10",
             "Everything is right up to the loss, which takes the natural logarithm; yours has base 10."),
        Slip("loss_of_every_class", "-np.log(np.sum(y * yhat))", "-np.sum(np.log(yhat))",
             "Your loss adds the logarithms of all classes. Only the class with y = 1 counts."),
        Slip("every_class_yes_or_no", "-np.log(np.sum(y * yhat))",
             "-np.sum(y * np.log(yhat) + (1 - y) * np.log(1 - yhat))",
             "You add up a yes-or-no loss for each class. With softmax only the probability of the label counts."),
        Slip("negative_loss", "-np.log", "np.log",
             "Your loss is negative. The logarithm of a probability is negative, and the loss is minus that."),
        Slip("squared_error", "-np.log(np.sum(y * yhat))", "np.sum((yhat - y) ** 2)",
             "Your loss is the squared error; the cross-entropy is asked for."),
        Slip("the_one_left_in_z", '"z": z', '"z": np.concatenate([[1], z])',
             "Your z still has the constant 1 in front. Return the hidden values alone."),
    ],
    variants=[forward_by_loops, forward_by_einsum],
)
