"""Logarithms of the probabilities, also where a probability underflows to 0, so that log y would be −∞."""

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import EXTREME, EXTREME_POINTS, logits


def log_softmax(z: np.ndarray) -> np.ndarray:
    return np.asarray(z - np.logaddexp.reduce(z))


def log_softmax_by_loop(z: np.ndarray) -> list[float]:
    shifted = [value - max(z) for value in z]
    log_sum = np.log(sum(np.exp(value) for value in shifted))
    return [float(value - log_sum) for value in shifted]


def log_softmax_of_differences(z: np.ndarray) -> np.ndarray:
    return -np.logaddexp.reduce(z[None, :] - z[:, None], axis=1)


FORMULA = "shifted - np.log(np.sum(np.exp(shifted)))"

PROBE = Probe(
    "log_softmax", log_softmax,
    cases={"ordinary": Cases(logits), **EXTREME},
    points=(Point("logarithms of the probabilities", 2), *EXTREME_POINTS),
    unchanged=0.25,
    slips=[
        Slip("log_of_softmax", FORMULA, "np.log(softmax(z))",
             "Right until a probability underflows to 0, whose logarithm is −∞. Simplify log(e^a / b) on paper first: "
             "then no small number is ever formed."),
        Slip("small_number_added", FORMULA, "np.log(softmax(z) + 1e-12)",
             "The small constant hides the −∞ but puts a wrong number there. Simplify log(e^a / b) on paper first: "
             "then no small number is ever formed."),
        Slip("log_sum_without_shift", " - np.max(z)", "",
             "The formula is right, but exp leaves the range of float64 for logits of large size. Shift the logits "
             "before the exponential, as in softmax."),
        Slip("logarithm_forgotten", "np.log(np.sum(np.exp(shifted)))", "np.sum(np.exp(shifted))",
             "What is subtracted is the sum itself; its logarithm is what the quotient turns into."),
        Slip("shift_not_undone", "return shifted", "return z",
             "The maximum is taken away inside the sum only, so the two terms belong to different logits and the "
             "probabilities behind your result do not sum to one."),
        Slip("shift_undone_twice", "return shifted", "return shifted - np.max(z)",
             "The maximum is taken away once too often, so the probabilities behind your result do not sum to one."),
        Slip("base_ten", FORMULA, "np.log10(softmax(z))",
             "These are logarithms to base 10. The natural logarithm, which undoes exp, is meant."),
        Slip("plain_probabilities", FORMULA, "softmax(z)",
             "These are the probabilities; their logarithms are asked for."),
        Slip("negated_logarithms", FORMULA, "np.log(np.sum(np.exp(shifted))) - shifted",
             "The signs are the other way round: the logarithm of a probability is at most 0."),
        Slip("log_shifted_in_place", "shifted = z - np.max(z)", "shifted = z\n    shifted -= np.max(z)",
             "The logarithms are right, but the caller's z has been changed on the way."),
    ],
    variants=[log_softmax_by_loop, log_softmax_of_differences],
)
