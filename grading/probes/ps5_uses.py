"""How ps5's answers are tried. Each function stands alone: its source is sent into the sandbox.

What an exercise builds on is replaced by small right stand-ins wherever that can be done, so that one mistake in a
layer does not cost the points of the trainer too. A stand-in is derived from the student's own class, because an answer
may ask `isinstance(layer, Linear)`. Before a pass that counts, modules do another one: what they keep must be new.
"""

from typing import Any

import numpy as np

from helpers.probe import partner


def use_activation(Activation: Any, x: Any, g: Any, earlier_x: Any, earlier_g: Any) -> Any:
    activation = Activation()
    activation(earlier_x)
    activation.backward(earlier_g)
    return {"out": activation(x), "dx": activation.backward(g)}


def use_linear(Linear: Any, weights: Any, biases: Any, x: Any, g: Any, earlier_x: Any, earlier_g: Any) -> Any:
    layer = Linear((weights, biases))
    layer(earlier_x)
    layer.backward(earlier_g)
    parts = {"out": layer(x), "dx": layer.backward(g)}
    return {**parts, **{name: getattr(layer, name, None) for name in ("d_weights", "d_biases", "in_x")}}


def use_loss(CrossEntropyLoss: Any, logits: Any, labels: Any, earlier_logits: Any, earlier_labels: Any) -> Any:
    loss = CrossEntropyLoss()
    loss(earlier_logits, earlier_labels)
    loss.backward()
    return {"loss": loss(logits, labels), "dlogits": loss.backward()}


def use_perceptron(MultiLayerPerceptron: Any, weights: Any, x: Any, g: Any) -> Any:
    """Matrices and arctangents by turns, none after the last matrix."""
    class Matrix:
        def __init__(self, weights: Any) -> None:
            self.weights = weights

        def forward(self, x: Any) -> Any:
            self.in_x = x
            return x @ self.weights

        def backward(self, g: Any) -> Any:
            self.d_weights = self.in_x.T @ g / len(g)
            return g @ self.weights.T

        def __call__(self, x: Any) -> Any:
            return self.forward(x)

    class Bend:
        def forward(self, x: Any) -> Any:
            self.in_x = x
            return np.arctan(x)

        def backward(self, g: Any) -> Any:
            return g / (1 + self.in_x**2)

        def __call__(self, x: Any) -> Any:
            return self.forward(x)

    matrices = [Matrix(W) for W in weights]
    layers = [layer for matrix in matrices for layer in (matrix, Bend())][:-1]
    model = MultiLayerPerceptron(layers)
    out = model(x)
    dx = model.backward(g)
    gradients = [getattr(m, "d_weights", np.zeros(m.weights.shape)).ravel() for m in matrices]
    return {"out": out, "dx": dx, "gradients": np.concatenate(gradients),
            "layers": [layer is own for layer, own in zip(layers, model.layers, strict=True)]}


def use_optimizer(GradientDescentOptimizer: Any, weights: Any, biases: Any, gradients: Any, learning_rate: float
                  ) -> Any:
    """Layers without a past: only their attributes are set. New gradients arrive before the second step."""
    Linear, ReLU = partner(GradientDescentOptimizer, "Linear"), partner(GradientDescentOptimizer, "ReLU")
    Model = partner(GradientDescentOptimizer, "MultiLayerPerceptron")
    linear, model = [object.__new__(Linear) for _ in weights], object.__new__(Model)
    model.layers = [layer for one in linear for layer in (one, object.__new__(ReLU))][:-1]
    for layer, W, b, (dW, db) in zip(linear, weights, biases, gradients[0], strict=True):
        layer.weights, layer.biases, layer.d_weights, layer.d_biases = W, b, dW, db
    optimizer = GradientDescentOptimizer(model, learning_rate)
    optimizer.step()
    for layer, (dW, db) in zip(linear, gradients[1], strict=True):
        layer.d_weights, layer.d_biases = dW, db
    optimizer.step()
    return {"weights": np.concatenate([np.ravel(layer.weights) for layer in linear]),
            "biases": np.concatenate([np.ravel(layer.biases) for layer in linear])}


def use_define_network(define_network: Any, sizes: Any, seed: Any) -> Any:
    """Seeds numpy otherwise first, so that an answer that forgets to seed is the same every time."""
    class Bend:
        def forward(self, x: Any) -> Any:
            return np.arctan(x)

        def __call__(self, x: Any) -> Any:
            return np.arctan(x)

    np.random.seed(5)
    model = define_network(sizes, Bend) if seed is None else define_network(sizes, Bend, seed)
    linear = [layer for layer in model.layers if hasattr(layer, "weights")]
    bends = [layer for layer in model.layers if isinstance(layer, Bend)]
    return {"order": np.array([isinstance(layer, Bend) for layer in model.layers]),
            "shapes": np.array([np.shape(layer.weights) + np.shape(layer.biases) for layer in linear]),
            "weights": np.concatenate([np.ravel(layer.weights) for layer in linear]),
            "biases": np.concatenate([np.ravel(layer.biases) for layer in linear]),
            "different_activations": len({id(layer) for layer in bends})}


def use_finite_difference_check(finite_difference_check: Any, weights: Any, biases: Any, x: Any, factor: float) -> Any:
    """Linear layers one of whose three gradients is too large by a factor (1: none is), and a steep right module."""
    Module, Linear = partner(finite_difference_check, "Module"), partner(finite_difference_check, "Linear")

    class Line(Linear):  # type: ignore[misc, valid-type]
        def __init__(self, x_factor: float = 1, W_factor: float = 1, b_factor: float = 1) -> None:
            self.weights, self.biases = weights.copy(), biases.copy()
            self.factors = x_factor, W_factor, b_factor

        def forward(self, x: Any) -> Any:
            self.in_x = x
            return x @ self.weights + self.biases

        def backward(self, g: Any) -> Any:
            x_factor, W_factor, b_factor = self.factors
            self.d_weights = W_factor * self.in_x.T @ g / len(g)
            self.d_biases = b_factor * np.mean(g, axis=0, keepdims=True)
            return x_factor * g @ self.weights.T

        def __call__(self, x: Any) -> Any:
            return self.forward(x)

    class Wave(Module):  # type: ignore[misc, valid-type]
        def forward(self, x: Any) -> Any:
            self.in_x = x
            return np.sin(1000 * x)

        def backward(self, g: Any) -> Any:
            return 1000 * g * np.cos(1000 * self.in_x)

        def __call__(self, x: Any) -> Any:
            return self.forward(x)

    last = Line(b_factor=factor)
    errors = {"dx": finite_difference_check(Line(x_factor=factor), x.copy()),
              "d_weights": finite_difference_check(Line(W_factor=factor), x.copy()),
              "d_biases": finite_difference_check(last, x.copy()),
              "steep": finite_difference_check(Wave(), x.copy())}
    moved = max(np.max(np.abs(last.weights - weights)), np.max(np.abs(last.biases - biases)))
    return {**errors, "steps_left_behind": moved / 1e-5}


def use_train_network(train_network: Any, weights: Any, biases: Any, dataset: Any, num_epoch: int,
                      learning_rate: float, batch_size: int, seed: int) -> Any:
    Linear, Model = partner(train_network, "Linear"), partner(train_network, "MultiLayerPerceptron")

    class Line(Linear):  # type: ignore[misc, valid-type]
        def __init__(self, weights: Any, biases: Any) -> None:
            self.weights, self.biases = weights, biases

        def forward(self, x: Any) -> Any:
            self.in_x = x
            return x @ self.weights + self.biases

        def backward(self, g: Any) -> Any:
            self.d_weights = self.in_x.T @ g / len(g)
            self.d_biases = np.mean(g, axis=0, keepdims=True)
            return g @ self.weights.T

        def __call__(self, x: Any) -> Any:
            return self.forward(x)

    class Bend:
        def forward(self, x: Any) -> Any:
            self.in_x = x
            return np.arctan(x)

        def backward(self, g: Any) -> Any:
            return g / (1 + self.in_x**2)

        def __call__(self, x: Any) -> Any:
            return self.forward(x)

    class Chain(Model):  # type: ignore[misc, valid-type]
        def __init__(self, layers: Any) -> None:
            self.layers = layers

        def forward(self, x: Any) -> Any:
            for layer in self.layers:
                x = layer.forward(x)
            return x

        def backward(self, g: Any) -> Any:
            for layer in reversed(self.layers):
                g = layer.backward(g)
            return g

        def __call__(self, x: Any) -> Any:
            return self.forward(x)

    linear = [Line(W, b) for W, b in zip(weights, biases, strict=True)]
    model = Chain([layer for one in linear for layer in (one, Bend())][:-1])
    history = train_network(model, dataset, num_epoch, learning_rate, batch_size, seed)
    trained = [np.ravel(part) for layer in linear for part in (layer.weights, layer.biases)]
    names = ("train_loss", "test_loss", "train_error", "test_error")
    return {"weights": np.concatenate(trained), **{name: history.get(name) for name in names}}
