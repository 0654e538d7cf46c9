"""The output of a step network with one hidden layer. One point and one neuron are a case of their own."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .inputs import Params
from .reference import network


def _draw_network(points: tuple[int, int], neurons: tuple[int, int]) -> Callable[[Generator], Inputs]:
    def draw(rng: Generator) -> Inputs:
        n, H = int(rng.integers(*points)), int(rng.integers(*neurons))
        return {"x": rng.normal(scale=2, size=n),
                "params": {"W1": rng.normal(size=H), "b1": rng.normal(size=H), "W2": rng.normal(scale=2, size=H),
                           "b2": float(rng.uniform(0.5, 2))}}
    return draw


def network_by_einsum(x: np.ndarray, params: Params) -> np.ndarray:
    active = np.einsum("n,h->nh", x, params["W1"]) + params["b1"] > 0
    return np.einsum("h,nh->n", params["W2"], active.astype(float)) + params["b2"]


def network_point_by_point(x: np.ndarray, params: Params) -> list[float]:
    values = []
    for point in x:
        total = float(params["b2"])
        for w1, b1, w2 in zip(params["W1"], params["b1"], params["W2"], strict=True):
            total += float(w2) if w1 * point + b1 > 0 else 0.0
        values.append(total)
    return values


PROBE = Probe(
    "network", network,
    cases={"ordinary": Cases(_draw_network((8, 13), (3, 8))), "single": Cases(_draw_network((1, 2), (1, 2)), 2)},
    points=[Point("several points and neurons", 2.0), Point("one point, one neuron", 0.75, "single")],
    unchanged=0.25,
    slips=[
        Slip("forgets_b1", ' + params["b1"]', "",
             "Your hidden neurons all jump at 0: their biases b1 never reach the sum."),
        Slip("forgets_b2", ' + params["b2"]', "",
             "Your values are all off by the same number: the output has a bias of its own."),
        Slip("subtracts_b1", '+ params["b1"]', '- params["b1"]',
             "Look at the sign of b1 in the equation: a neuron with w = 1 jumps at −b."),
        Slip("no_step", "hidden = step", "hidden = ",
             "Without σ between the layers your network is a straight line. Where does the step go?"),
        Slip("relu_neurons", 'step(x[:, None] * params["W1"] + params["b1"])',
             'np.maximum(x[:, None] * params["W1"] + params["b1"], 0.0)',
             "Your hidden neurons pass their input on once they are active; these neurons say only 0 or 1."),
        Slip("ignores_W2", 'hidden @ params["W2"]', "hidden.sum(axis=1)",
             "Your output counts the active neurons. Each should contribute its own weight from W2."),
        Slip("averages_neurons", 'hidden @ params["W2"]', '(hidden * params["W2"]).mean(axis=1)',
             "The output is a sum over the hidden neurons; yours divides by how many there are."),
        Slip("b2_for_every_neuron", '+ params["b2"]', '+ len(params["W2"]) * params["b2"]',
             "You add b2 once for each hidden neuron. It stands behind the sum and counts once."),
        Slip("step_on_output", 'hidden @ params["W2"] + params["b2"]', 'step(hidden @ params["W2"] + params["b2"])',
             "Your output is 0 or 1. Only the hidden neurons step; the output neuron adds up."),
    ],
    variants=[network_by_einsum, network_point_by_point],
)
