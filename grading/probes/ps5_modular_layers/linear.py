"""x W + b with parameters that can be learned. Their gradients are means over the batch; that of the input is not."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip
from helpers.modules import Module

from .reference import Linear


def _layer(square: bool) -> Any:
    def draw(rng: Generator) -> Inputs:
        """An odd batch, so that its size is neither of the two widths."""
        N, n_in = rng.choice([5, 7]), rng.choice([3, 6])
        n_out = n_in if square else rng.choice([2, 4])
        return {"weights": rng.normal(size=(n_in, n_out)), "biases": rng.normal(size=(1, n_out)),
                "x": rng.normal(size=(N, n_in)), "g": rng.normal(size=(N, n_out)),
                "earlier_x": rng.normal(size=(N, n_in)), "earlier_g": rng.normal(size=(N, n_out))}
    return draw


def use_linear(Linear: Any, weights: Any, biases: Any, x: Any, g: Any, earlier_x: Any, earlier_g: Any) -> Any:
    layer = Linear((weights, biases))
    layer(earlier_x)
    layer.backward(earlier_g)
    parts = {"out": layer(x), "dx": layer.backward(g)}
    return {**parts, **{name: getattr(layer, name, None) for name in ("d_weights", "d_biases", "in_x")}}


class LinearWithMatrices(Module):
    def __init__(self, parameters: Any) -> None:
        self.weights, self.biases = parameters[0], parameters[1]
        self.in_x: Any = None
        self.d_weights: Any = None
        self.d_biases: Any = None

    def forward(self, x: Any) -> Any:
        self.in_x = x
        return np.dot(x, self.weights) + self.biases

    def backward(self, g: Any) -> Any:
        N = g.shape[0]
        self.d_weights = np.dot(self.in_x.T, g / N)
        self.d_biases = np.sum(g / N, axis=0).reshape(1, -1)
        return np.dot(g, self.weights.T)


class LinearSampleBySample(Module):
    def __init__(self, parameters: Any) -> None:
        self.weights, self.biases = parameters

    def forward(self, x: Any) -> Any:
        self.in_x = x.copy()
        return np.array([row @ self.weights + self.biases[0] for row in x])

    def backward(self, g: Any) -> Any:
        outer = [np.outer(x_n, g_n) for x_n, g_n in zip(self.in_x, g, strict=True)]
        self.d_weights = np.mean(outer, axis=0)
        self.d_biases = np.mean(g, axis=0)[np.newaxis]
        return np.array([self.weights @ g_n for g_n in g])


PROBE = Probe(
    "Linear", Linear,
    cases={"ordinary": Cases(_layer(square=False)), "square": Cases(_layer(square=True), 2)},
    points=(Point("forward", 1, part="out"), Point("the input gradient", 1, part="dx"),
           Point("d_weights, a batch mean", 1.25, part="d_weights", scaled=0.75),
           Point("d_biases, a batch mean", 1, part="d_biases", scaled=0.5),
           Point("in_x, the input it saw", 0.25, part="in_x"),
           Point("as many outputs as inputs", 0.5, "square")),
    use=use_linear,
    slips=[
        Slip("SummedGradients", " / len(g)\n        self.d_biases = np.mean", "\n        self.d_biases = np.sum",
             "Your parameter gradients are sums over the batch. In this library they are means: here, and only "
             "here, the 1/N belongs."),
        Slip("SummedBiases", "np.mean", "np.sum",
             "The weights' gradient is a mean over the batch, the biases' gradient still a sum."),
        Slip("SummedWeights", " / len(g)", "",
             "The biases' gradient is a mean over the batch, the weights' gradient still a sum."),
        Slip("InputGradientAveraged", "g @ self.weights.T", "g @ self.weights.T / len(g)",
             "The gradient you pass on is divided by N as well. Each sample has its own input; only what the "
             "samples share is averaged."),
        Slip("MeanOverOutputsToo", "len(g)\n        self.d_biases = np.mean(g, axis=0, keepdims=True)",
             "g.size\n        self.d_biases = np.full_like(self.biases, np.mean(g))",
             "Besides the batch you average over the output units. Each unit has parameters of its own."),
        Slip("FlatBiasGradient", ", keepdims=True", "",
             "The values are right, the shape is not: a gradient has the shape of its parameter, and biases are a "
             "row."),
        Slip("WeightsNotTurned", "self.weights.T", "self.weights",
             "On the way back the weights act the other way round, from outputs to inputs. Write down the shapes of "
             "the product."),
        Slip("WeightGradientTransposed", "self.in_x.T @ g", "g.T @ self.in_x",
             "The weights' gradient lies on its side: it should have a row for every input, as the weights do."),
        Slip("BiasesForgotten", " + self.biases", "",
             "The forward pass leaves the biases out."),
        Slip("AddedToEarlierGradients", "self.d_weights = self.in_x.T @ g / len(g)\n        self.d_biases = np.mean",
             "if self.d_weights is None:\n            self.d_weights, self.d_biases = 0, 0\n"
             "        self.d_weights += self.in_x.T @ g / len(g)\n        self.d_biases += np.mean",
             "The gradients of an earlier batch are still in there. Each backward pass replaces them."),
        Slip("FirstInputKept", "self.in_x = x", "if self.in_x is None:\n            self.in_x = x",
             "On the second batch you still use the input of the first. Every forward pass has to replace what it "
             "keeps."),
    ],
    variants=[LinearWithMatrices, LinearSampleBySample],
)
