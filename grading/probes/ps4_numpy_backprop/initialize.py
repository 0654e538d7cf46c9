"""Random weights, scaled by the larger side of each matrix, and zero biases.

Weights are judged by their statistics and by whether the generator that was given has drawn them.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Draw, Each, Inputs, Point, Probe, Slip

from .reference import WeightsAndBiases


def _network(*layer_sizes: int) -> Draw:
    def draw(rng: Generator) -> Inputs:
        return {"layer_sizes": list(layer_sizes), "seed": int(rng.integers(10**6))}
    return draw


# Layers that narrow and layers that widen, by enough to tell the larger side of a matrix from the smaller one, and from
# the largest of all layers.
NETWORKS = Each([_network(180, 60, 110), _network(90, 180, 60, 120)])


def initialize(layer_sizes: Sequence[int], rng: Generator) -> WeightsAndBiases:
    shapes = list(pairwise(layer_sizes))
    return [rng.standard_normal(shape) / np.sqrt(max(shape)) for shape in shapes], [np.zeros(n) for _, n in shapes]


def use_initialize(initialize: Any, layer_sizes: list[int], seed: int) -> Any:
    """Two networks from one generator, and the first of another generator with the same seed."""
    rng = np.random.default_rng(seed)
    parts = {}
    for name in ("first", "second"):
        weights, biases = initialize(list(layer_sizes), rng)
        parts.update({f"{name} W[{l}]": W for l, W in enumerate(weights)})
        parts.update({f"{name} b[{l}]": b for l, b in enumerate(biases)})
    weights, _ = initialize(list(layer_sizes), np.random.default_rng(seed))
    parts["same seed W[0]"] = weights[0]
    return parts


def _statistics(inputs: Inputs, answer: Mapping[str, np.ndarray]) -> dict[str, float | list[float] | np.ndarray]:
    """Standardised by the asked deviation, weights have deviation 1, mean 0 and a fourth moment of 3."""
    sizes = inputs["layer_sizes"]
    layers = range(len(sizes) - 1)
    standard = [np.stack([answer[f"first W[{l}]"], answer[f"second W[{l}]"]]) * np.sqrt(max(sizes[l:l + 2]))
                for l in layers]
    drawn = [np.unique(w[0]).size > w[0].size / 2 for w in standard]  # not zeros, ones or an identity matrix
    kurtosis = [float(np.mean(w**4) / np.mean(w**2) ** 2) / 3 for w in standard]
    return {"spread": [float(w.std() * ok) for w, ok in zip(standard, drawn, strict=True)],
            "normal distribution": [float(w.mean() / w.std()) for w in standard] + kurtosis,
            "biases": np.concatenate([answer[f"first b[{l}]"] for l in layers]) + (not all(drawn)),
            "generator": [float(np.array_equal(answer["first W[0]"], answer[f"{other} W[0]"]))
                          for other in ("same seed", "second")]}


def last_layer_first(layer_sizes: Any, rng: Any) -> Any:
    layers = []
    for l in reversed(range(1, len(layer_sizes))):
        shape = layer_sizes[l - 1], layer_sizes[l]
        layers.append((rng.standard_normal(shape) / np.sqrt(max(shape)), np.zeros(layer_sizes[l])))
    return [W for W, _ in layers[::-1]], [b for _, b in layers[::-1]]


def scaled_afterwards(layer_sizes: Any, rng: Any) -> Any:
    weights, biases = [], []
    for l in range(1, len(layer_sizes)):
        n_in, n_out = layer_sizes[l - 1], layer_sizes[l]
        weights.append(rng.normal(0.0, 1.0, n_in * n_out).reshape(n_in, n_out) * max(n_in, n_out) ** -0.5)
        biases.append(np.zeros(n_out, dtype=np.float32))
    return weights, tuple(biases)


PROBE = Probe(
    "initialize", initialize,
    cases={"ordinary": NETWORKS},
    points=(Point("spread of the weights", 0.75, part="spread"),
           Point("normal distribution around 0", 0.5, part="normal distribution"),
           Point("biases of zero", 0.25, part="biases"),
           Point("numbers from the generator that was given", 0.5, part="generator")),
    rtol=0.0,
    atol=0.1,
    use=use_initialize,
    observe=_statistics,
    observed="statistics of the weights",
    slips=[
        Slip("variance_one", "1 / np.sqrt(max(n_in, n_out))", "1",
             "Your weights have variance 1, whatever the sizes. With hundreds of inputs the sums then become large "
             "and the sigmoids go flat."),
        Slip("variance_as_deviation", "np.sqrt(max(n_in, n_out))", "max(n_in, n_out)",
             "Your weights come out too small: N(m, v) gives the variance v, while numpy's normal wants the standard "
             "deviation."),
        Slip("only_the_inputs", "max(n_in, n_out)", "n_in",
             "You divide by the number of inputs. The larger of the two sides is asked for, and here and there that "
             "is the other one."),
        Slip("only_the_outputs", "max(n_in, n_out)", "n_out",
             "You divide by the number of outputs. The larger of the two sides is asked for, and here and there that "
             "is the other one."),
        Slip("the_smaller_side", "max(n_in, n_out)", "min(n_in, n_out)",
             "You divide by the smaller of the two sides; the larger one is asked for."),
        Slip("largest_of_all_layers", "max(n_in, n_out)", "max(layer_sizes)",
             "All your matrices have one scale, that of the largest layer. Each has a scale of its own, from its own "
             "two sides."),
        Slip("number_of_pixels", "max(n_in, n_out)", "layer_sizes[0]",
             "All your matrices have one scale, that of the first layer. Each has a scale of its own, from its own two "
             "sides."),
        Slip("both_sides_added", "max(n_in, n_out)", "(n_in + n_out)",
             "You divide by the sum of the two sides; the larger one alone is asked for."),
        Slip("two_over_the_inputs", "1 / np.sqrt(max(n_in, n_out))", "np.sqrt(2 / n_in)",
             "That is He's variance, which is made for ReLUs. Here the variance comes from the larger of the two "
             "sides."),
        Slip("xavier", "1 / np.sqrt(max(n_in, n_out))", "np.sqrt(2 / (n_in + n_out))",
             "That is Xavier's variance, with the mean of the two sides. It is a good choice; here the larger of the "
             "two sides is asked for."),
        Slip("uniform_weights", "rng.normal(0, 1 / np.sqrt(max(n_in, n_out)), shape)",
             "rng.uniform(-1, 1, shape) * np.sqrt(3 / max(n_in, n_out))",
             "Mean and variance are right, but your weights are spread evenly over an interval. A normal "
             "distribution is asked for."),
        Slip("all_zero", "rng.normal(0, 1 / np.sqrt(max(n_in, n_out)), shape)", "np.zeros(shape)",
             "With equal weights all units of a layer stay equal for ever: they need random numbers to start from."),
        Slip("global_generator", "rng.normal", "np.random.normal",
             "The same seed should give the same network. Your numbers come from elsewhere than the generator you "
             "are given."),
        Slip("own_generator", "weights, biases = [], []",
             "rng = np.random.default_rng(0)\n    weights, biases = [], []",
             "Two networks from one generator should differ; yours are the same every time. Draw from the generator "
             "you are given."),
        Slip("outputs_as_rows", ", shape", ", shape[::-1]",
             "Your weights have a row for each output. In this problem set a row belongs to an input and a column to "
             "an output."),
        Slip("random_biases", "return weights, biases", "return weights, [rng.normal(size=len(b)) for b in biases]",
             "The weights are fine. The biases should start at zero."),
        Slip("biases_as_rows", "np.zeros(n_out)", "np.zeros((1, n_out))",
             "Your biases are matrices with one row. Arrays with a single axis are asked for."),
    ],
    variants=[last_layer_first, scaled_afterwards],
)
