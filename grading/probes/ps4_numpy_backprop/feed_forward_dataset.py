"""Mean loss and accuracy over all samples at once, which may come as vectors or as raw images."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .inputs import small_network, vectors_or_images
from .reference import Arrays, feed_forward_sample, logits, sigmoid


def _dataset(raw: bool) -> Callable[[Generator], Inputs]:
    """An odd number of samples, of which at least two are guessed right and three are not.

    It makes a difference that a guess need not reach one half.
    """
    def draw(rng: Generator) -> Inputs:
        while True:
            N = int(rng.choice([7, 9]))
            parameters, x = small_network(rng, raw), vectors_or_images(rng, N, raw)
            z = logits(x, **parameters)[-1]
            y = z.argmax(axis=1)
            wrong = rng.choice(N, rng.integers(3, N - 1), replace=False)
            y[wrong] = (y[wrong] + rng.integers(1, 10, size=len(wrong))) % 10
            certain = z.max(axis=1) - np.logaddexp.reduce(z, axis=1) >= np.log(0.5)
            if np.mean(z.argmax(axis=1) == y) != np.mean(np.where(certain, z.argmax(axis=1), 0) == y):
                return {"x": x, "y": y, **parameters}
    return draw


def feed_forward_dataset(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays) -> tuple[float, float]:
    z = logits(x, weights, biases)[-1]
    right = np.take_along_axis(z, y[:, None], axis=1)[:, 0]
    return float(np.mean(np.logaddexp.reduce(z, axis=1) - right)), float(np.mean(right == z.max(axis=1)))


def use_loss_and_accuracy(feed_forward_dataset: Any, x: Any, y: Any, weights: Any, biases: Any) -> Any:
    mean_loss, accuracy = feed_forward_dataset(x, y, weights, biases)
    return {"mean_loss": mean_loss, "accuracy": accuracy}


def one_by_one(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays) -> Any:
    losses, right = [], 0
    for sample, label in zip(x, y, strict=True):
        loss, guess = feed_forward_sample(sample, int(label), weights, biases)
        losses.append(loss)
        right += int(guess[label] == 1)
    return sum(losses) / len(losses), right / len(losses)


def as_columns(x: np.ndarray, y: np.ndarray, weights: Arrays, biases: Arrays) -> Any:
    a = np.array([sample.ravel() for sample in x]).T
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        a = sigmoid(W.T @ a + b[:, None])
    z = weights[-1].T @ a + biases[-1][:, None]
    losses = np.log(np.sum(np.exp(z - z.max(axis=0)), axis=0)) + z.max(axis=0) - z[y, np.arange(len(y))]
    return losses.mean(), np.count_nonzero(z.argmax(axis=0) == y) / len(y)


PROBE = Probe(
    "feed_forward_dataset", feed_forward_dataset,
    cases={"ordinary": Cases(_dataset(raw=False)), "raw images": Cases(_dataset(raw=True), 2)},
    points=(Point("mean loss", 1.25, part="mean_loss"), Point("accuracy as a fraction", 1, part="accuracy"),
           Point("raw images", 0.5, "raw images")),
    unchanged=0.25,
    use=use_loss_and_accuracy,
    slips=[
        Slip("summed_loss", "-np.mean", "-np.sum", "Your loss is the sum over all samples; their mean is asked for."),
        Slip("mean_over_everything", "log_yhat[np.arange(len(y)), y]", "log_yhat * np.eye(10)[y]",
             "Your loss is also divided by the number of classes. It is a mean over samples of one loss each."),
        Slip("percentage", ", np.mean", ", 100 * np.mean",
             "The accuracy is asked for as a fraction from 0 to 1; yours is a percentage."),
        Slip("number_of_right_ones", ", np.mean", ", np.sum",
             "You count the right guesses; the accuracy is their fraction."),
        Slip("error_rate", "==", "!=",
             "You return the fraction of wrong guesses; the accuracy is the fraction of right ones."),
        Slip("accuracy_over_entries", "np.argmax(logits, axis=1) == y",
             "np.eye(10)[np.argmax(logits, axis=1)] == np.eye(10)[y]",
             "Your accuracy is a mean over entries of one-hot vectors, which agree in most places even where the guess "
             "is wrong. A sample is right or wrong as a whole."),
        Slip("guess_above_one_half", "np.argmax(logits, axis=1)", "np.argmax(np.exp(log_yhat) >= 0.5, axis=1)",
             "You ask which class has a probability of one half. With ten classes none may: the most probable one is "
             "the guess."),
        Slip("softmax_of_the_matrix", "shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
             "np.log(softmax(logits))",
             "Your softmax takes the whole matrix for one vector, so the samples share one set of probabilities. Each "
             "has its own, which sum to one."),
        Slip("one_softmax_for_all_samples", ".sum(axis=1, keepdims=True)", ".sum()",
             "One total serves all samples. Each sample has its own probabilities, which sum to one."),
        Slip("softmax_over_samples", "log_yhat = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
             "logits = log_yhat = shifted - np.log(np.exp(shifted).sum(axis=0))",
             "Your softmax divides by a sum over samples. It belongs to each sample alone, over its classes."),
        Slip("softmax_down_the_columns", "log_yhat = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))",
             "logits = log_yhat = logits - np.log(np.exp(logits).sum(axis=0))",
             "Your softmax runs down the columns, so each class sums to one over the samples. It belongs to each "
             "sample alone, over its classes."),
        Slip("sigmoid_before_softmax", "activations @ weights[-1] + biases[-1]",
             "sigmoid(activations @ weights[-1] + biases[-1])",
             "The last layer goes through a sigmoid before the softmax. Only the hidden layers have sigmoids."),
        Slip("relu_hidden", "sigmoid(activations @ W + b)", "np.maximum(activations @ W + b, 0)",
             "Your hidden layers rectify. This network's hidden activations are sigmoids."),
        Slip("loss_of_its_own_guess", "log_yhat[np.arange(len(y)), y]", "log_yhat.max(axis=1)",
             "Your loss uses the probability of the best guess. It is the label's probability that counts."),
        Slip("wrong_probabilities_too", "np.arange(len(y)), y", ":, y",
             "Your loss pairs every sample with every label. Sample 0 belongs to label 0, sample 1 to label 1, and "
             "so on."),
        Slip("images_not_flattened", "x.reshape(len(x), -1)", "x",
             "The samples may come as images with two axes each. Make a long row of every one before the first "
             "product."),
    ],
    variants=[one_by_one, as_columns],
)
