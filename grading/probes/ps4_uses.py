"""How ps4's answers are tried: what a network function returns, given names that a verdict can speak of.

Each stands alone: its source is sent into the sandbox, where `np` and `partner` are all it knows.
"""

from typing import Any

import numpy as np


def use_initialize(initialize: Any, layer_sizes: list[int], seed: int) -> Any:
    """Two networks from one generator, and the first of another generator with the same seed."""
    rng = np.random.default_rng(seed)
    parts = {}
    for name in ("first", "second"):
        weights, biases = initialize(list(layer_sizes), rng)
        parts.update({f"{name} W[{l}]": W for l, W in enumerate(weights)})
        parts.update({f"{name} b[{l}]": b for l, b in enumerate(biases)})
    weights, _ = initialize(list(layer_sizes), np.random.default_rng(seed))
    parts["same seed W[0]"] = weights[0]
    return parts


def use_loss_and_guess(feed_forward_sample: Any, sample: Any, label: int, weights: Any, biases: Any) -> Any:
    loss, one_hot_guess = feed_forward_sample(sample, label, weights, biases)
    return {"loss": loss, "one_hot_guess": one_hot_guess}


def use_loss_and_accuracy(feed_forward_dataset: Any, x: Any, y: Any, weights: Any, biases: Any) -> Any:
    mean_loss, accuracy = feed_forward_dataset(x, y, weights, biases)
    return {"mean_loss": mean_loss, "accuracy": accuracy}


def use_gradients(gradients: Any, sample: Any, label: int, weights: Any, biases: Any) -> Any:
    dW, db = gradients(sample, label, weights, biases)
    return {**{f"dW[{l}]": d for l, d in enumerate(dW)}, **{f"db[{l}]": d for l, d in enumerate(db)}}


def use_train_one_sample(train_one_sample: Any, samples: Any, labels: Any, weights: Any, biases: Any,
                         learning_rate: float) -> Any:
    """As many steps as there are samples."""
    for sample, label in zip(samples, labels, strict=True):
        weights, biases = train_one_sample(sample, label, weights, biases, learning_rate)
    return {**{f"W[{l}]": W for l, W in enumerate(weights)}, **{f"b[{l}]": b for l, b in enumerate(biases)}}


def use_train_one_epoch(train_one_epoch: Any, x: Any, y: Any, weights: Any, biases: Any, learning_rate: float) -> Any:
    weights, biases = train_one_epoch(x, y, weights, biases, learning_rate)
    return {**{f"W[{l}]": W for l, W in enumerate(weights)}, **{f"b[{l}]": b for l, b in enumerate(biases)}}
