"""The affine map of a layer, samples as rows; the activation comes later."""

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .reference import Array, compute_layer


def _layer(rng: Generator) -> Inputs:
    N, d, H = rng.permutation([3, 5, 7])
    return {"x": rng.normal(size=(N, d)), "w": rng.normal(size=(d, H)), "b": rng.normal(size=(1, H))}


def layer_by_einsum(x: Array, w: Array, b: Array) -> Array:
    return np.einsum("nd,dh->nh", x, w) + b


def layer_by_loop(x: Array, w: Array, b: Array) -> Array:
    return np.array([w.T @ row + b[0] for row in x])


PROBE = Probe(
    "compute_layer", compute_layer,
    cases={"ordinary": Cases(_layer)},
    points=(Point("x w + b", 0.75),),
    unchanged=0.25,
    slips=[
        Slip("bias_forgotten", "@ w + b", "@ w",
             "The product is right, and the bias is missing. Every unit has one of its own."),
        Slip("activation_included", "x @ w + b", "relu(x @ w + b)",
             "A layer stops at x w + b here. The activation comes after it, in a function of its own, since "
             "backpropagation needs both."),
        Slip("bias_subtracted", "@ w + b", "@ w - b", "The bias is added to the product; yours is taken away."),
        Slip("bias_inside", "@ w + b", "@ (w + b)",
             "The bias is added once, after the product. Inside it, each input multiplies it again."),
        Slip("samples_as_columns", "x @ w + b", "w.T @ x.T + b.T",
             "Everything is there, but lying on its side: samples are rows, units are columns."),
        Slip("divided_by_samples", "@ w + b", "@ w / len(x) + b",
             "A sample's outputs do not depend on how many other samples there are. What is divided by N, and where?"),
        Slip("one_bias_for_all", "@ w + b", "@ w + np.sum(b)",
             "Each unit adds its own entry of b; yours all add the same number."),
    ],
    variants=[layer_by_einsum, layer_by_loop],
)
