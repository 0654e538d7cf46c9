"""Layers one after the other, forwards and backwards, tried with right layers that are none a student writes."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip
from helpers.modules import Module

from .reference import MultiLayerPerceptron


def _chain(equal_widths: bool) -> Any:
    def draw(rng: Generator) -> Inputs:
        widths = [4] * 4 if equal_widths else [3, 5, 2, 4]
        N = rng.choice([5, 7])
        weights = [rng.normal(size=(1, width)) for width in widths[1:]]
        x, earlier_x = rng.normal(size=(2, N, widths[0]))
        g, earlier_g = rng.normal(size=(2, N, widths[-1]))
        return {"weights": weights, "x": x, "g": g, "earlier_x": earlier_x, "earlier_g": earlier_g}
    return draw


def use_perceptron(MultiLayerPerceptron: Any, weights: Any, x: Any, g: Any, earlier_x: Any, earlier_g: Any) -> Any:
    """Columns picked and scaled, and arctangents, by turns; the second of two passes, as in training."""
    class Pick:
        def __init__(self, weights: Any) -> None:
            self.weights = weights

        def forward(self, x: Any) -> Any:
            self.in_x, self.places = x, (np.arange(self.weights.size) + 1) % x.shape[1]
            return x[:, self.places] * self.weights

        def backward(self, g: Any) -> Any:
            self.d_weights = np.mean(self.in_x[:, self.places] * g, axis=0, keepdims=True)
            dx = np.zeros(self.in_x.shape)
            np.add.at(dx.T, self.places, (g * self.weights).T)
            return dx

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

    picks = [Pick(W) for W in weights]
    layers = [layer for pick in picks for layer in (pick, Bend())][:-1]
    model = MultiLayerPerceptron(list(layers))
    model(earlier_x)
    model.backward(earlier_g)
    out = model(x)
    dx = model.backward(g)
    gradients = [getattr(pick, "d_weights", np.zeros(pick.weights.shape)).ravel() for pick in picks]
    return {"out": out, "dx": dx, "gradients": np.concatenate(gradients),
            "layers": [layer is own for layer, own in zip(layers, model.layers, strict=True)]}


class PerceptronByIndex(Module):
    def __init__(self, layers: Any) -> None:
        self.layers = list(layers)

    def forward(self, x: Any) -> Any:
        for layer in self.layers:
            x = layer(x)
        return x

    def backward(self, g: Any) -> Any:
        for layer in self.layers[::-1]:
            g = layer.backward(g)
        return g


class PerceptronKeepingOutputs(Module):
    def __init__(self, layers: Any) -> None:
        self.layers = tuple(layers)

    def forward(self, x: Any) -> Any:
        self.outputs = [x]
        for layer in self.layers:
            self.outputs.append(layer(self.outputs[-1]))
        return self.outputs[-1]

    def backward(self, g: Any) -> Any:
        gradients = [g]
        for layer in reversed(self.layers):
            gradients.append(layer.backward(gradients[-1]))
        return gradients[-1]


PROBE = Probe(
    "MultiLayerPerceptron", MultiLayerPerceptron,
    cases={"ordinary": Cases(_chain(equal_widths=True), 3), "unequal": Cases(_chain(equal_widths=False), 2)},
    points=(Point("forward", 0.75, part="out"), Point("every layer gets its gradient", 0.75, part="gradients"),
           Point("returns the input gradient", 0.5, part="dx"), Point("keeps its layers", 0.25, part="layers"),
           Point("layers of unequal widths", 0.75, "unequal")),
    use=use_perceptron,
    slips=[
        Slip("BackwardFromTheFront", "reversed(self.layers)", "self.layers",
             "The backward pass starts at the first layer. The gradient arrives at the output, so which layer has "
             "to see it first?"),
        Slip("SameGradientForAll", "g = layer.backward(g)\n        return g",
             "dx = layer.backward(g)\n        return dx",
             "Every layer gets the gradient of the output. Each should get what the layer above it returned."),
        Slip("GradientNotReturned", "\n        return g", "",
             "The layers' gradients are right; what is missing is the return of the last one, the gradient with "
             "respect to the network's input."),
        Slip("LastLayerSkipped", "for layer in self.layers", "for layer in self.layers[:-1]",
             "The forward pass stops one layer early."),
        Slip("LastLayerOnly", "x = layer(x)\n        return x", "out = layer(x)\n        return out",
             "Every layer is given the network's input. From the second on, it should be the output of the layer "
             "before."),
        Slip("FirstLayerNotReached", "reversed(self.layers)", "reversed(self.layers[1:])",
             "The backward pass ends before the first layer, whose gradients are never computed."),
        Slip("LayersTurnedForGood", "for layer in reversed(self.layers):",
             "self.layers.reverse()\n        for layer in self.layers:",
             "The first pass is right, and after it the layers stand in reverse: `reverse()` turns the list itself, so "
             "the next forward pass begins at the last layer. `reversed(…)` leaves the list alone."),
        Slip("OutputsForwards", "for layer in self.layers", "for layer in reversed(self.layers)",
             "The forward pass walks from the last layer to the first."),
    ],
    variants=[PerceptronByIndex, PerceptronKeepingOutputs],
)
