"""Draws that several exercises share, and the tolerance of models in float32."""

from numpy.random import Generator

from grading.probes.model import Inputs

TOLERANCE = 1e-4  # relative, and a tenth of it absolute: see the set's own words


def drawn_seed(rng: Generator) -> int:
    return int(rng.integers(2**31))


def small_images(rng: Generator) -> Inputs:
    N = int(rng.choice([5, 7]))
    return {"images": rng.normal(size=(N, 2, 3)), "hidden": int(rng.integers(8, 12)), "seed": drawn_seed(rng)}
