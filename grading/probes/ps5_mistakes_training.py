"""Wrong answers to ps5's exercises on networks, the optimiser, the gradient check and the trainer.

Every class and function stands alone, apart from the right class it is derived from and from names that the notebook
defines: repetition is on purpose.
"""

from typing import Any

import numpy as np

from grading.probes.model import Mistake
from grading.probes.ps5_reference import CrossEntropyLoss, GradientDescentOptimizer, Linear, MultiLayerPerceptron, ReLU
from helpers.modules import Module, init_params

NOTEBOOK = (Module, ReLU)  # not used here, but the notebook has them, and stand-ins are derived from them


# MultiLayerPerceptron

class BackwardFromTheFront(MultiLayerPerceptron):
    def backward(self, g: Any) -> Any:
        for layer in self.layers:
            g = layer.backward(g)
        return g


class SameGradientForAll(MultiLayerPerceptron):
    def backward(self, g: Any) -> Any:
        for layer in reversed(self.layers):
            last = layer.backward(g)
        return last


class GradientNotReturned(MultiLayerPerceptron):
    def backward(self, g: Any) -> Any:
        for layer in reversed(self.layers):
            g = layer.backward(g)


class LastLayerSkipped(MultiLayerPerceptron):
    def forward(self, x: Any) -> Any:
        for layer in self.layers[:-1]:
            x = layer.forward(x)
        return x


class LastLayerOnly(MultiLayerPerceptron):
    def forward(self, x: Any) -> Any:
        for layer in self.layers:
            out = layer.forward(x)
        return out


class FirstLayerNotReached(MultiLayerPerceptron):
    def backward(self, g: Any) -> Any:
        for layer in self.layers[:0:-1]:
            g = layer.backward(g)
        return g


class OutputsForwards(MultiLayerPerceptron):
    def forward(self, x: Any) -> Any:
        for layer in reversed(self.layers):
            x = layer.forward(x)
        return x


PERCEPTRON = (
    Mistake(BackwardFromTheFront, "The backward pass starts at the first layer. The gradient arrives at the output, "
                                  "so which layer has to see it first?"),
    Mistake(SameGradientForAll, "Every layer gets the gradient of the output. Each should get what the layer above it "
                                "returned."),
    Mistake(GradientNotReturned, "The layers' gradients are right; what is missing is the return of the last one, the "
                                 "gradient with respect to the network's input."),
    Mistake(LastLayerSkipped, "The forward pass stops one layer early."),
    Mistake(LastLayerOnly, "Every layer is given the network's input. From the second on, it should be the output of "
                           "the layer before."),
    Mistake(FirstLayerNotReached, "The backward pass ends before the first layer, whose gradients are never computed."),
    Mistake(OutputsForwards, "The forward pass walks from the last layer to the first."),
)


# GradientDescentOptimizer

class StepsUphill(GradientDescentOptimizer):
    def step(self) -> None:
        self.learning_rate = -abs(self.learning_rate)
        super().step()


class RateForgotten(GradientDescentOptimizer):
    def step(self) -> None:
        self.learning_rate = 1.0
        super().step()


class OnlyTheWeights(GradientDescentOptimizer):
    def step(self) -> None:
        for layer in self.model.layers:
            if hasattr(layer, "weights"):
                layer.weights = layer.weights - self.learning_rate * layer.d_weights


class OnlyTheLastLayer(GradientDescentOptimizer):
    def step(self) -> None:
        layer = self.model.layers[-1]
        layer.weights = layer.weights - self.learning_rate * layer.d_weights
        layer.biases = layer.biases - self.learning_rate * layer.d_biases


class OnlyTheFirstLayer(GradientDescentOptimizer):
    def step(self) -> None:
        layer = self.model.layers[0]
        layer.weights = layer.weights - self.learning_rate * layer.d_weights
        layer.biases = layer.biases - self.learning_rate * layer.d_biases


class NamesOfItsOwn(GradientDescentOptimizer):
    def step(self) -> None:
        for layer in self.model.layers:
            if hasattr(layer, "weights"):
                weights, biases = layer.weights, layer.biases
                weights = weights - self.learning_rate * layer.d_weights
                biases = biases - self.learning_rate * layer.d_biases


class GradientsFromTheStart(GradientDescentOptimizer):
    def __init__(self, model: Any, learning_rate: float) -> None:
        super().__init__(model, learning_rate)
        self.kept = [(layer, layer.d_weights, layer.d_biases) for layer in model.layers if hasattr(layer, "weights")]

    def step(self) -> None:
        for layer, d_weights, d_biases in self.kept:
            layer.weights = layer.weights - self.learning_rate * d_weights
            layer.biases = layer.biases - self.learning_rate * d_biases


class GradientsAsParameters(GradientDescentOptimizer):
    def step(self) -> None:
        for layer in self.model.layers:
            if hasattr(layer, "weights"):
                layer.weights = -self.learning_rate * layer.d_weights
                layer.biases = -self.learning_rate * layer.d_biases


OPTIMIZER = (
    Mistake(StepsUphill, "The parameters move along the gradient, uphill. Descent goes the other way."),
    Mistake(RateForgotten, "The steps have the full length of the gradient: the learning rate does not appear."),
    Mistake(OnlyTheWeights, "The weights move and the biases stay. Biases are learned too."),
    Mistake(OnlyTheLastLayer, "Only the last layer moves. Every layer that has parameters should."),
    Mistake(OnlyTheFirstLayer, "Only the first layer moves. Every layer that has parameters should."),
    Mistake(NamesOfItsOwn, "No layer has moved. A new array under a local name is not yet the layer's: where does the "
                           "result have to go?"),
    Mistake(GradientsFromTheStart, "Every step uses the gradients that were there when the optimiser was made. Ask "
                                   "the layers anew at each step."),
    Mistake(GradientsAsParameters, "The step replaces the old parameters. It should be added to them."),
)


# define_network

def activation_at_the_end(sizes: Any, activation: Any, seed: int = 10701) -> Any:
    np.random.seed(seed)
    layers: list[Any] = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:], strict=True):
        layers += [Linear(init_params(n_in, n_out)), activation()]
    return MultiLayerPerceptron(layers)


def no_activations(sizes: Any, activation: Any, seed: int = 10701) -> Any:
    np.random.seed(seed)
    return MultiLayerPerceptron([Linear(init_params(*pair)) for pair in zip(sizes[:-1], sizes[1:], strict=True)])


def seeded_for_every_layer(sizes: Any, activation: Any, seed: int = 10701) -> Any:
    layers: list[Any] = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:], strict=True):
        np.random.seed(seed)
        layers += [Linear(init_params(n_in, n_out)), activation()]
    return MultiLayerPerceptron(layers[:-1])


def seed_forgotten(sizes: Any, activation: Any, seed: int = 10701) -> Any:
    layers: list[Any] = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:], strict=True):
        layers += [Linear(init_params(n_in, n_out)), activation()]
    return MultiLayerPerceptron(layers[:-1])


def always_the_same_seed(sizes: Any, activation: Any, seed: int = 10701) -> Any:
    np.random.seed(10701)
    layers: list[Any] = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:], strict=True):
        layers += [Linear(init_params(n_in, n_out)), activation()]
    return MultiLayerPerceptron(layers[:-1])


def one_activation_shared(sizes: Any, activation: Any, seed: int = 10701) -> Any:
    np.random.seed(seed)
    layers: list[Any] = []
    shared = activation()
    for n_in, n_out in zip(sizes[:-1], sizes[1:], strict=True):
        layers += [Linear(init_params(n_in, n_out)), shared]
    return MultiLayerPerceptron(layers[:-1])


def drawn_from_the_end(sizes: Any, activation: Any, seed: int = 10701) -> Any:
    np.random.seed(seed)
    layers: list[Any] = []
    for n_in, n_out in zip(sizes[-2::-1], sizes[:0:-1], strict=True):
        layers = [Linear(init_params(n_in, n_out)), activation(), *layers]
    return MultiLayerPerceptron([layer for layer in layers[:-1]])


def sizes_exchanged(sizes: Any, activation: Any, seed: int = 10701) -> Any:
    np.random.seed(seed)
    layers: list[Any] = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:], strict=True):
        layers += [Linear(init_params(n_out, n_in)), activation()]
    return MultiLayerPerceptron(layers[:-1])


DEFINE_NETWORK = (
    Mistake(activation_at_the_end, "An activation follows the last linear layer. The loss wants logits, which may "
                                   "have any size and sign."),
    Mistake(no_activations, "There is nothing between the linear layers, so all of them together are one linear map."),
    Mistake(seeded_for_every_layer, "The seed is set again for every layer, so that layers begin with the same random "
                                    "numbers. Once, before the first, is enough."),
    Mistake(seed_forgotten, "The seed has no effect: numpy's generator has to be set before anything is drawn."),
    Mistake(always_the_same_seed, "Every seed gives the same network: the argument is not used."),
    Mistake(one_activation_shared, "One activation object stands in several places. It keeps what it saw last, so on "
                                   "the way back the earlier places use a wrong state."),
    Mistake(drawn_from_the_end, "The parameters are drawn from the last layer to the first. The order decides which "
                                "random numbers a layer gets."),
    Mistake(sizes_exchanged, "The two sizes of each layer are exchanged: weights have a row for every input."),
)


# train_network

def batches_shuffled(model: Any, dataset: Any, num_epoch: int, learning_rate: float, batch_size: int, seed: int) -> Any:
    np.random.seed(seed)
    loss, optimizer = CrossEntropyLoss(), GradientDescentOptimizer(model, learning_rate)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_error": [], "test_error": []}
    for _ in range(num_epoch):
        order = np.random.permutation(len(dataset["train_x"]))
        for start in range(0, len(order), batch_size):
            batch = order[start:start + batch_size]
            loss(model(dataset["train_x"][batch]), dataset["train_y"][batch])
            model.backward(loss.backward())
            optimizer.step()
        for part in ("train", "test"):
            logits, labels = model(dataset[part + "_x"]), dataset[part + "_y"]
            history[part + "_loss"].append(loss(logits, labels))
            history[part + "_error"].append(np.mean(np.argmax(logits, axis=1) != labels))
    return history


def short_batch_dropped(model: Any, dataset: Any, num_epoch: int, learning_rate: float, batch_size: int, seed: int
                        ) -> Any:
    loss, optimizer = CrossEntropyLoss(), GradientDescentOptimizer(model, learning_rate)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_error": [], "test_error": []}
    for _ in range(num_epoch):
        for number in range(len(dataset["train_x"]) // batch_size):
            batch = slice(number * batch_size, (number + 1) * batch_size)
            loss(model(dataset["train_x"][batch]), dataset["train_y"][batch])
            model.backward(loss.backward())
            optimizer.step()
        for part in ("train", "test"):
            logits, labels = model(dataset[part + "_x"]), dataset[part + "_y"]
            history[part + "_loss"].append(loss(logits, labels))
            history[part + "_error"].append(np.mean(np.argmax(logits, axis=1) != labels))
    return history


def measured_before_the_epoch(model: Any, dataset: Any, num_epoch: int, learning_rate: float, batch_size: int,
                              seed: int) -> Any:
    loss, optimizer = CrossEntropyLoss(), GradientDescentOptimizer(model, learning_rate)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_error": [], "test_error": []}
    for _ in range(num_epoch):
        for part in ("train", "test"):
            logits, labels = model(dataset[part + "_x"]), dataset[part + "_y"]
            history[part + "_loss"].append(loss(logits, labels))
            history[part + "_error"].append(np.mean(np.argmax(logits, axis=1) != labels))
        for start in range(0, len(dataset["train_x"]), batch_size):
            batch = slice(start, start + batch_size)
            loss(model(dataset["train_x"][batch]), dataset["train_y"][batch])
            model.backward(loss.backward())
            optimizer.step()
    return history


def errors_counted(model: Any, dataset: Any, num_epoch: int, learning_rate: float, batch_size: int, seed: int) -> Any:
    loss, optimizer = CrossEntropyLoss(), GradientDescentOptimizer(model, learning_rate)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_error": [], "test_error": []}
    for _ in range(num_epoch):
        for start in range(0, len(dataset["train_x"]), batch_size):
            batch = slice(start, start + batch_size)
            loss(model(dataset["train_x"][batch]), dataset["train_y"][batch])
            model.backward(loss.backward())
            optimizer.step()
        for part in ("train", "test"):
            logits, labels = model(dataset[part + "_x"]), dataset[part + "_y"]
            history[part + "_loss"].append(loss(logits, labels))
            history[part + "_error"].append(np.sum(np.argmax(logits, axis=1) != labels))
    return history


def accuracy_for_error(model: Any, dataset: Any, num_epoch: int, learning_rate: float, batch_size: int, seed: int
                       ) -> Any:
    loss, optimizer = CrossEntropyLoss(), GradientDescentOptimizer(model, learning_rate)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_error": [], "test_error": []}
    for _ in range(num_epoch):
        for start in range(0, len(dataset["train_x"]), batch_size):
            batch = slice(start, start + batch_size)
            loss(model(dataset["train_x"][batch]), dataset["train_y"][batch])
            model.backward(loss.backward())
            optimizer.step()
        for part in ("train", "test"):
            logits, labels = model(dataset[part + "_x"]), dataset[part + "_y"]
            history[part + "_loss"].append(loss(logits, labels))
            history[part + "_error"].append(np.mean(np.argmax(logits, axis=1) == labels))
    return history


def least_likely_class(model: Any, dataset: Any, num_epoch: int, learning_rate: float, batch_size: int, seed: int
                       ) -> Any:
    loss, optimizer = CrossEntropyLoss(), GradientDescentOptimizer(model, learning_rate)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_error": [], "test_error": []}
    for _ in range(num_epoch):
        for start in range(0, len(dataset["train_x"]), batch_size):
            batch = slice(start, start + batch_size)
            loss(model(dataset["train_x"][batch]), dataset["train_y"][batch])
            model.backward(loss.backward())
            optimizer.step()
        for part in ("train", "test"):
            logits, labels = model(dataset[part + "_x"]), dataset[part + "_y"]
            history[part + "_loss"].append(loss(logits, labels))
            history[part + "_error"].append(np.mean(np.argmin(logits, axis=1) != labels))
    return history


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


def one_step_an_epoch(model: Any, dataset: Any, num_epoch: int, learning_rate: float, batch_size: int, seed: int
                      ) -> Any:
    loss, optimizer = CrossEntropyLoss(), GradientDescentOptimizer(model, learning_rate)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_error": [], "test_error": []}
    for _ in range(num_epoch):
        for start in range(0, len(dataset["train_x"]), batch_size):
            batch = slice(start, start + batch_size)
            loss(model(dataset["train_x"][batch]), dataset["train_y"][batch])
            model.backward(loss.backward())
        optimizer.step()
        for part in ("train", "test"):
            logits, labels = model(dataset[part + "_x"]), dataset[part + "_y"]
            history[part + "_loss"].append(loss(logits, labels))
            history[part + "_error"].append(np.mean(np.argmax(logits, axis=1) != labels))
    return history


def first_batch_for_ever(model: Any, dataset: Any, num_epoch: int, learning_rate: float, batch_size: int, seed: int
                         ) -> Any:
    loss, optimizer = CrossEntropyLoss(), GradientDescentOptimizer(model, learning_rate)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_error": [], "test_error": []}
    for _ in range(num_epoch):
        for _ in range(0, len(dataset["train_x"]), batch_size):
            loss(model(dataset["train_x"][:batch_size]), dataset["train_y"][:batch_size])
            model.backward(loss.backward())
            optimizer.step()
        for part in ("train", "test"):
            logits, labels = model(dataset[part + "_x"]), dataset[part + "_y"]
            history[part + "_loss"].append(loss(logits, labels))
            history[part + "_error"].append(np.mean(np.argmax(logits, axis=1) != labels))
    return history


def training_set_as_test_set(model: Any, dataset: Any, num_epoch: int, learning_rate: float, batch_size: int, seed: int
                             ) -> Any:
    loss, optimizer = CrossEntropyLoss(), GradientDescentOptimizer(model, learning_rate)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_error": [], "test_error": []}
    for _ in range(num_epoch):
        for start in range(0, len(dataset["train_x"]), batch_size):
            batch = slice(start, start + batch_size)
            loss(model(dataset["train_x"][batch]), dataset["train_y"][batch])
            model.backward(loss.backward())
            optimizer.step()
        logits, labels = model(dataset["train_x"]), dataset["train_y"]
        for part in ("train", "test"):
            history[part + "_loss"].append(loss(logits, labels))
            history[part + "_error"].append(np.mean(np.argmax(logits, axis=1) != labels))
    return history


TRAIN_NETWORK = (
    Mistake(batches_shuffled, "The batches are drawn at random. Shuffling is often a good idea; here the images are "
                              "taken in file order, so that runs can be compared."),
    Mistake(short_batch_dropped, "The images that are left over at the end are never used. The last batch may be "
                                 "shorter than the others."),
    Mistake(measured_before_the_epoch, "Your histories are one epoch behind: the first entry belongs to the untrained "
                                       "network. Measure after each epoch."),
    Mistake(errors_counted, "Your errors are counts. Fractions between 0 and 1 are asked for."),
    Mistake(accuracy_for_error, "These are fractions of right answers. The error is the fraction of wrong ones."),
    Mistake(least_likely_class, "Your errors are those of the class with the smallest logit. The network's guess is "
                                "the other end."),
    Mistake(mean_of_batch_losses, "The training numbers are averaged while the weights still move. Measure the whole "
                                  "training set after the epoch, as for the test set."),
    Mistake(one_step_an_epoch, "There is one step an epoch, with the gradients of the last batch. Every batch should "
                               "be followed by a step."),
    Mistake(first_batch_for_ever, "Every step uses the first batch. The place where a batch starts has to move on."),
    Mistake(training_set_as_test_set, "The test numbers are those of the training set. Where do the test images go "
                                      "through the network?"),
)
