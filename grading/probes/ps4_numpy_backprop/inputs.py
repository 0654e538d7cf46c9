"""Draws that several exercises share."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.random import Generator

from grading.probes.model import Inputs

from .reference import feed_forward_sample

WIDTHS = ((3, 5), (5, 3), (4, 6), (6, 4))


def numbers(rng: Generator) -> Inputs:
    return {"x": rng.normal(scale=3, size=rng.choice([4, 6]) if rng.random() < 0.5 else (2, 3))}


def large_numbers(rng: Generator) -> Inputs:
    return {"x": rng.permutation([-1.0, 1.0, 1.0]) * rng.uniform(800, 10000, size=3)}


def small_network(rng: Generator, raw: bool = False, widths: Sequence[tuple[int, int]] = WIDTHS) -> Inputs:
    """A network for six pixels, up to 255 where they are raw and else up to 1: its first sums are of order one."""
    sizes = (6, *widths[int(rng.integers(len(widths)))], 10)
    weights = [rng.normal(size=shape) for shape in pairwise(sizes)]
    weights[0] /= 255 if raw else 1
    return {"weights": weights, "biases": [rng.normal(size=n) for n in sizes[1:]]}


def vectors_or_images(rng: Generator, count: int, raw: bool = False) -> np.ndarray:
    """Vectors of pixels from 0 to 1, or raw images (2, 3)."""
    return rng.integers(0, 256, size=(count, 2, 3), dtype=np.uint8) if raw else rng.uniform(size=(count, 6))


def one_sample(raw: bool = False, widths: Sequence[tuple[int, int]] = WIDTHS) -> Callable[[Generator], Inputs]:
    """One sample, with a label other than the network's guess."""
    def draw(rng: Generator) -> Inputs:
        parameters, [sample] = small_network(rng, raw, widths), vectors_or_images(rng, 1, raw)
        _, guess = feed_forward_sample(sample, 0, **parameters)
        return {"sample": sample, "label": int(rng.choice(np.flatnonzero(guess == 0))), **parameters}
    return draw
