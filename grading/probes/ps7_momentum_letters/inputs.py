"""Draws that several exercises share."""

import numpy as np
from numpy.random import Generator

from grading.probes.model import Inputs

from .reference import Array


def drawn_logits(rng: Generator) -> Inputs:
    N, K = rng.choice([(3, 5), (5, 3), (7, 4)])
    return {"x": rng.uniform(-2.5, 2.5, size=(N, K))}


def one_hot_targets(rng: Generator, N: int, K: int) -> Array:
    """Targets of at least two classes."""
    labels = rng.integers(K, size=N)
    labels[:2] = rng.permutation(K)[:2]
    return np.eye(K)[labels]


def labelled_rows(rng: Generator) -> Inputs:
    """Images of few pixels with their labels, or with one-hot targets."""
    N, d = int(rng.integers(9, 14)), int(rng.integers(2, 5))
    target = rng.permutation(N)
    return {"data": rng.normal(size=(N, d)), "target": target if rng.random() < 0.5 else np.eye(N)[target]}
