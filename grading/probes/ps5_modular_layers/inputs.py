"""Draws that several exercises share."""

from numpy.random import Generator

from grading.probes.model import Inputs


def batch(rng: Generator) -> Inputs:
    shape = rng.integers(3, 6), rng.integers(2, 6)
    x, g, earlier_x, earlier_g = rng.normal(scale=2, size=(4, *shape))
    return {"x": x, "g": g, "earlier_x": earlier_x, "earlier_g": earlier_g}
