"""The largest relative error of a module's gradients against central differences.

It is tried on layers with one gradient that is too large by a factor, whose relative error is known exactly. They are
none of the layers that students write: this source is seen by their processes.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip, mistake
from helpers.modules import Module  # noqa: F401  (`use_finite_difference_check` looks for it here)
from helpers.probe import partner

from .reference import Linear


def _checked(factor: float | None = None) -> Any:
    def draw(rng: Generator) -> Inputs:
        """Factors from 1.7 on: relative errors from 0.26 on, and apart from (N − 1)/(N + 1) of a forgotten N."""
        N, n = rng.choice([4, 6]), 3
        return {"weights": rng.normal(size=(1, n)), "biases": rng.uniform(-1, 1, size=(1, n)),
                "x": rng.normal(size=(N, n)),
                "factor": factor or float(rng.uniform(1.7, 2.6))}
    return draw


def finite_difference_check(module: Any, x: Any) -> float:
    """With imaginary steps: the imaginary part of f(x + ih) is h f'(x), no difference is taken, nothing is rounded."""
    g = np.random.default_rng(0).normal(size=module(x).shape)
    measured = [_imaginary_slopes(lambda moved: np.sum(g * module(moved)), x)]
    names = [name for name in ("weights", "biases") if hasattr(module, name)]
    for name in names:
        kept = getattr(module, name)

        def loss(moved: Any, name: str = name) -> Any:
            setattr(module, name, moved)
            return np.sum(g * module(x))

        measured.append(_imaginary_slopes(loss, kept))
        setattr(module, name, kept)
    module(x)
    given = [module.backward(g), *(len(x) * getattr(module, f"d_{name}") for name in names)]
    return max(float(np.max(np.abs(a - n)) / (np.max(np.abs(a)) + np.max(np.abs(n)) + 1e-12))
               for a, n in zip(given, measured, strict=True))


def _imaginary_slopes(loss: Any, at: Any) -> Any:
    slopes = np.zeros(at.shape)
    for index in np.ndindex(at.shape):
        step = np.zeros(at.shape, dtype=complex)
        step[index] = 1e-30j
        slopes[index] = loss(at + step).imag / 1e-30
    return slopes


def use_finite_difference_check(finite_difference_check: Any, weights: Any, biases: Any, x: Any, factor: float) -> Any:
    """Layers x w + sin b with one of three gradients too large by a factor (1: none is), and a steep right module."""
    class Scaled(partner(finite_difference_check, "Linear")):  # type: ignore[misc]
        def __init__(self, x_factor: float = 1, W_factor: float = 1, b_factor: float = 1) -> None:
            self.weights, self.biases = weights.copy(), biases.copy()
            self.factors = x_factor, W_factor, b_factor

        def forward(self, x: Any) -> Any:
            self.in_x = x
            return x * self.weights + np.sin(self.biases)

        def backward(self, g: Any) -> Any:
            x_factor, W_factor, b_factor = self.factors
            self.d_weights = W_factor * np.mean(self.in_x * g, axis=0, keepdims=True)
            self.d_biases = b_factor * np.mean(g, axis=0, keepdims=True) * np.cos(self.biases)
            return x_factor * g * self.weights

        def __call__(self, x: Any) -> Any:
            return self.forward(x)

    class Wave(partner(finite_difference_check, "Module")):  # type: ignore[misc]
        def forward(self, x: Any) -> Any:
            self.in_x = x
            return np.sin(1000 * x)

        def backward(self, g: Any) -> Any:
            return 1000 * g * np.cos(1000 * self.in_x)

        def __call__(self, x: Any) -> Any:
            return self.forward(x)

    last = Scaled(b_factor=factor)
    errors = {"dx": finite_difference_check(Scaled(x_factor=factor), x.copy()),
              "d_weights": finite_difference_check(Scaled(W_factor=factor), x.copy()),
              "d_biases": finite_difference_check(last, x.copy()),
              "steep": finite_difference_check(Wave(), x.copy())}
    moved = max(np.max(np.abs(last.weights - weights)), np.max(np.abs(last.biases - biases)))
    return {**errors, "steps_left_behind": moved / 1e-5}


@mistake("The parameters are not what they were before the check: every step has to be undone.")
def step_not_undone(module: Any, x: Any) -> Any:
    g = np.random.default_rng(0).normal(size=module(x).shape)
    names = [name for name in ("weights", "biases") if hasattr(module, name)]
    measured = []
    for array in [x, *(getattr(module, name) for name in names)]:
        slopes = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            array[index] += 1e-5
            above = np.sum(g * module(x))
            array[index] -= 2e-5
            slopes[index] = (above - np.sum(g * module(x))) / 2e-5
        measured.append(slopes)
    module(x)
    given = [module.backward(g), *(len(x) * getattr(module, f"d_{name}") for name in names)]
    return max(np.max(np.abs(a - n)) / (np.max(np.abs(a)) + np.max(np.abs(n)) + 1e-12)
               for a, n in zip(given, measured, strict=True))


def check_in_place(module: Any, x: Any) -> Any:
    g = np.random.default_rng(0).normal(size=module(x).shape)
    module.backward(g)
    pairs = [(x, module.backward(g))]
    if hasattr(module, "weights"):
        pairs += [(module.weights, len(x) * module.d_weights), (module.biases, len(x) * module.d_biases)]
    errors = []
    for array, given in pairs:
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            kept = array[index]
            array[index] = kept + 1e-5
            above = np.sum(g * module(x))
            array[index] = kept - 1e-5
            below = np.sum(g * module(x))
            array[index] = kept
            measured[index] = (above - below) / 2e-5
        errors.append(np.abs(given - measured).max() / (np.abs(given).max() + np.abs(measured).max() + 1e-12))
    return max(errors)


def check_with_copies(module: Any, x: Any) -> Any:
    """With a g of its own: the errors of these layers do not depend on it."""
    g = np.random.default_rng(7).normal(size=module(x).shape)
    given = {"x": module.backward(g)}
    values = {"x": x}
    if isinstance(module, Linear):
        values |= {"weights": module.weights, "biases": module.biases}
        given |= {"weights": module.d_weights * len(x), "biases": module.d_biases * len(x)}
    worst = 0.0
    for name, value in values.items():
        measured = np.zeros(value.size)
        for j in range(value.size):
            step = np.zeros(value.size)
            step[j] = 1e-5
            sums = []
            for sign in (1, -1):
                moved = value + sign * step.reshape(value.shape)
                if name == "x":
                    sums.append(np.sum(g * module(moved)))
                else:
                    setattr(module, name, moved)
                    sums.append(np.sum(g * module(x)))
                    setattr(module, name, value)
            measured[j] = (sums[0] - sums[1]) / 2e-5
        flat = np.ravel(given[name])
        size = np.max(np.abs(flat)) + np.max(np.abs(measured))
        worst = max(worst, np.max(np.abs(flat - measured)) / size if size > 0 else 0.0)
    return worst


# Central differences of linear layers are right to 1e-9 whatever the step. The steep module sets the tolerance:
# with steps of 1e-5 its error is 1e-5 to both sides and above 1e-3 to one side.
PROBE = Probe(
    "finite_difference_check", finite_difference_check,
    cases={"ordinary": Cases(_checked(), 2), "right": Cases(_checked(1.0), 1)},
    points=(Point("a wrong input gradient is found", 1, part="dx"),
           Point("wrong d_weights are found", 1.25, part="d_weights"),
           Point("wrong d_biases are found", 1.25, part="d_biases"),
           Point("right layers pass", 1, "right", "dx"),
           Point("a right and steep module passes", 0.25, "right", "steep"),
           Point("parameters as they were before", 0.25, "right", "steps_left_behind")),
    rtol=1e-4,
    atol=5e-4,
    use=use_finite_difference_check,
    slips=[
        Slip("one_sided", "kept - eps\n            measured[index] = (above - np.sum(g * module(x))) / (2 * eps)",
             "kept\n            measured[index] = (above - np.sum(g * module(x))) / eps",
             "The step goes to one side only, which is too coarse for a steep module. Step to both sides, as in "
             "problem set 2."),
        Slip("batch_size_forgotten",
             "pairs.append((module.weights, len(x) * module.d_weights))\n"
             "        pairs.append((module.biases, len(x) * module.d_biases))",
             "pairs.append((module.weights, module.d_weights))\n        pairs.append((module.biases, module.d_biases))",
             "Right layers look wrong to your check: in this library parameter gradients are means, while small "
             "steps measure sums."),
        Slip("input_gradient_only", "given in pairs", "given in pairs[:1]",
             "A layer with wrong parameter gradients passes your check. Nudge its weights and biases too."),
        Slip("biases_unchecked", "\n        pairs.append((module.biases, len(x) * module.d_biases))", "",
             "A layer with a wrong gradient of its biases passes your check."),
        Slip("smallest_error", "max(largest, np.max(np.abs(given - measured)) / size)",
             "min(largest or 1.0, np.max(np.abs(given - measured)) / size)",
             "One right gradient is enough to pass your check. The largest of the errors is asked for."),
        Slip("relative_to_the_measured_alone", "np.max(np.abs(given)) + ", "",
             "You divide by the measured gradient alone. The text asks for the sum of the two sizes, so that no "
             "error exceeds 1."),
        Slip("absolute_error", " / size", "",
             "These are differences, not relative errors: they grow with the gradients themselves."),
        step_not_undone,
    ],
    variants=[check_in_place, check_with_copies],
)
