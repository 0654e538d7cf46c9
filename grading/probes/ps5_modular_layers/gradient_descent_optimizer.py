"""Moves every parameter of a model against its gradient, which is to be asked for anew at each step."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Mistake, Point, Probe, Slip
from helpers.probe import partner

# `use_optimizer` looks here for ReLU and MultiLayerPerceptron, the partners of what is written in this file.
from .reference import GradientDescentOptimizer, Linear, MultiLayerPerceptron, ReLU  # noqa: F401


def _steps(rng: Generator) -> Inputs:
    widths = rng.choice([[3, 5, 2, 4], [4, 2, 3, 5]])
    shapes = [(int(a), int(b)) for a, b in zip(widths[:-1], widths[1:], strict=True)]

    def drawn() -> list[Any]:
        return [(rng.normal(size=shape), rng.normal(size=(1, shape[1]))) for shape in shapes]

    weights, biases = zip(*drawn(), strict=True)
    return {"weights": list(weights), "biases": list(biases), "gradients": [drawn(), drawn()],
            "learning_rate": float(rng.uniform(0.05, 0.5))}


def use_optimizer(GradientDescentOptimizer: Any, weights: Any, biases: Any, gradients: Any, learning_rate: float
                  ) -> Any:
    """Layers without a past: only their attributes are set. New gradients arrive before the second step."""
    Line, Bend, Chain = (partner(GradientDescentOptimizer, name) for name in ("Linear", "ReLU", "MultiLayerPerceptron"))
    linear, model = [object.__new__(Line) for _ in weights], object.__new__(Chain)
    model.layers = [layer for one in linear for layer in (one, object.__new__(Bend))][:-1]
    for layer, W, b, (dW, db) in zip(linear, weights, biases, gradients[0], strict=True):
        layer.weights, layer.biases, layer.d_weights, layer.d_biases = W, b, dW, db
    optimizer = GradientDescentOptimizer(model, learning_rate)
    optimizer.step()
    for layer, (dW, db) in zip(linear, gradients[1], strict=True):
        layer.d_weights, layer.d_biases = dW, db
    optimizer.step()
    return {"weights": np.concatenate([np.ravel(layer.weights) for layer in linear]),
            "biases": np.concatenate([np.ravel(layer.biases) for layer in linear])}


class GradientsFromTheStart(GradientDescentOptimizer):
    def __init__(self, model: Any, learning_rate: float) -> None:
        super().__init__(model, learning_rate)
        self.kept = [(layer, layer.d_weights, layer.d_biases) for layer in model.layers if hasattr(layer, "weights")]

    def step(self) -> None:
        for layer, d_weights, d_biases in self.kept:
            layer.d_weights, layer.d_biases = d_weights, d_biases
        super().step()


class OptimizerInPlace:
    def __init__(self, model: Any, learning_rate: float) -> None:
        self.layers, self.rate = [layer for layer in model.layers if isinstance(layer, Linear)], learning_rate

    def step(self) -> None:
        for layer in self.layers:
            layer.weights -= self.rate * layer.d_weights
            layer.biases -= self.rate * layer.d_biases


class OptimizerByName:
    def __init__(self, model: Any, learning_rate: float) -> None:
        self.model, self.learning_rate = model, learning_rate

    def step(self) -> None:
        for layer in self.model.layers:
            for name in ("weights", "biases"):
                if hasattr(layer, name):
                    moved = getattr(layer, name) - self.learning_rate * getattr(layer, "d_" + name)
                    setattr(layer, name, moved)


STEP = ("layer.weights = layer.weights - self.learning_rate * layer.d_weights\n"
        "                layer.biases = layer.biases - self.learning_rate * layer.d_biases")

PROBE = Probe(
    "GradientDescentOptimizer", GradientDescentOptimizer,
    cases={"ordinary": Cases(_steps)},
    points=(Point("weights after two steps", 1.5, part="weights"), Point("biases after two steps", 1.5, part="biases")),
    use=use_optimizer,
    slips=[
        Slip("StepsUphill", STEP, STEP.replace(" - ", " + "),
             "The parameters move along the gradient, uphill. Descent goes the other way."),
        Slip("RateForgotten", STEP, STEP.replace("self.learning_rate * ", ""),
             "The steps have the full length of the gradient: the learning rate does not appear."),
        Slip("OnlyTheWeights", "\n                layer.biases = layer.biases - self.learning_rate * layer.d_biases",
             "",
             "The weights move and the biases stay. Biases are learned too."),
        Slip("OnlyTheLastLayer", "self.model.layers", "self.model.layers[-1:]",
             "Only the last layer moves. Every layer that has parameters should."),
        Slip("OnlyTheFirstLayer", "self.model.layers", "self.model.layers[:1]",
             "Only the first layer moves. Every layer that has parameters should."),
        Slip("NamesOfItsOwn", STEP,
             "weights = layer.weights - self.learning_rate * layer.d_weights\n"
             "                biases = layer.biases - self.learning_rate * layer.d_biases",
             "No layer has moved. A new array under a local name is not yet the layer's: where does the result have "
             "to go?"),
        Mistake(GradientsFromTheStart,
                "Every step uses the gradients that were there when the optimiser was made. Ask the layers anew at "
                "each step."),
        Slip("GradientsAsParameters", STEP,
             "layer.weights = -self.learning_rate * layer.d_weights\n"
             "                layer.biases = -self.learning_rate * layer.d_biases",
             "The step replaces the old parameters. It should be added to them."),
    ],
    variants=[OptimizerInPlace, OptimizerByName],
)
