"""The mean cross-entropy of many classes. Labels may be floats such as 3.0."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Draw, Inputs, Point, Probe, Slip

from .reference import MultiClassCrossEntropyLoss, one_hot


def _probabilities(floats: bool) -> Draw:
    def draw(rng: Generator) -> Inputs:
        K, N = [(4, 5), (5, 7), (6, 4)][rng.integers(3)]
        labels = rng.integers(K, size=N)
        probs = np.ascontiguousarray((rng.dirichlet(np.ones(K), size=N) * 0.9 + 0.1 / K).T)
        return {"Y_true": labels.astype(float) if floats else labels, "probs": probs}
    return draw


def multiclass_loss_with_one_hot(Y_true: Any, probs: Any) -> Any:
    return -np.sum(one_hot(Y_true, len(probs)) * np.log(probs + 1e-15)) / probs.shape[1]


def multiclass_loss_by_loop(Y_true: Any, probs: Any) -> Any:
    return -float(np.mean([np.log(column[int(label)]) for label, column in zip(Y_true, probs.T, strict=True)]))


PICKED = "probs[labels, np.arange(len(labels))]"

PROBE = Probe(
    "MultiClassCrossEntropyLoss", MultiClassCrossEntropyLoss,
    cases={"ordinary": Cases(_probabilities(floats=False)), "floats": Cases(_probabilities(floats=True), 2)},
    points=(Point("the mean loss", 1.5), Point("labels such as 3.0", 0.25, "floats")),
    unchanged=0.25,
    slips=[
        Slip("summed_loss", "np.mean", "np.sum", "That is the sum over the samples. The mean is asked for."),
        Slip("mean_over_classes_too", f"np.log({PICKED})", "one_hot(labels, len(probs)) * np.log(probs)",
             "Your mean runs over the classes too. A sample has one loss, however many classes there are."),
        Slip("divided_by_classes", f"np.mean(np.log({PICKED}))", f"np.sum(np.log({PICKED})) / len(probs)",
             "You divide by the number of classes: the length of an array (K, N) is K. How many samples are there?"),
        Slip("sign_forgotten", "-np.mean", "np.mean", "Your loss is negative: logarithms of probabilities are."),
        Slip("every_class_yes_or_no", f"return -np.mean(np.log({PICKED}))",
             "T = one_hot(labels, len(probs))\n"
             "    return -np.sum(T * np.log(probs) + (1 - T) * np.log(1 - probs)) / len(labels)",
             "You add up a yes-or-no loss for each class. Only the probability of the label counts here."),
        Slip("logarithm_of_the_mean", f"np.mean(np.log({PICKED}))", f"np.log(np.mean({PICKED}))",
             "The mean is taken before the logarithm. Every sample's loss is a logarithm of its own."),
        Slip("whole_rows", PICKED, "probs[labels]",
             "For each label you take the class's probabilities for all samples. Each sample needs only its own."),
    ],
    variants=[multiclass_loss_with_one_hot, multiclass_loss_by_loop],
)
