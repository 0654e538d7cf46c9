"""Backward passes of ps4 whose errors are right, or nearly, and whose products, order or inputs are not.

Every function stands alone, as in `ps4_mistakes_errors`.
"""

import numpy as np

from grading.probes.model import Mistake
from grading.probes.ps4_reference import Arrays, dsigmoid, integer_to_one_hot, sigmoid, softmax

Gradients = tuple[list[np.ndarray], list[np.ndarray]]


def backwards_through_the_transpose(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = softmax(a2 @ weights[2] + biases[2]) - integer_to_one_hot(label, len(biases[2]))
    d2 = (weights[2].T @ d3) * dsigmoid(z2)
    d1 = (weights[1].T @ d2) * dsigmoid(z1)
    return [np.outer(x, d1), np.outer(a1, d2), np.outer(a2, d3)], [d1, d2, d3]


def outer_product_transposed(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = softmax(a2 @ weights[2] + biases[2]) - integer_to_one_hot(label, len(biases[2]))
    d2 = (weights[2] @ d3) * dsigmoid(z2)
    d1 = (weights[1] @ d2) * dsigmoid(z1)
    return [np.outer(d1, x), np.outer(d2, a1), np.outer(d3, a2)], [d1, d2, d3]


def pre_activations_as_inputs(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a2 = sigmoid(z2)
    d3 = softmax(a2 @ weights[2] + biases[2]) - integer_to_one_hot(label, len(biases[2]))
    d2 = (weights[2] @ d3) * dsigmoid(z2)
    d1 = (weights[1] @ d2) * dsigmoid(z1)
    return [np.outer(x, d1), np.outer(z1, d2), np.outer(z2, d3)], [d1, d2, d3]


def bias_before_the_slope(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = softmax(a2 @ weights[2] + biases[2]) - integer_to_one_hot(label, len(biases[2]))
    d2 = (weights[2] @ d3) * dsigmoid(z2)
    d1 = (weights[1] @ d2) * dsigmoid(z1)
    e1, e2 = weights[1] @ d2, weights[2] @ d3
    return [np.outer(x, d1), np.outer(a1, d2), np.outer(a2, d3)], [e1, e2, d3]


def biases_of_ones(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = softmax(a2 @ weights[2] + biases[2]) - integer_to_one_hot(label, len(biases[2]))
    d2 = (weights[2] @ d3) * dsigmoid(z2)
    d1 = (weights[1] @ d2) * dsigmoid(z1)
    ones = [np.ones(len(b)) for b in biases]
    return [np.outer(x, d1), np.outer(a1, d2), np.outer(a2, d3)], ones


def from_last_to_first(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = softmax(a2 @ weights[2] + biases[2]) - integer_to_one_hot(label, len(biases[2]))
    d2 = (weights[2] @ d3) * dsigmoid(z2)
    d1 = (weights[1] @ d2) * dsigmoid(z1)
    return [np.outer(a2, d3), np.outer(a1, d2), np.outer(x, d1)], [d3, d2, d1]


def pixels_divided(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel() / 255
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = softmax(a2 @ weights[2] + biases[2]) - integer_to_one_hot(label, len(biases[2]))
    d2 = (weights[2] @ d3) * dsigmoid(z2)
    d1 = (weights[1] @ d2) * dsigmoid(z1)
    return [np.outer(x, d1), np.outer(a1, d2), np.outer(a2, d3)], [d1, d2, d3]


def biases_left_out(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0]
    z2 = sigmoid(z1) @ weights[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = softmax(a2 @ weights[2]) - integer_to_one_hot(label, len(biases[2]))
    d2 = (weights[2] @ d3) * dsigmoid(z2)
    d1 = (weights[1] @ d2) * dsigmoid(z1)
    return [np.outer(x, d1), np.outer(a1, d2), np.outer(a2, d3)], [d1, d2, d3]


def sample_not_flattened(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    z1 = sample @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = softmax(a2 @ weights[2] + biases[2]) - integer_to_one_hot(label, len(biases[2]))
    d2 = (weights[2] @ d3) * dsigmoid(z2)
    d1 = (weights[1] @ d2) * dsigmoid(z1)
    return [np.outer(sample, d1), np.outer(a1, d2), np.outer(a2, d3)], [d1, d2, d3]


WRONG_FORM = (
    Mistake(backwards_through_the_transpose,
            "On the way back the error meets the weights in the wrong orientation. With rows for inputs and columns "
            "for outputs, an error per output has to become an error per input."),
    Mistake(outer_product_transposed,
            "Your weight gradients are transposed. Each one has the shape of its weights: a row for each input, a "
            "column for each output."),
    Mistake(pre_activations_as_inputs,
            "A weight is multiplied by the activation that comes in, so its gradient holds that activation. Yours "
            "holds the value before the sigmoid."),
    Mistake(bias_before_the_slope,
            "Your weight gradients are right, but the hidden biases get the error from before the sigmoid's slope. A "
            "bias moves the pre-activation, just as a weight does."),
    Mistake(biases_of_ones,
            "A bias is a weight whose input is always 1. So its gradient is 1 times the error that arrives at its "
            "layer, not 1 alone."),
    Mistake(from_last_to_first,
            "Your gradients come in the order in which they are computed, last layer first. They are expected in the "
            "order of the weights."),
    Mistake(pixels_divided,
            "You scale the pixels inside this function. Take the sample as it comes: scaling is the caller's choice, "
            "and some callers do not scale."),
    Mistake(biases_left_out,
            "On the way forward your network leaves its biases out, so that all activations are those of another "
            "network."),
    Mistake(sample_not_flattened,
            "A sample may come as an image with two axes. Make one long vector of it before the first product."),
)
