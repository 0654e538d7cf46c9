"""A step of gradient descent for every sample, in order.

It may work in place, so nothing is asked of its arguments.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip, mistake

from .inputs import small_network, vectors_or_images
from .reference import Arrays, gradients, train_one_sample


def _epoch(raw: bool) -> Callable[[Generator], Inputs]:
    def draw(rng: Generator) -> Inputs:
        N = int(rng.integers(4, 7))
        return {"x": vectors_or_images(rng, N, raw), "y": rng.permutation(10)[:N], **small_network(rng, raw),
                "learning_rate": float(rng.uniform(0.3, 0.6)) / (255 if raw else 1)}
    return draw


def train_one_epoch(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays, learning_rate: float
                    ) -> tuple[Arrays, Arrays]:
    for sample, label in zip(x, y, strict=True):
        weights, biases = train_one_sample(sample, int(label), weights, biases, learning_rate)
    return weights, biases


def use_train_one_epoch(train_one_epoch: Any, x: Any, y: Any, weights: Any, biases: Any, learning_rate: float) -> Any:
    weights, biases = train_one_epoch(x, y, weights, biases, learning_rate)
    return {**{f"W[{l}]": W for l, W in enumerate(weights)}, **{f"b[{l}]": b for l, b in enumerate(biases)}}


@mistake("You take one step with the mean gradient. Here every sample makes a step of its own.")
def one_averaged_step(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    dW, db = zip(*(gradients(sample, label, weights, biases) for sample, label in zip(x, y, strict=True)), strict=True)
    return ([W - learning_rate * np.mean(d, axis=0) for W, *d in zip(weights, *dW, strict=True)],
            [b - learning_rate * np.mean(d, axis=0) for b, *d in zip(biases, *db, strict=True)])


def in_place(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    for n in range(len(x)):
        dW, db = gradients(x[n], int(y[n]), weights, biases)
        for parameter, gradient in zip([*weights, *biases], [*dW, *db], strict=True):
            parameter -= learning_rate * gradient
    return weights, biases


def by_index(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    weights, biases = list(weights), list(biases)
    for n in range(len(y)):
        dW, db = gradients(x[n].ravel(), y[n], weights, biases)
        weights = [weights[l] - learning_rate * dW[l] for l in range(3)]
        biases = [biases[l] - learning_rate * db[l] for l in range(3)]
    return weights, biases


PROBE = Probe(
    "train_one_epoch", train_one_epoch,
    cases={"ordinary": Cases(_epoch(raw=False), 3), "raw images": Cases(_epoch(raw=True), 2)},
    points=(Point("weights and biases after one pass", 1.5), Point("raw images", 0.5, "raw images")),
    use=use_train_one_epoch,
    rtol=2e-5,  # each step magnifies what the ones before were rounded by
    slips=[
        Slip("every_step_from_the_start",
             "weights, biases = train_one_sample(sample, label, weights, biases, learning_rate)\n"
             "    return weights, biases",
             "new = train_one_sample(sample, label, weights, biases, learning_rate)\n    return new",
             "Every step starts from the weights you were given, so only the last one counts. Each step should start "
             "where the one before ended."),
        Slip("first_sample_only", "\n    return", "\n        return",
             "The function returns after its first sample: the rest of the epoch never happens."),
        Slip("last_sample_left_out", "zip(x, y, strict=True)", "zip(x[:-1], y[:-1], strict=True)",
             "The last sample is never used."),
        Slip("from_last_sample_to_first", "zip(x, y, strict=True)", "zip(x[::-1], y[::-1], strict=True)",
             "You go through the samples from the last to the first. The order of the file is asked for."),
        Slip("two_epochs", "zip(x, y, strict=True)", "[*zip(x, y, strict=True)] * 2",
             "Every sample is used twice. One epoch is one pass."),
        one_averaged_step,
        Slip("rate_per_sample", "(sample, label, weights, biases, learning_rate)",
             "(sample, label, weights, biases, learning_rate / len(x))",
             "Your steps are divided by the number of samples. Each sample makes a step with the full learning rate."),
        Slip("labels_of_the_first", "(sample, label, weights, biases, learning_rate)",
             "(sample, y[0], weights, biases, learning_rate)",
             "All samples are trained with the first label. Each has its own."),
    ],
    variants=[in_place, by_index],
)
