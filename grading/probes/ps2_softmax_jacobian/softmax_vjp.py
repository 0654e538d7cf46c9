"""The product Jᵀg without building J, though an answer that builds it is as right. The entries sum to zero."""

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .inputs import logits
from .reference import softmax, softmax_vjp


def _with_gradient(rng: Generator) -> Inputs:
    z = logits(rng)["z"]
    return {"z": z, "g": rng.permutation(np.linspace(-2, 2, z.size)) + rng.normal(scale=0.2, size=z.size)}


def vjp_through_the_jacobian(z: np.ndarray, g: np.ndarray) -> np.ndarray:
    y = softmax(z)
    return (np.diag(y) - np.outer(y, y)).T @ g


def vjp_by_loop(z: np.ndarray, g: np.ndarray) -> list[float]:
    y = softmax(z)
    mean = 0.0
    for y_i, g_i in zip(y, g, strict=True):
        mean += y_i * g_i
    return [float(y_i * g_i - y_i * mean) for y_i, g_i in zip(y, g, strict=True)]


PROBE = Probe(
    "softmax_vjp", softmax_vjp,
    cases={"ordinary": Cases(_with_gradient, 5)},
    points=(Point("the product of Jᵀ and g", 3.75),),
    unchanged=0.25,
    slips=[
        Slip("elementwise_only", "(g - y @ g)", "g",
             "Only the δ part of J is there. The part that comes from the shared denominator is missing, so your "
             "result does not sum to zero."),
        Slip("plain_sum", "y @ g", "np.sum(g)",
             "You take away the plain sum of g. In the sum over i each g_i still carries a weight."),
        Slip("plain_mean", "y @ g", "np.mean(g)",
             "You take away the mean of g with equal weights. In the sum over i the weights are not equal."),
        Slip("factor_forgotten", "y * (g - y @ g)", "g - y @ g",
             "Almost: the difference is right, but every entry of J carries one more factor, which belongs in front."),
        Slip("plus_the_mean", "g - y", "g + y",
             "The part from the shared denominator enters with the wrong sign; your result should sum to zero."),
        Slip("mean_before_g", "g - y @ g", "y @ g - g",
             "Every sign is the other way round. Try g with a single 1 in it, and compare with a row of J."),
        Slip("own_term_forgotten", "(g - y @ g)", "(-y @ g)",
             "Only the part from the shared denominator is there. What does δ contribute?"),
        Slip("diagonal_only", "y @ g", "y * g",
             "That uses the diagonal of J alone. Its other entries are not zero."),
        Slip("vjp_at_logits", "softmax(z)", "z",
             "The right pattern, with logits where the probabilities belong."),
    ],
    variants=[vjp_through_the_jacobian, vjp_by_loop],
)
