"""Factors with a name: constants that people lose, lengths of axes and arguments that are numbers. Pure."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np

from grading.judge.cases import Sizes

CLOSE = 1e-3  # of a ratio and a factor, relative
Value = Callable[[Sizes], float | None]

CONSTANTS = {
    2.0: "twice {what}",
    0.5: "half of {what}",
    3.0: "three times {what}",
    1 / 3: "a third of {what}",
    4.0: "four times {what}",
    0.25: "a quarter of {what}",
    10.0: "10 times {what}",
    0.1: "a tenth of {what}",
    100.0: "100 times {what}",
    0.01: "a hundredth of {what}",
    255.0: "255 times {what}",
    1 / 255: "{what}, divided by 255",
    math.log(10): "{what}, times log 10 ≈ 2.30",
    1 / math.log(10): "{what}, divided by log 10 ≈ 2.30, as if a logarithm had base 10",
    math.log(2): "{what}, times log 2 ≈ 0.69",
    1 / math.log(2): "{what}, divided by log 2 ≈ 0.69, as if a logarithm had base 2",
}


@dataclass(frozen=True)
class Factor:
    """A factor in words, and its value for the arguments of a case (None where it has none)."""

    words: str
    value: Value


def factors(sizes: Sizes, ratio: float) -> Iterator[Factor]:
    """The named factors that equal this ratio for arguments of these sizes, simple ones first; then any constant, also
    beside a size."""
    sign = math.copysign(1.0, ratio)
    turned = ", with the sign turned" if sign < 0 else ""
    values, named = _named(tuple(sizes.items()))
    for place in np.flatnonzero(np.abs(values - abs(ratio)) <= CLOSE * values):
        words, of = named[place]
        yield Factor(words + turned, _signed(sign, of))
    if not abs(ratio - 1.0) <= CLOSE:
        yield Factor("the same constant times {what} in every case", lambda sizes: ratio)
    for name, size in sizes.items():
        if size > 1:
            words = f"a constant, the same one in every case, as where a number is written in for {name}"
            yield Factor(f"{{what}}, times {name} and {words}", _of(name, partial(_times, ratio / size)))
            yield Factor(f"{{what}}, divided by {name} and by {words}", _of(name, partial(_divided, ratio * size)))


def _times(constant: float, size: float) -> float:
    return constant * size


def _divided(constant: float, size: float) -> float:
    return constant / size


SIZE_FACTORS: dict[str, Callable[[float], float]] = {
    "{what}, times {size}: a sum where a mean is due": lambda size: size,
    "{what}, divided by {size}: a mean where a sum is due, or one division too many": lambda size: 1 / size,
    "{what}, times {size} less 1": lambda size: size - 1,
    "{what}, with {size} less 1 for a divisor where the whole of it is due":
        lambda size: size / (size - 1) if size > 1 else 0.0,
    "{what}, with the whole of {size} for a divisor where one less is due": lambda size: (size - 1) / size,
    "{what}, divided by twice {size}": lambda size: 1 / (2 * size),
    "{what}, times the square of {size}": lambda size: size * size,
    "{what}, divided by the square of {size}: it divides twice": lambda size: 1 / (size * size),
}
TWO_SIZES: dict[str, Callable[[float, float], float]] = {
    "{what}, times {a}, divided by {b}": lambda a, b: a / b,
    "{what}, times {a} and {b}": lambda a, b: a * b,
    "{what}, divided by {a} and by {b}": lambda a, b: 1 / (a * b),
}


@lru_cache(maxsize=64)
def _named(sizes: tuple[tuple[str, float], ...]) -> tuple[np.ndarray[Any, Any], list[tuple[str, Value]]]:
    """All factors that have a name for arguments of these sizes: their values, their words, and how to get them."""
    found = [(constant, words, _always(constant)) for constant, words in CONSTANTS.items()]
    for name, size in sizes:
        for words, of in SIZE_FACTORS.items():
            if size > 0 and (value := of(size)) and abs(value - 1) > 1e-9:
                found.append((value, words.format(size=name, what="{what}"), _of(name, of)))
    for name, size in sizes:
        for other, second in sizes:
            for words, both in TWO_SIZES.items():
                if name != other and min(size, second) > 1:
                    found.append((both(size, second), words.format(a=name, b=other, what="{what}"),
                                  _of_two(name, other, both)))
    return np.array([value for value, _, _ in found]), [(words, of) for _, words, of in found]


def _always(value: float) -> Value:
    return lambda sizes: value


def _signed(sign: float, of: Value) -> Value:
    def value(sizes: Sizes) -> float | None:
        unsigned = of(sizes)
        return None if unsigned is None else sign * unsigned
    return value


def _of(name: str, of: Callable[[float], float]) -> Value:
    def value(sizes: Sizes) -> float | None:
        size = sizes.get(name)
        return None if size is None or size <= 0 else of(size)
    return value


def _of_two(first: str, second: str, both: Callable[[float, float], float]) -> Value:
    def value(sizes: Sizes) -> float | None:
        a, b = sizes.get(first, 0.0), sizes.get(second, 0.0)
        return both(a, b) if a > 0 and b > 0 else None
    return value
