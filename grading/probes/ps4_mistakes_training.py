"""Wrong answers to ps4's exercises on training, each with the hint that helps.

Every function stands alone (`course verify` puts its source into a notebook), except that it may call the functions of
the exercises before.
"""

from typing import Any

import numpy as np

from grading.probes.model import Mistake
from grading.probes.ps4_reference import (
    Arrays,
    dsigmoid,
    gradients,
    integer_to_one_hot,
    sigmoid,
    softmax,
    train_one_sample,
)

# train_one_sample

def updated_during_the_backward_pass(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays,
                                     learning_rate: float) -> Any:
    W1, W2, W3 = weights
    x = sample.ravel()
    z1 = x @ W1 + biases[0]
    z2 = sigmoid(z1) @ W2 + biases[1]
    a1, a2 = sigmoid(z1), sigmoid(z2)
    d3 = softmax(a2 @ W3 + biases[2]) - integer_to_one_hot(label, len(biases[2]))
    W3 = W3 - learning_rate * np.outer(a2, d3)
    d2 = (W3 @ d3) * dsigmoid(z2)
    W2 = W2 - learning_rate * np.outer(a1, d2)
    d1 = (W2 @ d2) * dsigmoid(z1)
    W1 = W1 - learning_rate * np.outer(x, d1)
    return [W1, W2, W3], [b - learning_rate * d for b, d in zip(biases, (d1, d2, d3), strict=True)]


def gradients_taken_again(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    weights, biases = list(weights), list(biases)
    for l in range(len(weights)):
        dW, db = gradients(sample, label, weights, biases)
        weights[l] = weights[l] - learning_rate * dW[l]
        biases[l] = biases[l] - learning_rate * db[l]
    return weights, biases


def uphill(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    dW, db = gradients(sample, label, weights, biases)
    return ([W + learning_rate * d for W, d in zip(weights, dW, strict=True)],
            [b + learning_rate * d for b, d in zip(biases, db, strict=True)])


def without_the_rate(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    dW, db = gradients(sample, label, weights, biases)
    return ([W - d for W, d in zip(weights, dW, strict=True)],
            [b - d for b, d in zip(biases, db, strict=True)])


def rate_squared(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    dW, db = gradients(sample, label, weights, biases)
    return ([W - learning_rate * learning_rate * d for W, d in zip(weights, dW, strict=True)],
            [b - learning_rate * learning_rate * d for b, d in zip(biases, db, strict=True)])


def biases_stay(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    dW, db = gradients(sample, label, weights, biases)
    return ([W - learning_rate * d for W, d in zip(weights, dW, strict=True)],
            [b + 0 * d for b, d in zip(biases, db, strict=True)])


def the_step_alone(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    dW, db = gradients(sample, label, weights, biases)
    return ([-learning_rate * d for d in dW],
            [-learning_rate * d for d in db])


def only_the_last_layer(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    dW, db = gradients(sample, label, weights, biases)
    return ([*weights[:-1], weights[-1] - learning_rate * dW[-1]],
            [*biases[:-1], biases[-1] - learning_rate * db[-1]])


def old_weights_overwritten(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays,
                            learning_rate: float) -> Any:
    dW, db = gradients(sample, label, weights, biases)
    for parameter, d in zip([*weights, *biases], [*dW, *db], strict=True):
        parameter -= learning_rate * d
    return weights, biases


ONE_SAMPLE = (
    Mistake(updated_during_the_backward_pass,
            "The upper weights have already moved when the error passes through them on its way down. Take all "
            "gradients at the old weights, then update."),
    Mistake(gradients_taken_again,
            "You take the gradients anew after each layer's update. One backward pass at the old weights serves all "
            "layers."),
    Mistake(uphill, "Your step goes along the gradient, which is uphill: the loss grows."),
    Mistake(without_the_rate, "The gradient is subtracted in full. The learning rate says how much of it."),
    Mistake(rate_squared, "The learning rate comes in twice, so your steps are too small."),
    Mistake(biases_stay, "The weights are updated, the biases are not."),
    Mistake(the_step_alone, "You return the steps themselves. The new weights are the old ones plus the step."),
    Mistake(only_the_last_layer, "The last layer is updated, the hidden layers keep their old weights and biases."),
    Mistake(old_weights_overwritten,
            "The new weights are right, but the old ones were overwritten on the way. New arrays are asked for here."),
)


# train_one_epoch

def every_step_from_the_start(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays,
                              learning_rate: float) -> Any:
    for sample, label in zip(x, y, strict=True):
        new = train_one_sample(sample, label, weights, biases, learning_rate)
    return new


def first_sample_only(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    return train_one_sample(x[0], y[0], weights, biases, learning_rate)


def last_sample_left_out(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    for sample, label in zip(x[:-1], y[:-1], strict=True):
        weights, biases = train_one_sample(sample, label, weights, biases, learning_rate)
    return weights, biases


def from_last_sample_to_first(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays,
                              learning_rate: float) -> Any:
    for sample, label in zip(x[::-1], y[::-1], strict=True):
        weights, biases = train_one_sample(sample, label, weights, biases, learning_rate)
    return weights, biases


def two_epochs(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    for sample, label in [*zip(x, y, strict=True)] * 2:
        weights, biases = train_one_sample(sample, label, weights, biases, learning_rate)
    return weights, biases


def one_averaged_step(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    dW, db = [0 * W for W in weights], [0 * b for b in biases]
    for sample, label in zip(x, y, strict=True):
        gW, gb = gradients(sample, label, weights, biases)
        dW = [d + g / len(x) for d, g in zip(dW, gW, strict=True)]
        db = [d + g / len(x) for d, g in zip(db, gb, strict=True)]
    return ([W - learning_rate * d for W, d in zip(weights, dW, strict=True)],
            [b - learning_rate * d for b, d in zip(biases, db, strict=True)])


def rate_per_sample(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    for sample, label in zip(x, y, strict=True):
        weights, biases = train_one_sample(sample, label, weights, biases, learning_rate / len(x))
    return weights, biases


def labels_of_the_first(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    for sample in x:
        weights, biases = train_one_sample(sample, y[0], weights, biases, learning_rate)
    return weights, biases


ONE_EPOCH = (
    Mistake(every_step_from_the_start,
            "Every step starts from the weights you were given, so only the last one counts. Each step should start "
            "where the one before ended."),
    Mistake(first_sample_only, "The function returns after its first sample: the rest of the epoch never happens."),
    Mistake(last_sample_left_out, "The last sample is never used."),
    Mistake(from_last_sample_to_first,
            "You go through the samples from the last to the first. The order of the file is asked for."),
    Mistake(two_epochs, "Every sample is used twice. One epoch is one pass."),
    Mistake(one_averaged_step,
            "You take one step with the mean gradient. Here every sample makes a step of its own."),
    Mistake(rate_per_sample,
            "Your steps are divided by the number of samples. Each sample makes a step with the full learning rate."),
    Mistake(labels_of_the_first, "All samples are trained with the first label. Each has its own."),
)
