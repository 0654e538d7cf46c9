"""Gradients of the mean loss with respect to all parameters, each of the four with points of its own.

`backward_multi` takes the two lists of slips from here: only the error at the output differs there.
"""

from typing import Any

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import after_forward, two_classes
from .reference import backward, forward, sigmoid


def gradient_points(*worth: float) -> list[Point]:
    """A point for each of the four gradients, of which a factor such as N leaves about one half."""
    return [Point(f"the gradient of {name}", points, part=name, scaled=points // 0.5 * 0.25)
            for name, points in zip(("w1", "b1", "w2", "b2"), worth, strict=True)]


def backward_dividing_last(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    N, Y1 = len(Y_true), intermediate["Y1"]
    delta2 = Y2 - Y_true.reshape(1, -1)
    delta1 = np.dot(params["w2"].T, delta2) * (Y1 - Y1**2)
    return {"w1": np.dot(delta1, intermediate["X"].T) / N, "b1": np.sum(delta1, axis=1) / N,
            "w2": np.dot(delta2, Y1.T) / N, "b2": np.sum(delta2, axis=1) / N}


def backward_with_means(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    s = sigmoid(intermediate["z1"])
    delta2 = Y2 - Y_true
    delta1 = np.einsum("oh,on->hn", params["w2"], delta2) * s * (1 - s)
    return {"b2": delta2.mean(axis=1), "w2": np.einsum("on,hn->oh", delta2, s) / Y2.size, "b1": delta1.mean(axis=1),
            "w1": np.einsum("hn,dn->hd", delta1, intermediate["X"]) / Y2.size}


GRADIENTS = ('{"w1": delta1 @ X.T, "b1": np.sum(delta1, axis=1),\n'
             '            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}')

ERROR_AND_HIDDEN_SLOPE = [
    Slip("summed_gradients", " / Y2.shape[1]", "",
         "Your gradients are sums over the samples. The loss is a mean, and so are its gradients."),
    Slip("error_turned_round", "Y2 - Y_true", "Y_true - Y2",
         "Every sign is the other way round: the error is the prediction minus the target."),
    Slip("hidden_slope_forgotten", " * Y1 * (1 - Y1)", "",
         "The error comes back through w2, but the slope of the hidden sigmoid is missing."),
    Slip("slope_of_activated_values", "Y1 * (1 - Y1)", "sigmoid(Y1) * (1 - sigmoid(Y1))",
         "The hidden slope applies the sigmoid to values that are already activated. Write it in terms of Y1."),
    Slip("half_of_the_slope", "Y1 * (1 - Y1)", "Y1",
         "Half of the hidden slope is missing: it should be small at both ends of the S."),
    Slip("other_half_of_the_slope", "Y1 * (1 - Y1)", "(1 - Y1)",
         "Half of the hidden slope is missing: it should also vanish where Y1 is near 0."),
    Slip("slope_of_tanh", "Y1 * (1 - Y1)", "(1 - Y1**2)", "1 − Y1² is the slope of tanh. What is that of the sigmoid?"),
    Slip("slope_of_tanh_at_z1", "Y1 * (1 - Y1)", '(1 - np.tanh(intermediate["z1"]) ** 2)',
         "You multiply by the slope of tanh at z1. The hidden units are sigmoids: what is their slope?"),
    Slip("slope_of_relu", "Y1 * (1 - Y1)", '(intermediate["z1"] > 0)',
         "You multiply by the slope of ReLU, which is 0 or 1. The hidden units are sigmoids: what is their slope?"),
    Slip("slope_of_z1", "Y1 * (1 - Y1)", 'intermediate["z1"] * (1 - intermediate["z1"])',
         "The formula for the slope needs the value after the sigmoid; you put in z1, the value before it."),
]

SUMS_AND_MEANS = [
    Slip("inputs_of_the_activation", "Y1.T", 'intermediate["z1"].T',
         "The gradient of w2 uses z1. The second layer was fed with the activated values."),
    Slip("biases_summed", GRADIENTS, GRADIENTS.replace("axis=1)", "axis=1) * Y2.shape[1]"),
         "The weights' gradients are means over the samples, those of the biases still sums."),
    Slip("one_number_for_all_biases", "np.sum(delta1, axis=1)", "np.full(len(delta1), np.sum(delta1))",
         "All units of the hidden layer get the same number: a sum without an axis runs over units too."),
    Slip("divided_twice", "/ Y2.shape[1]", "/ Y2.shape[1] / Y2.shape[1]",
         "The mean has been taken twice: once in the error, and once more in the gradients."),
    Slip("number_of_a_global", "Y2.shape[1]", "2000",
         "You divide by a fixed number of samples. How many there are can be seen from the arguments."),
]

PROBE = Probe(
    "backward", backward,
    cases={"ordinary": Cases(after_forward(two_classes, forward), 5)},
    points=gradient_points(1.25, 0.75, 1, 0.75),
    unchanged=0.25,
    slips=[
        *ERROR_AND_HIDDEN_SLOPE,
        Slip("output_slope_kept", "(Y2 - Y_true)", "(Y2 - Y_true) * Y2 * (1 - Y2)",
             "The error is multiplied by the slope of the output once more. In your derivation that slope has "
             "cancelled."),
        *SUMS_AND_MEANS,
    ],
    variants=[backward_dividing_last, backward_with_means],
)
