"""softmax"""

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip, mistake

from .inputs import EXTREME, EXTREME_POINTS, _ordinary
from .reference import softmax


@mistake("The probabilities are right, but the caller's z has been changed on the way.")
def shifted_in_place(z: np.ndarray) -> np.ndarray:
    z -= np.max(z)
    e = np.exp(z)
    return e / np.sum(e)


def softmax_by_loop(z: np.ndarray) -> list[float]:
    top = max(z)
    e = []
    for value in z:
        e.append(float(np.exp(value - top)))
    return [value / sum(e) for value in e]


def softmax_by_logarithms(z: np.ndarray) -> np.ndarray:
    return np.exp(z - np.logaddexp.reduce(z))


PROBE = Probe(
    "softmax", softmax,
    cases={"ordinary": Cases(_ordinary), **EXTREME},
    points=(Point("probabilities", 2), *EXTREME_POINTS),
    unchanged=0.25,
    slips=[
        Slip("no_shift", " - np.max(z)", "",
             "The formula is right, but exp leaves the range of float64 for large logits. Which number can you take "
             "away from all logits without changing the probabilities?"),
        Slip("clipped_logits", "z - np.max(z)", "np.clip(z, -500, 500)",
             "Clipping the logits avoids the overflow but changes the answer: two logits beyond the limit come out "
             "equal. Look for a shift that leaves the probabilities as they are."),
        Slip("no_exponential", "exponentials / np.sum(exponentials)", "z / np.sum(z)",
             "Dividing the logits by their sum skips the exponential, so some values come out negative."),
        Slip("divided_by_length", "exponentials / np.sum(exponentials)", "z / np.linalg.norm(z)",
             "That gives a vector of length 1 (squares sum to one). Probabilities themselves sum to one."),
        Slip("not_normalised", "exponentials / np.sum(exponentials)", "np.exp(z - np.max(z))",
             "Your values are in the right ratios but do not sum to one."),
        Slip("divided_by_count", "exponentials / np.sum(exponentials)", "np.exp(z - np.max(z)) / len(z)",
             "Your values are divided by how many there are. To sum to one they need to be divided by something that "
             "depends on the values."),
        Slip("logistic_each", "exponentials / np.sum(exponentials)", "0.5 * (1 + np.tanh(z / 2))",
             "That is the logistic function of each logit alone. In softmax every class competes with every other, "
             "so the values sum to one."),
        Slip("upside_down", "z - np.max(z)", "np.min(z) - z",
             "The largest logit should get the largest probability; yours gets the smallest."),
        shifted_in_place,
    ],
    variants=[softmax_by_loop, softmax_by_logarithms],
)
