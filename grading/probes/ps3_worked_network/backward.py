"""Derivatives of the loss by everything on the way back, each with points of its own."""

from typing import Any

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import network
from .reference import backward, forward


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


OUTER = ("np.outer(d_b, np.concatenate([[1], z]))\n    d_z = beta[:, 1:].T @ d_b\n"
         "    d_a = z * (1 - z) * d_z\n    d_alpha = np.outer(d_a, np.concatenate([[1], x]))")
RETURN = 'return {"d_b": d_b, "d_beta": d_beta, "d_z": d_z, "d_a": d_a, "d_alpha": d_alpha}'

PROBE = Probe(
    "backward", backward,
    cases={"ordinary": Cases(network()), "other sizes": Cases(network(True), 2)},
    points=(Point("dℓ/db", 0.75, part="d_b"), Point("dℓ/dβ", 1, part="d_beta"), Point("dℓ/dz", 0.75, part="d_z"),
           Point("dℓ/da", 0.75, part="d_a"), Point("dℓ/dα", 1, part="d_alpha"),
           Point("networks of other sizes", 0.5, "other sizes")),
    unchanged=0.25,
    slips=[
        Slip("label_minus_guess", 'at["yhat"] - y', 'y - at["yhat"]',
             "All your derivatives have the wrong sign: they point to where the loss shrinks."),
        Slip("bias_column_kept_in_front", "beta[:, 1:]", "beta[:, :-1]",
             "The error goes back through the wrong columns: you dropped the last one. Which column of β multiplies "
             "the constant 1?"),
        Slip("slope_forgotten", "z * (1 - z) * ", "",
             "The error passes the hidden layer's sigmoids unchanged. Each of them multiplies it by its slope."),
        Slip("slope_at_z", "z * (1 - z)", "np.exp(-z) / (1 + np.exp(-z)) ** 2",
             "You take the slope of the sigmoid at z, which has been through the sigmoid already. The slope belongs "
             "to a."),
        Slip("slope_of_a", "z * (1 - z)", 'at["a"] * (1 - at["a"])',
             "The formula for the slope needs the value after the sigmoid; you put in the value before it."),
        Slip("slope_of_the_tangent", "z * (1 - z)", "(1 - z ** 2)",
             "That is the slope of the hyperbolic tangent. A sigmoid has another one."),
        Slip("slope_of_the_tangent_at_a", "z * (1 - z)", '(1 - np.tanh(at["a"]) ** 2)',
             "You multiply by the slope of the hyperbolic tangent at a. A sigmoid has another one."),
        Slip("slope_of_the_ramp", "z * (1 - z)", '(at["a"] > 0)',
             "You multiply by the slope of ReLU, which is 0 or 1. These units are sigmoids: what is their slope?"),
        Slip("slope_twice", "z * (1 - z)", "(z * (1 - z)) ** 2",
             "The slope of the sigmoid comes in twice on the way to d_a."),
        Slip("softmax_left_out", 'at["yhat"] - y', '-y / at["yhat"]',
             "Your d_b is the derivative with respect to the probabilities. It still has to pass through softmax to "
             "become one with respect to b."),
        Slip("softmax_twice", 'at["yhat"] - y', '(at["yhat"] - y) * at["yhat"] * (1 - at["yhat"])',
             "Softmax comes in twice: the simple difference at the output already contains its derivative."),
        Slip("ones_at_the_end", OUTER, OUTER.replace("[[1], z]", "[z, [1]]").replace("[[1], x]", "[x, [1]]"),
             "Your gradients have the bias column last. In α and β the biases stand first, and their gradients too."),
        Slip("no_bias_column", OUTER,
             OUTER.replace("np.concatenate([[1], z])", "z").replace("np.concatenate([[1], x])", "x"),
             "Your gradients lack a column: biases have derivatives too, and their input is always 1."),
        Slip("gradients_transposed", RETURN,
             RETURN.replace(": d_beta", ": d_beta.T").replace(": d_alpha", ": d_alpha.T"),
             "Your matrices are transposed. A gradient has the shape of what it belongs to: a row for each output, a "
             "column for each input."),
        Slip("bias_columns_zero", RETURN, f"d_beta[:, 0] = d_alpha[:, 0] = 0\n    {RETURN}",
             "The weights are right, but the biases get no gradient. They are weights whose input is 1."),
    ],
    variants=[backward_with_full_matrices, backward_by_loops],
)
