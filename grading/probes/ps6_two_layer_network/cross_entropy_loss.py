"""The mean cross-entropy of two classes, from labels (N,) and probabilities (1, N).

A probability that is exactly its label costs nothing: that is a case of its own.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .reference import CrossEntropyLoss


def _binary_outputs(rng: Generator) -> Inputs:
    y = rng.permutation([0, 1, 1, 0, 1, 0, 1][:rng.integers(5, 8)])
    return {"Y_true": y.astype(rng.choice(["int64", "float64"])), "Y2": rng.uniform(0.05, 0.95, size=(1, len(y)))}


def _certain_outputs(rng: Generator) -> Inputs:
    """Two samples with a probability of exactly their label."""
    inputs = _binary_outputs(rng)
    for label in (0, 1):
        inputs["Y2"][0, np.flatnonzero(inputs["Y_true"] == label)[0]] = label
    return inputs


def loss_with_where(Y_true: Any, Y2: Any) -> Any:
    return -np.mean(np.log(np.where(Y_true == 1, Y2, 1 - Y2)))


def loss_with_a_small_number(Y_true: Any, Y2: Any) -> Any:
    p = np.clip(Y2, 1e-15, 1 - 1e-15)
    return float(-np.sum(Y_true * np.log(p) + (1 - Y_true) * np.log(1 - p)) / Y2.size)


LOGS = "np.log(np.where(Y_true == 1, Y2, 1 - Y2))"
SUM_OF_BOTH = "Y_true * np.log(Y2) + (1 - Y_true) * np.log(1 - Y2)"

PROBE = Probe(
    "CrossEntropyLoss", CrossEntropyLoss,
    cases={"ordinary": Cases(_binary_outputs), "certain": Cases(_certain_outputs, 2)},
    points=(Point("the mean loss", 1.25), Point("probabilities of exactly the label", 0.5, "certain")),
    unchanged=0.25,
    slips=[
        Slip("divided_by_one", f"np.mean({LOGS})", f"np.sum({SUM_OF_BOTH}) / len(Y2)",
             "That is the sum. If you meant to divide by the number of samples: the length of an array (1, N) is 1."),
        Slip("sign_forgotten", f"-np.mean({LOGS})", f"np.mean({SUM_OF_BOTH})",
             "Your loss is negative: logarithms of probabilities are."),
        Slip("only_ones_count", LOGS, "Y_true * np.log(Y2)",
             "Samples with label 0 cost nothing in your loss. What should they pay when the network says 1?"),
        Slip("columns_against_rows", LOGS, SUM_OF_BOTH.replace("Y_true", "Y_true[:, None]"),
             "Every label has met every prediction: a column of labels and a row of predictions make a square. The "
             "mean is over N pairs."),
        Slip("half_squared_distance", f"-np.mean({LOGS})", "np.mean((Y_true - Y2) ** 2)",
             "That is a squared distance. The cross-entropy is minus a logarithm."),
        Slip("logarithm_to_base_two", LOGS, SUM_OF_BOTH.replace("log", "log2"),
             "Right up to a constant factor: the natural logarithm is asked for."),
        Slip("classes_exchanged", LOGS, "(1 - Y_true) * np.log(Y2) + Y_true * np.log(1 - Y2)",
             "The two classes are exchanged: the output is the probability of label 1."),
        Slip("number_of_a_global", f"np.mean({LOGS})", f"np.sum({SUM_OF_BOTH}) / 2000",
             "You divide by a fixed number of samples. How many there are can be seen from the arguments."),
        Slip("zero_times_infinity", LOGS, SUM_OF_BOTH,
             "Fine until a prediction is exactly 0 or 1: then 0 · log 0 is not a number, although that sample costs "
             "nothing."),
    ],
    variants=[loss_with_where, loss_with_a_small_number],
)
