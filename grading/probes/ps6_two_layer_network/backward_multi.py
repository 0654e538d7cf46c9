"""The backward pass of many classes. Most slips are those of two classes, with the one-hot target in their error."""

from typing import Any

import numpy as np

from grading.probes.model import Cases, Probe, Slip

from .backward import ERROR_AND_HIDDEN_SLOPE, SUMS_AND_MEANS, gradient_points
from .inputs import after_forward, many_classes
from .reference import backward_multi, forward_multi, one_hot
from .sister_slips import for_many_classes


def backward_multi_by_index(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    N, Y1, delta2 = len(Y_true), intermediate["Y1"], probs.copy()
    delta2[Y_true.astype(int), np.arange(N)] -= 1
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T / N, "b1": delta1.mean(axis=1), "w2": delta2 @ Y1.T / N,
            "b2": delta2.mean(axis=1)}


def backward_multi_with_einsum(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    delta2 = (probs - one_hot(Y_true, probs.shape[0])) / probs.shape[1]
    slope = intermediate["Y1"] - intermediate["Y1"] ** 2
    delta1 = np.einsum("kh,kn,hn->hn", params["w2"], delta2, slope)
    return {"w1": np.einsum("hn,dn->hd", delta1, intermediate["X"]), "b1": delta1.sum(axis=1),
            "w2": np.einsum("kn,hn->kh", delta2, intermediate["Y1"]), "b2": delta2.sum(axis=1)}


NAMES = {"Y2": "probs", "Y_true": "one_hot(Y_true, len(probs))"}

PROBE = Probe(
    "backward_multi", backward_multi,
    cases={"ordinary": Cases(after_forward(many_classes, forward_multi), 5)},
    points=gradient_points(1, 0.5, 0.75, 0.5),
    unchanged=0.25,
    slips=[
        *for_many_classes(ERROR_AND_HIDDEN_SLOPE, **NAMES),
        Slip("output_slope_kept_multi", "probs.shape[1]", "probs.shape[1] * probs * (1 - probs)",
             "The error is multiplied by p(1 − p) once more. In your derivation the slope of softmax has cancelled "
             "already."),
        Slip("prediction_without_target_multi", "(probs - one_hot(Y_true, len(probs)))", "probs",
             "The error is the prediction alone. The target does not appear, so the network cannot know what is "
             "right."),
        *for_many_classes(SUMS_AND_MEANS, **NAMES),
    ],
    variants=[backward_multi_by_index, backward_multi_with_einsum],
)
