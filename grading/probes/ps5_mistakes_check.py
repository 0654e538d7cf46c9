"""Wrong answers to ps5's `finite_difference_check`: every one draws the same g, as the text asks."""

from typing import Any

import numpy as np

from grading.probes.model import Mistake
from grading.probes.ps5_reference import Linear
from helpers.modules import Module

NOTEBOOK = (Linear, Module)  # not used here, but the notebook has them, and stand-ins are derived from them


def one_sided(module: Any, x: Any) -> Any:
    g = np.random.default_rng(0).normal(size=module(x).shape)
    names = [name for name in ("weights", "biases") if hasattr(module, name)]
    arrays = [x, *(getattr(module, name) for name in names)]
    measured = []
    for array in arrays:
        slopes = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            before, kept = np.sum(g * module(x)), array[index]
            array[index] = kept + 1e-5
            slopes[index] = (np.sum(g * module(x)) - before) / 1e-5
            array[index] = kept
        measured.append(slopes)
    module(x)
    given = [module.backward(g), *(len(x) * getattr(module, "d_" + name) for name in names)]
    return max(np.max(np.abs(a - n)) / (np.max(np.abs(a)) + np.max(np.abs(n)) + 1e-12)
               for a, n in zip(given, measured, strict=True))


def batch_size_forgotten(module: Any, x: Any) -> Any:
    g = np.random.default_rng(0).normal(size=module(x).shape)
    names = [name for name in ("weights", "biases") if hasattr(module, name)]
    arrays = [x, *(getattr(module, name) for name in names)]
    measured = []
    for array in arrays:
        slopes = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            kept = array[index]
            array[index] = kept + 1e-5
            above = np.sum(g * module(x))
            array[index] = kept - 1e-5
            slopes[index] = (above - np.sum(g * module(x))) / 2e-5
            array[index] = kept
        measured.append(slopes)
    module(x)
    given = [module.backward(g), *(getattr(module, "d_" + name) for name in names)]
    return max(np.max(np.abs(a - n)) / (np.max(np.abs(a)) + np.max(np.abs(n)) + 1e-12)
               for a, n in zip(given, measured, strict=True))


def input_gradient_only(module: Any, x: Any) -> Any:
    g = np.random.default_rng(0).normal(size=module(x).shape)
    slopes = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        kept = x[index]
        x[index] = kept + 1e-5
        above = np.sum(g * module(x))
        x[index] = kept - 1e-5
        slopes[index] = (above - np.sum(g * module(x))) / 2e-5
        x[index] = kept
    module(x)
    dx = module.backward(g)
    return np.max(np.abs(dx - slopes)) / (np.max(np.abs(dx)) + np.max(np.abs(slopes)) + 1e-12)


def biases_unchecked(module: Any, x: Any) -> Any:
    g = np.random.default_rng(0).normal(size=module(x).shape)
    names = [name for name in ("weights",) if hasattr(module, name)]
    arrays = [x, *(getattr(module, name) for name in names)]
    measured = []
    for array in arrays:
        slopes = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            kept = array[index]
            array[index] = kept + 1e-5
            above = np.sum(g * module(x))
            array[index] = kept - 1e-5
            slopes[index] = (above - np.sum(g * module(x))) / 2e-5
            array[index] = kept
        measured.append(slopes)
    module(x)
    given = [module.backward(g), *(len(x) * getattr(module, "d_" + name) for name in names)]
    return max(np.max(np.abs(a - n)) / (np.max(np.abs(a)) + np.max(np.abs(n)) + 1e-12)
               for a, n in zip(given, measured, strict=True))


def smallest_error(module: Any, x: Any) -> Any:
    g = np.random.default_rng(0).normal(size=module(x).shape)
    names = [name for name in ("weights", "biases") if hasattr(module, name)]
    arrays = [x, *(getattr(module, name) for name in names)]
    measured = []
    for array in arrays:
        slopes = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            kept = array[index]
            array[index] = kept + 1e-5
            above = np.sum(g * module(x))
            array[index] = kept - 1e-5
            slopes[index] = (above - np.sum(g * module(x))) / 2e-5
            array[index] = kept
        measured.append(slopes)
    module(x)
    given = [module.backward(g), *(len(x) * getattr(module, "d_" + name) for name in names)]
    return min(np.max(np.abs(a - n)) / (np.max(np.abs(a)) + np.max(np.abs(n)) + 1e-12)
               for a, n in zip(given, measured, strict=True))


def relative_to_the_measured_alone(module: Any, x: Any) -> Any:
    g = np.random.default_rng(0).normal(size=module(x).shape)
    names = [name for name in ("weights", "biases") if hasattr(module, name)]
    arrays = [x, *(getattr(module, name) for name in names)]
    measured = []
    for array in arrays:
        slopes = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            kept = array[index]
            array[index] = kept + 1e-5
            above = np.sum(g * module(x))
            array[index] = kept - 1e-5
            slopes[index] = (above - np.sum(g * module(x))) / 2e-5
            array[index] = kept
        measured.append(slopes)
    module(x)
    given = [module.backward(g), *(len(x) * getattr(module, "d_" + name) for name in names)]
    return max(np.max(np.abs(a - n)) / (np.max(np.abs(n)) + 1e-12) for a, n in zip(given, measured, strict=True))


def absolute_error(module: Any, x: Any) -> Any:
    g = np.random.default_rng(0).normal(size=module(x).shape)
    names = [name for name in ("weights", "biases") if hasattr(module, name)]
    arrays = [x, *(getattr(module, name) for name in names)]
    measured = []
    for array in arrays:
        slopes = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            kept = array[index]
            array[index] = kept + 1e-5
            above = np.sum(g * module(x))
            array[index] = kept - 1e-5
            slopes[index] = (above - np.sum(g * module(x))) / 2e-5
            array[index] = kept
        measured.append(slopes)
    module(x)
    given = [module.backward(g), *(len(x) * getattr(module, "d_" + name) for name in names)]
    return max(np.max(np.abs(a - n)) for a, n in zip(given, measured, strict=True))


def step_not_undone(module: Any, x: Any) -> Any:
    g = np.random.default_rng(0).normal(size=module(x).shape)
    names = [name for name in ("weights", "biases") if hasattr(module, name)]
    arrays = [x, *(getattr(module, name) for name in names)]
    measured = []
    for array in arrays:
        slopes = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            array[index] += 1e-5
            above = np.sum(g * module(x))
            array[index] -= 2e-5
            slopes[index] = (above - np.sum(g * module(x))) / 2e-5
        measured.append(slopes)
    module(x)
    given = [module.backward(g), *(len(x) * getattr(module, "d_" + name) for name in names)]
    return max(np.max(np.abs(a - n)) / (np.max(np.abs(a)) + np.max(np.abs(n)) + 1e-12)
               for a, n in zip(given, measured, strict=True))


FINITE_DIFFERENCE_CHECK = (
    Mistake(one_sided, "The step goes to one side only, which is too coarse for a steep module. Step to both sides, "
                       "as in problem set 2."),
    Mistake(batch_size_forgotten, "Right layers look wrong to your check: in this library parameter gradients are "
                                  "means, while small steps measure sums."),
    Mistake(input_gradient_only, "A layer with wrong parameter gradients passes your check. Nudge its weights and "
                                 "biases too."),
    Mistake(biases_unchecked, "A layer with a wrong gradient of its biases passes your check."),
    Mistake(smallest_error, "One right gradient is enough to pass your check. The largest of the errors is asked for."),
    Mistake(relative_to_the_measured_alone, "You divide by the measured gradient alone. The text asks for the sum of "
                                            "the two sizes, so that no error exceeds 1."),
    Mistake(absolute_error, "These are differences, not relative errors: they grow with the gradients themselves."),
    Mistake(step_not_undone, "The parameters are not what they were before the check: every step has to be undone."),
)
