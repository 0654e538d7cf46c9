"""Trains a model in batches, in file order, and measures loss and error on both sets after every epoch.

The network is made of the notebook's own modules. Where one of these has a slip, the trainer is tried again with right
ones (the second look), so that only the trainer is judged.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip, mistake
from helpers.probe import partner

# `use_train_network` looks here for Linear, Sigmoid and MultiLayerPerceptron, the partners of what stands in this file.
from .reference import CrossEntropyLoss, GradientDescentOptimizer, Linear, MultiLayerPerceptron  # noqa: F401
from .sigmoid_layer import Sigmoid  # noqa: F401


def _training(*batch_sizes: int) -> Any:
    def draw(rng: Generator) -> Inputs:
        """45 images of 5 pixels in 3 classes, 67 to test; both odd, so that no error is one half."""
        d, h, K = 5, 4, 3
        dataset = {"train_x": rng.normal(size=(45, d)), "train_y": rng.integers(K, size=45),
                   "test_x": rng.normal(size=(67, d)), "test_y": rng.integers(K, size=67)}
        return {"weights": [rng.normal(size=(d, h)), rng.normal(size=(h, K))],
                "biases": [rng.normal(size=(1, h)), rng.normal(size=(1, K))], "dataset": dataset,
                "num_epoch": 2, "learning_rate": 1.0, "batch_size": int(rng.choice(batch_sizes)),
                "seed": int(rng.integers(1, 1000))}
    return draw


def train_network(model: Any, dataset: Any, num_epoch: int, learning_rate: float, batch_size: int, seed: int) -> Any:
    """Each batch walks through the network in two parts, whose gradients are made into the mean of the batch here."""
    x, y = dataset["train_x"], dataset["train_y"]
    history: dict[str, list[float]] = {"train_loss": [], "test_loss": [], "train_error": [], "test_error": []}
    linear = [layer for layer in model.layers if hasattr(layer, "weights")]
    for _ in range(num_epoch):
        for batch in np.split(np.arange(len(x)), range(batch_size, len(x), batch_size)):
            totals = [[0 * layer.weights, 0 * layer.biases] for layer in linear]
            for rows in (batch[:1], batch[1:]):
                if not len(rows):
                    continue
                logits = model.forward(x[rows])
                model.backward(np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))
                               - np.eye(logits.shape[1])[y[rows]])
                for total, layer in zip(totals, linear, strict=True):
                    total[0] = total[0] + len(rows) * layer.d_weights
                    total[1] = total[1] + len(rows) * layer.d_biases
            for (d_weights, d_biases), layer in zip(totals, linear, strict=True):
                layer.weights = layer.weights - learning_rate * d_weights / len(batch)
                layer.biases = layer.biases - learning_rate * d_biases / len(batch)
        for part in ("train", "test"):
            logits, labels = model.forward(dataset[f"{part}_x"]), dataset[f"{part}_y"]
            wanted = logits[np.arange(len(labels)), labels]
            history[f"{part}_loss"].append(float(np.mean(np.logaddexp.reduce(logits, axis=1) - wanted)))
            history[f"{part}_error"].append(float(np.mean(wanted < logits.max(axis=1))))
    return history


def use_train_network(train_network: Any, weights: Any, biases: Any, dataset: Any, num_epoch: int,
                      learning_rate: float, batch_size: int, seed: int) -> Any:
    """A small network of the notebook's own modules: an answer may ask `type(layer) is Linear`, say."""
    Line, Bend, Chain = (partner(train_network, name) for name in ("Linear", "Sigmoid", "MultiLayerPerceptron"))
    linear = [Line((W, b)) for W, b in zip(weights, biases, strict=True)]
    model = Chain([layer for one in linear for layer in (one, Bend())][:-1])
    history = train_network(model, dataset, num_epoch, learning_rate, batch_size, seed)
    trained = [np.ravel(part) for layer in linear for part in (layer.weights, layer.biases)]
    names = ("train_loss", "test_loss", "train_error", "test_error")
    return {"weights": np.concatenate(trained), **{name: history.get(name) for name in names}}


@mistake("Your histories are one epoch behind: the first entry belongs to the untrained network. Measure after each "
         "epoch.")
def measured_before_the_epoch(model: Any, dataset: Any, num_epoch: int, learning_rate: float, batch_size: int,
                              seed: int) -> Any:
    x, y = dataset["train_x"], dataset["train_y"]
    loss, optimizer = CrossEntropyLoss(), GradientDescentOptimizer(model, learning_rate)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_error": [], "test_error": []}
    for _ in range(num_epoch):
        for part in ("train", "test"):
            logits, labels = model(dataset[f"{part}_x"]), dataset[f"{part}_y"]
            history[f"{part}_loss"].append(loss(logits, labels))
            history[f"{part}_error"].append(np.mean(np.argmax(logits, axis=1) != labels))
        for start in range(0, len(x), batch_size):
            loss(model(x[start:start + batch_size]), y[start:start + batch_size])
            model.backward(loss.backward())
            optimizer.step()
    return history


@mistake("The training numbers are averaged while the weights still move. Measure the whole training set after the "
         "epoch, as for the test set.")
def mean_of_batch_losses(model: Any, dataset: Any, num_epoch: int, learning_rate: float, batch_size: int, seed: int
                         ) -> Any:
    loss, optimizer = CrossEntropyLoss(), GradientDescentOptimizer(model, learning_rate)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_error": [], "test_error": []}
    for _ in range(num_epoch):
        losses, errors = [], []
        for start in range(0, len(dataset["train_x"]), batch_size):
            batch = slice(start, start + batch_size)
            logits, labels = model(dataset["train_x"][batch]), dataset["train_y"][batch]
            losses.append(loss(logits, labels))
            errors.append(np.mean(np.argmax(logits, axis=1) != labels))
            model.backward(loss.backward())
            optimizer.step()
        logits, labels = model(dataset["test_x"]), dataset["test_y"]
        history["train_loss"].append(np.mean(losses))
        history["train_error"].append(np.mean(errors))
        history["test_loss"].append(loss(logits, labels))
        history["test_error"].append(np.mean(np.argmax(logits, axis=1) != labels))
    return history


def train_with_while(model: Any, dataset: Any, num_epoch: int, learning_rate: float, batch_size: int, seed: int) -> Any:
    loss, optimizer = CrossEntropyLoss(), GradientDescentOptimizer(model, learning_rate)
    history: dict[str, list[float]] = {"train_loss": [], "test_loss": [], "train_error": [], "test_error": []}
    x, y = dataset["train_x"], dataset["train_y"]
    for _ in range(num_epoch):
        start = 0
        while start < len(x):
            stop = min(start + batch_size, len(x))
            loss.forward(model.forward(x[start:stop]), y[start:stop])
            model.backward(loss.backward())
            optimizer.step()
            start = stop
        for part in ("train", "test"):
            logits = model.forward(dataset[part + "_x"])
            history[part + "_loss"].append(loss.forward(logits, dataset[part + "_y"]))
            history[part + "_error"].append(1 - np.mean(np.argmax(logits, axis=1) == dataset[part + "_y"]))
    return history


def train_with_arrays(model: Any, dataset: Any, num_epoch: int, learning_rate: float, batch_size: int, seed: int
                      ) -> Any:
    np.random.seed(seed)
    loss, optimizer = CrossEntropyLoss(), GradientDescentOptimizer(model, learning_rate)
    rows = np.zeros((4, num_epoch))
    count = len(dataset["train_x"])
    for epoch in range(num_epoch):
        for batch in np.array_split(np.arange(count), np.arange(batch_size, count, batch_size)):
            loss(model(dataset["train_x"][batch]), dataset["train_y"][batch])
            model.backward(loss.backward())
            optimizer.step()
        for row, part in enumerate(("train", "test")):
            logits, labels = model(dataset[part + "_x"]), dataset[part + "_y"]
            rows[row, epoch] = loss(logits, labels)
            rows[row + 2, epoch] = np.mean(logits.argmax(axis=1) != labels)
    return dict(zip(("train_loss", "test_loss", "train_error", "test_error"), rows, strict=True))


PROBE = Probe(
    "train_network", train_network,
    cases={"ordinary": Cases(_training(3, 5), 2), "short": Cases(_training(4, 6), 2)},
    points=(Point("the trained weights", 1.5, part="weights"), Point("the training loss", 0.75, part="train_loss"),
           Point("the training error", 0.75, part="train_error"), Point("the test loss", 0.5, part="test_loss"),
           Point("the test error", 0.5, part="test_error"), Point("a shorter last batch", 1, "short")),
    use=use_train_network,
    slips=[
        Slip("batches_shuffled", "for _ in range(num_epoch):",
             "for _ in range(num_epoch):\n        order = np.random.permutation(len(x))\n"
             '        x, y = dataset["train_x"][order], dataset["train_y"][order]',
             "The batches are drawn at random. Shuffling is often a good idea; here the images are taken in file "
             "order, so that runs can be compared."),
        Slip("short_batch_dropped", "range(0, len(x), batch_size)", "range(0, len(x) - batch_size + 1, batch_size)",
             "The images that are left over at the end are never used. The last batch may be shorter than the "
             "others."),
        measured_before_the_epoch,
        Slip("last_batch_measured",
             "loss(model(x[start:start + batch_size]), y[start:start + batch_size])\n"
             "            model.backward(loss.backward())\n            optimizer.step()\n"
             '        for part in ("train", "test"):\n'
             '            logits, labels = model(dataset[f"{part}_x"]), dataset[f"{part}_y"]',
             "batch = model(x[start:start + batch_size]), y[start:start + batch_size]\n            loss(*batch)\n"
             "            model.backward(loss.backward())\n            optimizer.step()\n"
             '        for part in ("train", "test"):\n'
             '            test = model(dataset["test_x"]), dataset["test_y"]\n'
             '            logits, labels = batch if part == "train" else test',
             "The training numbers are those of the last batch, before its step. Measure the whole training set after "
             "the epoch, as for the test set."),
        Slip("errors_counted", "np.mean", "np.sum",
             "Your errors are counts. Fractions between 0 and 1 are asked for."),
        Slip("accuracy_for_error", "!= labels", "== labels",
             "These are fractions of right answers. The error is the fraction of wrong ones."),
        Slip("least_likely_class", "np.argmax", "np.argmin",
             "Your errors are those of the class with the smallest logit. The network's guess is the other end."),
        mean_of_batch_losses,
        Slip("running_mean_of_training_loss", "    return history",
             '    history["train_loss"] = list(np.cumsum(history["train_loss"]) / np.arange(1, num_epoch + 1))\n'
             "    return history",
             "Your training loss is a mean over the epochs so far. Each entry belongs to its own epoch alone."),
        Slip("training_loss_added_up", "    return history",
             '    history["train_loss"] = list(np.cumsum(history["train_loss"]))\n    return history',
             "Your training loss adds up from epoch to epoch. Each entry belongs to its own epoch alone."),
        Slip("one_step_an_epoch", "\n            optimizer.step()", "\n        optimizer.step()",
             "There is one step an epoch, with the gradients of the last batch. Every batch should be followed by a "
             "step."),
        Slip("first_batch_for_ever", "loss(model(x[start:start + batch_size]), y[start:start + batch_size])",
             "loss(model(x[:batch_size]), y[:batch_size])",
             "Every step uses the first batch. The place where a batch starts has to move on."),
        Slip("training_set_as_test_set", 'model(dataset[f"{part}_x"]), dataset[f"{part}_y"]', "model(x), y",
             "The test numbers are those of the training set. Where do the test images go through the network?"),
    ],
    variants=[train_with_while, train_with_arrays],
)
