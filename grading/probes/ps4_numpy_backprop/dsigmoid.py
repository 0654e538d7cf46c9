"""The slope of the sigmoid at every entry. Numbers far from 0, where it vanishes, are cases of their own."""

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import large_numbers, numbers
from .reference import dsigmoid, sigmoid


def product_with_the_rest(x: np.ndarray) -> np.ndarray:
    s = sigmoid(x)
    return s * (1 - s)


def product_of_both_sides(x: np.ndarray) -> np.ndarray:
    return np.asarray(sigmoid(x) * sigmoid(-x))


PROBE = Probe(
    "dsigmoid", dsigmoid,
    cases={"ordinary": Cases(numbers), "large": Cases(large_numbers, 2)},
    points=(Point("ordinary numbers", 1), Point("numbers up to ±10000", 0.25, "large")),
    unchanged=0.25,
    slips=[
        Slip("already_activated", "value * (1 - value)", "x * (1 - x)",
             "This formula is for numbers that have been through the sigmoid already. Here x is the number before "
             "it."),
        Slip("activated_twice", "= sigmoid(x)", "= sigmoid(sigmoid(x))",
             "You apply the sigmoid twice: the slope is wanted at x, not at the sigmoid of x."),
        Slip("the_sigmoid_itself", " * (1 - value)", "",
             "That is the value of the sigmoid. Its slope is largest at 0 and vanishes far out on both sides."),
        Slip("plus_for_minus", "1 - value", "1 + value",
             "There is a sign wrong in a bracket: the slope has to vanish where the sigmoid reaches 1."),
        Slip("squared", "(1 - value)", "value",
             "The square is what the quotient rule leaves below the line. The numerator belongs to it too."),
        Slip("falling", "1 - value", "value - 1",
             "The sigmoid rises everywhere, so its slope is positive everywhere; yours is negative."),
        Slip("slope_of_the_tangent", "value * (1 - value)", "1 - np.tanh(x) ** 2",
             "That is the slope of the hyperbolic tangent. The sigmoid is a quarter as steep at 0."),
        Slip("slope_of_the_ramp", "value * (1 - value)", "1.0 * (x > 0)",
             "That is the slope of ReLU, which is 0 or 1. The sigmoid's changes smoothly, and is largest at 0."),
        Slip("slope_from_exponentials", "value * (1 - value)", "np.exp(x) / (1 + np.exp(x)) ** 2",
             "The formula is right, but for large x its exponentials overflow and their quotient is not a number. "
             "Can you use your sigmoid instead?"),
    ],
    variants=[product_with_the_rest, product_of_both_sides],
)
