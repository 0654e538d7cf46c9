"""A layer that its student invents: any forward pass will do that is none of the given ones and has slopes.

Nothing is known of its values, so what is compared is what they are to each other: whether backward gives the slopes
that small steps in forward measure, and if not, what it gives. These kinds are numbers, 0 for what is right.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip
from helpers.modules import Module

RIGHT, A_GIVEN_LAYER, BY_CHANCE, NEGATED, WITHOUT_GRADIENT, GRADIENT_ALONE, BY_A_FACTOR, OTHER = range(8)


def _draw(rng: Generator) -> Inputs:
    shape = rng.choice([3, 5]), rng.choice([2, 4, 6])
    x, other = rng.normal(size=(2, *shape))
    return {"x": x, "other": other, "phase": float(rng.uniform(0, 6))}


class Tanh(Module):
    def forward(self, x: Any) -> Any:
        self.state = np.exp(2 * x)
        return (self.state - 1) / (self.state + 1)

    def backward(self, g: Any) -> Any:
        return g * 4 * self.state / (self.state + 1) ** 2


def use_own_layer(OwnLayer: Any, x: Any, other: Any, phase: float) -> Any:
    """Outputs of x, of others and of x again; the gradient of x; slopes of g ⊙ output and of the output, measured."""
    layer = OwnLayer()
    layer(other.copy())
    out = np.array(layer(x.copy()))
    g = np.cos(phase + np.arange(out.size)).reshape(out.shape)
    dx = np.array(layer.backward(g.copy()))
    slopes = np.zeros((2, *x.shape))
    for index in np.ndindex(x.shape):
        for step in (1e-5, -1e-5):
            moved = x.copy()
            moved[index] += step
            y = layer(moved)
            slopes[0][index] += np.sum(g * y) / (2 * step)
            slopes[1][index] += np.sum(y) / (2 * step)
    return {"out": out, "dx": dx, "g": g, "slopes_with_g": slopes[0], "slopes": slopes[1],
            "again": layer(x.copy()), "of_zero": layer(0 * x), "of_other": layer(other.copy()),
            "of_sum": layer(x + other), "of_opposite": layer(-x), "of_first_row": layer(x[:1].copy()),
            "of_rows_turned": layer(x[::-1].copy())}


def observe_own_layer(inputs: Inputs, answer: Any) -> dict[str, float]:
    """Whether it is new, and what its backward pass gives. Raises ValueError where that has not the shape of x."""
    x, dx, slopes = inputs["x"], answer["dx"], answer["slopes_with_g"]
    if dx.shape != x.shape:
        raise ValueError(f"backward returns an array of shape {dx.shape} where x has the shape {x.shape}")
    if len(answer["out"]) != len(x):
        raise ValueError(f"forward returns {len(answer['out'])} rows for {len(x)} samples")
    if not _close(answer["out"], answer["again"]):
        return {"given": 0.0, "backward": float(BY_CHANCE)}
    if _is_given(x, answer):
        return {"given": 1.0, "backward": float(A_GIVEN_LAYER)}
    candidates = {RIGHT: slopes, NEGATED: -slopes, WITHOUT_GRADIENT: answer["slopes"], GRADIENT_ALONE: answer["g"],
                  BY_A_FACTOR: slopes * (np.sum(dx * slopes) / max(np.sum(slopes**2), 1e-12))}
    kind = next((kind for kind, values in candidates.items() if _close(dx, values)), OTHER)
    return {"given": 0.0, "backward": float(kind)}


def _close(got: Any, want: Any) -> bool:
    """To the digits that central differences have."""
    return got.shape == want.shape and bool(np.max(np.abs(got - want)) <= 1e-5 * (np.max(np.abs(want)) + 1e-3))


def _is_given(x: Any, answer: Any) -> bool:
    """Whether the outputs are those of a sigmoid, a ReLU, or a linear layer (which does the same to each row)."""
    out = answer["out"]
    row_by_row = _close(answer["of_first_row"], out[:1]) and _close(answer["of_rows_turned"], out[::-1])
    # Twice, because a layer with corners may be straight between some points.
    straight = (_close(answer["of_sum"] + answer["of_zero"], out + answer["of_other"])
                and _close(answer["of_opposite"] + out, 2 * answer["of_zero"]))
    return (straight and row_by_row) or _close(out, 1 / (1 + np.exp(-x))) or _close(out, np.maximum(x, 0))


class LeakyReLU(Module):
    def forward(self, x: Any) -> Any:
        self.slope = np.where(x > 0, 1.0, 0.1)
        return x * self.slope

    def backward(self, g: Any) -> Any:
        return g * self.slope


class ResidualPair(Module):
    def forward(self, x: Any) -> Any:
        self.state = np.tanh(x)
        return x + self.state

    def backward(self, g: Any) -> Any:
        return g + g * (1 - self.state**2)


class DropoutFromASeed(Module):
    def forward(self, x: Any) -> Any:
        self.mask = np.random.default_rng(0).integers(0, 2, size=x.shape) * 2.0
        return x * self.mask

    def backward(self, g: Any) -> Any:
        return g * self.mask


class LargerOfTwo(Module):
    def forward(self, x: Any) -> Any:
        pairs = x.reshape(len(x), -1, 2)
        self.larger = pairs == pairs.max(axis=2, keepdims=True)
        return pairs.max(axis=2)

    def backward(self, g: Any) -> Any:
        return (g[:, :, None] * self.larger).reshape(len(g), -1)


class NormalisedRows(Module):
    def forward(self, x: Any) -> Any:
        centred = x - x.mean(axis=1, keepdims=True)
        self.size = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
        self.out = centred / self.size
        return self.out

    def backward(self, g: Any) -> Any:
        along = (g * self.out).mean(axis=1, keepdims=True) * self.out
        return (g - g.mean(axis=1, keepdims=True) - along) / self.size


BACKWARD = "g * (1 - self.state**2)"

PROBE = Probe(
    "OwnLayer", Tanh,
    cases={"ordinary": Cases(_draw)},
    points=(Point("backward gives the slopes of forward", 2.5, part="backward"),
            Point("none of the layers from 5.1 to 5.4", 0.5, part="given")),
    use=use_own_layer,
    observe=observe_own_layer,
    observed="what comes back",
    free_shapes=True,
    slips=[
        Slip("one_of_the_given", "np.tanh(x)", "sigmoid(x)",
             "This layer does what a layer above does already: the sigmoid, the ReLU, a linear layer, or nothing. "
             "Change one thing about it, and go back accordingly."),
        Slip("another_output_each_time", "np.tanh(x)", "np.tanh(x) + np.random.normal(size=x.shape)",
             "The same input gives another output each time, so there is no slope to compare with. Where you draw "
             "random numbers, draw them from a generator with a fixed seed."),
        Slip("downhill", BACKWARD, "-g * (1 - self.state**2)",
             "Every slope has the wrong sign: backward gives the gradient itself, the step against it is the "
             "optimiser's."),
        Slip("gradient_left_out", BACKWARD, "1 - self.state**2",
             "backward gives the slopes of your layer alone. The chain rule multiplies them with the gradient `g` that "
             "arrives."),
        Slip("gradient_passed_on", BACKWARD, "g",
             "`g` goes through your layer unchanged, as if the layer did nothing. What does a small step in `x` do to "
             "its output?"),
        Slip("wrong_by_a_factor", BACKWARD, "g * (1 - self.state**2) / len(g)",
             "backward is right but for a factor that is the same everywhere. Means over the batch are taken in "
             "`Linear` alone: a gradient of the input is no mean."),
        Slip("slopes_of_something_else", "self.state**2", "self.state",
             "backward does not give the slopes of forward. Your `finite_difference_check` measures them: try your "
             "layer on a single number, and compare."),
    ],
    variants=[LeakyReLU, ResidualPair, DropoutFromASeed, LargerOfTwo, NormalisedRows],
)
