"""Training with momentum on the whole training set, and a history that is measured after every step.

All weights are compared, to 0.01 and exactly: a velocity that starts at 0 in place of 1e-5 moves them by 1e-5 or so,
more where a unit passes zero, and keeps the larger point. Losses are compared to 0.001 for the same reason.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .inputs import one_hot_targets
from .reference import Array, average_ce, backpropagation, compute_layer, relu, softmax

Params = dict[str, Array]
History = dict[str, list[float]]


def _problem(rng: Generator) -> Inputs:
    """Few units and so many samples that no other training has these accuracies; rates other than 0.9 and 0.1."""
    d, hidden, K = rng.permutation([3, 4, 5]).tolist()
    train_x, valid_x = rng.normal(size=(41, d)), rng.normal(size=(37, d))
    return {"train_x": train_x, "train_t": one_hot_targets(rng, 41, K), "valid_x": valid_x,
            "valid_t": one_hot_targets(rng, 37, K), "hidden": hidden, "epochs": int(rng.integers(3, 5)),
            "gamma": float(rng.uniform(0.6, 0.8)), "alpha": float(rng.uniform(0.2, 0.5)),
            "seed": int(rng.integers(1000, 10**6))}


def measure(x: Array, target: Array, params: Params) -> tuple[float, float]:
    """The notebook gives this one: loss and accuracy of a network."""
    hidden = relu(compute_layer(x, params["wh"], params["bh"]))
    prediction = softmax(compute_layer(hidden, params["wo"], params["bo"]))
    loss = -np.mean(np.log(prediction[target == 1]))
    return float(loss), float(np.mean(prediction.argmax(axis=1) == target.argmax(axis=1)))


def learning(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array, hidden: int, epochs: int, gamma: float,
             alpha: float, seed: int) -> tuple[Params, History]:
    """All weights in one vector: one velocity, one update an epoch."""
    rng = np.random.default_rng(seed)
    shapes = {"wh": (train_x.shape[1], hidden), "wo": (hidden, train_t.shape[1])}
    start = {name: rng.standard_normal(shape) * np.sqrt(2 / sum(shape)) for name, shape in shapes.items()}
    start |= {"bh": np.zeros((1, hidden)), "bo": np.zeros((1, train_t.shape[1]))}
    names = ("wo", "bo", "wh", "bh")
    w = np.concatenate([start[name].ravel() for name in names])
    v = np.full(w.size, 1e-5)
    cuts = np.cumsum([start[name].size for name in names])[:-1]
    history: History = {"train_loss": [], "valid_loss": [], "train_accuracy": [], "valid_accuracy": []}

    def unpacked() -> Params:
        return {name: part.reshape(start[name].shape) for name, part in zip(names, np.split(w, cuts), strict=True)}

    for _ in range(epochs):
        p = unpacked()
        h = relu(train_x @ p["wh"] + p["bh"])
        error = (softmax(h @ p["wo"] + p["bo"]) - train_t) / len(train_x)
        back = np.where(h > 0, error @ p["wo"].T, 0.0)
        grads = (h.T @ error, error.sum(axis=0), train_x.T @ back, back.sum(axis=0))
        v = gamma * v + alpha * np.concatenate([grad.ravel() for grad in grads])
        w = w - v
        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):
            loss, accuracy = measure(x, t, unpacked())
            history[f"{part}_loss"].append(loss)
            history[f"{part}_accuracy"].append(accuracy)
    return unpacked(), history


def weights_and_history(inputs: Inputs, answer: Any) -> dict[str, Any]:
    """All weights in one row, to 0.01 and exactly, then the two halves of the history."""
    def in_a_row(parts: Any) -> Array:
        return np.concatenate([np.ravel(parts[name]) for name in ("wh", "bh", "wo", "bo")])

    right_weights, right_history = learning(*inputs.values())
    weights = in_a_row({name: answer[f"0.{name}"] for name in ("wh", "bh", "wo", "bo")})
    off = weights - in_a_row(right_weights)
    losses, right = (np.array([history[f"{before}{part}_loss"] for part in ("train", "valid")])
                     for before, history in (("1.", answer), ("", right_history)))
    return {"about": np.where(np.abs(off) < 0.01, 0.0, off), "weights": weights,
            "losses": np.where(np.abs(losses - right) < 1e-3, right, losses),
            "accuracies": np.array([answer["1.train_accuracy"], answer["1.valid_accuracy"]])}


def learning_without_measure(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array, hidden: int, epochs: int,
                             gamma: float, alpha: float, seed: int) -> Any:
    rng, n, k = np.random.default_rng(seed), train_x.shape[1], train_t.shape[1]
    wh, bh = rng.normal(scale=(2 / (n + hidden)) ** 0.5, size=(n, hidden)), np.zeros((1, hidden))
    wo, bo = rng.normal(scale=(2 / (hidden + k)) ** 0.5, size=(hidden, k)), np.zeros((1, k))
    vh, vo, vbh, vbo = wh * 0 + 1e-5, wo * 0 + 1e-5, bh + 1e-5, bo + 1e-5
    train_loss, valid_loss, train_accuracy, valid_accuracy = np.zeros((4, epochs))
    for epoch in range(epochs):
        o = compute_layer(train_x, wh, bh)
        y = softmax(compute_layer(relu(o), wo, bo))
        dwo, dbo, dwh, dbh = backpropagation(y, train_t, o, wh, wo, train_x, bh)
        vo, vbo = gamma * vo + alpha * dwo, gamma * vbo + alpha * dbo
        vh, vbh = gamma * vh + alpha * dwh, gamma * vbh + alpha * dbh
        wo, bo, wh, bh = wo - vo, bo - vbo, wh - vh, bh - vbh
        y = softmax(compute_layer(relu(compute_layer(train_x, wh, bh)), wo, bo))
        train_loss[epoch], train_accuracy[epoch] = average_ce(train_t, y), np.mean(y.argmax(1) == train_t.argmax(1))
        y = softmax(compute_layer(relu(compute_layer(valid_x, wh, bh)), wo, bo))
        valid_loss[epoch], valid_accuracy[epoch] = average_ce(valid_t, y), np.mean(y.argmax(1) == valid_t.argmax(1))
    return ({"wo": wo, "bo": bo, "wh": wh, "bh": bh},
            {"train_loss": train_loss, "valid_loss": valid_loss, "train_accuracy": train_accuracy,
             "valid_accuracy": valid_accuracy})


def learning_in_one_function(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array, hidden: int, epochs: int,
                             gamma: float, alpha: float, seed: int) -> Any:
    sizes, rng = (train_x.shape[1], hidden, train_t.shape[1]), np.random.default_rng(seed)
    weights = [rng.normal(0, np.sqrt(2 / (a + b)), (a, b)) for a, b in (sizes[:2], sizes[1:])]
    w = [weights[0], np.zeros((1, hidden)), weights[1], np.zeros((1, sizes[2]))]
    v = [np.full(part.shape, 1e-5) for part in w]
    history: Any = {"train_loss": [], "valid_loss": [], "train_accuracy": [], "valid_accuracy": []}
    for _ in range(epochs):
        h = np.maximum(train_x @ w[0] + w[1], 0)
        e = np.exp(h @ w[2] + w[3])
        out = (e / e.sum(1, keepdims=True) - train_t) / len(train_x)
        back = out @ w[2].T * (h > 0)
        grads = [train_x.T @ back, back.sum(0, keepdims=True), h.T @ out, out.sum(0, keepdims=True)]
        v = [gamma * old + alpha * grad for old, grad in zip(v, grads, strict=True)]
        w = [part - step for part, step in zip(w, v, strict=True)]
        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):
            logits = np.maximum(x @ w[0] + w[1], 0) @ w[2] + w[3]
            y = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
            history[part + "_loss"].append(-np.log(y[t == 1]).mean())
            history[part + "_accuracy"].append(np.mean(y.argmax(1) == t.argmax(1)))
    return dict(zip(("wh", "bh", "wo", "bo"), w, strict=True)), history


HIDDEN = '"wh": rng.normal(0, np.sqrt(2 / (d + hidden)), (d, hidden))'
OUTPUT = '"wo": rng.normal(0, np.sqrt(2 / (hidden + K)), (hidden, K))'
BETWEEN = ',\n              "bh": np.zeros((1, hidden)),\n              '
WEIGHTS = HIDDEN + BETWEEN + OUTPUT
GRADIENTS = ('compute_layer(train_x, params["wh"], params["bh"])\n'
             '        prediction = softmax(compute_layer(relu(o), params["wo"], params["bo"]))\n'
             '        grads = backpropagation(prediction, train_t, o, params["wh"], params["wo"],\n'
             '                                train_x, params["bh"])')
UPDATED = ('        for name, grad in zip(("wo", "bo", "wh", "bh"), grads, strict=True):\n'
           '            velocity[name], params[name] = momentum_update(velocity[name], params[name],\n'
           '                                                           grad, gamma, alpha)\n')
MEASURED = ('        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):\n'
            '            loss, accuracy = measure(x, t, params)\n'
            '            history[f"{part}_loss"].append(loss)\n'
            '            history[f"{part}_accuracy"].append(accuracy)\n')

PROBE = Probe(
    "learning", learning,
    cases={"ordinary": Cases(_problem, 2)},
    points=(Point("the weights after some epochs, to 0.01", 2.5, part="about"),
           Point("the very same weights", 0.5, part="weights"), Point("the history of losses", 1, part="losses"),
           Point("the history of accuracies", 0.75, part="accuracies")),
    unchanged=0.25,
    observe=weights_and_history,
    observed="value, a few epochs later,",
    slips=[
        Slip("variance_taken_for_a_deviation", WEIGHTS, WEIGHTS.replace("np.sqrt", ""),
             "The first weights are far too small: 2 over the number of units is the variance, and the generator "
             "asks for a standard deviation."),
        Slip("inputs_only", WEIGHTS, WEIGHTS.replace("(d + hidden)", "d").replace("(hidden + K)", "hidden"),
             "You count only the units that go in. Xavier's variance counts those that come out as well."),
        Slip("output_weights_first", WEIGHTS, OUTPUT + BETWEEN + HIDDEN,
             "Both matrices come from one generator, and you draw the output weights first. The text asks for the "
             "hidden ones first."),
        Slip("older_generator", "default_rng", "RandomState",
             "The weights come from numpy's older generator. It is for shuffle and split; here the text asks for the "
             "newer one."),
        Slip("seed_fixed", "default_rng(seed)", "default_rng(421)",
             "Every seed gives the same first weights, so the argument does not arrive where they are drawn."),
        Slip("velocity_from_zero", "np.full(w.shape, 1e-5)", "np.zeros(w.shape)",
             "Nearly: the velocity starts at 0 here, and the text lets it start at 0.00001 everywhere."),
        Slip("velocity_lost_between_epochs", "o = compute_layer",
             "velocity = {name: np.full(w.shape, 1e-5) for name, w in params.items()}\n"
             "        o = compute_layer",
             "The velocity begins anew in every epoch, so there is nothing to remember. It lives as long as the "
             "training does."),
        Slip("rates_fixed", "grad, gamma, alpha", "grad, 0.9, 0.1",
             "The training always runs with γ = 0.9 and α = 0.1, whatever the arguments say."),
        Slip("biases_left_out", '("wo", "bo", "wh", "bh"), grads', '("wo", "wh"), grads[::2]',
             "The biases end where they began. They are learned like the weights."),
        Slip("trained_on_validation", GRADIENTS, GRADIENTS.replace("train_", "valid_"),
             "The gradients come from the validation set. It is there to look on, not to be learned from."),
        Slip("one_epoch_too_many", "range(epochs)", "range(epochs + 1)",
             "You take one step more than there are epochs."),
        Slip("measured_before_the_step", UPDATED + MEASURED, MEASURED + UPDATED,
             "The network is right. The history is one step late: each entry is measured after the epoch's update, "
             "not before."),
        Slip("train_and_valid_swapped", '("train", train_x, train_t), ("valid", valid_x, valid_t)',
             '("train", valid_x, valid_t), ("valid", train_x, train_t)',
             "The network is right. In the history, training and validation have changed places."),
        Slip("running_mean_of_training_loss", "    return params, history",
             '    history["train_loss"] = list(np.cumsum(history["train_loss"]) / np.arange(1, epochs + 1))\n'
             "    return params, history",
             "The network is right. Your training loss is a mean over the epochs so far; each entry belongs to its own "
             "epoch alone."),
        Slip("training_loss_added_up", "    return params, history",
             '    history["train_loss"] = list(np.cumsum(history["train_loss"]))\n    return params, history',
             "The network is right. Your training loss adds up from epoch to epoch; each entry belongs to its own "
             "epoch alone."),
        Slip("accuracy_in_percent", "append(accuracy)", "append(100 * accuracy)",
             "The network and its losses are right. Accuracy is asked for as a fraction between 0 and 1."),
    ],
    variants=[learning_without_measure, learning_in_one_function],
)
