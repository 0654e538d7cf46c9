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


PROBE = Probe(
    "relu", relu,
    cases={"ordinary": Cases(draw, 4)},
    points=[Point("zero where z is negative, z elsewhere", 1.75)],
    unchanged=0.25,
    slips=[
        Slip("absolute", "np.maximum(z, 0)", "np.abs(z)", "What is negative becomes zero, not positive."),
        Slip("minimum", "np.maximum(z, 0)", "np.minimum(z, 0)", "Of z and 0 it is the larger that is wanted."),
    ],
    variants=[with_where],
)
