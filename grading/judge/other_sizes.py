"""The inputs of a case, as long along some axes as numbers that stand in an answer. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations, permutations
from math import prod
from typing import Any

import numpy as np

from grading.judge.cases import Array, Case
from grading.judge.nested import arrays_in, each_leaf
from grading.probes.model import Inputs

MOST_SIZES = 3  # written into one answer
MOST_NUMBERS = 6  # in an answer that may be these
LONGEST_BATCH = 10_000  # samples
LONG, LONGEST = 100, 1024  # along other axes, with so many samples or with FEW
FEW = 2  # samples, where another axis gets long
MOST_CALLS = 100  # with as many sizes
MOST_ENTRIES = 2_000_000  # in all of these together: they are sent


def with_sizes(cases: Sequence[Case], numbers: Sequence[int]) -> Iterator[tuple[dict[int, str], list[Inputs]]]:
    """Which axis is given which of these lengths, and the inputs of every case so made.

    The first axis is most often the batch's, and long batches cost most, so they come last.
    """
    axes = _told_apart(cases)
    names = list(axes)
    numbers = [number for number in numbers if number <= LONGEST_BATCH
               and not all(number in case.sizes.values() for case in cases)][:MOST_NUMBERS]
    for count in range(1, min(MOST_SIZES, len(numbers), len(axes)) + 1):
        calls = entries = 0
        ways = [dict(zip(some, chosen, strict=True)) for some in combinations(numbers, count)
                for chosen in permutations(names, count)]
        ways = [way for way in ways if _is_affordable(way, names[0])]
        for sizes in sorted(ways, key=lambda way: sum(number for number, axis in way.items() if axis == names[0])):
            shorter = {FEW: names[0]} if _is_batch(names[0]) and names[0] not in sizes.values() else {}
            lengths = [{int(case.sizes[axis]): number for number, axis in (shorter | sizes).items()} for case in cases]
            calls += len(cases)
            entries += sum(prod(new.get(length, length) for length in array.shape)
                           for case, new in zip(cases, lengths, strict=True) for array in arrays_in(case.inputs))
            if calls > MOST_CALLS or entries > MOST_ENTRIES:
                break
            whole = {name for axis in sizes.values() for name in axes[axis]}
            yield sizes, [_with_lengths(case.inputs, new, whole) for case, new in zip(cases, lengths, strict=True)]


def _is_affordable(sizes: Mapping[int, str], first: str) -> bool:
    """A reference may compare all entries along an axis with one another, for each sample."""
    others = [number for number, axis in sizes.items() if axis != first or not _is_batch(axis)]
    return all(number <= (LONGEST if len(others) == len(sizes) else LONG) for number in others)


def _is_batch(axis: str) -> bool:
    return axis.startswith("the number of rows")


def _told_apart(cases: Sequence[Case]) -> dict[str, list[str]]:
    """One name for each length that the cases vary together, and the arguments that are that number."""
    whole = {f"`{name}`": name for name, value in cases[0].arrays.items()
             if value.ndim == 0 and value.dtype.kind in "iu"}
    alike: dict[tuple[int, ...], list[str]] = {}
    for words in cases[0].sizes:
        is_one = words in whole or (words.startswith("the ") and "entries" not in words)
        if is_one and all(case.sizes.get(words, 0) > 1 for case in cases):
            alike.setdefault(tuple(int(case.sizes[words]) for case in cases), []).append(words)
    return {words[0]: [whole[one] for one in words if one in whole] for words in alike.values()}


def _with_lengths(inputs: Inputs, lengths: Mapping[int, int], whole: Collection[str]) -> Inputs:
    return {name: value if type(value) is int and name not in whole
            else each_leaf(value, partial(_resized, lengths=lengths)) for name, value in inputs.items()}


def _resized(leaf: Any, lengths: Mapping[int, int]) -> Any:
    if isinstance(leaf, np.ndarray):
        return _array_resized(leaf, lengths)
    return lengths.get(leaf, leaf) if type(leaf) is int else leaf


def _array_resized(value: Array, lengths: Mapping[int, int]) -> Array:
    """The same entries over and over; what is one-hot, or sums to one, along an axis is so afterwards."""
    for axis, length in enumerate(value.shape):
        if (new := lengths.get(length, length)) == length:
            continue
        longer = value.take(np.arange(new) % length, axis=axis)
        if value.dtype.kind == "f" and np.all(value >= 0) and np.allclose(value.sum(axis=axis), 1):
            if np.isin(value, (0, 1)).all():
                once = np.arange(new) < length
                longer = longer * once.reshape([-1 if other == axis else 1 for other in range(value.ndim)])
            else:
                longer = longer / longer.sum(axis=axis, keepdims=True)
        value = longer
    return value
