"""regularized_loss"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .inputs import _network
from .reference import forward, regularized_loss


def _with_penalty(other_sizes: bool = False) -> Callable[[Generator], Inputs]:
    def draw(rng: Generator) -> Inputs:
        return {**_network(other_sizes)(rng), "lam": float(rng.uniform(0.02, 0.3))}
    return draw


def penalty_by_norms(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray, lam: float) -> Any:
    penalty = np.linalg.norm(alpha[:, 1:]) ** 2 + np.linalg.norm(beta[:, 1:]) ** 2
    return forward(x, y, alpha, beta)["loss"] + lam * penalty


def penalty_by_loops(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray, lam: float) -> Any:
    total = forward(x, y, alpha, beta)["loss"]
    for row in [*alpha, *beta]:
        for weight in row[1:]:
            total = total + lam * weight * weight
    return total


PROBE = Probe(
    "regularized_loss", regularized_loss,
    cases={"ordinary": Cases(_with_penalty()), "other sizes": Cases(_with_penalty(True), 2)},
    points=(Point("loss and penalty", 1.5), Point("networks of other sizes", 0.25, "other sizes")),
    unchanged=0.25,
    slips=[
        Slip("biases_counted", "(alpha[:, 1:] ** 2) + np.sum(beta[:, 1:] ** 2)", "(alpha ** 2) + np.sum(beta ** 2)",
             "Your penalty counts the biases too. Only weights are asked for: the first columns stay out."),
        Slip("half_the_penalty", "lam *", "lam / 2 *",
             "You put a ½ in front of the penalty, as many books do. In this formula there is none."),
        Slip("absolute_values", "(alpha[:, 1:] ** 2) + np.sum(beta[:, 1:] ** 2)",
             "(np.abs(alpha[:, 1:])) + np.sum(np.abs(beta[:, 1:]))",
             "Your penalty adds sizes; squares are asked for."),
        Slip("root_of_the_squares", "sum(alpha[:, 1:] ** 2) + np.sum(beta[:, 1:] ** 2)",
             "linalg.norm(alpha[:, 1:]) + np.linalg.norm(beta[:, 1:])",
             "Your penalty takes the norms themselves. The formula has their squares."),
        Slip("beta_only", "(alpha[:, 1:] ** 2) + np.sum(beta[:, 1:] ** 2)", "(beta[:, 1:] ** 2)",
             "The weights of α are missing from your penalty."),
        Slip("alpha_only", " + np.sum(beta[:, 1:] ** 2)", "", "The weights of β are missing from your penalty."),
        Slip("mean_of_squares", "sum(alpha[:, 1:] ** 2) + np.sum", "mean(alpha[:, 1:] ** 2) + np.mean",
             "Your penalty takes means over the entries. The squared norm is a sum."),
        Slip("penalty_alone", 'forward(x, y, alpha, beta)["loss"] + ', "",
             "That is the penalty alone; the loss of the network belongs to it."),
        Slip("lambda_ignored", "lam * ", "", "The penalty comes in at full strength. λ says how much it counts."),
        Slip("last_column_left_out", "(alpha[:, 1:] ** 2) + np.sum(beta[:, 1:] ** 2)",
             "(alpha[:, :-1] ** 2) + np.sum(beta[:, :-1] ** 2)",
             "You leave out the last columns. The biases, which stay out, are in the first."),
    ],
    variants=[penalty_by_norms, penalty_by_loops],
)
