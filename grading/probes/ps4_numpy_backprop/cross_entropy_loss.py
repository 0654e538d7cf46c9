"""Minus the logarithm of the probability of the right class. Probabilities of 0 beside it must do no harm."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .reference import cross_entropy_loss


def _probabilities(zeros: int) -> Callable[[Generator], Inputs]:
    def draw(rng: Generator) -> Inputs:
        K = int(rng.integers(4, 7))
        label, yhat = rng.integers(K), rng.dirichlet(np.full(K, 2.0))
        yhat[rng.choice(np.delete(np.arange(K), label), zeros, replace=False)] = 0.0
        return {"y": np.eye(K)[label], "yhat": yhat / yhat.sum()}
    return draw


def only_where_one(y: np.ndarray, yhat: np.ndarray) -> Any:
    return -np.sum(y[y > 0] * np.log(yhat[y > 0]))


def by_a_loop(y: np.ndarray, yhat: np.ndarray) -> Any:
    loss = 0.0
    for truth, probability in zip(y, yhat, strict=True):
        if truth == 1:
            loss -= np.log(probability)
    return loss


LOSS = "-np.log(np.sum(y * yhat))"

PROBE = Probe(
    "cross_entropy_loss", cross_entropy_loss,
    cases={"ordinary": Cases(_probabilities(0)), "zeros": Cases(_probabilities(2), 2)},
    points=(Point("loss of one sample", 0.75), Point("a probability of 0 beside the label", 0.15, "zeros")),
    unchanged=0.1,
    slips=[
        Slip("no_minus", "-np.log", "np.log",
             "Logarithms of probabilities are negative, and a loss should not be: a sign is missing."),
        Slip("mean_over_classes", LOSS, LOSS + " / len(y)",
             "You divide by the number of classes. The formula is a sum."),
        Slip("zero_times_infinity", LOSS, "-np.sum(y * np.log(yhat))",
             "The formula is right, but 0 times log 0 is not a number in floating point. Only the class with y = 1 "
             "has to be looked at."),
        Slip("whatever_the_label", LOSS, "-np.sum(np.log(yhat))",
             "Every class adds its logarithm here, whatever the label says. Only one of them should count."),
        Slip("two_for_e", "np.log", "np.log2", "You use the logarithm to base 2; the natural one is asked for."),
        Slip("ten_for_e", "np.log", "np.log10", "You use the logarithm to base 10; the natural one is asked for."),
        Slip("both_sides", LOSS, "-np.sum(np.log(np.where(y > 0, yhat, 1 - yhat)))",
             "You also add a term for each wrong class. Cross-entropy with softmax looks at the right class only: "
             "the others had their say in the denominator."),
        Slip("squared_error", LOSS, "np.sum((y - yhat) ** 2)",
             "That is the squared error, which stays small however wrong the network is. A logarithm is asked for."),
        Slip("probability_not_logarithm", LOSS, "1 - np.sum(y * yhat)",
             "The probability of the label is the right number to look at; the loss is a logarithm of it."),
    ],
    variants=[only_where_one, by_a_loop],
)
