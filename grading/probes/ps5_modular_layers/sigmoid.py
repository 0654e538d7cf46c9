"""The logistic function, entry by entry, also where exp overflows.

Problem set 6 asks for the same function and takes SLIPS and VARIANTS from here.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip


def _array(rng: Generator) -> Inputs:
    return {"x": rng.normal(scale=3, size=(rng.integers(2, 5), rng.integers(2, 6)))}


def _huge_array(rng: Generator) -> Inputs:
    return {"x": rng.permutation(np.concatenate([rng.uniform(720, 1000, 3), rng.uniform(-1000, -720, 3)]))}


def sigmoid(x: Any) -> Any:
    return 0.5 * (1 + np.tanh(x / 2))


def sigmoid_naive(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


def sigmoid_by_logarithm(x: Any) -> Any:
    return np.exp(-np.logaddexp(0, -x))


VARIANTS = [sigmoid_naive, sigmoid_by_logarithm]
QUOTIENT = "np.where(x >= 0, 1.0, small) / (1.0 + small)"

SLIPS = [
    Slip("sign_of_the_exponent", QUOTIENT, "1 / (1 + np.exp(x))",
         "Yours falls where it should rise: a large positive input should come out near 1."),
    Slip("signs_mixed", QUOTIENT, "np.exp(x) / (1 + np.exp(-x))",
         "Your two exponentials have different signs. Either form is right, 1 / (1 + e⁻ˣ) or eˣ / (1 + eˣ): which "
         "one is it to be?"),
    Slip("quotient_that_overflows", QUOTIENT, "np.exp(x) / (1 + np.exp(x))",
         "The formula is right, but for large inputs both exponentials overflow and their quotient is not a number. "
         "Choose the form by the sign of x."),
    Slip("hyperbolic_tangent", QUOTIENT, "np.tanh(x)",
         "That is tanh. It has the same S-shape, but runs from −1 to 1."),
    Slip("its_own_derivative", QUOTIENT, "small / (1.0 + small) ** 2",
         "That is the slope of the sigmoid, a hill. Here its value is asked for."),
    Slip("one_forgotten", QUOTIENT, "np.exp(np.clip(x, -600, 600))",
         "Without the 1 in the denominator only an exponential is left, which knows no upper limit."),
    Slip("branch_of_negatives_for_all", QUOTIENT, "small / (1.0 + small)",
         "Your curve is a roof: it rises to one half at 0 and falls again. The form for negative numbers serves them "
         "alone; positive ones need the other."),
    Slip("branch_of_positives_for_all", QUOTIENT, "1.0 / (1.0 + small)",
         "Your curve is a valley: it falls to one half at 0 and rises again. The form for positive numbers serves them "
         "alone; negative ones need the other."),
    Slip("over_all_entries", QUOTIENT, "np.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x)))",
         "Your entries sum to one, so each depends on all the others. The sigmoid treats every entry alone."),
    Slip("halves_as_probability", QUOTIENT, "np.where(x >= 0, 1.0, 0.0)",
         "That is a step from 0 to 1. The sigmoid takes it gently, and passes ½ at 0."),
]

PROBE = Probe(
    "sigmoid", sigmoid,
    cases={"ordinary": Cases(_array), "huge": Cases(_huge_array, 2)},
    points=(Point("values between 0 and 1", 0.25), Point("inputs near ±1000", 0.15, "huge")),
    unchanged=0.1,
    slips=SLIPS,
    variants=VARIANTS,
)
