"""Right answers that later exercises build on."""

from typing import Any

import numpy as np

from helpers.modules import Module


class ReLU(Module):
    def forward(self, x: Any) -> Any:
        self.state = (np.sign(x) + 1) // 2 * (x != 0)
        return x * self.state

    def backward(self, g: Any) -> Any:
        return g * self.state


class Linear(Module):
    def __init__(self, parameters: Any) -> None:
        self.weights, self.biases = parameters

    def forward(self, x: Any) -> Any:
        self.in_x = x
        return np.einsum("ni,io->no", x, self.weights) + self.biases

    def backward(self, g: Any) -> Any:
        self.d_weights = np.einsum("ni,no->io", self.in_x, g) / len(g)
        self.d_biases = np.einsum("no->o", g)[None, :] / len(g)
        return np.einsum("no,io->ni", g, self.weights)


class CrossEntropyLoss(Module):
    def forward(self, logits: Any, labels: Any) -> Any:
        self.log_y = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
        self.target = labels[:, None] == np.arange(logits.shape[1])
        return -np.sum(self.log_y[self.target]) / len(labels)

    def backward(self) -> Any:
        return np.exp(self.log_y) - self.target


class MultiLayerPerceptron(Module):
    def __init__(self, layers: Any) -> None:
        self.layers = layers

    def forward(self, x: Any) -> Any:
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, g: Any) -> Any:
        for number in range(len(self.layers) - 1, -1, -1):
            g = self.layers[number].backward(g)
        return g


class GradientDescentOptimizer:
    def __init__(self, model: Any, learning_rate: float) -> None:
        self.model, self.learning_rate = model, learning_rate

    def step(self) -> None:
        for layer in self.model.layers:
            if hasattr(layer, "d_weights"):
                layer.weights = layer.weights - self.learning_rate * layer.d_weights
                layer.biases = layer.biases - self.learning_rate * layer.d_biases
