"""neuron: a weighted sum and a bias, through relu."""

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip

from .relu import relu


def neuron(x, w, b):
    return relu(np.sum(x * w) + b)


def with_a_loop(x, w, b):
    return max(sum(x[i] * w[i] for i in range(len(x))) + b, 0.0)


def with_dot(x, w, b):
    return max(0.0, float(np.dot(x, w)) + b)


def draw(rng, inputs, bias):
    """As many weights as inputs, whose weighted sum lies between the two numbers `inputs`, the bias between `bias`."""
    n = rng.integers(3, 8)
    x, w = rng.normal(size=n), rng.normal(size=n)
    return {"x": x, "w": w * rng.uniform(*inputs) / (w @ x), "b": rng.uniform(*bias)}


def draw_speaking_for_it(rng):
    return draw(rng, inputs=(1.0, 3.0), bias=(0.2, 0.8))


def draw_outweighed(rng):
    """The inputs speak against it, and the bias outweighs them."""
    return draw(rng, inputs=(-1.0, -0.5), bias=(1.5, 3.0))


def draw_silent(rng):
    return draw(rng, inputs=(-3.0, -1.0), bias=(0.2, 0.8))


PROBE = Probe(
    "neuron", neuron,
    cases={"ordinary": Cases(draw_speaking_for_it, 4), "outweighed": Cases(draw_outweighed, 2),
           "silent": Cases(draw_silent, 2)},
    points=[Point("the weighted sum and the bias", 1.75),
            Point("a bias that outweighs the inputs", 0.5, group="outweighed"),
            Point("silent where the sum is negative", 0.5, group="silent")],
    unchanged=0.25,
    slips=[
        Slip("bias_forgotten", "w @ x + b", "w @ x", "The bias is added to the weighted sum, before relu."),
        Slip("bias_subtracted", "w @ x + b", "w @ x - b", "The bias is added to the sum, not taken from it."),
        Slip("no_relu", "relu(w @ x + b)", "w @ x + b", "A neuron's output goes through relu: it is never negative."),
        Slip("mean_for_sum", "w @ x + b", "w @ x / len(x) + b", "The sum is not divided by the number of inputs."),
        Slip("bias_after_relu", "relu(w @ x + b)", "relu(w @ x) + b", "First the bias, then relu."),
    ],
    variants=[with_a_loop, with_dot],
)
