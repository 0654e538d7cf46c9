"""Factors with a name: constants that people lose, lengths of axes and arguments that are numbers. Pure."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from grading.judge.evidence import Array

AXES = {1: ("the length of {}",), 2: ("the number of rows of {}", "the number of columns of {}")}
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
    value: Callable[[Mapping[str, Array]], float | None]


def sizes(arguments: Mapping[str, Array]) -> dict[str, float]:
    """Every length of an axis, every number of entries and every number among the arguments, by its name in words."""
    found: dict[str, float] = {}
    for name, value in arguments.items():
        if value.ndim == 0 and value.dtype.kind in "iuf":
            found[f"`{name}`"] = float(value)
        names = AXES.get(value.ndim, tuple(f"the length of axis {axis} of {{}}" for axis in range(value.ndim)))
        for words, length in zip(names, value.shape, strict=False):
            found[words.format(f"`{name}`")] = float(length)
        if value.ndim > 1:
            found[f"the number of entries of `{name}`"] = float(value.size)
    return found


def factors(arguments: Mapping[str, Array], ratio: float) -> Iterator[Factor]:
    """The named factors that equal this ratio for these arguments, simple ones first; then any constant."""
    sign = math.copysign(1.0, ratio)
    turned = ", with the sign turned" if sign < 0 else ""
    known = sizes(arguments)
    for constant, words in CONSTANTS.items():
        if _same(abs(ratio), constant):
            yield Factor(words + turned, _always(sign * constant))
    for name, size in known.items():
        for words, of in SIZE_FACTORS.items():
            if size > 0 and (value := of(size)) and abs(value - 1) > 1e-9 and _same(abs(ratio), value):
                yield Factor(words.format(size=name, what="{what}") + turned, _of(name, of, sign))
    for name, size in known.items():
        for other, second in known.items():
            for words, both in TWO_SIZES.items():
                if name != other and min(size, second) > 1 and _same(abs(ratio), both(size, second)):
                    yield Factor(words.format(a=name, b=other, what="{what}") + turned,
                                 _of_two(name, other, both, sign))
    if not _same(ratio, 1.0):
        yield Factor("the same constant times {what} in every case", _always(ratio))


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


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-3 * abs(b)


def _always(value: float) -> Callable[[Mapping[str, Array]], float | None]:
    return lambda arguments: value


def _of(name: str, of: Callable[[float], float], sign: float) -> Callable[[Mapping[str, Array]], float | None]:
    def value(arguments: Mapping[str, Array]) -> float | None:
        size = sizes(arguments).get(name)
        return None if size is None or size <= 0 else sign * of(size)
    return value


def _of_two(first: str, second: str, both: Callable[[float, float], float], sign: float
            ) -> Callable[[Mapping[str, Array]], float | None]:
    def value(arguments: Mapping[str, Array]) -> float | None:
        known = sizes(arguments)
        a, b = known.get(first, 0.0), known.get(second, 0.0)
        return sign * both(a, b) if a > 0 and b > 0 else None
    return value
