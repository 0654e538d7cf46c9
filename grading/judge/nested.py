"""Values inside dicts, lists and tuples, as arguments and answers are made of them. Pure."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grading.judge.cases import Array


def each_leaf(value: Any, change: Callable[[Any], Any]) -> Any:
    """The same dicts, lists and tuples, with every value inside changed."""
    if isinstance(value, dict):
        return {name: each_leaf(one, change) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(each_leaf(one, change) for one in value)
    return change(value)


def arrays_in(value: Any) -> Iterator[Array]:
    """The arrays among these values."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from arrays_in(one)
