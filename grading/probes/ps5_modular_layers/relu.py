"""max(x, 0) as a module, whose slope at 0 is 0: inputs of exactly 0 are cases of their own."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Mistake, Point, Probe, Slip
from helpers.modules import Module

from .inputs import batch
from .reference import ReLU
from .trying import use_activation


def _batch_with_zeros(rng: Generator) -> Inputs:
    inputs = batch(rng)
    inputs["x"][rng.integers(len(inputs["x"])), :2] = 0.0
    return inputs


class ReluWithWhere(Module):
    def forward(self, x: Any) -> Any:
        self.state = x
        return np.where(x > 0, x, 0)

    def backward(self, g: Any) -> Any:
        return np.where(self.state > 0, g, 0)


class ReluByOutput(Module):
    def forward(self, x: Any) -> Any:
        self.state = np.maximum(0, x)
        return self.state

    def backward(self, g: Any) -> Any:
        g = g.copy()
        g[self.state == 0] = 0
        return g


class OverwritesItsOutput(ReLU):
    def forward(self, x: Any) -> Any:
        self.out = super().forward(x)
        return self.out

    def backward(self, g: Any) -> Any:
        self.out[...] = super().backward(g)
        return self.out


PROBE = Probe(
    "ReLU", ReLU,
    cases={"ordinary": Cases(batch), "zeros": Cases(_batch_with_zeros, 2)},
    points=(Point("forward", 0.5, part="out"), Point("backward", 1.75, part="dx"),
            Point("backward leaves what forward returned as it was", 0.25, part="out_stays"),
            Point("inputs of exactly 0", 0.5, "zeros")),
    use=use_activation,
    slips=[
        Slip("LeakySlope", "self.state = x > 0\n        return np.maximum(x, 0)",
             "self.state = np.where(x > 0, 1, 0.01)\n        return self.state * x",
             "Negative inputs leak through with a small slope. That is another unit; ReLU gives 0 for them."),
        Slip("SlopeOneAtZero", "x > 0", "x >= 0",
             "All but one point is right: at an input of exactly 0 this course takes the slope to be 0."),
        Slip("InputAsSlope", "x > 0", "np.maximum(x, 0)",
             "You multiply by the value of the output. The slope of a ramp is the same all the way up."),
        Slip("MaskOfTheGradient", "g * self.state", "g * (g > 0)",
             "You look at the sign of the gradient. Whether it may pass is decided by the input of the forward pass."),
        Slip("MaskForgotten", "g * self.state", "g",
             "The gradient passes through unchanged. Where the input was negative, the output does not react to it."),
        Slip("MaskAlone", "g * self.state", "1.0 * self.state",
             "The right places, but what comes back is the slope itself. It still has to meet the gradient that "
             "arrives."),
        Slip("AbsoluteValue", "np.maximum(x, 0)", "np.abs(x)",
             "Negative inputs come out with their sign turned. They should come out as 0."),
        Slip("ReluFirstBatchKept", "x > 0", 'getattr(self, "state", x > 0)',
             "On the second batch you still use the state of the first. Every forward pass has to replace what it "
             "keeps."),
        Mistake(OverwritesItsOutput,
                "Forward is right when it returns, but backward writes into the very array that it handed out, which "
                "the next layer still holds. Build a new array."),
    ],
    variants=[ReluWithWhere, ReluByOutput],
)
