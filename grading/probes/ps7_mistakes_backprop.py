"""Wrong answers to ps7's backpropagation. Every function stands alone, so repetition is on purpose."""

from typing import Any

import numpy as np

from grading.probes.model import Mistake
from grading.probes.ps7_reference import relu, softmax

Array = np.ndarray


def summed(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array) -> Any:
    out = prediction - target
    hidden = (out @ wo.T) * (o > 0)
    return relu(o).T @ out, out.sum(0, keepdims=True), x.T @ hidden, hidden.sum(0, keepdims=True)


def divided_by_classes_too(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array) -> Any:
    out = (prediction - target) / target.size
    hidden = (out @ wo.T) * (o > 0)
    return relu(o).T @ out, out.sum(0, keepdims=True), x.T @ hidden, hidden.sum(0, keepdims=True)


def weights_summed_biases_averaged(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array
                                   ) -> Any:
    out = prediction - target
    hidden = (out @ wo.T) * (o > 0)
    return relu(o).T @ out, out.mean(0, keepdims=True), x.T @ hidden, hidden.mean(0, keepdims=True)


def divided_by_n_twice(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array) -> Any:
    out = (prediction - target) / len(x)
    hidden = (out @ wo.T) * (o > 0) / len(x)
    return relu(o).T @ out, out.sum(0, keepdims=True), x.T @ hidden, hidden.sum(0, keepdims=True)


def softmax_again(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array) -> Any:
    out = (softmax(prediction) - target) / len(x)
    hidden = (out @ wo.T) * (o > 0)
    return relu(o).T @ out, out.sum(0, keepdims=True), x.T @ hidden, hidden.sum(0, keepdims=True)


def slope_of_tanh(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array) -> Any:
    out = (prediction - target) / len(x)
    hidden = (out @ wo.T) * (1 - np.tanh(o) ** 2)
    return relu(o).T @ out, out.sum(0, keepdims=True), x.T @ hidden, hidden.sum(0, keepdims=True)


def one_minus_square(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array) -> Any:
    out = (prediction - target) / len(x)
    hidden = (out @ wo.T) * (1 - relu(o) ** 2)
    return relu(o).T @ out, out.sum(0, keepdims=True), x.T @ hidden, hidden.sum(0, keepdims=True)


def value_instead_of_slope(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array) -> Any:
    out = (prediction - target) / len(x)
    hidden = (out @ wo.T) * relu(o)
    return relu(o).T @ out, out.sum(0, keepdims=True), x.T @ hidden, hidden.sum(0, keepdims=True)


def mask_forgotten(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array) -> Any:
    out = (prediction - target) / len(x)
    hidden = out @ wo.T
    return relu(o).T @ out, out.sum(0, keepdims=True), x.T @ hidden, hidden.sum(0, keepdims=True)


def mask_missing_on_the_bias(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array
                             ) -> Any:
    out = (prediction - target) / len(x)
    hidden = out @ wo.T
    return relu(o).T @ out, out.sum(0, keepdims=True), x.T @ (hidden * (o > 0)), hidden.sum(0, keepdims=True)


def mask_missing_on_the_weights(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array
                                ) -> Any:
    out = (prediction - target) / len(x)
    hidden = out @ wo.T
    return relu(o).T @ out, out.sum(0, keepdims=True), x.T @ hidden, (hidden * (o > 0)).sum(0, keepdims=True)


def mask_of_the_error(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array) -> Any:
    out = (prediction - target) / len(x)
    hidden = relu(out @ wo.T)
    return relu(o).T @ out, out.sum(0, keepdims=True), x.T @ hidden, hidden.sum(0, keepdims=True)


def pre_activation_in_the_outer_product(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array,
                                        b: Array) -> Any:
    out = (prediction - target) / len(x)
    hidden = (out @ wo.T) * (o > 0)
    return o.T @ out, out.sum(0, keepdims=True), x.T @ hidden, hidden.sum(0, keepdims=True)


def sign_flipped(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array) -> Any:
    out = (target - prediction) / len(x)
    hidden = (out @ wo.T) * (o > 0)
    return relu(o).T @ out, out.sum(0, keepdims=True), x.T @ hidden, hidden.sum(0, keepdims=True)


def slope_one_at_zero(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array) -> Any:
    out = (prediction - target) / len(x)
    hidden = (out @ wo.T) * (o >= 0)
    return relu(o).T @ out, out.sum(0, keepdims=True), x.T @ hidden, hidden.sum(0, keepdims=True)


def biases_without_an_axis(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array) -> Any:
    out = (prediction - target) / len(x)
    hidden = (out @ wo.T) * (o > 0)
    return relu(o).T @ out, out.sum(0), x.T @ hidden, hidden.sum(0)


def weights_lying_on_their_side(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array
                                ) -> Any:
    out = (prediction - target) / len(x)
    hidden = (out @ wo.T) * (o > 0)
    return out.T @ relu(o), out.sum(0, keepdims=True), hidden.T @ x, hidden.sum(0, keepdims=True)


def hidden_layer_first(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array) -> Any:
    out = (prediction - target) / len(x)
    hidden = (out @ wo.T) * (o > 0)
    return x.T @ hidden, hidden.sum(0, keepdims=True), relu(o).T @ out, out.sum(0, keepdims=True)


def error_overwritten(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array) -> Any:
    prediction -= target
    out = prediction / len(x)
    hidden = (out @ wo.T) * (o > 0)
    return relu(o).T @ out, out.sum(0, keepdims=True), x.T @ hidden, hidden.sum(0, keepdims=True)


BACKPROPAGATION = (
    Mistake(summed, "The right directions, for the sum over the batch. The loss is a mean over N samples, and so are "
                    "its gradients."),
    Mistake(divided_by_classes_too, "The right directions, divided by N·K. Each sample counts once, whatever the "
                                    "number of classes."),
    Mistake(weights_summed_biases_averaged, "Your biases hold means and your weights hold sums. All four are "
                                            "gradients of the same mean loss."),
    Mistake(divided_by_n_twice, "The output layer is right; in the hidden layer you divide by N a second time. The "
                                "error that comes back has been divided already."),
    Mistake(softmax_again, "The argument holds probabilities already; softmax has been applied to them once more."),
    Mistake(slope_of_tanh, "The hidden layer is multiplied by the slope of tanh. These units are ReLUs: what is their "
                           "slope?"),
    Mistake(one_minus_square, "One minus the square belongs to tanh. These units are ReLUs: what is their slope?"),
    Mistake(value_instead_of_slope, "The error is multiplied by what the ReLU returns. The chain rule asks for its "
                                    "slope, which is 0 or 1."),
    Mistake(mask_forgotten, "The error passes through the hidden layer as if it were linear. A unit that was silent "
                            "for a sample passes nothing back."),
    Mistake(mask_missing_on_the_bias, "All right but the hidden biases: a silent unit passes nothing back to its bias "
                                      "either."),
    Mistake(mask_missing_on_the_weights, "All right but the hidden weights: a silent unit passes nothing back to its "
                                         "weights either."),
    Mistake(mask_of_the_error, "You silence the errors that are negative. What counts is whether the unit was on in "
                               "the forward pass."),
    Mistake(pre_activation_in_the_outer_product, "The output weights saw what came out of the ReLU, and you use what "
                                                 "went in."),
    Mistake(sign_flipped, "Every sign is the other way round: with these, gradient descent would climb."),
    Mistake(slope_one_at_zero, "All right except where a pre-activation is exactly 0: the text sets the slope to 0 "
                               "there."),
    Mistake(biases_without_an_axis, "The numbers are right, but the bias gradients should be rows of shape (1, "
                                    "units), like the biases themselves."),
    Mistake(weights_lying_on_their_side, "The biases are right, and the weight gradients lie on their side: a "
                                         "gradient has the shape of what it belongs to."),
    Mistake(hidden_layer_first, "The hidden layer's gradients come first in your answer; the text asks for the output "
                                "layer's first."),
    Mistake(error_overwritten, "The gradients are right, but the caller's prediction has been overwritten on the way."),
)
