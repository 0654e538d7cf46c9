"""Wrong answers to ps3's exercises on the worked network, each with the hint that helps.

Every function stands alone (`course verify` puts its source into a notebook), except that it may call `forward`.
"""

from typing import Any

import numpy as np

from grading.probes.model import Mistake
from grading.probes.ps3_reference import forward

# forward

def biases_forgotten(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha[:, 1:] @ x
    z = 1 / (1 + np.exp(-a))
    b = beta[:, 1:] @ z
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


def bias_in_the_last_column(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(x, 1)
    z = 1 / (1 + np.exp(-a))
    b = beta @ np.append(z, 1)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


def hidden_bias_only(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1 / (1 + np.exp(-a))
    b = beta[:, 1:] @ z
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


def tanh_hidden(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = np.tanh(a)
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


def relu_hidden(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = np.maximum(a, 0)
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


def linear_hidden(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1.0 * a
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


def sigmoid_upside_down(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1 / (1 + np.exp(a))
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


def sigmoid_at_the_output(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1 / (1 + np.exp(-a))
    b = beta @ np.append(1, z)
    yhat = 1 / (1 + np.exp(-b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


def ten_for_e(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1 / (1 + np.exp(-a))
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(y * np.log10(yhat))}


def loss_of_every_class(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1 / (1 + np.exp(-a))
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": -np.sum(np.log(yhat))}


def negative_loss(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1 / (1 + np.exp(-a))
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": np.sum(y * np.log(yhat))}


def squared_error(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1 / (1 + np.exp(-a))
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": z, "b": b, "yhat": yhat, "loss": np.sum((yhat - y) ** 2)}


def the_one_left_in_z(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    a = alpha @ np.append(1, x)
    z = 1 / (1 + np.exp(-a))
    b = beta @ np.append(1, z)
    yhat = np.exp(b) / np.sum(np.exp(b))
    return {"a": a, "z": np.append(1, z), "b": b, "yhat": yhat, "loss": -np.sum(y * np.log(yhat))}


FORWARD = (
    Mistake(biases_forgotten, "The first column of each matrix holds biases, and yours are never added."),
    Mistake(bias_in_the_last_column,
            "You put the constant 1 behind the inputs. The biases stand in the first column, so the 1 belongs in "
            "front."),
    Mistake(hidden_bias_only,
            "The hidden layer is right. The output layer has biases too: a 1 goes in front of z as well."),
    Mistake(tanh_hidden, "Your hidden units are hyperbolic tangents, from −1 to 1. This network's are sigmoids."),
    Mistake(relu_hidden, "Your hidden units rectify. This network's are sigmoids."),
    Mistake(linear_hidden, "Your hidden units pass their input on unchanged. This network's are sigmoids."),
    Mistake(sigmoid_upside_down, "Your sigmoid falls where it should rise: look at the sign in the exponent."),
    Mistake(sigmoid_at_the_output,
            "Your outputs are sigmoids of each b alone. Softmax makes the three values sum to one."),
    Mistake(ten_for_e, "Everything is right up to the loss, which takes the natural logarithm; yours has base 10."),
    Mistake(loss_of_every_class, "Your loss adds the logarithms of all classes. Only the class with y = 1 counts."),
    Mistake(negative_loss,
            "Your loss is negative. The logarithm of a probability is negative, and the loss is minus that."),
    Mistake(squared_error, "Your loss is the squared error; the cross-entropy is asked for."),
    Mistake(the_one_left_in_z, "Your z still has the constant 1 in front. Return the hidden values alone."),
)


# backward

def label_minus_guess(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = y - at["yhat"]
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, 1:].T @ d_b
    d_a = z * (1 - z) * d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


def bias_column_kept_in_front(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, :-1].T @ d_b
    d_a = z * (1 - z) * d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


def slope_forgotten(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, 1:].T @ d_b
    d_a = d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


def slope_at_z(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, 1:].T @ d_b
    d_a = 1 / (1 + np.exp(-z)) * (1 - 1 / (1 + np.exp(-z))) * d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


def slope_of_a(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, 1:].T @ d_b
    d_a = at["a"] * (1 - at["a"]) * d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


def slope_of_the_tangent(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, 1:].T @ d_b
    d_a = (1 - z ** 2) * d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


def slope_twice(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, 1:].T @ d_b
    d_a = (z * (1 - z)) ** 2 * d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


def softmax_left_out(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = -y / at["yhat"]
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, 1:].T @ d_b
    d_a = z * (1 - z) * d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


def softmax_twice(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = (at["yhat"] - y) * at["yhat"] * (1 - at["yhat"])
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, 1:].T @ d_b
    d_a = z * (1 - z) * d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


def ones_at_the_end(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(d_b, np.append(z, 1))
    d_z = beta[:, 1:].T @ d_b
    d_a = z * (1 - z) * d_z
    d_alpha = np.outer(d_a, np.append(x, 1))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


def no_bias_column(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(d_b, z)
    d_z = beta[:, 1:].T @ d_b
    d_a = z * (1 - z) * d_z
    d_alpha = np.outer(d_a, x)
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


def gradients_transposed(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(np.append(1, z), d_b)
    d_z = beta[:, 1:].T @ d_b
    d_a = z * (1 - z) * d_z
    d_alpha = np.outer(np.append(1, x), d_a)
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


def bias_columns_zero(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, 1:].T @ d_b
    d_a = z * (1 - z) * d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    d_beta[:, 0] = 0
    d_alpha[:, 0] = 0
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


BACKWARD = (
    Mistake(label_minus_guess, "All your derivatives have the wrong sign: they point to where the loss shrinks."),
    Mistake(bias_column_kept_in_front,
            "The error goes back through the wrong columns: you dropped the last one. Which column of β multiplies "
            "the constant 1?"),
    Mistake(slope_forgotten,
            "The error passes the hidden layer's sigmoids unchanged. Each of them multiplies it by its slope."),
    Mistake(slope_at_z,
            "You take the slope of the sigmoid at z, which has been through the sigmoid already. The slope belongs "
            "to a."),
    Mistake(slope_of_a,
            "The formula for the slope needs the value after the sigmoid; you put in the value before it."),
    Mistake(slope_of_the_tangent, "That is the slope of the hyperbolic tangent. A sigmoid has another one."),
    Mistake(slope_twice, "The slope of the sigmoid comes in twice on the way to d_a."),
    Mistake(softmax_left_out,
            "Your d_b is the derivative by the probabilities. It still has to pass through softmax to become one by "
            "b."),
    Mistake(softmax_twice,
            "Softmax comes in twice: the simple difference at the output already contains its derivative."),
    Mistake(ones_at_the_end,
            "Your gradients have the bias column last. In α and β the biases stand first, and their gradients too."),
    Mistake(no_bias_column,
            "Your gradients lack a column: biases have derivatives too, and their input is always 1."),
    Mistake(gradients_transposed,
            "Your matrices are transposed. A gradient has the shape of what it belongs to: a row for each output, a "
            "column for each input."),
    Mistake(bias_columns_zero,
            "The weights are right, but the biases get no gradient. They are weights whose input is 1."),
)
