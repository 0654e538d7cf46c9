"""The derivatives of the loss of one sample by all weights and biases, each array with points of its own.

The two hidden layers differ in width, except in a group of cases where both are as wide as the output, so that even a
misordered product has a value.
"""

from typing import Any

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip, mistake

from .inputs import one_sample
from .reference import Arrays, WeightsAndBiases, dsigmoid, gradients, integer_to_one_hot, sigmoid, softmax


def use_gradients(gradients: Any, sample: Any, label: int, weights: Any, biases: Any) -> Any:
    dW, db = gradients(sample, label, weights, biases)
    return {**{f"dW[{l}]": d for l, d in enumerate(dW)}, **{f"db[{l}]": d for l, d in enumerate(db)}}


@mistake("The slopes of the second hidden layer come in after the product with W[1]. An error passes its own layer's "
         "sigmoid first, and is multiplied by the weights below it only then.")
def derivative_after_the_product(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> WeightsAndBiases:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = softmax(a2 @ weights[2] + biases[2]) - integer_to_one_hot(label, len(biases[2]))
    e2 = weights[2] @ d3
    d2 = e2 * dsigmoid(z2)
    d1 = (weights[1] @ e2) * dsigmoid(z2) * dsigmoid(z1)
    return [np.outer(x, d1), np.outer(a1, d2), np.outer(a2, d3)], [d1, d2, d3]


def any_depth(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Any:
    a, z = [sample.reshape(-1)], []
    for W, b in zip(weights, biases, strict=True):
        z.append(a[-1] @ W + b)
        a.append(sigmoid(z[-1]))
    d = softmax(z[-1]) - integer_to_one_hot(label, len(z[-1]))
    dW, db = [], []
    for l in reversed(range(len(weights))):
        dW.append(a[l].reshape(-1, 1) @ d.reshape(1, -1))
        db.append(d)
        if l > 0:
            d = np.dot(d, weights[l].T) * a[l] * (1 - a[l])
    return dW[::-1], db[::-1]


def with_einsum(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Any:
    x = sample.astype(float).ravel()
    z1 = np.einsum("i,ij->j", x, weights[0]) + biases[0]
    a1 = sigmoid(z1)
    z2 = np.einsum("i,ij->j", a1, weights[1]) + biases[1]
    a2 = sigmoid(z2)
    d3 = softmax(np.einsum("i,ij->j", a2, weights[2]) + biases[2])
    d3[label] -= 1
    d2 = np.einsum("ij,j,i->i", weights[2], d3, dsigmoid(z2))
    d1 = np.einsum("ij,j,i->i", weights[1], d2, dsigmoid(z1))
    return tuple(np.einsum("i,j->ij", a, d) for a, d in ((x, d1), (a1, d2), (a2, d3))), (d1, d2, d3)


def with_diagonal_matrices(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Any:
    x = sample.ravel()[:, None]
    z1 = weights[0].T @ x + biases[0][:, None]
    z2 = weights[1].T @ sigmoid(z1) + biases[1][:, None]
    z3 = weights[2].T @ sigmoid(z2) + biases[2][:, None]
    d3 = softmax(z3[:, 0])[:, None] - integer_to_one_hot(label, len(z3))[:, None]
    d2 = np.diag(dsigmoid(z2[:, 0])) @ weights[2] @ d3
    d1 = np.diag(dsigmoid(z1[:, 0])) @ weights[1] @ d2
    return [x @ d1.T, sigmoid(z1) @ d2.T, sigmoid(z2) @ d3.T], [d1[:, 0], d2[:, 0], d3[:, 0]]


ERROR = "yhat - integer_to_one_hot(label, len(yhat))"
SLOPE = "dsigmoid(pre_activations[layer - 1])"

PROBE = Probe(
    "gradients", gradients,
    cases={"ordinary": Cases(one_sample(), 5), "equal widths": Cases(one_sample(widths=[(10, 10)]), 2),
           "raw images": Cases(one_sample(raw=True), 2)},
    points=(Point("weights of the output layer", 1, part="dW[2]"),
            Point("biases of the output layer", 0.5, part="db[2]"),
            Point("weights of the second hidden layer", 1.5, part="dW[1]"),
            Point("biases of the second hidden layer", 0.75, part="db[1]"),
            Point("weights of the first hidden layer", 1.75, part="dW[0]"),
            Point("biases of the first hidden layer", 0.75, part="db[0]"),
            Point("hidden layers of equal width", 0.75, "equal widths"), Point("raw images", 0.75, "raw images")),
    unchanged=0.25,
    use=use_gradients,
    slips=[
        Slip("sigmoid_before_softmax", "softmax(pre_activations[-1])", "softmax(activations[-1])",
             "The last layer goes through a sigmoid before the softmax. Only the hidden layers have sigmoids."),
        Slip("slope_of_activated", "pre_activations[layer - 1]", "activations[layer]",
             "Your hidden errors use the slope of the sigmoid at a point where it never stood: the argument has "
             "already been through the sigmoid once."),
        derivative_after_the_product,
        Slip("slope_of_the_layer_above", "pre_activations[layer - 1]", "pre_activations[1]",
             "The first hidden layer's error is multiplied by the slopes of the second hidden layer. Each layer uses "
             "the slopes at its own pre-activations."),
        Slip("slope_forgotten", " * " + SLOPE, "",
             "Your hidden errors go back through the weights but not through the sigmoids: on the way back, each "
             "sigmoid multiplies by its slope."),
        Slip("slope_forgotten_in_the_first_layer", SLOPE, f"({SLOPE} if layer > 1 else 1)",
             "The second hidden layer is right. The first one lacks the slope of its sigmoid: the same step has to "
             "be taken once more."),
        Slip("sigmoid_for_its_slope", "dsigmoid", "sigmoid",
             "On the way back the hidden errors are multiplied by the activations themselves. What is needed there "
             "is how fast the activation changes."),
        Slip("slope_of_the_ramp", SLOPE, "(pre_activations[layer - 1] > 0)",
             "Your hidden errors are multiplied by the slope of ReLU, 0 or 1. These units are sigmoids: what is their "
             "slope?"),
        Slip("one_minus_square", SLOPE, "(1 - activations[layer] ** 2)",
             "One minus the square of an activation belongs to tanh. These units are sigmoids: what is their slope?"),
        Slip("label_minus_guess", ERROR, "integer_to_one_hot(label, len(yhat)) - yhat",
             "All your gradients have the wrong sign: they point downhill, while a gradient points to where the loss "
             "grows."),
        Slip("slope_at_the_output_too", ERROR, f"({ERROR}) * dsigmoid(pre_activations[-1])",
             "The output layer has no sigmoid. Softmax and cross-entropy together already give the whole derivative "
             "with respect to the logits."),
        Slip("softmax_left_out", ERROR, "-integer_to_one_hot(label, len(yhat)) / yhat",
             "Your output error is the derivative with respect to the probabilities. It still has to pass through "
             "softmax to become one with respect to the logits."),
        Slip("gradient_of_the_own_guess", "label, len(yhat)", "np.argmax(yhat), len(yhat)",
             "Your network is compared with its own best guess. The error at the output is measured against the "
             "label."),
        Slip("only_the_output_layer", SLOPE, "0",
             "The output layer is right, but the hidden layers get no gradient: the error has to travel back to them "
             "through the weights."),
        Slip("backwards_through_the_transpose", "weights[layer] @ error", "weights[layer].T @ error",
             "On the way back the error meets the weights in the wrong orientation. With rows for inputs and columns "
             "for outputs, an error per output has to become an error per input."),
        Slip("outer_product_transposed", "activations[layer], error", "error, activations[layer]",
             "Your weight gradients are transposed. Each one has the shape of its weights: a row for each input, a "
             "column for each output."),
        Slip("pre_activations_as_inputs", "activations[layer]",
             "pre_activations[layer - 1] if layer > 0 else activations[0]",
             "A weight is multiplied by the activation that comes in, so its gradient holds that activation. Yours "
             "holds the value before the sigmoid."),
        Slip("bias_before_the_slope", "return weight_gradients, bias_gradients",
             "before_slope = [W @ error for W, error in zip(weights[1:], bias_gradients[1:])]\n"
             "    return weight_gradients, before_slope + bias_gradients[-1:]",
             "Your weight gradients are right, but the hidden biases get the error from before the sigmoid's slope. "
             "A bias moves the pre-activation, just as a weight does."),
        Slip("biases_of_ones", "insert(0, error)", "insert(0, np.ones_like(error))",
             "A bias is a weight whose input is always 1. So its gradient is 1 times the error that arrives at its "
             "layer, not 1 alone."),
        Slip("from_last_to_first", "return weight_gradients, bias_gradients",
             "return weight_gradients[::-1], bias_gradients[::-1]",
             "Your gradients come in the order in which they are computed, last layer first. They are expected in "
             "the order of the weights."),
        Slip("pixels_divided", "np.ravel(sample)", "np.ravel(sample) / 255",
             "You scale the pixels inside this function. Take the sample as it comes: scaling is the caller's "
             "choice, and some callers do not scale."),
        Slip("biases_left_out", "activations[-1] @ W + b", "activations[-1] @ W",
             "On the way forward your network leaves its biases out, so that all activations are those of another "
             "network."),
        Slip("sample_not_flattened", "np.ravel(sample)", "sample",
             "A sample may come as an image with two axes. Make one long vector of it before the first product."),
    ],
    variants=[any_depth, with_einsum, with_diagonal_matrices],
)
