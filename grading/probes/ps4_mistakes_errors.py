"""Backward passes of ps4 whose errors (d1, d2, d3: the derivatives by the pre-activations) are wrong.

Every function stands alone (`course verify` puts its source into a notebook) and takes the same eight steps; what is
wrong is the line that differs from its neighbours.
"""

import numpy as np

from grading.probes.model import Mistake
from grading.probes.ps4_reference import Arrays, dsigmoid, integer_to_one_hot, sigmoid, softmax

Gradients = tuple[list[np.ndarray], list[np.ndarray]]


def slope_of_activated(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = softmax(a2 @ weights[2] + biases[2]) - integer_to_one_hot(label, len(biases[2]))
    d2 = (weights[2] @ d3) * dsigmoid(a2)
    d1 = (weights[1] @ d2) * dsigmoid(a1)
    return [np.outer(x, d1), np.outer(a1, d2), np.outer(a2, d3)], [d1, d2, d3]


def derivative_after_the_product(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = softmax(a2 @ weights[2] + biases[2]) - integer_to_one_hot(label, len(biases[2]))
    e2 = weights[2] @ d3
    e1 = dsigmoid(z2) * (weights[1] @ e2)
    d1, d2 = e1 * dsigmoid(z1), e2 * dsigmoid(z2)
    return [np.outer(x, d1), np.outer(a1, d2), np.outer(a2, d3)], [d1, d2, d3]


def slope_of_the_layer_above(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = softmax(a2 @ weights[2] + biases[2]) - integer_to_one_hot(label, len(biases[2]))
    d2 = (weights[2] @ d3) * dsigmoid(z2)
    d1 = (weights[1] @ d2) * dsigmoid(z2)
    return [np.outer(x, d1), np.outer(a1, d2), np.outer(a2, d3)], [d1, d2, d3]


def slope_forgotten(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = softmax(a2 @ weights[2] + biases[2]) - integer_to_one_hot(label, len(biases[2]))
    d2 = weights[2] @ d3
    d1 = weights[1] @ d2
    return [np.outer(x, d1), np.outer(a1, d2), np.outer(a2, d3)], [d1, d2, d3]


def slope_forgotten_in_the_first_layer(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = softmax(a2 @ weights[2] + biases[2]) - integer_to_one_hot(label, len(biases[2]))
    d2 = (weights[2] @ d3) * dsigmoid(z2)
    d1 = weights[1] @ d2
    return [np.outer(x, d1), np.outer(a1, d2), np.outer(a2, d3)], [d1, d2, d3]


def sigmoid_for_its_slope(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = softmax(a2 @ weights[2] + biases[2]) - integer_to_one_hot(label, len(biases[2]))
    d2 = (weights[2] @ d3) * sigmoid(z2)
    d1 = (weights[1] @ d2) * sigmoid(z1)
    return [np.outer(x, d1), np.outer(a1, d2), np.outer(a2, d3)], [d1, d2, d3]


def label_minus_guess(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = integer_to_one_hot(label, len(biases[2])) - softmax(a2 @ weights[2] + biases[2])
    d2 = (weights[2] @ d3) * dsigmoid(z2)
    d1 = (weights[1] @ d2) * dsigmoid(z1)
    return [np.outer(x, d1), np.outer(a1, d2), np.outer(a2, d3)], [d1, d2, d3]


def slope_at_the_output_too(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    z3 = a2 @ weights[2] + biases[2]
    d3 = (softmax(z3) - integer_to_one_hot(label, len(biases[2]))) * dsigmoid(z3)
    d2 = (weights[2] @ d3) * dsigmoid(z2)
    d1 = (weights[1] @ d2) * dsigmoid(z1)
    return [np.outer(x, d1), np.outer(a1, d2), np.outer(a2, d3)], [d1, d2, d3]


def softmax_left_out(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    one_hot = integer_to_one_hot(label, len(biases[2]))
    d3 = -one_hot / softmax(a2 @ weights[2] + biases[2])
    d2 = (weights[2] @ d3) * dsigmoid(z2)
    d1 = (weights[1] @ d2) * dsigmoid(z1)
    return [np.outer(x, d1), np.outer(a1, d2), np.outer(a2, d3)], [d1, d2, d3]


def gradient_of_the_own_guess(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    yhat = softmax(a2 @ weights[2] + biases[2])
    d3 = yhat - integer_to_one_hot(int(np.argmax(yhat)), len(yhat))
    d2 = (weights[2] @ d3) * dsigmoid(z2)
    d1 = (weights[1] @ d2) * dsigmoid(z1)
    return [np.outer(x, d1), np.outer(a1, d2), np.outer(a2, d3)], [d1, d2, d3]


def only_the_output_layer(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Gradients:
    x = sample.ravel()
    z1 = x @ weights[0] + biases[0]
    z2 = sigmoid(z1) @ weights[1] + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = softmax(a2 @ weights[2] + biases[2]) - integer_to_one_hot(label, len(biases[2]))
    d2 = 0 * biases[1]
    d1 = 0 * biases[0]
    return [np.outer(x, d1), np.outer(a1, d2), np.outer(a2, d3)], [d1, d2, d3]


WRONG_ERRORS = (
    Mistake(slope_of_activated,
            "Your hidden errors use the slope of the sigmoid at a point where it never stood: the argument has "
            "already been through the sigmoid once."),
    Mistake(derivative_after_the_product,
            "The slopes of the second hidden layer come in after the product with W[1]. An error passes its own "
            "layer's sigmoid first, and is multiplied by the weights below it only then."),
    Mistake(slope_of_the_layer_above,
            "The first hidden layer's error is multiplied by the slopes of the second hidden layer. Each layer uses "
            "the slopes at its own pre-activations."),
    Mistake(slope_forgotten,
            "Your hidden errors go back through the weights but not through the sigmoids: on the way back, each "
            "sigmoid multiplies by its slope."),
    Mistake(slope_forgotten_in_the_first_layer,
            "The second hidden layer is right. The first one lacks the slope of its sigmoid: the same step has to be "
            "taken once more."),
    Mistake(sigmoid_for_its_slope,
            "On the way back the hidden errors are multiplied by the activations themselves. What is needed there is "
            "how fast the activation changes."),
    Mistake(label_minus_guess,
            "All your gradients have the wrong sign: they point downhill, while a gradient points to where the loss "
            "grows."),
    Mistake(slope_at_the_output_too,
            "The output layer has no sigmoid. Softmax and cross-entropy together already give the whole derivative "
            "with respect to the logits."),
    Mistake(softmax_left_out,
            "Your output error is the derivative with respect to the probabilities. It still has to pass through "
            "softmax to become one with respect to the logits."),
    Mistake(gradient_of_the_own_guess,
            "Your network is compared with its own best guess. The error at the output is measured against the "
            "label."),
    Mistake(only_the_output_layer,
            "The output layer is right, but the hidden layers get no gradient: the error has to travel back to them "
            "through the weights."),
)
