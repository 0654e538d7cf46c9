"""Loss and one-hot guess for one sample, which may come as a vector or as a raw image.

The label is never the network's own guess, so that the two cannot be mistaken for each other.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Draw, Inputs, Point, Probe, Slip

from .inputs import one_sample
from .reference import Arrays, cross_entropy_loss, feed_forward_sample, integer_to_one_hot, sigmoid, softmax


def _telling_sample(raw: bool = False) -> Draw:
    """A sample whose guess is another one than that of a sample 255 times as dark, which the biases alone decide."""
    def draw(rng: Generator) -> Inputs:
        while True:
            inputs = one_sample(raw)(rng)
            _, guess = feed_forward_sample(**inputs)
            _, in_the_dark = feed_forward_sample(**{**inputs, "sample": inputs["sample"] / 255})
            if not np.array_equal(guess, in_the_dark):
                return inputs
    return draw


def use_loss_and_guess(feed_forward_sample: Any, sample: Any, label: int, weights: Any, biases: Any) -> Any:
    loss, one_hot_guess = feed_forward_sample(sample, label, weights, biases)
    return {"loss": loss, "one_hot_guess": one_hot_guess}


def layer_by_layer(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Any:
    a = sample.flatten()
    for l in range(len(weights)):
        z = weights[l].T @ a + biases[l]
        a = sigmoid(z) if l < len(weights) - 1 else softmax(z)
    guess = np.zeros(len(a), dtype=int)
    guess[np.argmax(a)] = 1
    return cross_entropy_loss(integer_to_one_hot(label, len(a)), a), guess


def sample_as_a_row(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays) -> Any:
    a = sample.reshape(1, -1)
    a = sigmoid(a @ weights[0] + biases[0])
    a = sigmoid(a @ weights[1] + biases[1])
    z = (a @ weights[2] + biases[2])[0]
    return [np.log(np.sum(np.exp(z - z.max()))) - (z - z.max())[label], integer_to_one_hot(int(z.argmax()), z.size)]


PROBE = Probe(
    "feed_forward_sample", feed_forward_sample,
    cases={"ordinary": Cases(_telling_sample(), 16), "raw images": Cases(_telling_sample(raw=True), 2)},
    points=(Point("loss", 1, part="loss"), Point("guess in one-hot form", 0.75, part="one_hot_guess"),
           Point("raw images", 0.5, "raw images")),
    unchanged=0.25,
    use=use_loss_and_guess,
    slips=[
        Slip("guess_as_an_integer", "integer_to_one_hot(np.argmax(yhat), len(yhat))", "np.argmax(yhat)",
             "The loss is right. The guess is wanted in one-hot form: a one at its place, zeros elsewhere."),
        Slip("probabilities_as_guess", "integer_to_one_hot(np.argmax(yhat), len(yhat))", "yhat",
             "The loss is right. As the guess you return the probabilities; a single one at the most probable class "
             "is asked for."),
        Slip("guess_above_one_half", "integer_to_one_hot(np.argmax(yhat), len(yhat))", "(yhat >= 0.5).astype(float)",
             "The loss is right. Where no class reaches one half, your guess is empty; the most probable one wins even "
             "so."),
        Slip("first_above_one_half", "np.argmax(yhat)", "np.argmax(yhat >= 0.5)",
             "The loss is right. Where no class reaches one half, your guess is class 0; the most probable one wins "
             "even so."),
        Slip("label_as_guess", "np.argmax(yhat)", "label",
             "The loss is right. As the guess you return the label itself, so the network would always be right."),
        Slip("loss_of_the_guess", "label, len(yhat)", "np.argmax(yhat), len(yhat)",
             "Your loss is measured against the network's own guess, so it is small even where the network errs. "
             "Measure it against the label."),
        Slip("relu_hidden", "sigmoid(activation @ W + b)", "np.maximum(activation @ W + b, 0)",
             "Your hidden layers rectify. This network's hidden activations are sigmoids."),
        Slip("sigmoid_before_softmax", "activation @ weights[-1] + biases[-1]",
             "sigmoid(activation @ weights[-1] + biases[-1])",
             "The last layer goes through a sigmoid before the softmax. Only the hidden layers have sigmoids."),
        Slip("sigmoid_for_softmax", "softmax", "sigmoid",
             "The last layer is a sigmoid of each logit alone. Softmax makes the ten values one set of "
             "probabilities."),
        Slip("linear_hidden", "sigmoid(activation @ W + b)", "activation @ W + b",
             "Your hidden layers have no activation, so the whole network is one linear map followed by softmax."),
        Slip("biases_forgotten",
             "sigmoid(activation @ W + b)\n    yhat = softmax(activation @ weights[-1] + biases[-1])",
             "sigmoid(activation @ W)\n    yhat = softmax(activation @ weights[-1])",
             "The weights are used, the biases are not."),
        Slip("bias_after_the_sigmoid", "(activation @ W + b)", "(activation @ W) + b",
             "The bias is added after the sigmoid. It belongs to the pre-activation."),
        Slip("pixels_scaled_inside", "np.ravel(sample)", "np.ravel(sample) / 255",
             "You scale the pixels inside this function. Take the sample as it comes: scaling is the caller's "
             "choice."),
        Slip("image_not_flattened", "np.ravel(sample)", "sample",
             "A sample may come as an image with two axes. Make one long vector of it before the first product."),
    ],
    variants=[layer_by_layer, sample_as_a_row],
)
