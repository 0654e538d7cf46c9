"""The logistic function of every entry. Numbers far from 0, whose exponentials overflow, are cases of their own."""

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import large_numbers, numbers
from .reference import sigmoid


def plain_sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def sigmoid_by_cases(x: np.ndarray) -> np.ndarray:
    y = np.zeros(x.shape)
    y[x >= 0] = 1 / (1 + np.exp(-x[x >= 0]))
    y[x < 0] = np.exp(x[x < 0]) / (1 + np.exp(x[x < 0]))
    return y


FORMULA = "np.where(x >= 0, 1, decaying) / (1 + decaying)"

PROBE = Probe(
    "sigmoid", sigmoid,
    cases={"ordinary": Cases(numbers), "large": Cases(large_numbers, 2)},
    points=(Point("ordinary numbers", 1), Point("numbers up to ±10000", 0.25, "large")),
    unchanged=0.25,
    slips=[
        Slip("overflowing", FORMULA, "np.exp(x) / (1 + np.exp(x))",
             "The formula is right, but for large x both exponentials overflow and their quotient is not a number. "
             "Can you write it with an exponential that never grows?"),
        Slip("clipped_input", "np.abs(x)", "np.abs(np.clip(x, -10, 10))",
             "Clipping x avoids the overflow and changes the answer: everything beyond the limit comes out equal, "
             "although the sigmoid goes on."),
        Slip("sign_lost", FORMULA, "1 / (1 + np.exp(x))",
             "Your curve falls where it should rise: look at the sign in the exponent."),
        Slip("tangent", FORMULA, "np.tanh(x)",
             "That is the hyperbolic tangent, which runs from −1 to 1. The sigmoid runs from 0 to 1."),
        Slip("half_tangent", FORMULA, "np.tanh(x / 2)",
             "Your curve has the right shape and runs from −1 to 1. The sigmoid runs from 0 to 1 and is one half at "
             "0."),
        Slip("one_forgotten", FORMULA, "1 / np.exp(-x)",
             "The denominator lacks a term, so your values grow without bound."),
        Slip("signs_mixed", FORMULA, "np.exp(x) / (1 + np.exp(-x))",
             "Your two exponentials have different signs. Either form is right, 1 / (1 + e⁻ˣ) or eˣ / (1 + eˣ): which "
             "one is it to be?"),
        Slip("hard_step", FORMULA, "np.where(x > 0, 1.0, 0.0)",
             "That is a step. The sigmoid climbs smoothly, so that it has a slope to learn from."),
        Slip("branch_of_negatives_for_all", FORMULA, "decaying / (1 + decaying)",
             "Your curve is a roof: it rises to one half at 0 and falls again. The form for negative numbers serves "
             "them alone; positive ones need the other."),
        Slip("branch_of_positives_for_all", FORMULA, "1 / (1 + decaying)",
             "Your curve is a valley: it falls to one half at 0 and rises again. The form for positive numbers serves "
             "them alone; negative ones need the other."),
        Slip("softmax_instead", FORMULA, "np.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x)))",
             "Your values sum to one. The sigmoid looks at each number alone and knows nothing of the others."),
        Slip("sigmoid_in_place", "return " + FORMULA, "x *= -1\n    return 1 / (1 + np.exp(x))",
             "The values are right, but the caller's x has been changed on the way."),
    ],
    variants=[plain_sigmoid, sigmoid_by_cases],
)
