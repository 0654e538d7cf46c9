"""relu: what is negative becomes zero, the rest stays."""

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip


def relu(z):
    return (z + np.abs(z)) / 2  # another way than the notebook's solution


def draw(rng):
    """Three negative numbers and three positive ones, in any order."""
    return {"z": rng.permutation([-1, -1, -1, 1, 1, 1]) * rng.uniform(0.5, 3.0, size=6)}


def with_where(z):
    return np.where(z > 0, z, 0)


def with_a_mask(z):
    return z * (z > 0)


PROBE = Probe(
    "relu", relu,
    cases={"ordinary": Cases(draw, 4)},
    points=[Point("zero where z is negative, z elsewhere", 1.75)],
    unchanged=0.25,
    slips=[
        Slip("absolute", "np.maximum(z, 0)", "np.abs(z)", "What is negative becomes zero, not positive."),
        Slip("minimum", "np.maximum(z, 0)", "np.minimum(z, 0)", "Of z and 0 it is the larger that is wanted."),
        Slip("clipped", "np.maximum(z, 0)", "np.clip(z, 0, 1)", "What is positive stays as it is, however large."),
        Slip("one_for_zero", "np.maximum(z, 0)", "np.maximum(z, 1)", "The larger of z and 0 is wanted, not of 1."),
        Slip("step", "np.maximum(z, 0)", "(z > 0) * 1.0", "Where z is positive the answer is z itself, not 1."),
    ],
    variants=[with_where, with_a_mask],
)
