"""The output of a network with two step layers. Layers of unequal width show a weight matrix that lies on its side."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .inputs import Params
from .reference import network2d


def _draw_network2d(more_in_the_first: int) -> Callable[[Generator], Inputs]:
    def draw(rng: Generator) -> Inputs:
        n, K = int(rng.integers(16, 24)), int(rng.integers(3, 6))
        H = K + more_in_the_first
        return {"X": rng.normal(scale=2, size=(n, 2)),
                "params": {"W1": rng.normal(size=(H, 2)), "b1": rng.normal(size=H), "W2": rng.normal(size=(K, H)),
                           "b2": rng.normal(size=K), "W3": rng.normal(scale=2, size=K),
                           "b3": float(rng.uniform(0.5, 2))}}
    return draw


def network2d_by_einsum(X: np.ndarray, params: Params) -> np.ndarray:
    first = (np.einsum("ni,hi->nh", X, params["W1"]) + params["b1"] > 0).astype(float)
    second = (np.einsum("nh,kh->nk", first, params["W2"]) + params["b2"] > 0).astype(float)
    return np.einsum("nk,k->n", second, params["W3"]) + params["b3"]


def network2d_samples_as_columns(X: np.ndarray, params: Params) -> np.ndarray:
    first = np.heaviside(params["W1"] @ X.T + params["b1"][:, None], 0)
    second = np.heaviside(params["W2"] @ first + params["b2"][:, None], 0)
    return params["W3"] @ second + params["b3"]


PROBE = Probe(
    "network2d", network2d,
    cases={"ordinary": Cases(_draw_network2d(0)), "unequal widths": Cases(_draw_network2d(2), 2)},
    points=[Point("two step layers of equal width", 2.0),
            Point("layers of unequal width", 0.75, "unequal widths")],
    unchanged=0.25,
    slips=[
        Slip("transposes_W2", 'params["W2"].T', 'params["W2"]',
             "Row k of W2 holds the weights INTO neuron k of the second layer; you read its columns."),
        Slip("no_step_in_first_layer", "first = step", "first = ",
             "Your first layer hands on raw sums. Both layers of neurons step."),
        Slip("no_step_in_second_layer", "second = step", "second = ",
             "Your second layer hands on raw sums. Both layers of neurons step."),
        Slip("step_after_the_last_sum", 'second @ params["W3"] + params["b3"]',
             'step(second @ params["W3"] + params["b3"])',
             "Your output is 0 or 1. The two hidden layers step; the output neuron adds up."),
        Slip("forgets_first_bias", ' + params["b1"]', "",
             "All your first-layer neurons jump on lines through the origin: their biases are missing."),
        Slip("forgets_second_bias", ' + params["b2"]', "",
             "Your second layer compares its sums with 0: its own biases are missing."),
        Slip("second_bias_for_every_neuron", '+ params["b2"]', '+ params["W2"].shape[1] * params["b2"]',
             "You add the second layer's biases once for each neuron of the first. A bias stands behind the sum and "
             "counts once."),
        Slip("output_bias_for_every_neuron", '+ params["b3"]', '+ len(params["W3"]) * params["b3"]',
             "You add b3 once for each neuron of the second layer. It stands behind the sum and counts once."),
        Slip("forgets_output_bias", ' + params["b3"]', "",
             "Your values are all off by the same number: the output has a bias of its own."),
    ],
    variants=[network2d_by_einsum, network2d_samples_as_columns],
)
