"""Training on many classes: the loop of two classes, with the functions of many."""

from typing import Any

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import training
from .reference import (
    GD,
    MultiClassCrossEntropyLoss,
    TwoLayerNetwork,
    accuracy,
    backward_multi,
    forward_multi,
    predict_multi,
    train,
)
from .sister_slips import for_many_classes
from .train_binary import SLIPS
from .trying import use_training


def train_multi(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    return train(data, layer_dims, learning_rate, num_epochs, seed, forward_multi, MultiClassCrossEntropyLoss,
                 backward_multi, predict_multi)


def train_multi_step_by_step(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "train_accuracy": [], "test_loss": [], "test_accuracy": []}
    for _ in range(num_epochs):
        probs, intermediate = forward_multi(data["X_train"], params)
        history["train_loss"].append(MultiClassCrossEntropyLoss(data["y_train"], probs))
        history["train_accuracy"].append(accuracy(data["y_train"], np.argmax(probs, axis=0)))
        probs_test, _ = forward_multi(data["X_test"], params)
        history["test_loss"].append(MultiClassCrossEntropyLoss(data["y_test"], probs_test))
        history["test_accuracy"].append(accuracy(data["y_test"], predict_multi(data["X_test"], params)))
        params = GD(params, backward_multi(data["y_train"], probs, intermediate, params), learning_rate)
    return params, history


def train_multi_part_by_part(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {}
    for _ in range(num_epochs):
        for part in ("test", "train"):
            X, y = data["X_" + part], data["y_" + part]
            probs, intermediate = forward_multi(X, params)
            history.setdefault(part + "_loss", []).append(MultiClassCrossEntropyLoss(y, probs))
            history.setdefault(part + "_accuracy", []).append(accuracy(y, predict_multi(X, params)))
        params = GD(params, backward_multi(y, probs, intermediate, params), learning_rate)
    return params, history


PROBE = Probe(
    "train_multi", train_multi,
    cases={"ordinary": Cases(training(3), 3)},
    points=(Point("the trained w1", 0.5, part="w1"), Point("the trained w2", 0.25, part="w2"),
           Point("the training loss", 0.5, part="train_loss"), Point("the test loss", 0.25, part="test_loss"),
           Point("the training accuracy", 0.25, part="train_accuracy"),
           Point("the test accuracy", 0.25, part="test_accuracy")),
    use=use_training,
    slips=[
        *for_many_classes(SLIPS, LABELS="np.argmax(probs, axis=0)", Y2="probs", forward="forward_multi", SEED="29",
                          backward="backward_multi", CrossEntropyLoss="MultiClassCrossEntropyLoss"),
        Slip("first_above_one_half_multi", "np.argmax(probs, axis=0)", "np.argmax(probs >= 0.5, axis=0)",
             "In your accuracies, a sample in which no probability reaches ½ comes out as class 0. The likeliest class "
             "wins, however small its probability."),
    ],
    variants=[train_multi_step_by_step, train_multi_part_by_part],
)
