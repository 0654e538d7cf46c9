"""Draws that several exercises share."""

import numpy as np
from numpy.random import Generator

from grading.probes.model import Draw, Inputs


def network(other_sizes: bool = False) -> Draw:
    """Random matrices; six inputs, four hidden units and three classes unless other sizes are asked for."""
    def draw(rng: Generator) -> Inputs:
        D, M, K = rng.choice([(3, 5, 4), (5, 2, 6), (4, 6, 5)]) if other_sizes else (6, 4, 3)
        return {"x": rng.normal(size=D), "y": np.eye(K)[rng.integers(K)], "alpha": rng.normal(size=(M, D + 1)),
                "beta": rng.normal(scale=0.5, size=(K, M + 1))}
    return draw
