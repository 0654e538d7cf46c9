"""All derivatives of softmax, written in its probabilities y: y_i (δ_ij − y_j)."""

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import logits
from .reference import softmax, softmax_jacobian


def jacobian_by_loops(z: np.ndarray) -> np.ndarray:
    y = softmax(z)
    J = np.zeros((len(y), len(y)))
    for i in range(len(y)):
        for j in range(len(y)):
            J[i, j] = y[i] * (1 - y[i]) if i == j else -y[i] * y[j]
    return J


def jacobian_by_einsum(z: np.ndarray) -> np.ndarray:
    y = softmax(z)
    return np.diagflat(y) - np.einsum("i,j->ij", y, y)


def jacobian_by_columns(z: np.ndarray) -> list[list[float]]:
    y = softmax(z)
    J: list[list[float]] = (np.eye(len(y)) * y - y[:, None] @ y[None, :]).tolist()
    return J


FORMULA = "np.diag(y) - np.outer(y, y)"

PROBE = Probe(
    "softmax_jacobian", softmax_jacobian,
    cases={"ordinary": Cases(logits, 5)},
    points=(Point("all K² derivatives", 4.75),),
    unchanged=0.25,
    slips=[
        Slip("diagonal_forgotten", "np.diag(y)", "y",
             "`y` alone is added to every row. The first term stands on the diagonal only."),
        Slip("plus_off_the_diagonal", FORMULA, "np.where(np.eye(len(y)), y * (1 - y), np.outer(y, y))",
             "Raising one logit takes probability away from the other classes, so look at the sign where i ≠ j. Each "
             "row of J should sum to zero."),
        Slip("plus_everywhere", "- np.outer", "+ np.outer",
             "No probability can change faster than 1/4 per unit of a logit, and each row of J should sum to zero. "
             "Look at the sign that comes from the denominator."),
        Slip("no_square_on_the_diagonal", FORMULA, "np.where(np.eye(len(y)), y, -np.outer(y, y))",
             "Where i = j, numerator and denominator both change; only the numerator's part is there."),
        Slip("first_case_forgotten", "np.diag(y) - np.outer", "-np.outer",
             "Only the denominator's part is there: where i = j the numerator changes too, and a class gains from its "
             "own logit."),
        Slip("each_class_alone", FORMULA, "np.diag(y * (1 - y))",
             "That is the derivative of K separate sigmoids. Softmax shares one denominator, so every logit moves "
             "every probability."),
        Slip("negated_jacobian", FORMULA, "np.outer(y, y) - np.diag(y)",
             "Every sign is the other way round: a class should gain when its own logit rises."),
        Slip("derivative_of_the_logarithm", FORMULA, "np.eye(len(y)) - y",
             "That is how log y moves. The chain rule takes one more factor to get from log y to y."),
        Slip("same_index_twice", "np.outer(y, y)", "y[:, None] ** 2",
             "The two indices do different jobs: i is the probability that reacts, j the logit that is nudged. Yours "
             "uses the same one twice, so J is not symmetric."),
        Slip("softmax_applied_twice", "softmax(z)", "softmax(softmax(z))",
             "Softmax has been applied to its own output. J is to be written in y, and y comes from z in one step."),
        Slip("inner_for_outer_product", "np.outer(y, y)", "y @ y",
             "y · y is a single number, taken away from every entry alike. Entry (i, j) needs the pair y_i, y_j."),
        Slip("logits_for_probabilities", "softmax(z)", "z",
             "The right pattern, with logits where the probabilities belong."),
    ],
    variants=[jacobian_by_loops, jacobian_by_einsum, jacobian_by_columns],
)
