"""Training on two classes with the whole training set in every step; each epoch is measured before its step.

`train_multi` takes SLIPS from here: its loop is the same, with the functions of many classes.
"""

from typing import Any

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip
from grading.probes.sisters import for_sister

from .inputs import training
from .reference import GD, CrossEntropyLoss, TwoLayerNetwork, accuracy, backward, forward, predict, train
from .trying import use_training


def train_binary(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    return train(data, layer_dims, learning_rate, num_epochs, seed, forward, CrossEntropyLoss, backward, predict)


def train_binary_step_by_step(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "train_accuracy": [], "test_loss": [], "test_accuracy": []}
    for _ in range(num_epochs):
        Y2, intermediate = forward(data["X_train"], params)
        history["train_loss"].append(CrossEntropyLoss(data["y_train"], Y2))
        history["train_accuracy"].append(accuracy(data["y_train"], Y2 >= 0.5))
        history["test_loss"].append(CrossEntropyLoss(data["y_test"], forward(data["X_test"], params)[0]))
        history["test_accuracy"].append(accuracy(data["y_test"], predict(data["X_test"], params)))
        params = GD(params, backward(data["y_train"], Y2, intermediate, params), learning_rate)
    return params, history


def train_binary_with_arrays(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params, rows = TwoLayerNetwork(layer_dims, seed), []
    for _ in range(num_epochs):
        Y2, intermediate = forward(data["X_train"], params)
        Y2_test, _ = forward(data["X_test"], params)
        rows.append([CrossEntropyLoss(data["y_train"], Y2), CrossEntropyLoss(data["y_test"], Y2_test),
                     accuracy(data["y_train"], predict(data["X_train"], params)),
                     accuracy(data["y_test"], predict(data["X_test"], params))])
        params = GD(params, backward(data["y_train"], Y2, intermediate, params), learning_rate)
    return params, dict(zip(("train_loss", "test_loss", "train_accuracy", "test_accuracy"), np.array(rows).T,
                            strict=True))



def _over_epochs(id: str, names: str, mean: bool, words: str) -> Slip:
    """A slip in which a total is not set back when an epoch begins."""
    total = "np.cumsum(history[name])" + " / np.arange(1, num_epochs + 1)" * mean
    return Slip(id, "    return params, history",
                f"    for name in {names}:\n        history[name] = list({total})\n    return params, history",
                f"{words} Each entry belongs to its own epoch alone.")


STEP = "params = GD(params, backward(y, Y2, intermediate, params), learning_rate)"
# LABELS stands for the predictions: a threshold here, the likeliest class in `train_multi`. SEED is that of the
# notebook's own run.
MEASURED = ('for part in ("test", "train"):\n'
            '            X, y = data[f"X_{part}"], data[f"y_{part}"]\n'
            '            Y2, intermediate = forward(X, params)\n'
            '            history[f"{part}_loss"].append(CrossEntropyLoss(y, Y2))\n'
            '            history[f"{part}_accuracy"].append(accuracy(y, LABELS))')

SLIPS = [
    Slip("measured_after_the_step", f"{MEASURED}\n        {STEP}",
         'X, y = data["X_train"], data["y_train"]\n        Y2, intermediate = forward(X, params)\n        '
         f"{STEP}\n        {MEASURED}",
         "Your histories are one step ahead: the first entry should belong to the network before it has learned "
         "anything."),
    Slip("parameters_not_kept", "params = GD", "GD",
         "The parameters never change: what GD returns has to be used in the next round."),
    Slip("seed_left_out", "TwoLayerNetwork(layer_dims, seed)", "TwoLayerNetwork(layer_dims, 0)",
         "The seed does not reach the initial parameters."),
    Slip("seed_of_the_run", "TwoLayerNetwork(layer_dims, seed)", "TwoLayerNetwork(layer_dims, SEED)",
         "You always start from the seed of the run further down. It is an argument, and may be another one."),
    Slip("seed_forty_two", "TwoLayerNetwork(layer_dims, seed)", "TwoLayerNetwork(layer_dims, 42)",
         "You always start from the seed 42. It is an argument, and may be another one."),
    Slip("seed_one", "TwoLayerNetwork(layer_dims, seed)", "TwoLayerNetwork(layer_dims, 1)",
         "You always start from the seed 1. It is an argument, and may be another one."),
    Slip("training_set_as_test_set", 'data[f"X_{part}"], data[f"y_{part}"]', 'data["X_train"], data["y_train"]',
         "The test numbers are those of the training set. Where do the test images go through the network?"),
    Slip("losses_summed", "CrossEntropyLoss(y, Y2)", "len(y) * CrossEntropyLoss(y, Y2)",
         "Your losses grow with the number of samples. The mean is asked for."),
    _over_epochs("running_mean_of_training_loss", '("train_loss",)', True,
                 "Your training loss is a mean over the epochs so far."),
    _over_epochs("running_mean_of_training", '("train_loss", "train_accuracy")', True,
                 "Your training numbers are means over the epochs so far."),
    _over_epochs("running_mean_of_losses", '("train_loss", "test_loss")', True,
                 "Your losses are means over the epochs so far."),
    _over_epochs("running_mean_of_everything", "history", True,
                 "Your histories are means over the epochs so far."),
    _over_epochs("training_loss_added_up", '("train_loss",)', False,
                 "Your training loss adds up from epoch to epoch."),
    _over_epochs("losses_added_up", '("train_loss", "test_loss")', False,
                 "Your losses add up from epoch to epoch."),
    Slip("accuracies_in_percent", "accuracy(y, LABELS)", "100 * accuracy(y, LABELS)",
         "Your accuracies are percentages. Fractions between 0 and 1 are asked for."),
    Slip("first_gradient_for_ever", STEP,
         "if _ == 0:\n            grads = backward(y, Y2, intermediate, params)\n"
         "        params = GD(params, grads, learning_rate)",
         "Every step uses the gradient of the first. It has to be computed anew in each epoch."),
    Slip("rate_divided_again", STEP, STEP.replace("learning_rate", "learning_rate / len(y)"),
         "The steps are too short: the gradients are means already, and you divide the rate by the number of samples."),
    Slip("learns_from_the_test_set", '("test", "train")', '("train", "test")',
         "The gradients come from the test set. It must never be learned from, or it tests nothing."),
]

PROBE = Probe(
    "train_binary", train_binary,
    cases={"ordinary": Cases(training(1), 3)},
    points=(Point("the trained w1", 0.75, part="w1"), Point("the trained w2", 0.5, part="w2"),
           Point("the training loss", 0.75, part="train_loss"), Point("the test loss", 0.5, part="test_loss"),
           Point("the training accuracy", 0.25, part="train_accuracy"),
           Point("the test accuracy", 0.25, part="test_accuracy")),
    use=use_training,
    slips=for_sister(SLIPS, LABELS="Y2 >= 0.5", SEED="3"),
    variants=[train_binary_step_by_step, train_binary_with_arrays],
)
