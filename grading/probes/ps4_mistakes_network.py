"""Wrong answers to ps4's exercises on the network and its forward pass, each with the hint that helps.

Every function stands alone (`course verify` puts its source into a notebook), except that it may call the functions of
the exercises before.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Mistake
from grading.probes.ps4_reference import Arrays, cross_entropy_loss, integer_to_one_hot, sigmoid, softmax

# initialize

def variance_one(layer_sizes: Sequence[int], rng: Generator) -> Any:
    shapes = [layer_sizes[l:l + 2] for l in range(len(layer_sizes) - 1)]
    weights = [rng.normal(size=shape) for shape in shapes]
    return weights, [np.zeros(n) for n in layer_sizes[1:]]


def variance_as_deviation(layer_sizes: Sequence[int], rng: Generator) -> Any:
    shapes = [layer_sizes[l:l + 2] for l in range(len(layer_sizes) - 1)]
    weights = [rng.normal(0, 1 / max(shape), shape) for shape in shapes]
    return weights, [np.zeros(n) for n in layer_sizes[1:]]


def only_the_inputs(layer_sizes: Sequence[int], rng: Generator) -> Any:
    shapes = [layer_sizes[l:l + 2] for l in range(len(layer_sizes) - 1)]
    weights = [rng.normal(0, 1 / np.sqrt(shape[0]), shape) for shape in shapes]
    return weights, [np.zeros(n) for n in layer_sizes[1:]]


def only_the_outputs(layer_sizes: Sequence[int], rng: Generator) -> Any:
    shapes = [layer_sizes[l:l + 2] for l in range(len(layer_sizes) - 1)]
    weights = [rng.normal(0, 1 / np.sqrt(shape[1]), shape) for shape in shapes]
    return weights, [np.zeros(n) for n in layer_sizes[1:]]


def the_smaller_side(layer_sizes: Sequence[int], rng: Generator) -> Any:
    shapes = [layer_sizes[l:l + 2] for l in range(len(layer_sizes) - 1)]
    weights = [rng.normal(0, 1 / np.sqrt(min(shape)), shape) for shape in shapes]
    return weights, [np.zeros(n) for n in layer_sizes[1:]]


def xavier(layer_sizes: Sequence[int], rng: Generator) -> Any:
    shapes = [layer_sizes[l:l + 2] for l in range(len(layer_sizes) - 1)]
    weights = [rng.normal(0, np.sqrt(2 / sum(shape)), shape) for shape in shapes]
    return weights, [np.zeros(n) for n in layer_sizes[1:]]


def uniform_weights(layer_sizes: Sequence[int], rng: Generator) -> Any:
    shapes = [layer_sizes[l:l + 2] for l in range(len(layer_sizes) - 1)]
    weights = [rng.uniform(-1, 1, shape) * np.sqrt(3 / max(shape)) for shape in shapes]
    return weights, [np.zeros(n) for n in layer_sizes[1:]]


def all_zero(layer_sizes: Sequence[int], rng: Generator) -> Any:
    shapes = [layer_sizes[l:l + 2] for l in range(len(layer_sizes) - 1)]
    weights = [np.zeros(shape) for shape in shapes]
    return weights, [np.zeros(n) for n in layer_sizes[1:]]


def global_generator(layer_sizes: Sequence[int], rng: Generator) -> Any:
    shapes = [layer_sizes[l:l + 2] for l in range(len(layer_sizes) - 1)]
    weights = [np.random.normal(0, 1 / np.sqrt(max(shape)), shape) for shape in shapes]
    return weights, [np.zeros(n) for n in layer_sizes[1:]]


def own_generator(layer_sizes: Sequence[int], rng: Generator) -> Any:
    rng = np.random.default_rng(0)
    shapes = [layer_sizes[l:l + 2] for l in range(len(layer_sizes) - 1)]
    weights = [rng.normal(0, 1 / np.sqrt(max(shape)), shape) for shape in shapes]
    return weights, [np.zeros(n) for n in layer_sizes[1:]]


def outputs_as_rows(layer_sizes: Sequence[int], rng: Generator) -> Any:
    shapes = [layer_sizes[l:l + 2] for l in range(len(layer_sizes) - 1)]
    weights = [rng.normal(0, 1 / np.sqrt(max(shape)), shape[::-1]) for shape in shapes]
    return weights, [np.zeros(n) for n in layer_sizes[1:]]


def random_biases(layer_sizes: Sequence[int], rng: Generator) -> Any:
    shapes = [layer_sizes[l:l + 2] for l in range(len(layer_sizes) - 1)]
    weights = [rng.normal(0, 1 / np.sqrt(max(shape)), shape) for shape in shapes]
    return weights, [rng.normal(0, 1, n) for n in layer_sizes[1:]]


def biases_as_rows(layer_sizes: Sequence[int], rng: Generator) -> Any:
    shapes = [layer_sizes[l:l + 2] for l in range(len(layer_sizes) - 1)]
    weights = [rng.normal(0, 1 / np.sqrt(max(shape)), shape) for shape in shapes]
    return weights, [np.zeros((1, n)) for n in layer_sizes[1:]]


INITIALIZE = (
    Mistake(variance_one,
            "Your weights have variance 1, whatever the sizes. With hundreds of inputs the sums then become large "
            "and the sigmoids go flat."),
    Mistake(variance_as_deviation,
            "Your weights come out too small: N(m, v) gives the variance v, while numpy's normal wants the standard "
            "deviation."),
    Mistake(only_the_inputs,
            "You divide by the number of inputs. The larger of the two sides is asked for, and here and there that "
            "is the other one."),
    Mistake(only_the_outputs,
            "You divide by the number of outputs. The larger of the two sides is asked for, and here and there that "
            "is the other one."),
    Mistake(the_smaller_side, "You divide by the smaller of the two sides; the larger one is asked for."),
    Mistake(xavier,
            "That is Xavier's variance, with the mean of the two sides. It is a good choice; here the larger of the "
            "two sides is asked for."),
    Mistake(uniform_weights,
            "Mean and variance are right, but your weights are spread evenly over an interval. A normal distribution "
            "is asked for."),
    Mistake(all_zero,
            "With equal weights all units of a layer stay equal for ever: they need random numbers to start from."),
    Mistake(global_generator,
            "The same seed should give the same network. Your numbers come from elsewhere than the generator you are "
            "given."),
    Mistake(own_generator,
            "Two networks from one generator should differ; yours are the same every time. Draw from the generator "
            "you are given."),
    Mistake(outputs_as_rows,
            "Your weights have a row for each output. In this problem set a row belongs to an input and a column to "
            "an output."),
    Mistake(random_biases, "The weights are fine. The biases should start at zero."),
    Mistake(biases_as_rows, "Your biases are matrices with one row. Arrays with a single axis are asked for."),
)


# feed_forward_sample

def guess_as_an_integer(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Any:
    a = sample.ravel()
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    yhat = softmax(a @ weights[-1] + biases[-1])
    loss = cross_entropy_loss(integer_to_one_hot(label, len(yhat)), yhat)
    return loss, int(np.argmax(yhat))


def probabilities_as_guess(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Any:
    a = sample.ravel()
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    yhat = softmax(a @ weights[-1] + biases[-1])
    loss = cross_entropy_loss(integer_to_one_hot(label, len(yhat)), yhat)
    return loss, yhat


def label_as_guess(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Any:
    a = sample.ravel()
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    yhat = softmax(a @ weights[-1] + biases[-1])
    loss = cross_entropy_loss(integer_to_one_hot(label, len(yhat)), yhat)
    return loss, integer_to_one_hot(label, len(yhat))


def loss_of_the_guess(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Any:
    a = sample.ravel()
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    yhat = softmax(a @ weights[-1] + biases[-1])
    loss = cross_entropy_loss(integer_to_one_hot(int(np.argmax(yhat)), len(yhat)), yhat)
    return loss, integer_to_one_hot(int(np.argmax(yhat)), len(yhat))


def relu_hidden(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Any:
    a = sample.ravel()
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = np.maximum(a @ W + b, 0)
    yhat = softmax(a @ weights[-1] + biases[-1])
    loss = cross_entropy_loss(integer_to_one_hot(label, len(yhat)), yhat)
    return loss, integer_to_one_hot(int(np.argmax(yhat)), len(yhat))


def sigmoid_before_softmax(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Any:
    a = sample.ravel()
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    yhat = softmax(sigmoid(a @ weights[-1] + biases[-1]))
    loss = cross_entropy_loss(integer_to_one_hot(label, len(yhat)), yhat)
    return loss, integer_to_one_hot(int(np.argmax(yhat)), len(yhat))


def sigmoid_for_softmax(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Any:
    a = sample.ravel()
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    yhat = sigmoid(a @ weights[-1] + biases[-1])
    loss = cross_entropy_loss(integer_to_one_hot(label, len(yhat)), yhat)
    return loss, integer_to_one_hot(int(np.argmax(yhat)), len(yhat))


def linear_hidden(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Any:
    a = sample.ravel()
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = a @ W + b
    yhat = softmax(a @ weights[-1] + biases[-1])
    loss = cross_entropy_loss(integer_to_one_hot(label, len(yhat)), yhat)
    return loss, integer_to_one_hot(int(np.argmax(yhat)), len(yhat))


def biases_forgotten(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Any:
    a = sample.ravel()
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + 0 * b)
    yhat = softmax(a @ weights[-1])
    loss = cross_entropy_loss(integer_to_one_hot(label, len(yhat)), yhat)
    return loss, integer_to_one_hot(int(np.argmax(yhat)), len(yhat))


def bias_after_the_sigmoid(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Any:
    a = sample.ravel()
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W) + b
    yhat = softmax(a @ weights[-1] + biases[-1])
    loss = cross_entropy_loss(integer_to_one_hot(label, len(yhat)), yhat)
    return loss, integer_to_one_hot(int(np.argmax(yhat)), len(yhat))


def pixels_scaled_inside(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Any:
    a = sample.ravel() / 255
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    yhat = softmax(a @ weights[-1] + biases[-1])
    loss = cross_entropy_loss(integer_to_one_hot(label, len(yhat)), yhat)
    return loss, integer_to_one_hot(int(np.argmax(yhat)), len(yhat))


def image_not_flattened(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Any:
    a = sample
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    yhat = softmax(a @ weights[-1] + biases[-1])
    loss = cross_entropy_loss(integer_to_one_hot(label, len(yhat)), yhat)
    return loss, integer_to_one_hot(int(np.argmax(yhat)), len(yhat))


SAMPLE = (
    Mistake(guess_as_an_integer,
            "The loss is right. The guess is wanted in one-hot form: a one at its place, zeros elsewhere."),
    Mistake(probabilities_as_guess,
            "The loss is right. As the guess you return the probabilities; a single one at the most probable class "
            "is asked for."),
    Mistake(label_as_guess,
            "The loss is right. As the guess you return the label itself, so the network would always be right."),
    Mistake(loss_of_the_guess,
            "Your loss is measured against the network's own guess, so it is small even where the network errs. "
            "Measure it against the label."),
    Mistake(relu_hidden, "Your hidden layers rectify. This network's hidden activations are sigmoids."),
    Mistake(sigmoid_before_softmax,
            "The last layer goes through a sigmoid before the softmax. Only the hidden layers have sigmoids."),
    Mistake(sigmoid_for_softmax,
            "The last layer is a sigmoid of each logit alone. Softmax makes the ten values one set of probabilities."),
    Mistake(linear_hidden,
            "Your hidden layers have no activation, so the whole network is one linear map followed by softmax."),
    Mistake(biases_forgotten, "The weights are used, the biases are not."),
    Mistake(bias_after_the_sigmoid, "The bias is added after the sigmoid. It belongs to the pre-activation."),
    Mistake(pixels_scaled_inside,
            "You scale the pixels inside this function. Take the sample as it comes: scaling is the caller's choice."),
    Mistake(image_not_flattened,
            "A sample may come as an image with two axes. Make one long vector of it before the first product."),
)


# feed_forward_dataset

def summed_loss(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays) -> Any:
    a = x.reshape(len(x), -1)
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    z = a @ weights[-1] + biases[-1]
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return -np.sum(np.log(p[np.arange(len(y)), y])), np.mean(p.argmax(axis=1) == y)


def mean_over_everything(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays) -> Any:
    a = x.reshape(len(x), -1)
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    z = a @ weights[-1] + biases[-1]
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p) * np.eye(p.shape[1])[y]), np.mean(p.argmax(axis=1) == y)


def percentage(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays) -> Any:
    a = x.reshape(len(x), -1)
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    z = a @ weights[-1] + biases[-1]
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(y)), y])), 100 * np.mean(p.argmax(axis=1) == y)


def number_of_right_ones(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays) -> Any:
    a = x.reshape(len(x), -1)
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    z = a @ weights[-1] + biases[-1]
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(y)), y])), np.sum(p.argmax(axis=1) == y)


def error_rate(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays) -> Any:
    a = x.reshape(len(x), -1)
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    z = a @ weights[-1] + biases[-1]
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(y)), y])), np.mean(p.argmax(axis=1) != y)


def one_softmax_for_all_samples(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays) -> Any:
    a = x.reshape(len(x), -1)
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    z = a @ weights[-1] + biases[-1]
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum()
    return -np.mean(np.log(p[np.arange(len(y)), y])), np.mean(p.argmax(axis=1) == y)


def softmax_over_samples(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays) -> Any:
    a = x.reshape(len(x), -1)
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    z = a @ weights[-1] + biases[-1]
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=0)
    return -np.mean(np.log(p[np.arange(len(y)), y])), np.mean(p.argmax(axis=1) == y)


def loss_of_its_own_guess(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays) -> Any:
    a = x.reshape(len(x), -1)
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    z = a @ weights[-1] + biases[-1]
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p.max(axis=1))), np.mean(p.argmax(axis=1) == y)


def wrong_probabilities_too(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays) -> Any:
    a = x.reshape(len(x), -1)
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    z = a @ weights[-1] + biases[-1]
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[:, y])), np.mean(p.argmax(axis=1) == y)


def images_not_flattened(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays) -> Any:
    a = x
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(a @ W + b)
    z = a @ weights[-1] + biases[-1]
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(y)), y])), np.mean(p.argmax(axis=1) == y)


DATASET = (
    Mistake(summed_loss, "Your loss is the sum over all samples; their mean is asked for."),
    Mistake(mean_over_everything,
            "Your loss is also divided by the number of classes. It is a mean over samples of one loss each."),
    Mistake(percentage, "The accuracy is asked for as a fraction from 0 to 1; yours is a percentage."),
    Mistake(number_of_right_ones, "You count the right guesses; the accuracy is their fraction."),
    Mistake(error_rate, "You return the fraction of wrong guesses; the accuracy is the fraction of right ones."),
    Mistake(one_softmax_for_all_samples,
            "One total serves all samples. Each sample has its own probabilities, which sum to one."),
    Mistake(softmax_over_samples,
            "Your softmax divides by a sum over samples. It belongs to each sample alone, over its classes."),
    Mistake(loss_of_its_own_guess,
            "Your loss uses the probability of the best guess. It is the label's probability that counts."),
    Mistake(wrong_probabilities_too,
            "Your loss pairs every sample with every label. Sample 0 belongs to label 0, sample 1 to label 1, and so "
            "on."),
    Mistake(images_not_flattened,
            "The samples may come as images with two axes each. Make a long row of every one before the first "
            "product."),
)
