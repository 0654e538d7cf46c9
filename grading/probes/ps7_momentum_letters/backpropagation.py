"""Gradients of the mean cross-entropy, of the output layer first; each of the four has points of its own,
of which a factor N costs a part.

A unit whose input is exactly 0 for every sample is a case of its own: the text sets the slope to 0 there.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Draw, Inputs, Point, Probe, Slip

from .inputs import one_hot_targets
from .reference import Array, backpropagation, relu, softmax


def _network(zeros: bool = False) -> Draw:
    """A batch that has gone forward; with `zeros`, the input of one hidden unit is exactly 0."""
    def draw(rng: Generator) -> Inputs:
        d, H, K = rng.permutation([4, 5, 6]).tolist()
        N = int(rng.choice([3, 7]))
        x, wh, wo = rng.normal(size=(N, d)), rng.normal(size=(d, H)), rng.normal(size=(H, K))
        b, bo = rng.normal(size=(1, H)), rng.normal(size=(1, K))
        if zeros:  # a unit whose weights and bias are 0: its input is 0 for every sample
            unit = rng.integers(H)
            wh[:, unit], b[0, unit] = 0, 0
        o = x @ wh + b
        prediction = softmax(relu(o) @ wo + bo)
        return {"prediction": prediction, "target": one_hot_targets(rng, N, K), "o": o, "wh": wh, "wo": wo, "x": x,
                "b": b}
    return draw


def gradients_by_einsum(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array) -> Any:
    error, N = prediction - target, len(x)
    hidden = np.einsum("nk,hk->nh", error, wo)
    hidden[o <= 0] = 0
    return (np.einsum("nh,nk->hk", np.maximum(o, 0), error) / N, error.mean(axis=0, keepdims=True),
            np.einsum("nd,nh->dh", x, hidden) / N, hidden.mean(axis=0, keepdims=True))


def gradients_from_the_inputs(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array
                              ) -> Any:
    hidden_out = relu(x @ wh + b)
    out = (prediction - target) / len(target)
    back = (wo @ out.T).T * np.sign(hidden_out)
    ones = np.ones((1, len(x)))
    return hidden_out.T @ out, ones @ out, x.T @ back, ones @ back


RETURN = "return dwo, dbo, dwh, dbh"

PROBE = Probe(
    "backpropagation", backpropagation,
    cases={"ordinary": Cases(_network()), "zero": Cases(_network(zeros=True), 2)},
    points=(Point("output weights", 1.5, part="0", scaled=1), Point("output biases", 0.75, part="1", scaled=0.5),
           Point("hidden weights", 2.5, part="2", scaled=1.5), Point("hidden biases", 1, part="3", scaled=0.75),
           Point("units whose input is exactly 0", 1, "zero")),
    unchanged=0.25,
    slips=[
        Slip("summed", " / len(x)", "",
             "The right directions, for the sum over the batch. The loss is a mean over N samples, and so are its "
             "gradients."),
        Slip("divided_by_classes_too", "len(x)", "target.size",
             "The right directions, divided by N·K. Each sample counts once, whatever the number of classes."),
        Slip("weights_summed_biases_averaged", RETURN, "return len(x) * dwo, dbo, len(x) * dwh, dbh",
             "Your biases hold means and your weights hold sums. All four are gradients of the same mean loss."),
        Slip("divided_by_n_twice", "(o > 0)", "(o > 0) / len(x)",
             "The output layer is right; in the hidden layer you divide by N a second time. The error that comes "
             "back has been divided already."),
        Slip("softmax_again", "prediction - target", "softmax(prediction) - target",
             "The argument holds probabilities already; softmax has been applied to them once more."),
        Slip("slope_of_tanh", "(o > 0)", "(1 - np.tanh(o) ** 2)",
             "The hidden layer is multiplied by the slope of tanh. These units are ReLUs: what is their slope?"),
        Slip("one_minus_square", "(o > 0)", "(1 - relu(o) ** 2)",
             "One minus the square belongs to tanh. These units are ReLUs: what is their slope?"),
        Slip("slope_of_the_sigmoid", "(o > 0)", "np.exp(-o) / (1 + np.exp(-o)) ** 2",
             "The hidden layer is multiplied by the slope of the sigmoid. These units are ReLUs: what is their slope?"),
        Slip("value_times_rest", "(o > 0)", "relu(o) * (1 - relu(o))",
             "A value times one minus it belongs to the sigmoid. These units are ReLUs: what is their slope?"),
        Slip("value_instead_of_slope", "(o > 0)", "relu(o)",
             "The error is multiplied by what the ReLU returns. The chain rule asks for its slope, which is 0 or 1."),
        Slip("mask_forgotten", " * (o > 0)", "",
             "The error passes through the hidden layer as if it were linear. A unit that was silent for a sample "
             "passes nothing back."),
        Slip("mask_missing_on_the_bias", "np.sum(delta_hidden, axis=0, keepdims=True)",
             "np.sum(delta_out @ wo.T, axis=0, keepdims=True)",
             "All right but the hidden biases: a silent unit passes nothing back to its bias either."),
        Slip("mask_missing_on_the_weights", "x.T @ delta_hidden", "x.T @ (delta_out @ wo.T)",
             "All right but the hidden weights: a silent unit passes nothing back to its weights either."),
        Slip("mask_of_the_error", "(delta_out @ wo.T) * (o > 0)", "relu(delta_out @ wo.T)",
             "You silence the errors that are negative. What counts is whether the unit was on in the forward pass."),
        Slip("pre_activation_in_the_outer_product", "relu(o).T", "o.T",
             "The output weights saw what came out of the ReLU, and you use what went in."),
        Slip("sign_flipped", "prediction - target", "target - prediction",
             "Every sign is the other way round: with these, gradient descent would climb."),
        Slip("slope_one_at_zero", "o > 0", "o >= 0",
             "All right except where a pre-activation is exactly 0: the text sets the slope to 0 there."),
        Slip("biases_without_an_axis", RETURN, "return dwo, dbo[0], dwh, dbh[0]",
             "The numbers are right, but the bias gradients should be rows of shape (1, units), like the biases "
             "themselves."),
        Slip("weights_lying_on_their_side", RETURN, "return dwo.T, dbo, dwh.T, dbh",
             "The biases are right, and the weight gradients lie on their side: a gradient has the shape of what it "
             "belongs to."),
        Slip("hidden_layer_first", RETURN, "return dwh, dbh, dwo, dbo",
             "The hidden layer's gradients come first in your answer; the text asks for the output layer's first."),
        Slip("hidden_bias_added_twice", "delta_out = (prediction - target) / len(x)",
             "o = o + b\n    delta_out = (prediction - target) / len(x)",
             "The bias is added to `o` once more. It is in there already: `o` is what goes into the hidden units."),
        Slip("error_overwritten", "delta_out = (prediction - target) / len(x)",
             "prediction -= target\n    delta_out = prediction / len(x)",
             "The gradients are right, but the caller's prediction has been overwritten on the way."),
    ],
    variants=[gradients_by_einsum, gradients_from_the_inputs],
)
