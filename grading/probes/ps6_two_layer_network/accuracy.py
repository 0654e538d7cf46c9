"""The fraction of right predictions, which may come in one row, (1, N)."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Draw, Inputs, Point, Probe, Slip

from .reference import accuracy


def _guesses(row: bool) -> Draw:
    def draw(rng: Generator) -> Inputs:
        y = rng.integers(10, size=3 * int(rng.integers(2, 40)) + 1)  # every length gives another fraction
        y_pred = np.where(np.arange(len(y)) % 3 == 0, (y + rng.integers(2, 9, size=len(y))) % 10, y)
        return {"y": y, "y_pred": y_pred[None] if row else y_pred}
    return draw


def accuracy_by_loop(y: Any, y_pred: Any) -> Any:
    right = 0
    for one, other in zip(np.ravel(y), np.ravel(y_pred), strict=True):
        right += one == other
    return right / len(np.ravel(y))


def accuracy_by_broadcasting(y: Any, y_pred: Any) -> Any:
    return np.mean(y == y_pred)


PROBE = Probe(
    "accuracy", accuracy,
    cases={"ordinary": Cases(_guesses(row=False)), "row": Cases(_guesses(row=True), 2)},
    points=(Point("the fraction that is right", 0.25), Point("predictions in one row", 0.15, "row")),
    unchanged=0.1,
    slips=[
        Slip("in_percent", "np.mean", "100 * np.mean",
             "That is a percentage. A fraction between 0 and 1 is asked for."),
        Slip("number_right", "np.mean", "np.sum", "That is how many are right. Which fraction of all is it?"),
        Slip("fraction_wrong", "==", "!=", "That is the fraction of wrong predictions."),
        Slip("divided_by_length", "np.mean(np.ravel(y_pred) == y)", "np.sum(y_pred == y) / len(y_pred)",
             "For predictions in one row, (1, N), you divide by 1: that is the length of such an array."),
        Slip("everybody_with_everybody", "np.ravel(y_pred)", "np.ravel(y_pred)[:, None]",
             "Every label is compared with every prediction. Each should meet its own."),
        Slip("two_classes_only", "np.mean(np.ravel(y_pred) == y)", "1 - np.mean(np.abs(np.ravel(y_pred) - y))",
             "That works for 0 and 1, but with ten classes a distance between labels means nothing."),
    ],
    variants=[accuracy_by_loop, accuracy_by_broadcasting],
)
