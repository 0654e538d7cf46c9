"""backward"""

from typing import Any

import numpy as np

from grading.probes.model import Cases, Point, Probe, mistake

from .inputs import _network
from .reference import backward, forward


@mistake("All your derivatives have the wrong sign: they point to where the loss shrinks.")
def label_minus_guess(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = y - at["yhat"]
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, 1:].T @ d_b
    d_a = z * (1 - z) * d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


@mistake("The error goes back through the wrong columns: you dropped the last one. Which column of β multiplies the "
         "constant 1?")
def bias_column_kept_in_front(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, :-1].T @ d_b
    d_a = z * (1 - z) * d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


@mistake("The error passes the hidden layer's sigmoids unchanged. Each of them multiplies it by its slope.")
def slope_forgotten(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, 1:].T @ d_b
    d_a = d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


@mistake("You take the slope of the sigmoid at z, which has been through the sigmoid already. The slope belongs to a.")
def slope_at_z(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, 1:].T @ d_b
    d_a = 1 / (1 + np.exp(-z)) * (1 - 1 / (1 + np.exp(-z))) * d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


@mistake("The formula for the slope needs the value after the sigmoid; you put in the value before it.")
def slope_of_a(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, 1:].T @ d_b
    d_a = at["a"] * (1 - at["a"]) * d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


@mistake("That is the slope of the hyperbolic tangent. A sigmoid has another one.")
def slope_of_the_tangent(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, 1:].T @ d_b
    d_a = (1 - z ** 2) * d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


@mistake("The slope of the sigmoid comes in twice on the way to d_a.")
def slope_twice(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, 1:].T @ d_b
    d_a = (z * (1 - z)) ** 2 * d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


@mistake("Your d_b is the derivative by the probabilities. It still has to pass through softmax to become one by b.")
def softmax_left_out(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = -y / at["yhat"]
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, 1:].T @ d_b
    d_a = z * (1 - z) * d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


@mistake("Softmax comes in twice: the simple difference at the output already contains its derivative.")
def softmax_twice(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = (at["yhat"] - y) * at["yhat"] * (1 - at["yhat"])
    d_beta = np.outer(d_b, np.append(1, z))
    d_z = beta[:, 1:].T @ d_b
    d_a = z * (1 - z) * d_z
    d_alpha = np.outer(d_a, np.append(1, x))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


@mistake("Your gradients have the bias column last. In α and β the biases stand first, and their gradients too.")
def ones_at_the_end(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(d_b, np.append(z, 1))
    d_z = beta[:, 1:].T @ d_b
    d_a = z * (1 - z) * d_z
    d_alpha = np.outer(d_a, np.append(x, 1))
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


@mistake("Your gradients lack a column: biases have derivatives too, and their input is always 1.")
def no_bias_column(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(d_b, z)
    d_z = beta[:, 1:].T @ d_b
    d_a = z * (1 - z) * d_z
    d_alpha = np.outer(d_a, x)
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


@mistake("Your matrices are transposed. A gradient has the shape of what it belongs to: a row for each output, a "
         "column for each input.")
def gradients_transposed(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    z = at["z"]
    d_b = at["yhat"] - y
    d_beta = np.outer(np.append(1, z), d_b)
    d_z = beta[:, 1:].T @ d_b
    d_a = z * (1 - z) * d_z
    d_alpha = np.outer(np.append(1, x), d_a)
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


@mistake("The weights are right, but the biases get no gradient. They are weights whose input is 1.")
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


def backward_with_full_matrices(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    d_b = at["yhat"] - y
    d_z = (beta.T @ d_b)[1:]
    d_a = np.diag(at["z"] - at["z"] ** 2) @ d_z
    return {"d_alpha": d_a[:, None] @ np.append(1, x)[None, :], "d_a": d_a, "d_z": d_z,
            "d_beta": d_b[:, None] @ np.append(1, at["z"])[None, :], "d_b": d_b}


def backward_by_loops(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray) -> Any:
    at = forward(x, y, alpha, beta)
    K, M, D = len(y), len(alpha), len(x)
    d_b = [at["yhat"][k] - y[k] for k in range(K)]
    d_z = [sum(beta[k, 1 + m] * d_b[k] for k in range(K)) for m in range(M)]
    d_a = [at["z"][m] * (1 - at["z"][m]) * d_z[m] for m in range(M)]
    d_beta = [[d_b[k], *(d_b[k] * at["z"][m] for m in range(M))] for k in range(K)]
    d_alpha = [[d_a[m], *(d_a[m] * x[d] for d in range(D))] for m in range(M)]
    return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}


PROBE = Probe(
    "backward", backward,
    cases={"ordinary": Cases(_network()), "other sizes": Cases(_network(True), 2)},
    points=(Point("dℓ/db", 0.75, part="d_b"), Point("dℓ/dβ", 1, part="d_beta"), Point("dℓ/dz", 0.75, part="d_z"),
         Point("dℓ/da", 0.75, part="d_a"), Point("dℓ/dα", 1, part="d_alpha"),
         Point("networks of other sizes", 0.5, "other sizes")),
    unchanged=0.25,
    slips=[
        label_minus_guess,
        bias_column_kept_in_front,
        slope_forgotten,
        slope_at_z,
        slope_of_a,
        slope_of_the_tangent,
        slope_twice,
        softmax_left_out,
        softmax_twice,
        ones_at_the_end,
        no_bias_column,
        gradients_transposed,
        bias_columns_zero,
    ],
    variants=[backward_with_full_matrices, backward_by_loops],
)
