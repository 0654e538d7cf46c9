"""The loss of one sample plus λ times the sum of all squared weights, biases left out."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Draw, Inputs, Point, Probe, Slip

from .inputs import network
from .reference import forward, regularized_loss


def _with_penalty(other_sizes: bool = False) -> Draw:
    def draw(rng: Generator) -> Inputs:
        return {**network(other_sizes)(rng), "lam": float(rng.uniform(0.02, 0.3))}
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


SQUARES = "np.sum(alpha[:, 1:] ** 2) + np.sum(beta[:, 1:] ** 2)"

PROBE = Probe(
    "regularized_loss", regularized_loss,
    cases={"ordinary": Cases(_with_penalty()), "other sizes": Cases(_with_penalty(True), 2)},
    points=(Point("loss and penalty", 1.5), Point("networks of other sizes", 0.25, "other sizes")),
    unchanged=0.25,
    slips=[
        Slip("biases_counted", SQUARES, "np.sum(alpha ** 2) + np.sum(beta ** 2)",
             "Your penalty counts the biases too. Only weights are asked for: the first columns stay out."),
        Slip("half_the_penalty", "lam * penalty", "lam / 2 * penalty",
             "You put a ½ in front of the penalty, as many books do. In this formula there is none."),
        Slip("absolute_values", SQUARES, "np.sum(np.abs(alpha[:, 1:])) + np.sum(np.abs(beta[:, 1:]))",
             "Your penalty adds sizes; squares are asked for."),
        Slip("root_of_the_squares", SQUARES, "np.linalg.norm(alpha[:, 1:]) + np.linalg.norm(beta[:, 1:])",
             "Your penalty takes the norms themselves. The formula has their squares."),
        Slip("beta_only", "np.sum(alpha[:, 1:] ** 2) + ", "", "The weights of α are missing from your penalty."),
        Slip("alpha_only", " + np.sum(beta[:, 1:] ** 2)", "", "The weights of β are missing from your penalty."),
        Slip("mean_of_squares", SQUARES, SQUARES.replace("np.sum", "np.mean"),
             "Your penalty takes means over the entries. The squared norm is a sum."),
        Slip("penalty_alone", 'forward(x, y, alpha, beta)["loss"] + ', "",
             "That is the penalty alone; the loss of the network belongs to it."),
        Slip("lambda_ignored", "lam * penalty", "penalty",
             "The penalty comes in at full strength. λ says how much it counts."),
        Slip("last_column_left_out", SQUARES, SQUARES.replace("1:", ":-1"),
             "You leave out the last columns. The biases, which stay out, are in the first."),
    ],
    variants=[penalty_by_norms, penalty_by_loops],
)
