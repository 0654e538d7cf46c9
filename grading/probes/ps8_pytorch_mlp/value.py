"""A number that remembers how it was made. The reference leaves the remembering to PyTorch, in float64.

Expressions are texts over a list `v` of values, so that a student's class and the reference compute the same.
"""

from functools import partial
from typing import Any

import numpy as np
import torch
from numpy.random import Generator

from grading.probes.model import Cases, Each, Inputs, Point, Probe, Slip
from helpers.tape import Arithmetic

# In the first ones each number is used once, so that what goes wrong for those that are used twice costs nothing here.
ORDINARY = ("v[0] * v[1] + v[2] ** 3", "(v[0] + v[1]) * (v[2] - v[3])", "v[0] ** 2 * v[1] + v[2] / v[3]",
            "(v[0] ** 2).relu() * v[1] + (-(v[2] ** 2)).relu() * v[3]", "(v[0] - v[1] ** -2) * v[2] * v[3]",
            "2 * v[0] + 3", "1 - v[0] * 0.5", "4 / v[0] - v[1] / 8", "v[0] - 7 + v[1] * 3")
SHARED = ("v[0] * v[0] + v[1]", "v[0] + v[0] + v[1]", "(s := v[0] * v[1]) * s + s",
          "(s := v[0] + v[1], t := s * v[2], t * s + s ** 2)[-1]",
          "(s := v[0] * v[1], t := s + v[2], u := t * t, u * s + t)[-1]")
FUNCTIONS = ("v[0].exp() * v[1]", "(v[0] ** 2 + 1).log() + v[1].exp()",
             "(v[0].exp() + v[1].exp() + v[2].exp()).log() - v[3]")


def _numbers(rng: Generator, count: int = 4) -> np.ndarray:
    """Neither near 0, where quotients are steep, nor of equal size."""
    return np.asarray(rng.permutation([0.6, 0.9, 1.3, 1.7])[:count] * rng.choice([-1, 1], size=count)
                      + rng.uniform(-0.1, 0.1, size=count))


def _each(expressions: tuple[str, ...]) -> Each:
    def draw(expression: str, rng: Generator) -> Inputs:
        return {"expression": expression, "numbers": _numbers(rng)}
    return Each([partial(draw, expression) for expression in expressions])


def _network(rng: Generator) -> Inputs:
    """Two inputs, two hidden sigmoids, three classes and their cross-entropy: ten weights."""
    x0, x1 = (round(float(x), 3) for x in rng.uniform(0.5, 2, size=2))
    hidden = [f"h{j} := 1 / (1 + (-({x0} * v[{2 * j}] + {x1} * v[{2 * j + 1}])).exp())" for j in range(2)]
    logits = [f"z{k} := h0 * v[{4 + 2 * k}] + h1 * v[{5 + 2 * k}]" for k in range(3)]
    loss = f"(z0.exp() + z1.exp() + z2.exp()).log() - z{rng.integers(3)}"
    return {"expression": f"({', '.join([*hidden, *logits, loss])})[-1]", "numbers": rng.normal(size=10)}


class Value(Arithmetic):
    def __init__(self, data: Any) -> None:
        self.tensor = data if isinstance(data, torch.Tensor) else torch.tensor(float(data), dtype=torch.float64,
                                                                               requires_grad=True)

    data = property(lambda self: self.tensor.item())
    grad = property(lambda self: 0.0 if self.tensor.grad is None else self.tensor.grad.item())

    def __add__(self, other: Any) -> Any:
        return Value(self.tensor + getattr(other, "tensor", other))

    def __mul__(self, other: Any) -> Any:
        return Value(self.tensor * getattr(other, "tensor", other))

    def __pow__(self, power: float) -> Any:
        return Value(self.tensor**power)

    def relu(self) -> Any:
        return Value(torch.relu(self.tensor))

    def exp(self) -> Any:
        return Value(torch.exp(self.tensor))

    def log(self) -> Any:
        return Value(torch.log(self.tensor))

    def backward(self) -> None:
        self.tensor.backward()


def use_value(Value: Any, expression: str, numbers: Any) -> Any:
    """What an expression of these numbers gives, and what backward leaves in each of them."""
    v = [Value(float(number)) for number in numbers]
    result = eval(expression, {"v": v})
    result.backward()
    return {"data": result.data, "grad": np.array([value.grad for value in v])}


class TapeOfSteps(Arithmetic):
    """Keeps all steps in one list, in the order in which they were made."""

    def __init__(self, data: Any, steps: Any = None) -> None:
        self.data, self.grad, self.steps = data, 0.0, steps or []

    def made(self, data: Any, *parts: Any) -> Any:
        before = list({id(step): step for value, _ in parts for step in value.steps}.values())
        out = type(self)(data)
        out.steps = [*before, (out, parts)]
        return out

    def __add__(self, other: Any) -> Any:
        other = other if isinstance(other, type(self)) else type(self)(other)
        return self.made(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other: Any) -> Any:
        other = other if isinstance(other, type(self)) else type(self)(other)
        return self.made(self.data * other.data, (self, other.data), (other, self.data))

    def __pow__(self, power: Any) -> Any:
        return self.made(self.data**power, (self, power * self.data ** (power - 1)))

    def relu(self) -> Any:
        return self.made(max(self.data, 0.0), (self, float(self.data > 0)))

    def exp(self) -> Any:
        return self.made(np.exp(self.data), (self, np.exp(self.data)))

    def log(self) -> Any:
        return self.made(np.log(self.data), (self, 1 / self.data))

    def backward(self) -> None:
        self.grad = 1.0
        ordered, seen = [], set()
        for step in self.steps:
            if id(step) not in seen:
                seen.add(id(step))
                ordered.append(step)
        for out, parts in ordered[::-1]:
            for value, slope in parts:
                value.grad += slope * out.grad


class EachPathAlone(TapeOfSteps):
    """Walks along every path from the result to a number: slow, and right."""

    def made(self, data: Any, *parts: Any) -> Any:
        return type(self)(data, parts)

    def backward(self, arriving: float = 1.0) -> None:
        self.grad += arriving
        for value, slope in self.steps:
            value.backward(slope * arriving)


PARENTS_FIRST = ("for parent in value.parents:\n                    visit(parent)\n"
                 "                order.insert(0, value)")

PROBE = Probe(
    "Value", Value,
    cases={"ordinary": _each(ORDINARY), "shared": _each(SHARED), "functions": _each(FUNCTIONS),
           "network": Cases(_network, 2)},
    points=(Point("the value of an expression", 0.5, part="data"), Point("the slope of each number", 1.5, part="grad"),
            Point("a number that is used twice", 0.5, "shared"), Point("exp and log", 0.25, "functions"),
            Point("a small network", 0.25, "network")),
    use=use_value,
    slips=[
        Slip("overwritten", "parent.grad += slope", "parent.grad = slope",
             "A number that is used twice keeps the last part of its gradient only. The parts of all paths add up."),
        Slip("factors_not_exchanged", "(other.data, self.data)", "(self.data, other.data)",
             "In a product, the slope with respect to one factor is the other factor."),
        Slip("sum_like_a_product", "(1.0, 1.0)", "(other.data, self.data)",
             "Nudge one summand by a little: by how much does a sum change?"),
        Slip("power_left_out", "(power * self.data ** (power - 1),)", "(self.data ** (power - 1),)",
             "The slope of a power has the exponent in front."),
        Slip("exponent_not_lowered", "power * self.data ** (power - 1)", "power * self.data ** power",
             "In the slope of a power the exponent is one lower."),
        Slip("relu_always_on", "float(self.data > 0)", "1.0",
             "A ReLU that is off lets nothing through: its slope is 0 there."),
        Slip("slope_of_the_logarithm", "1 / self.data", "np.log(self.data)",
             "The slope of log x is 1 / x."),
        Slip("slope_of_the_exponential", "(np.exp(self.data),)", "(self.data,)",
             "The exponential is its own slope."),
        Slip("never_started", "self.grad = 1.0", "pass",
             "All gradients are zero. Where it starts, the slope of the result with respect to itself is 1."),
        Slip("from_the_leaves", "for value in order:", "for value in reversed(order):",
             "You go through the list from the numbers to the result. The gradient comes from the other end."),
        Slip("slope_alone", "slope * value.grad", "slope",
             "Each step adds its own slope only. The chain rule multiplies it with the gradient of what it leads to."),
        Slip("passed_on_too_early", PARENTS_FIRST,
             "order.append(value)\n                for parent in value.parents:\n                    visit(parent)",
             "A number passes its gradient on before all parts of it have arrived. It may do so only when everything "
             "that it was used for has done so."),
    ],
    variants=[TapeOfSteps, EachPathAlone],
)
