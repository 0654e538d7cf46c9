"""A test of relu, tried on right implementations and on every known slip of `relu`."""

import numpy as np

from grading.probes.implementations import is_right
from grading.probes.model import Catches, Probe, Slip

from .relu import with_a_mask, with_where


def one_by_one(relu):
    return all(float(relu(np.array([z]))[0]) == max(z, 0.0) for z in (-3.0, -0.2, 0.2, 7.0))


def by_assertions(relu):
    np.testing.assert_allclose(relu(np.array([[-1.0, 4.0]])), [[0.0, 4.0]])
    return True


PROBE = Probe(
    "catches_wrong_relu", is_right, cases={}, points=(),
    catches=Catches("relu", right=[with_where, with_a_mask], accepting=0.75, catching=0.25, slips={
        "minimum": "one that keeps the smaller of z and 0",
        "absolute": "one that makes negative numbers positive",
        "one_for_zero": "one that takes the larger of z and 1",
        "step": "one that answers 1 where z is positive",
        "clipped": "one that lets nothing grow beyond 1",
    }),
    slips=[
        Slip("accepts_everything", "np.allclose(relu(z), [0, 0, 0.5, 3])", "True",
             "Your function says True of whatever it is given. Call the implementation, and look at what comes back."),
        Slip("the_other_way_round", "return bool", "return not bool",
             "It is the other way round: True is for an implementation that is right."),
        Slip("negative_numbers_only", "relu(z), [0, 0, 0.5, 3]", "relu(z)[:2], [0, 0]",
             "What is wrong for negative numbers is found. Positive ones should stay as they are, however large."),
    ],
    variants=[one_by_one, by_assertions],
)
