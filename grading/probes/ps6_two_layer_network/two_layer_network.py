"""The parameters of an untrained network: small normal weights, w1 drawn before w2, and biases of zero."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .reference import TwoLayerNetwork


def _dims(rng: Generator) -> Inputs:
    return {"layer_dims": [[6, 4, 1], [3, 7, 2], [5, 3, 4]][rng.integers(3)], "seed": int(rng.integers(1, 10_000))}


def use_parameters(TwoLayerNetwork: Any, layer_dims: Any, seed: int) -> Any:
    """Seeds numpy otherwise first, so that an answer that forgets to seed is the same every time."""
    np.random.seed(5)
    return TwoLayerNetwork(layer_dims, seed)


def network_with_randn(layer_dims: Any, seed: int) -> Any:
    np.random.seed(seed)
    w1 = np.random.randn(layer_dims[1], layer_dims[0]) * 0.01
    w2 = np.random.randn(layer_dims[2], layer_dims[1]) * 0.01
    return {"w1": w1, "w2": w2, "b1": np.zeros((layer_dims[1],)), "b2": np.zeros((layer_dims[2],))}


def network_by_size(layer_dims: Any, seed: int) -> Any:
    np.random.seed(seed)
    d, h, o = layer_dims
    return {"w1": np.random.normal(scale=0.01, size=h * d).reshape(h, d), "b1": np.array([0.0] * h),
            "w2": np.random.normal(scale=0.01, size=o * h).reshape(o, h), "b2": np.array([0.0] * o)}


W1, W2 = "w1 = np.random.normal(0, 0.01, (h, d))", "w2 = np.random.normal(0, 0.01, (o, h))"
BOTH = f"{W1}\n    {W2}"

PROBE = Probe(
    "TwoLayerNetwork", TwoLayerNetwork,
    cases={"ordinary": Cases(_dims), "biases": Cases(_dims, 1)},  # zeros alone are no answer
    points=(Point("w1", 1, part="w1"), Point("w2", 0.5, part="w2"), Point("b1", 0.25, "biases", "b1"),
           Point("b2", 0.25, "biases", "b2")),
    use=use_parameters,
    slips=[
        Slip("w2_drawn_first", BOTH, f"{W2}\n    {W1}",
             "The random numbers are the right ones, in the wrong order: w1 is drawn before w2."),
        Slip("variance_for_deviation", BOTH, BOTH.replace("0.01", "0.01**2"),
             "Your weights are a hundred times too small: numpy's normal takes the standard deviation, and 0.01² is "
             "the variance."),
        Slip("deviation_a_tenth", BOTH, BOTH.replace("0.01", "0.1"),
             "Your weights are ten times too large: 0.01² is the variance, so the standard deviation is its square "
             "root."),
        Slip("not_seeded", "np.random.seed(seed)\n    ", "",
             "The seed has no effect: numpy's generator has to be set before anything is drawn."),
        Slip("seeded_twice", "w2 =", "np.random.seed(seed)\n    w2 =",
             "Seeding again before w2 makes it repeat the numbers of w1. Once, at the start, is enough."),
        Slip("uniform_numbers", BOTH, "w1 = 0.01 * np.random.rand(h, d)\n    w2 = 0.01 * np.random.rand(o, h)",
             "Your weights are all positive, between 0 and 0.01. A normal distribution around 0 is asked for."),
        Slip("inputs_as_rows", BOTH, BOTH.replace("(h, d)", "(d, h)").replace("(o, h)", "(h, o)"),
             "Your weight matrices lie on their side: samples are columns here, so a weight matrix has a row for "
             "every unit it leads to."),
        Slip("biases_as_columns", 'np.zeros(h), "w2": w2, "b2": np.zeros(o)',
             'np.zeros((h, 1)), "w2": w2, "b2": np.zeros((o, 1))',
             "The biases have a second dimension. Their shape is just the number of units."),
        Slip("random_biases", 'np.zeros(h), "w2": w2, "b2": np.zeros(o)',
             'np.random.normal(0, 0.01, h), "w2": w2, "b2": np.random.normal(0, 0.01, o)',
             "The weights are right; the biases start at zero."),
    ],
    variants=[network_with_randn, network_by_size],
)
