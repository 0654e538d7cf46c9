"""Hidden inputs: unknown to students, the same again for a regrade."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np

from grading.probes.model import Inputs, Probe
from helpers.wire import flatten

Array = np.ndarray[Any, Any]
Sizes = Mapping[str, float]
Form = tuple[str, tuple[int, ...], bytes]  # dtype, shape and bytes of an array
AXES = {1: ("the length of {}",), 2: ("the number of rows of {}", "the number of columns of {}")}


@dataclass(frozen=True)
class Case:
    """One call of the student's answer. `number` is its place in the order in which the cases are tried."""

    number: int
    group: str
    inputs: Inputs

    @cached_property
    def arguments(self) -> dict[str, Form]:
        """The arrays and numbers among the inputs, as they come in, by name: `args.x`, `args.weights.0`."""
        return forms_of(self.inputs)

    @cached_property
    def arrays(self) -> dict[str, Array]:
        """The arrays and numbers among the inputs, by the names they have for a student: `x`, `weights[0]`."""
        return dict(_arrays(self.inputs))

    @cached_property
    def sizes(self) -> Sizes:
        """Every length of an axis, number of entries and number among the inputs, by its name in words."""
        return _sizes(self.arrays)


def forms_of(inputs: Mapping[str, object]) -> dict[str, Form]:
    """The arrays and numbers among arguments, by name."""
    leaves = [leaf for key, value in inputs.items() if not callable(value) for leaf in flatten(f"args.{key}", value)]
    return {leaf.name: (leaf.dtype, leaf.shape, b"" if leaf.value is None else leaf.value.tobytes()) for leaf in leaves}


def draw_cases(probe: Probe, secret: bytes, student: str, problem_set: str) -> list[Case]:
    """All cases of a probe, shuffled, with one ordinary input repeated at the end.

    The repeat catches answers that depend on how often or in what order they are called.
    """
    drawn = [(group, spec.drawn(index, _generator(secret, student, problem_set, probe.id, group, str(index))))
             for group, spec in probe.cases.items() for index in range(spec.count)]
    _generator(secret, student, problem_set, probe.id, "order").shuffle(drawn)
    if probe.cases["ordinary"].count > 1:
        drawn.append(next(item for item in drawn if item[0] == "ordinary"))
    return [Case(number, group, inputs) for number, (group, inputs) in enumerate(drawn)]


def _generator(secret: bytes, *words: str) -> np.random.Generator:
    digest = blake2b("\0".join(words).encode(), key=secret, digest_size=16).digest()
    return np.random.default_rng(int.from_bytes(digest, "little"))


def _arrays(inputs: Inputs) -> Iterator[tuple[str, Array]]:
    for key, value in inputs.items():
        for leaf in flatten(key, value) if not callable(value) else ():
            if leaf.value is not None:
                name, _, rest = leaf.name.partition(".")
                yield name + "".join(f"[{word}]" if word.isdigit() else f'["{word}"]'
                                     for word in rest.split(".") if word), leaf.value


def _sizes(arguments: Mapping[str, Array]) -> dict[str, float]:
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
