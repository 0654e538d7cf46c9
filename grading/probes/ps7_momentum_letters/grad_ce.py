"""The gradient of the mean cross-entropy with respect to the logits.

Its direction earns most of the points, so that a forgotten 1/N costs only the rest.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .inputs import drawn_logits, one_hot_targets
from .reference import Array, softmax


def _targets_and_logits(rng: Generator) -> Inputs:
    logits = drawn_logits(rng)["x"]
    return {"target": one_hot_targets(rng, *logits.shape), "logits": logits}


def grad_ce(target: Array, logits: Array) -> Array:
    """The chain rule, sample by sample: the Jacobian of softmax times the gradient of −log y_label, over N."""
    rows = []
    for t, y in zip(target, softmax(logits), strict=True):
        rows.append((np.diag(y) - np.outer(y, y)) @ (-t / y) / len(target))
    return np.stack(rows)


def gradient_in_a_copy(target: Array, logits: Array) -> Array:
    gradient = softmax(logits).copy()
    gradient[np.arange(len(target)), target.argmax(axis=1)] -= 1
    return gradient / len(target)


def gradient_by_row(target: Array, logits: Array) -> list[Any]:
    return [((y - t) / len(target)).tolist() for t, y in zip(target, softmax(logits), strict=True)]


PROBE = Probe(
    "grad_ce", grad_ce,
    cases={"ordinary": Cases(_targets_and_logits)},
    points=(Point("the gradient of the mean", 2.75, scaled=1.75),),
    unchanged=0.25,
    slips=[
        Slip("unscaled", " / len(target)", "",
             "The right direction, but for the sum over the samples. The loss is a mean over N of them, and so is "
             "its gradient."),
        Slip("divided_by_classes_too", "len(target)", "target.size",
             "The right direction, divided by N·K. The loss is a mean over samples, and a sum over classes."),
        Slip("target_minus_prediction", "softmax(logits) - target", "target - softmax(logits)",
             "Every sign is the other way round: more of the right logit makes the loss smaller, so its entry is "
             "negative."),
        Slip("softmax_twice_in_gradient", "softmax(logits) -", "softmax(softmax(logits)) -",
             "Softmax has been applied twice. The argument holds logits; once is enough."),
        Slip("logits_minus_target", "softmax(logits) -", "logits -",
             "You compare logits with the target. What lives on the same scale as a one-hot row?"),
        Slip("target_forgotten", " - target", "",
             "These are probabilities over N. The target does not appear, so the gradient cannot know which class is "
             "right."),
        Slip("gradient_at_probabilities", "softmax(logits) - target", "-target / softmax(logits)",
             "That is the gradient with respect to the probabilities. The chain rule still has to carry it through "
             "softmax."),
        Slip("diagonal_only", "softmax(logits) - target", "-target * (1 - softmax(logits))",
             "Only the entry of the target is filled. Raising any other logit takes probability from the target too."),
        Slip("norm_instead_of_softmax", "softmax(logits) -", "logits / np.linalg.norm(logits, axis=1, keepdims=True) -",
             "The logits are divided by their Euclidean norm. Probabilities come from softmax."),
        Slip("samples_averaged_away", "(softmax(logits) - target) / len(target)",
             "np.mean(softmax(logits) - target, axis=0)",
             "You average over the samples, so their rows are gone. The gradient has a row for each sample, in the "
             "shape of the logits."),
        Slip("squared_error", "return (softmax(logits) - target)",
             "y = softmax(logits)\n    return (y - target) * y * (1 - y)",
             "There is one derivative too many. With cross-entropy, the slope of softmax cancels against the slope "
             "of the logarithm."),
        Slip("one_softmax_for_all", "softmax(logits) -", "np.exp(logits) / np.sum(np.exp(logits)) -",
             "All your probabilities sum to one together. Each row is a sample of its own."),
    ],
    variants=[gradient_in_a_copy, gradient_by_row],
)
