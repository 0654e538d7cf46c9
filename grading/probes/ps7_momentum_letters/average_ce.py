"""The mean cross-entropy of a batch, whose predictions may be exactly 0.

At a target of probability 0 any finite loss is right: how the logarithm is kept from zero is the student's choice.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Draw, Inputs, Point, Probe, Slip

from .inputs import one_hot_targets
from .reference import Array, average_ce


def _predictions(zero: str = "") -> Draw:
    """Probabilities and targets; `zero` puts one exactly 0 "off" or "at" a target. The likeliest class may be wrong."""
    def draw(rng: Generator) -> Inputs:
        N, K = rng.choice([(5, 3), (5, 4), (7, 3), (7, 5)]).tolist()
        target, prediction = one_hot_targets(rng, N, K), rng.dirichlet(np.full(K, 2.0), size=N) * 0.9 + 0.1 / K
        first = target[0] == 1
        prediction[0, first], prediction[0, ~first] = prediction[0].min(), prediction[0].max()
        if zero:
            row = rng.integers(1, N)
            prediction[row, int(np.argmax(target[row] == (zero == "at")))] = 0
        return {"target": target, "prediction": prediction / prediction.sum(axis=1, keepdims=True)}
    return draw


def loss_or_finite(inputs: Inputs, loss: Any) -> Any:
    """The loss; where the target's own probability is 0, only whether it is finite."""
    return float(np.isfinite(loss)) if np.any(inputs["prediction"][inputs["target"] == 1] == 0) else loss


def loss_by_label(target: Array, prediction: Array) -> float:
    at_target = prediction[np.arange(len(target)), target.argmax(axis=1)]
    return float(-np.mean(np.log(at_target + 1e-10)))


def loss_of_a_clipped_copy(target: Array, prediction: Array) -> Array:
    return -np.mean(np.sum(target * np.log(np.clip(prediction, 1e-8, None)), axis=1))


PROBE = Probe(
    "average_ce", average_ce,
    cases={"ordinary": Cases(_predictions()), "off": Cases(_predictions("off"), 2), "at": Cases(_predictions("at"), 2)},
    points=(Point("the mean loss", 1.25), Point("a zero off the target changes nothing", 0.5, "off"),
           Point("a zero at the target gives a finite value", 0.5, "at")),
    unchanged=0.25,
    rtol=1e-4,
    atol=1e-5,
    observe=loss_or_finite,
    slips=[
        Slip("mean_over_classes_too", "np.sum(target * logarithms) / len(target)", "np.mean(target * logarithms)",
             "You divide by N·K. Each sample has one loss, the sum over its classes, and it is the N samples that "
             "are averaged."),
        Slip("summed", " / len(target)", "", "That is the sum over all samples. The average was asked for."),
        Slip("minus_forgotten", "-np.sum", "np.sum",
             "The logarithm of a probability is negative, but a loss should be positive."),
        Slip("zero_times_minus_infinity", "np.maximum(prediction, 1e-15)", "prediction",
             "Right for positive predictions. Where one is 0, its logarithm is −∞, and 0 · (−∞) is not a number: "
             "keep the logarithm away from zero."),
        Slip("infinite_at_a_zero", "target * logarithms", "np.log(np.sum(target * prediction, axis=1))",
             "Right unless the target's own probability is 0: then the loss is infinite. Keep the logarithm away "
             "from zero."),
        Slip("softmax_again", "np.maximum(prediction, 1e-15)", "softmax(prediction)",
             "The predictions are probabilities already; softmax has been applied to them once more."),
        Slip("logarithm_forgotten", "target * logarithms", "target * prediction",
             "You average the target's probability. The loss is minus its logarithm."),
        Slip("ten_yes_or_no_questions", "target * logarithms",
             "target * logarithms + (1 - target) * np.log(np.maximum(1 - prediction, 1e-15))",
             "The other classes enter too, as log(1 − p). Here only the logarithm at the target counts; softmax has "
             "already made the classes compete."),
        Slip("likeliest_class", "target * logarithms", "np.max(logarithms, axis=1)",
             "You look at the class with the largest probability. The target says which class counts."),
        Slip("base_ten", "np.log", "np.log10",
             "Your values are log 10 ≈ 2.30 times too small. Which logarithm undoes exp?"),
        Slip("logarithm_of_the_mean", "np.sum(target * logarithms) / len(target)",
             "np.log(np.sum(target * prediction) / len(target))",
             "You average probabilities and take one logarithm at the end. Each sample has its own logarithm, and "
             "those are averaged."),
        Slip("clipped_in_place", "np.maximum(prediction, 1e-15)", "np.maximum(prediction, 1e-15, out=prediction)",
             "The loss is right, but the caller's prediction has been written into on the way."),
    ],
    variants=[loss_by_label, loss_of_a_clipped_copy],
)
