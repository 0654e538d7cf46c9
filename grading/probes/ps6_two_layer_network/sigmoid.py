"""The logistic function, as in problem set 5, whose slips and variants serve here as well."""

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe
from grading.probes.ps5_modular_layers.sigmoid import SLIPS, VARIANTS
from grading.probes.sisters import for_sister

from .reference import sigmoid


def _array(rng: Generator) -> Inputs:
    return {"Z": rng.normal(scale=3, size=(rng.integers(2, 5), rng.integers(2, 6)))}


def _huge_array(rng: Generator) -> Inputs:
    return {"Z": rng.permutation(np.concatenate([rng.uniform(720, 1000, 3), rng.uniform(-1000, -720, 3)]))}


PROBE = Probe(
    "sigmoid", sigmoid,
    cases={"ordinary": Cases(_array), "huge": Cases(_huge_array, 2)},
    points=(Point("values between 0 and 1", 0.25), Point("inputs near ±1000", 0.15, "huge")),
    unchanged=0.1,
    slips=for_sister(SLIPS, x="Z"),
    variants=VARIANTS,
)
