"""Wrong answers to ps7's learning. Each is the whole loop with one thing changed, so repetition is on purpose.

They call the notebook's other functions by name, as a student's answer does.
"""

from typing import Any

import numpy as np

from grading.probes.model import Mistake
from grading.probes.ps7_reference import compute_layer, measure, momentum_update, relu, softmax
from grading.probes.ps7_variants import gradients_by_einsum as backpropagation

Array = np.ndarray


def variance_taken_for_a_deviation(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array,
                                   hidden: int, epochs: int, gamma: float, alpha: float, seed: int) -> Any:
    rng, n, k = np.random.default_rng(seed), train_x.shape[1], train_t.shape[1]
    params = {"wh": rng.normal(0, 2 / (n + hidden), (n, hidden)), "bh": np.zeros((1, hidden)),
              "wo": rng.normal(0, 2 / (hidden + k), (hidden, k)), "bo": np.zeros((1, k))}
    v = {name: np.full(w.shape, 1e-5) for name, w in params.items()}
    history: Any = {"train_loss": [], "train_accuracy": [], "valid_loss": [], "valid_accuracy": []}
    for _ in range(epochs):
        o = compute_layer(train_x, params["wh"], params["bh"])
        y = softmax(compute_layer(relu(o), params["wo"], params["bo"]))
        grads = backpropagation(y, train_t, o, params["wh"], params["wo"], train_x, params["bh"])
        for name, grad in zip(("wo", "bo", "wh", "bh"), grads, strict=True):
            v[name], params[name] = momentum_update(v[name], params[name], grad, gamma, alpha)
        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):
            loss, accuracy = measure(x, t, params)
            history[f"{part}_loss"].append(loss)
            history[f"{part}_accuracy"].append(accuracy)
    return params, history


def inputs_only(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array,
                hidden: int, epochs: int, gamma: float, alpha: float, seed: int) -> Any:
    rng, n, k = np.random.default_rng(seed), train_x.shape[1], train_t.shape[1]
    params = {"wh": rng.normal(0, np.sqrt(2 / n), (n, hidden)), "bh": np.zeros((1, hidden)),
              "wo": rng.normal(0, np.sqrt(2 / hidden), (hidden, k)), "bo": np.zeros((1, k))}
    v = {name: np.full(w.shape, 1e-5) for name, w in params.items()}
    history: Any = {"train_loss": [], "train_accuracy": [], "valid_loss": [], "valid_accuracy": []}
    for _ in range(epochs):
        o = compute_layer(train_x, params["wh"], params["bh"])
        y = softmax(compute_layer(relu(o), params["wo"], params["bo"]))
        grads = backpropagation(y, train_t, o, params["wh"], params["wo"], train_x, params["bh"])
        for name, grad in zip(("wo", "bo", "wh", "bh"), grads, strict=True):
            v[name], params[name] = momentum_update(v[name], params[name], grad, gamma, alpha)
        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):
            loss, accuracy = measure(x, t, params)
            history[f"{part}_loss"].append(loss)
            history[f"{part}_accuracy"].append(accuracy)
    return params, history


def output_weights_first(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array,
                         hidden: int, epochs: int, gamma: float, alpha: float, seed: int) -> Any:
    rng, n, k = np.random.default_rng(seed), train_x.shape[1], train_t.shape[1]
    wo = rng.normal(0, np.sqrt(2 / (hidden + k)), (hidden, k))
    params = {"wh": rng.normal(0, np.sqrt(2 / (n + hidden)), (n, hidden)), "bh": np.zeros((1, hidden)),
              "wo": wo, "bo": np.zeros((1, k))}
    v = {name: np.full(w.shape, 1e-5) for name, w in params.items()}
    history: Any = {"train_loss": [], "train_accuracy": [], "valid_loss": [], "valid_accuracy": []}
    for _ in range(epochs):
        o = compute_layer(train_x, params["wh"], params["bh"])
        y = softmax(compute_layer(relu(o), params["wo"], params["bo"]))
        grads = backpropagation(y, train_t, o, params["wh"], params["wo"], train_x, params["bh"])
        for name, grad in zip(("wo", "bo", "wh", "bh"), grads, strict=True):
            v[name], params[name] = momentum_update(v[name], params[name], grad, gamma, alpha)
        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):
            loss, accuracy = measure(x, t, params)
            history[f"{part}_loss"].append(loss)
            history[f"{part}_accuracy"].append(accuracy)
    return params, history


def older_generator(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array,
                    hidden: int, epochs: int, gamma: float, alpha: float, seed: int) -> Any:
    rng, n, k = np.random.RandomState(seed), train_x.shape[1], train_t.shape[1]
    params = {"wh": rng.normal(0, np.sqrt(2 / (n + hidden)), (n, hidden)), "bh": np.zeros((1, hidden)),
              "wo": rng.normal(0, np.sqrt(2 / (hidden + k)), (hidden, k)), "bo": np.zeros((1, k))}
    v = {name: np.full(w.shape, 1e-5) for name, w in params.items()}
    history: Any = {"train_loss": [], "train_accuracy": [], "valid_loss": [], "valid_accuracy": []}
    for _ in range(epochs):
        o = compute_layer(train_x, params["wh"], params["bh"])
        y = softmax(compute_layer(relu(o), params["wo"], params["bo"]))
        grads = backpropagation(y, train_t, o, params["wh"], params["wo"], train_x, params["bh"])
        for name, grad in zip(("wo", "bo", "wh", "bh"), grads, strict=True):
            v[name], params[name] = momentum_update(v[name], params[name], grad, gamma, alpha)
        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):
            loss, accuracy = measure(x, t, params)
            history[f"{part}_loss"].append(loss)
            history[f"{part}_accuracy"].append(accuracy)
    return params, history


def seed_fixed(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array,
               hidden: int, epochs: int, gamma: float, alpha: float, seed: int) -> Any:
    rng, n, k = np.random.default_rng(421), train_x.shape[1], train_t.shape[1]
    params = {"wh": rng.normal(0, np.sqrt(2 / (n + hidden)), (n, hidden)), "bh": np.zeros((1, hidden)),
              "wo": rng.normal(0, np.sqrt(2 / (hidden + k)), (hidden, k)), "bo": np.zeros((1, k))}
    v = {name: np.full(w.shape, 1e-5) for name, w in params.items()}
    history: Any = {"train_loss": [], "train_accuracy": [], "valid_loss": [], "valid_accuracy": []}
    for _ in range(epochs):
        o = compute_layer(train_x, params["wh"], params["bh"])
        y = softmax(compute_layer(relu(o), params["wo"], params["bo"]))
        grads = backpropagation(y, train_t, o, params["wh"], params["wo"], train_x, params["bh"])
        for name, grad in zip(("wo", "bo", "wh", "bh"), grads, strict=True):
            v[name], params[name] = momentum_update(v[name], params[name], grad, gamma, alpha)
        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):
            loss, accuracy = measure(x, t, params)
            history[f"{part}_loss"].append(loss)
            history[f"{part}_accuracy"].append(accuracy)
    return params, history


def velocity_from_zero(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array,
                       hidden: int, epochs: int, gamma: float, alpha: float, seed: int) -> Any:
    rng, n, k = np.random.default_rng(seed), train_x.shape[1], train_t.shape[1]
    params = {"wh": rng.normal(0, np.sqrt(2 / (n + hidden)), (n, hidden)), "bh": np.zeros((1, hidden)),
              "wo": rng.normal(0, np.sqrt(2 / (hidden + k)), (hidden, k)), "bo": np.zeros((1, k))}
    v = {name: np.zeros(w.shape) for name, w in params.items()}
    history: Any = {"train_loss": [], "train_accuracy": [], "valid_loss": [], "valid_accuracy": []}
    for _ in range(epochs):
        o = compute_layer(train_x, params["wh"], params["bh"])
        y = softmax(compute_layer(relu(o), params["wo"], params["bo"]))
        grads = backpropagation(y, train_t, o, params["wh"], params["wo"], train_x, params["bh"])
        for name, grad in zip(("wo", "bo", "wh", "bh"), grads, strict=True):
            v[name], params[name] = momentum_update(v[name], params[name], grad, gamma, alpha)
        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):
            loss, accuracy = measure(x, t, params)
            history[f"{part}_loss"].append(loss)
            history[f"{part}_accuracy"].append(accuracy)
    return params, history


def velocity_lost_between_epochs(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array,
                                 hidden: int, epochs: int, gamma: float, alpha: float, seed: int) -> Any:
    rng, n, k = np.random.default_rng(seed), train_x.shape[1], train_t.shape[1]
    params = {"wh": rng.normal(0, np.sqrt(2 / (n + hidden)), (n, hidden)), "bh": np.zeros((1, hidden)),
              "wo": rng.normal(0, np.sqrt(2 / (hidden + k)), (hidden, k)), "bo": np.zeros((1, k))}
    history: Any = {"train_loss": [], "train_accuracy": [], "valid_loss": [], "valid_accuracy": []}
    for _ in range(epochs):
        v = {name: np.full(w.shape, 1e-5) for name, w in params.items()}
        o = compute_layer(train_x, params["wh"], params["bh"])
        y = softmax(compute_layer(relu(o), params["wo"], params["bo"]))
        grads = backpropagation(y, train_t, o, params["wh"], params["wo"], train_x, params["bh"])
        for name, grad in zip(("wo", "bo", "wh", "bh"), grads, strict=True):
            v[name], params[name] = momentum_update(v[name], params[name], grad, gamma, alpha)
        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):
            loss, accuracy = measure(x, t, params)
            history[f"{part}_loss"].append(loss)
            history[f"{part}_accuracy"].append(accuracy)
    return params, history


def rates_fixed(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array,
                hidden: int, epochs: int, gamma: float, alpha: float, seed: int) -> Any:
    rng, n, k = np.random.default_rng(seed), train_x.shape[1], train_t.shape[1]
    params = {"wh": rng.normal(0, np.sqrt(2 / (n + hidden)), (n, hidden)), "bh": np.zeros((1, hidden)),
              "wo": rng.normal(0, np.sqrt(2 / (hidden + k)), (hidden, k)), "bo": np.zeros((1, k))}
    v = {name: np.full(w.shape, 1e-5) for name, w in params.items()}
    history: Any = {"train_loss": [], "train_accuracy": [], "valid_loss": [], "valid_accuracy": []}
    for _ in range(epochs):
        o = compute_layer(train_x, params["wh"], params["bh"])
        y = softmax(compute_layer(relu(o), params["wo"], params["bo"]))
        grads = backpropagation(y, train_t, o, params["wh"], params["wo"], train_x, params["bh"])
        for name, grad in zip(("wo", "bo", "wh", "bh"), grads, strict=True):
            v[name], params[name] = momentum_update(v[name], params[name], grad, 0.9, 0.1)
        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):
            loss, accuracy = measure(x, t, params)
            history[f"{part}_loss"].append(loss)
            history[f"{part}_accuracy"].append(accuracy)
    return params, history


def biases_left_out(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array,
                    hidden: int, epochs: int, gamma: float, alpha: float, seed: int) -> Any:
    rng, n, k = np.random.default_rng(seed), train_x.shape[1], train_t.shape[1]
    params = {"wh": rng.normal(0, np.sqrt(2 / (n + hidden)), (n, hidden)), "bh": np.zeros((1, hidden)),
              "wo": rng.normal(0, np.sqrt(2 / (hidden + k)), (hidden, k)), "bo": np.zeros((1, k))}
    v = {name: np.full(w.shape, 1e-5) for name, w in params.items()}
    history: Any = {"train_loss": [], "train_accuracy": [], "valid_loss": [], "valid_accuracy": []}
    for _ in range(epochs):
        o = compute_layer(train_x, params["wh"], params["bh"])
        y = softmax(compute_layer(relu(o), params["wo"], params["bo"]))
        grads = backpropagation(y, train_t, o, params["wh"], params["wo"], train_x, params["bh"])
        for name, grad in (("wo", grads[0]), ("wh", grads[2])):
            v[name], params[name] = momentum_update(v[name], params[name], grad, gamma, alpha)
        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):
            loss, accuracy = measure(x, t, params)
            history[f"{part}_loss"].append(loss)
            history[f"{part}_accuracy"].append(accuracy)
    return params, history


def trained_on_validation(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array,
                          hidden: int, epochs: int, gamma: float, alpha: float, seed: int) -> Any:
    rng, n, k = np.random.default_rng(seed), train_x.shape[1], train_t.shape[1]
    params = {"wh": rng.normal(0, np.sqrt(2 / (n + hidden)), (n, hidden)), "bh": np.zeros((1, hidden)),
              "wo": rng.normal(0, np.sqrt(2 / (hidden + k)), (hidden, k)), "bo": np.zeros((1, k))}
    v = {name: np.full(w.shape, 1e-5) for name, w in params.items()}
    history: Any = {"train_loss": [], "train_accuracy": [], "valid_loss": [], "valid_accuracy": []}
    for _ in range(epochs):
        o = compute_layer(valid_x, params["wh"], params["bh"])
        y = softmax(compute_layer(relu(o), params["wo"], params["bo"]))
        grads = backpropagation(y, valid_t, o, params["wh"], params["wo"], valid_x, params["bh"])
        for name, grad in zip(("wo", "bo", "wh", "bh"), grads, strict=True):
            v[name], params[name] = momentum_update(v[name], params[name], grad, gamma, alpha)
        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):
            loss, accuracy = measure(x, t, params)
            history[f"{part}_loss"].append(loss)
            history[f"{part}_accuracy"].append(accuracy)
    return params, history


def one_epoch_too_many(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array,
                       hidden: int, epochs: int, gamma: float, alpha: float, seed: int) -> Any:
    rng, n, k = np.random.default_rng(seed), train_x.shape[1], train_t.shape[1]
    params = {"wh": rng.normal(0, np.sqrt(2 / (n + hidden)), (n, hidden)), "bh": np.zeros((1, hidden)),
              "wo": rng.normal(0, np.sqrt(2 / (hidden + k)), (hidden, k)), "bo": np.zeros((1, k))}
    v = {name: np.full(w.shape, 1e-5) for name, w in params.items()}
    history: Any = {"train_loss": [], "train_accuracy": [], "valid_loss": [], "valid_accuracy": []}
    for _ in range(epochs + 1):
        o = compute_layer(train_x, params["wh"], params["bh"])
        y = softmax(compute_layer(relu(o), params["wo"], params["bo"]))
        grads = backpropagation(y, train_t, o, params["wh"], params["wo"], train_x, params["bh"])
        for name, grad in zip(("wo", "bo", "wh", "bh"), grads, strict=True):
            v[name], params[name] = momentum_update(v[name], params[name], grad, gamma, alpha)
        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):
            loss, accuracy = measure(x, t, params)
            history[f"{part}_loss"].append(loss)
            history[f"{part}_accuracy"].append(accuracy)
    return params, history


def measured_before_the_step(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array,
                             hidden: int, epochs: int, gamma: float, alpha: float, seed: int) -> Any:
    rng, n, k = np.random.default_rng(seed), train_x.shape[1], train_t.shape[1]
    params = {"wh": rng.normal(0, np.sqrt(2 / (n + hidden)), (n, hidden)), "bh": np.zeros((1, hidden)),
              "wo": rng.normal(0, np.sqrt(2 / (hidden + k)), (hidden, k)), "bo": np.zeros((1, k))}
    v = {name: np.full(w.shape, 1e-5) for name, w in params.items()}
    history: Any = {"train_loss": [], "train_accuracy": [], "valid_loss": [], "valid_accuracy": []}
    for _ in range(epochs):
        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):
            loss, accuracy = measure(x, t, params)
            history[f"{part}_loss"].append(loss)
            history[f"{part}_accuracy"].append(accuracy)
        o = compute_layer(train_x, params["wh"], params["bh"])
        y = softmax(compute_layer(relu(o), params["wo"], params["bo"]))
        grads = backpropagation(y, train_t, o, params["wh"], params["wo"], train_x, params["bh"])
        for name, grad in zip(("wo", "bo", "wh", "bh"), grads, strict=True):
            v[name], params[name] = momentum_update(v[name], params[name], grad, gamma, alpha)
    return params, history


def train_and_valid_swapped(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array,
                            hidden: int, epochs: int, gamma: float, alpha: float, seed: int) -> Any:
    rng, n, k = np.random.default_rng(seed), train_x.shape[1], train_t.shape[1]
    params = {"wh": rng.normal(0, np.sqrt(2 / (n + hidden)), (n, hidden)), "bh": np.zeros((1, hidden)),
              "wo": rng.normal(0, np.sqrt(2 / (hidden + k)), (hidden, k)), "bo": np.zeros((1, k))}
    v = {name: np.full(w.shape, 1e-5) for name, w in params.items()}
    history: Any = {"train_loss": [], "train_accuracy": [], "valid_loss": [], "valid_accuracy": []}
    for _ in range(epochs):
        o = compute_layer(train_x, params["wh"], params["bh"])
        y = softmax(compute_layer(relu(o), params["wo"], params["bo"]))
        grads = backpropagation(y, train_t, o, params["wh"], params["wo"], train_x, params["bh"])
        for name, grad in zip(("wo", "bo", "wh", "bh"), grads, strict=True):
            v[name], params[name] = momentum_update(v[name], params[name], grad, gamma, alpha)
        for part, x, t in (("train", valid_x, valid_t), ("valid", train_x, train_t)):
            loss, accuracy = measure(x, t, params)
            history[f"{part}_loss"].append(loss)
            history[f"{part}_accuracy"].append(accuracy)
    return params, history


def accuracy_in_percent(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array,
                        hidden: int, epochs: int, gamma: float, alpha: float, seed: int) -> Any:
    rng, n, k = np.random.default_rng(seed), train_x.shape[1], train_t.shape[1]
    params = {"wh": rng.normal(0, np.sqrt(2 / (n + hidden)), (n, hidden)), "bh": np.zeros((1, hidden)),
              "wo": rng.normal(0, np.sqrt(2 / (hidden + k)), (hidden, k)), "bo": np.zeros((1, k))}
    v = {name: np.full(w.shape, 1e-5) for name, w in params.items()}
    history: Any = {"train_loss": [], "train_accuracy": [], "valid_loss": [], "valid_accuracy": []}
    for _ in range(epochs):
        o = compute_layer(train_x, params["wh"], params["bh"])
        y = softmax(compute_layer(relu(o), params["wo"], params["bo"]))
        grads = backpropagation(y, train_t, o, params["wh"], params["wo"], train_x, params["bh"])
        for name, grad in zip(("wo", "bo", "wh", "bh"), grads, strict=True):
            v[name], params[name] = momentum_update(v[name], params[name], grad, gamma, alpha)
        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):
            loss, accuracy = measure(x, t, params)
            history[f"{part}_loss"].append(loss)
            history[f"{part}_accuracy"].append(100 * accuracy)
    return params, history


LEARNING = (
    Mistake(variance_taken_for_a_deviation, "The first weights are far too small: 2 over the number of units is the "
                                            "variance, and the generator asks for a standard deviation."),
    Mistake(inputs_only, "You count only the units that go in. Xavier's variance counts those that come out as well."),
    Mistake(output_weights_first, "Both matrices come from one generator, and you draw the output weights first. The "
                                  "text asks for the hidden ones first."),
    Mistake(older_generator, "The weights come from numpy's older generator. It is for shuffle and split; here the "
                             "text asks for the newer one."),
    Mistake(seed_fixed, "Every seed gives the same first weights, so the argument does not arrive where they are "
                        "drawn."),
    Mistake(velocity_from_zero, "Nearly: the velocity starts at 0 here, and the text lets it start at 0.00001 "
                                "everywhere."),
    Mistake(velocity_lost_between_epochs, "The velocity begins anew in every epoch, so there is nothing to remember. "
                                          "It lives as long as the training does."),
    Mistake(rates_fixed, "The training always runs with γ = 0.9 and α = 0.1, whatever the arguments say."),
    Mistake(biases_left_out, "The biases end where they began. They are learned like the weights."),
    Mistake(trained_on_validation, "The gradients come from the validation set. It is there to look on, not to be "
                                   "learned from."),
    Mistake(one_epoch_too_many, "You take one step more than there are epochs."),
    Mistake(measured_before_the_step, "The network is right. The history is one step late: each entry is measured "
                                      "after the epoch's update, not before."),
    Mistake(train_and_valid_swapped, "The network is right. In the history, training and validation have changed "
                                     "places."),
    Mistake(accuracy_in_percent, "The network and its losses are right. Accuracy is asked for as a fraction between 0 "
                                 "and 1."),
)
