"""Draws that several exercises share."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Draw, Inputs


def network(rng: Generator, outputs: int) -> Inputs:
    """All sizes differ, and none is 1 except for the output of two classes."""
    d, h, N = [(5, 3, 7), (3, 4, 9), (6, 5, 8)][rng.integers(3)]
    return {"X": rng.normal(size=(d, N)), "params": {
        "w1": rng.normal(size=(h, d)), "b1": rng.normal(size=h), "w2": rng.normal(size=(outputs, h)),
        "b2": rng.normal(size=outputs)}}


def two_classes(rng: Generator) -> Inputs:
    return network(rng, 1)


def many_classes(rng: Generator) -> Inputs:
    return network(rng, int(rng.choice([4, 6])))


def after_forward(draw_network: Draw, forward: Any) -> Draw:
    """What a backward pass is given; every class occurs."""
    def draw(rng: Generator) -> Inputs:
        inputs = draw_network(rng)
        out, intermediate = forward(**inputs)
        classes = max(2, len(out))
        labels = np.arange(out.shape[1]) % classes
        return {"Y_true": rng.permutation(labels), "out": out, "intermediate": intermediate, "params": inputs["params"]}
    return draw


def training(outputs: int) -> Draw:
    """Images with values as large as pixels, and so many that no other training gives the same accuracies by chance."""
    def draw(rng: Generator) -> Inputs:
        d, classes = 5, max(2, outputs)
        data = {"X_train": rng.normal(scale=60, size=(d, 41)), "y_train": np.arange(41) % classes,
                "X_test": rng.normal(scale=60, size=(d, 37)), "y_test": np.arange(37) % classes}
        return {"data": data, "layer_dims": [d, 4, outputs], "learning_rate": 2.0, "num_epochs": 4,
                "seed": int(rng.integers(1, 10_000))}
    return draw
