"""One step of gradient descent on one sample, in new arrays: the old weights and biases have to stay as they were."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip, mistake

from .inputs import small_network, vectors_or_images
from .reference import Arrays, dsigmoid, gradients, integer_to_one_hot, sigmoid, softmax, train_one_sample


def _steps(count: int) -> Callable[[Generator], Inputs]:
    def draw(rng: Generator) -> Inputs:
        return {"samples": vectors_or_images(rng, count), "labels": rng.permutation(10)[:count].tolist(),
                **small_network(rng), "learning_rate": float(rng.uniform(0.3, 0.6))}
    return draw


def use_train_one_sample(train_one_sample: Any, samples: Any, labels: Any, weights: Any, biases: Any,
                         learning_rate: float) -> Any:
    """As many steps as there are samples."""
    for sample, label in zip(samples, labels, strict=True):
        weights, biases = train_one_sample(sample, label, weights, biases, learning_rate)
    return {**{f"W[{l}]": W for l, W in enumerate(weights)}, **{f"b[{l}]": b for l, b in enumerate(biases)}}


@mistake("The upper weights have already moved when the error passes through them on its way down. Take all gradients "
         "at the old weights, then update.")
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


@mistake("You take the gradients anew after each layer's update. One backward pass at the old weights serves all "
         "layers.")
def gradients_taken_again(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    weights, biases = list(weights), list(biases)
    for l in range(len(weights)):
        dW, db = gradients(sample, label, weights, biases)
        weights[l] = weights[l] - learning_rate * dW[l]
        biases[l] = biases[l] - learning_rate * db[l]
    return weights, biases


@mistake("You take the gradients anew after each layer's update, from the last layer to the first. One backward pass "
         "at the old weights serves all layers.")
def gradients_taken_again_downwards(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays,
                                    learning_rate: float) -> Any:
    weights, biases = list(weights), list(biases)
    for l in reversed(range(len(weights))):
        dW, db = gradients(sample, label, weights, biases)
        weights[l] = weights[l] - learning_rate * dW[l]
        biases[l] = biases[l] - learning_rate * db[l]
    return weights, biases


@mistake("The weights have already moved when you take the gradients for the biases. One backward pass at the old "
         "weights serves both.")
def gradients_again_for_biases(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays, learning_rate: float
                               ) -> Any:
    dW, _ = gradients(sample, label, weights, biases)
    weights = [W - learning_rate * d for W, d in zip(weights, dW, strict=True)]
    _, db = gradients(sample, label, weights, biases)
    return weights, [b - learning_rate * d for b, d in zip(biases, db, strict=True)]


def copies_first(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    dW, db = gradients(sample, label, weights, biases)
    new_weights, new_biases = [W.copy() for W in weights], [b.copy() for b in biases]
    for l in range(len(weights)):
        new_weights[l] -= learning_rate * dW[l]
        new_biases[l] -= learning_rate * db[l]
    return new_weights, new_biases


def as_tuples(sample: np.ndarray, label: int, weights: Arrays, biases: Arrays, learning_rate: float) -> Any:
    dW, db = gradients(sample, label, weights, biases)
    return (tuple(weights[l] + dW[l] * -learning_rate for l in range(len(dW))),
            tuple(biases[l] + db[l] * -learning_rate for l in range(len(db))))


UPDATES = ("new_weights = [W - learning_rate * dW for W, dW in zip(weights, weight_gradients, strict=True)]\n"
           "    new_biases = [b - learning_rate * db for b, db in zip(biases, bias_gradients, strict=True)]")

PROBE = Probe(
    "train_one_sample", train_one_sample,
    cases={"ordinary": Cases(_steps(1)), "three steps": Cases(_steps(3), 2)},
    points=(*(Point(f"new weights W[{l}]", 0.5, part=f"W[{l}]") for l in range(3)),
            *(Point(f"new biases b[{l}]", 0.25, part=f"b[{l}]") for l in range(3)),
            Point("three steps in a row", 0.5, "three steps")),
    unchanged=0.25,
    use=use_train_one_sample,
    slips=[
        Slip("rate_per_pixel", "(sample, label, weights, biases)\n    new_weights",
             "(sample, label, weights, biases)\n    learning_rate = learning_rate / np.size(sample)\n    new_weights",
             "Your steps are divided by the number of pixels. There is one sample, and one step with the full rate."),
        updated_during_the_backward_pass,
        gradients_taken_again,
        gradients_taken_again_downwards,
        gradients_again_for_biases,
        Slip("uphill", UPDATES, UPDATES.replace(" - ", " + "),
             "Your step goes along the gradient, which is uphill: the loss grows."),
        Slip("without_the_rate", UPDATES, UPDATES.replace("learning_rate * ", ""),
             "The gradient is subtracted in full. The learning rate says how much of it."),
        Slip("rate_squared", UPDATES, UPDATES.replace("learning_rate", "learning_rate ** 2"),
             "The learning rate comes in twice, so your steps are too small."),
        Slip("biases_stay", "return new_weights, new_biases", "return new_weights, biases",
             "The weights are updated, the biases are not."),
        Slip("the_step_alone", UPDATES, UPDATES.replace("W - ", "-").replace("b - ", "-"),
             "You return the steps themselves. The new weights are the old ones plus the step."),
        Slip("only_the_last_layer", "return new_weights, new_biases",
             "return weights[:-1] + new_weights[-1:], biases[:-1] + new_biases[-1:]",
             "The last layer is updated, the hidden layers keep their old weights and biases."),
        Slip("old_weights_overwritten", UPDATES + "\n    return new_weights, new_biases",
             "for old, slope in zip(weights + biases, weight_gradients + bias_gradients):\n"
             "        old -= learning_rate * slope\n"
             "    return weights, biases",
             "The new weights are right, but the old ones were overwritten on the way. New arrays are asked for "
             "here."),
    ],
    variants=[copies_first, as_tuples],
)
