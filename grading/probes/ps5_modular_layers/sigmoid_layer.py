"""The logistic function as a module. An earlier batch goes through it first, so that a state that sticks shows."""

from typing import Any

import numpy as np

from grading.probes.model import Cases, Mistake, Point, Probe, Slip
from helpers.modules import Module

from .inputs import batch
from .trying import use_activation


class Sigmoid(Module):
    def forward(self, x: Any) -> Any:
        self.state = np.tanh(x / 2)
        return 0.5 + 0.5 * self.state

    def backward(self, g: Any) -> Any:
        return 0.25 * g * (1 - self.state**2)


class SigmoidKeepingItsInput(Module):
    def forward(self, x: Any) -> Any:
        self.state = x
        return np.exp(-np.logaddexp(0, -x))

    def backward(self, g: Any) -> Any:
        s = np.exp(-np.logaddexp(0, -self.state))
        return g * (s - s * s)


class SigmoidEntryByEntry(Module):
    def forward(self, x: Any) -> Any:
        self.state = np.array([[1 / (1 + np.exp(-value)) for value in row] for row in x])
        return self.state

    def backward(self, g: Any) -> Any:
        out = np.empty(g.shape)
        for index, s in np.ndenumerate(self.state):
            out[index] = g[index] * s * (1 - s)
        return out


class TanhSlopeAtTheInput(Module):
    def forward(self, x: Any) -> Any:
        self.state = x
        return np.exp(-np.logaddexp(0, -x))

    def backward(self, g: Any) -> Any:
        return g * (1 - np.tanh(self.state) ** 2)


PROBE = Probe(
    "Sigmoid", Sigmoid,
    cases={"ordinary": Cases(batch)},
    points=(Point("forward", 0.5, part="out"), Point("backward", 1.75, part="dx"),
            Point("backward leaves what forward returned as it was", 0.25, part="out_stays")),
    use=use_activation,
    slips=[
        Slip("DerivativeAtActivatedValue", "self.state * (1 - self.state)",
             "sigmoid(self.state) * (1 - sigmoid(self.state))",
             "The sigmoid has been applied twice on the way back: what you keep is already an output. Write the "
             "slope in terms of that output."),
        Slip("DerivativeInTermsOfInput", "self.state = sigmoid(x)\n        return self.state",
             "self.state = x\n        return sigmoid(x)",
             "The slope s(1 − s) holds for the output s. You have put the input in its place."),
        Slip("SlopeWithoutGradient", "g * self.state", "self.state",
             "Your answer does not depend on the gradient that arrives. The chain rule multiplies it with the slope."),
        Slip("TanhSlope", "self.state * (1 - self.state)", "(1 - self.state**2)",
             "1 − s² is the slope of tanh. What is that of the sigmoid?"),
        Mistake(TanhSlopeAtTheInput, "You multiply by the slope of tanh at the input. What is that of the sigmoid?"),
        Slip("ReluSlope", "self.state * (1 - self.state)", "(self.state > 0.5)",
             "You multiply by the slope of ReLU, which is 0 or 1. What is that of the sigmoid?"),
        Slip("OneFactorOnly", "self.state * ", "",
             "Half of the slope is missing: it is small at both ends of the S, yours only at the upper one."),
        Slip("SigmoidOfGradient", "g * self.state * (1 - self.state)", "sigmoid(g) * (1 - sigmoid(g))",
             "You take the slope at the gradient. It belongs to the input of the forward pass."),
        Slip("SigmoidFirstBatchKept", "self.state = sigmoid(x)\n        return self.state",
             'self.state = getattr(self, "state", sigmoid(x))\n        return sigmoid(x)',
             "On the second batch you still use the state of the first. Every forward pass has to replace what it "
             "keeps."),
    ],
    variants=[SigmoidKeepingItsInput, SigmoidEntryByEntry],
)
