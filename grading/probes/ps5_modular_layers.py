"""Hidden tests of problem set 5: modules, loss, optimiser and trainer, each tried with right stand-ins around it.

Tolerances: two right answers in float64 differ by less than 1e-10 here, while every known mistake moves some value by
1e-4 or more; `finite_difference_check` has its own, explained there.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes import ps5_mistakes_check as checks
from grading.probes import ps5_mistakes_layers as layers
from grading.probes import ps5_mistakes_training as training
from grading.probes import ps5_reference as reference
from grading.probes import ps5_uses as uses
from grading.probes import ps5_variants as variants
from grading.probes.model import Cases, Inputs, Point, Probe, ProblemSet


def _array(rng: Generator) -> Inputs:
    return {"x": rng.normal(scale=3, size=(rng.integers(2, 5), rng.integers(2, 6)))}


def _huge_array(rng: Generator) -> Inputs:
    return {"x": rng.permutation(np.concatenate([rng.uniform(720, 1000, 3), rng.uniform(-1000, -720, 3)]))}


def _batch(rng: Generator) -> Inputs:
    shape = rng.integers(3, 6), rng.integers(2, 6)
    x, g, earlier_x, earlier_g = rng.normal(scale=2, size=(4, *shape))
    return {"x": x, "g": g, "earlier_x": earlier_x, "earlier_g": earlier_g}


def _batch_with_zeros(rng: Generator) -> Inputs:
    inputs = _batch(rng)
    inputs["x"][rng.integers(len(inputs["x"])), :2] = 0.0
    return inputs


def _layer(square: bool) -> Any:
    def draw(rng: Generator) -> Inputs:
        """An odd batch, so that its size is neither of the two widths."""
        N, n_in = rng.choice([5, 7]), rng.choice([3, 6])
        n_out = n_in if square else rng.choice([2, 4])
        return {"weights": rng.normal(size=(n_in, n_out)), "biases": rng.normal(size=(1, n_out)),
                "x": rng.normal(size=(N, n_in)), "g": rng.normal(size=(N, n_out)),
                "earlier_x": rng.normal(size=(N, n_in)), "earlier_g": rng.normal(size=(N, n_out))}
    return draw


def _logits(rng: Generator) -> Inputs:
    N, K = rng.choice([3, 5]), rng.choice([4, 6])
    return {"logits": rng.normal(scale=2, size=(N, K)), "labels": rng.integers(K, size=N),
            "earlier_logits": rng.normal(size=(N, K)), "earlier_labels": rng.integers(K, size=N)}


def _huge_logits(rng: Generator) -> Inputs:
    """Rows near +1000 and near −1000 in one batch; the label of the first is 900 below the others."""
    inputs = _logits(rng)
    N, K = inputs["logits"].shape
    logits = rng.normal(size=(N, K)) + np.where(np.arange(N) % 2, -950.0, 950.0)[:, None]
    logits[0, inputs["labels"][0]] -= 900
    return {**inputs, "logits": logits}


def _chain(equal_widths: bool) -> Any:
    def draw(rng: Generator) -> Inputs:
        widths = [4] * 4 if equal_widths else [3, 5, 2, 4]
        N = rng.choice([5, 7])
        weights = [rng.normal(size=pair) for pair in zip(widths[:-1], widths[1:], strict=True)]
        return {"weights": weights, "x": rng.normal(size=(N, widths[0])), "g": rng.normal(size=(N, widths[-1]))}
    return draw


def _steps(rng: Generator) -> Inputs:
    widths = rng.choice([[3, 5, 2, 4], [4, 2, 3, 5]])
    shapes = [(int(a), int(b)) for a, b in zip(widths[:-1], widths[1:], strict=True)]

    def drawn() -> list[Any]:
        return [(rng.normal(size=shape), rng.normal(size=(1, shape[1]))) for shape in shapes]

    weights, biases = zip(*drawn(), strict=True)
    return {"weights": list(weights), "biases": list(biases), "gradients": [drawn(), drawn()],
            "learning_rate": float(rng.uniform(0.05, 0.5))}


def _sizes(rng: Generator) -> Inputs:
    sizes = [[4, 7, 3], [5, 3, 6, 2], [3, 8, 4, 5]][rng.integers(3)]
    return {"sizes": sizes, "seed": int(rng.integers(1, 10_000))}


def _default_seed(rng: Generator) -> Inputs:
    return {"sizes": [4, 6, 5, 3], "seed": None}


def _checked(factor: float | None = None) -> Any:
    def draw(rng: Generator) -> Inputs:
        """Factors from 1.7 on: relative errors from 0.26 on, and apart from (N − 1)/(N + 1) of a forgotten N."""
        N, n_in, n_out = rng.choice([4, 6]), 3, 2
        return {"weights": rng.normal(size=(n_in, n_out)), "biases": rng.normal(size=(1, n_out)),
                "x": rng.normal(size=(N, n_in)), "factor": factor or float(rng.uniform(1.7, 2.6))}
    return draw


def _training(*batch_sizes: int) -> Any:
    def draw(rng: Generator) -> Inputs:
        """15 images of 5 pixels in 3 classes, 9 to test; both odd, so that no error is one half."""
        d, h, K = 5, 4, 3
        dataset = {"train_x": rng.normal(size=(15, d)), "train_y": rng.integers(K, size=15),
                   "test_x": rng.normal(size=(9, d)), "test_y": rng.integers(K, size=9)}
        return {"weights": [rng.normal(size=(d, h)), rng.normal(size=(h, K))],
                "biases": [rng.normal(size=(1, h)), rng.normal(size=(1, K))], "dataset": dataset,
                "num_epoch": 2, "learning_rate": 0.5, "batch_size": int(rng.choice(batch_sizes)),
                "seed": int(rng.integers(1, 1000))}
    return draw


PROBLEM_SET = ProblemSet("ps5_modular_layers", (
    Probe("sigmoid", reference.sigmoid, {"ordinary": Cases(_array), "huge": Cases(_huge_array, 2)},
          (Point("values between 0 and 1", 1.25), Point("inputs near ±1000", 0.5, "huge")), 0.25,
          layers.SIGMOID, variants.SIGMOID),
    Probe("Sigmoid", reference.Sigmoid, {"ordinary": Cases(_batch)},
          (Point("forward", 1, part="out"), Point("backward", 2, part="dx")), 0.0,
          layers.SIGMOID_LAYER, variants.SIGMOID_LAYER, use=uses.use_activation),
    Probe("ReLU", reference.ReLU, {"ordinary": Cases(_batch), "zeros": Cases(_batch_with_zeros, 2)},
          (Point("forward", 0.75, part="out"), Point("backward", 1.75, part="dx"),
           Point("inputs of exactly 0", 0.5, "zeros")), 0.0,
          layers.RELU, variants.RELU, use=uses.use_activation),
    Probe("Linear", reference.Linear,
          {"ordinary": Cases(_layer(square=False)), "square": Cases(_layer(square=True), 2)},
          (Point("forward", 1, part="out"), Point("the input gradient", 1, part="dx"),
           Point("d_weights, a batch mean", 1.25, part="d_weights"),
           Point("d_biases, a batch mean", 1, part="d_biases"), Point("in_x, the input it saw", 0.25, part="in_x"),
           Point("as many outputs as inputs", 0.5, "square")), 0.0,
          layers.LINEAR, variants.LINEAR, use=uses.use_linear),
    # Central differences of linear layers are right to 1e-9 whatever the step. The steep module sets the tolerance:
    # with steps of 1e-5 its error is 1e-5 to both sides and above 1e-3 to one side.
    Probe("finite_difference_check", reference.finite_difference_check,
          {"ordinary": Cases(_checked(), 2), "right": Cases(_checked(1.0), 1)},
          (Point("a wrong input gradient is found", 1, part="dx"),
           Point("wrong d_weights are found", 1.25, part="d_weights"),
           Point("wrong d_biases are found", 1.25, part="d_biases"),
           Point("right layers pass", 1, "right", "dx"),
           Point("a right and steep module passes", 0.25, "right", "steep"),
           Point("parameters as they were before", 0.25, "right", "steps_left_behind")), 0.0,
          checks.FINITE_DIFFERENCE_CHECK, variants.FINITE_DIFFERENCE_CHECK, rtol=1e-4, atol=5e-4,
          use=uses.use_finite_difference_check),
    Probe("CrossEntropyLoss", reference.CrossEntropyLoss,
          {"ordinary": Cases(_logits, 5), "huge": Cases(_huge_logits, 2)},
          (Point("forward, the mean loss", 1.25, part="loss"),
           Point("backward, not divided by N", 1.75, part="dlogits"),
           Point("the loss of logits near ±1000", 0.5, "huge", "loss"),
           Point("the gradient of logits near ±1000", 0.5, "huge", "dlogits")), 0.0,
          layers.CROSS_ENTROPY_LOSS, variants.CROSS_ENTROPY_LOSS, use=uses.use_loss),
    Probe("MultiLayerPerceptron", reference.MultiLayerPerceptron,
          {"ordinary": Cases(_chain(equal_widths=True), 3), "unequal": Cases(_chain(equal_widths=False), 2)},
          (Point("forward", 0.75, part="out"), Point("every layer gets its gradient", 0.75, part="gradients"),
           Point("returns the input gradient", 0.5, part="dx"), Point("keeps its layers", 0.25, part="layers"),
           Point("layers of unequal widths", 0.75, "unequal")), 0.0,
          training.PERCEPTRON, variants.PERCEPTRON, use=uses.use_perceptron),
    Probe("define_network", reference.define_network,
          {"ordinary": Cases(_sizes), "default seed": Cases(_default_seed, 1)},
          (Point("linear layers and activations in order", 0.75, part="order"),
           Point("the weights of this seed", 1, part="weights"), Point("the biases of this seed", 0.5, part="biases"),
           Point("each activation is an object of its own", 0.25, part="different_activations"),
           Point("seed 10701 where none is given", 0.5, "default seed")), 0.0,
          training.DEFINE_NETWORK, variants.DEFINE_NETWORK, use=uses.use_define_network),
    Probe("GradientDescentOptimizer", reference.GradientDescentOptimizer, {"ordinary": Cases(_steps)},
          (Point("weights after two steps", 1.5, part="weights"), Point("biases after two steps", 1.5, part="biases")),
          0.0, training.OPTIMIZER, variants.OPTIMIZER, use=uses.use_optimizer),
    Probe("train_network", reference.train_network,
          {"ordinary": Cases(_training(3, 5), 2), "short": Cases(_training(4, 6), 2)},
          (Point("the trained weights", 1.5, part="weights"), Point("the training loss", 0.75, part="train_loss"),
           Point("the training error", 0.75, part="train_error"), Point("the test loss", 0.5, part="test_loss"),
           Point("the test error", 0.5, part="test_error"), Point("a shorter last batch", 1, "short")), 0.0,
          training.TRAIN_NETWORK, variants.TRAIN_NETWORK, use=uses.use_train_network),
))
