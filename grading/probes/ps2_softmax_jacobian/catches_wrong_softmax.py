"""A test of softmax, tried on right implementations and on ten known slips of `softmax`.

Each of its own slips lets another selection through: those that are wrong for large logits only, those that sum to 1,
those that rank the classes rightly.
"""

from typing import Any

import numpy as np

from grading.probes.implementations import is_right
from grading.probes.model import Catches, Probe, Slip

from .softmax import softmax_by_logarithms, softmax_by_ratios


def by_ratios(softmax: Any) -> Any:
    rng = np.random.default_rng(2)
    for size in (2, 3, 7):
        z = rng.normal(size=size)
        for level in (0, 5000, -5000):
            y = np.asarray(softmax(z + level))
            if y.shape != z.shape or not np.all(np.isfinite(y)) or np.any(y <= 0):
                return False
            if abs(y.sum() - 1) > 1e-9 or np.max(np.abs(np.log(y / y[0]) - (z - z[0]))) > 1e-9:
                return False
    return True


def by_assertions(softmax: Any) -> Any:
    assert np.allclose(softmax(np.zeros(4)), 0.25)
    assert np.allclose(softmax(np.array([1000.0, 1000 + np.log(3)])), [0.25, 0.75])
    assert np.allclose(softmax(np.array([-1000.0, -1000 + np.log(3)])), [0.25, 0.75])
    return True


COMPARED = "np.max(np.abs(softmax(z + level) - y)) < 1e-6"

PROBE = Probe(
    "catches_wrong_softmax", is_right, cases={}, points=(),
    catches=Catches("softmax", right=(softmax_by_logarithms, softmax_by_ratios), accepting=1.5, catching=0.25, slips={
        "no_exponential": "one without an exponential",
        "no_shift": "one that overflows for large logits",
        "clipped_logits": "one that clips large logits",
        "divided_by_length": "one that makes a vector of length 1",
        "not_normalised": "one that forgets to divide by the total",
        "divided_by_count": "one that divides by the number of classes",
        "logistic_each": "one that looks at each logit alone",
        "upside_down": "one that prefers small logits",
        "base_two": "one with powers of 2 instead of e",
        "hard_max": "one that gives everything to the largest logit",
    }),
    slips=[
        Slip("accepts_everything", "return bool(np.all(close))", "return True",
             "Your function says True whatever it is given. Call the implementation, and look at what comes back."),
        Slip("rejects_everything", "< 1e-6", "== 0",
             "Your function says False of every implementation, of right ones too. Two right ways to compute the same "
             "number differ in the last digits: compare with a tolerance, not for equality."),
        Slip("the_other_way_round", "return bool", "return not bool",
             "It is the other way round: True is for an implementation that is right."),
        Slip("ordinary_logits_only", "for level in (0.0, 1e4, -1e4)", "for level in (0.0,)",
             "Everything that is wrong for ordinary logits is found. Exercise 2.1 asked for more than these."),
        Slip("only_the_sum", COMPARED, "np.isclose(np.sum(softmax(z + level)), 1)",
             "Whatever sums to 1 gets through. Many wrong answers do: you need a value that you know, or one more "
             "property."),
        Slip("sum_and_sign", COMPARED,
             "(np.isclose(np.sum(softmax(z + level)), 1) and np.all(softmax(z + level) > 0))",
             "Whatever is positive and sums to 1 gets through. Nothing yet says how the probabilities depend on the "
             "logits: how large is `y[1] / y[0]`?"),
        Slip("only_the_largest", COMPARED, "int(np.argmax(softmax(z + level))) == 2",
             "You only ask which class comes out largest. Look at the probabilities themselves."),
        Slip("order_and_sum", COMPARED,
             "(np.isclose(np.sum(softmax(z + level)), 1) and np.all(np.diff(softmax(z + level)) > 0))",
             "Whatever sums to 1 and ranks the classes rightly gets through. The right order is not yet the right "
             "size: how large is `y[1] / y[0]`?"),
    ],
    variants=[by_ratios, by_assertions],
)
