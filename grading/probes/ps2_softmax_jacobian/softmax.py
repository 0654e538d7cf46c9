"""Probabilities for one vector of logits.

Near ±10⁴ only an answer that shifts the logits survives: the upper level shows a missing shift as an overflow to
∞/∞, the lower one as 0/0. Leaving z as it was is worth a little of its own.
"""

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import EXTREME, EXTREME_POINTS, logits
from .reference import softmax


def softmax_by_loop(z: np.ndarray) -> list[float]:
    top = max(z)
    e = []
    for value in z:
        e.append(float(np.exp(value - top)))
    return [value / sum(e) for value in e]


def softmax_by_logarithms(z: np.ndarray) -> np.ndarray:
    return np.exp(z - np.logaddexp.reduce(z))


def softmax_by_ratios(z: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):
        return np.asarray(1 / np.exp(z - z[:, None]).sum(axis=1))


PROBE = Probe(
    "softmax", softmax,
    cases={"ordinary": Cases(logits), **EXTREME},
    points=(Point("probabilities", 2), *EXTREME_POINTS),
    unchanged=0.25,
    slips=[
        Slip("no_shift", " - np.max(z)", "",
             "The formula is right, but exp leaves the range of float64 for large logits. Which number can you take "
             "away from all logits without changing the probabilities?"),
        Slip("clipped_logits", "z - np.max(z)", "np.clip(z, -500, 500)",
             "Clipping the logits avoids the overflow but changes the answer: two logits beyond the limit come out "
             "equal. Look for a shift that leaves the probabilities as they are."),
        Slip("no_exponential", "np.exp(z - np.max(z))", "z",
             "Dividing the logits by their sum skips the exponential, so some values come out negative."),
        Slip("divided_by_length", "exponentials / np.sum(exponentials)", "z / np.linalg.norm(z)",
             "That gives a vector of length 1 (squares sum to one). Probabilities themselves sum to one."),
        Slip("not_normalised", " / np.sum(exponentials)", "",
             "Your values are in the right ratios but do not sum to one."),
        Slip("divided_by_count", "np.sum(exponentials)", "len(z)",
             "Your values are divided by how many there are. To sum to one they need to be divided by something that "
             "depends on the values."),
        Slip("logistic_each", "exponentials / np.sum(exponentials)", "1 / (1 + np.exp(-z))",
             "That is the logistic function of each logit alone. In softmax every class competes with every other, so "
             "the values sum to one."),
        Slip("upside_down", "z - np.max(z)", "np.min(z) - z",
             "The largest logit should get the largest probability; yours gets the smallest."),
        Slip("base_two", "np.exp", "np.exp2",
             "These are powers of 2. The probabilities sum to one all the same, but softmax takes powers of e."),
        Slip("hard_max", "exponentials / np.sum(exponentials)", "(z == np.max(z)) * 1.0",
             "Everything goes to the largest logit. Softmax is soft: every class keeps a share, in proportion to the "
             "exponential of its logit."),
        Slip("shifted_in_place", "exponentials = np.exp(z - np.max(z))", "z -= np.max(z)\n    exponentials = np.exp(z)",
             "The probabilities are right, but the caller's z has been changed on the way."),
    ],
    variants=[softmax_by_ratios, softmax_by_loop, softmax_by_logarithms],
)
