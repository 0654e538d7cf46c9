"""ps4: a network from scratch on all of MNIST, before training and after one, two and three epochs."""

from itertools import pairwise

import numpy as np

from grading.reproduce.model import Compute, Fact, Run, Solution
from helpers.datasets import Dataset

SIZES = (784, 32, 32, 10)


def _given_weights() -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The published initialisation: N(0, 1/n_in), from one generator, layer by layer."""
    rng = np.random.default_rng(80085)
    weights = [rng.normal(0, 1 / np.sqrt(n_in), (n_in, n_out)) for n_in, n_out in pairwise(SIZES)]
    return weights, [np.zeros(n) for n in SIZES[1:]]


def _pixels(images: np.ndarray, scale: float) -> np.ndarray:
    return images.reshape(len(images), -1) / scale


def _untrained(scale: float) -> Compute:
    def compute(solution: Solution, data: Dataset) -> dict[str, float]:
        loss, accuracy = solution["feed_forward_dataset"](_pixels(data.x_test, scale), data.y_test, *_given_weights())
        return {"loss": loss, "right": 10000 * accuracy}
    return compute


def _trained(scale: float, rate: float) -> Compute:
    def compute(solution: Solution, data: Dataset) -> dict[str, float]:
        x, x_test = _pixels(data.x_train, scale), _pixels(data.x_test, scale)
        weights, biases = _given_weights()
        percent = {}
        for epoch in (1, 2, 3):
            weights, biases = solution["train_one_epoch"](x, data.y_train, weights, biases, rate)
            accuracy = solution["feed_forward_dataset"](x_test, data.y_test, weights, biases)[1]
            percent[f"epoch {epoch}"] = 100 * accuracy
        return percent
    return compute


def _before(id: str, pixels: str, scale: float, loss: Fact, right: float) -> Run:
    return Run(f"ps4_numpy_backprop/{id}", f"untrained, {pixels}", _untrained(scale),
               (loss, Fact(f"test images right before training, {pixels}", right, "right", 0)), "mnist", quick=True)


def _after(id: str, pixels: str, scale: float, rate: float, published: tuple[float, float, float]) -> Run:
    facts = [Fact(f"test accuracy after epoch {epoch}, {pixels}, rate {rate} (%)", percent, f"epoch {epoch}", 1)
             for epoch, percent in enumerate(published, start=1)]
    title = f"three epochs, {pixels}, rate {rate}"
    return Run(f"ps4_numpy_backprop/{id}", title, _trained(scale, rate), facts, "mnist")


RUNS = (
    _before("untrained-raw", "pixels 0 to 255", 1,
            Fact("test loss before training, pixels 0 to 255", 2.37345922, "loss", 8), 880),
    _before("untrained-scaled", "pixels / 255", 255, Fact("test loss before training, pixels / 255", 2.3609, "loss"),
            1028),
    _after("raw", "pixels 0 to 255", 1, 0.003, (70.0, 69.3, 64.6)),
    _after("scaled-slow", "pixels / 255", 255, 0.003, (86.7, 90.8, 92.8)),
    _after("scaled-fast", "pixels / 255", 255, 0.05, (93.9, 94.6, 95.0)),
)
