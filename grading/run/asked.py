"""What comes back when a student's process calls an implementation that it may not see.

The implementation runs here, on values that a student chose: numbers, and arrays of a few thousand entries at most,
so that no product of them is large. Nothing is evaluated, and what goes wrong becomes an exception over there.
"""

import math
import warnings
from typing import Any

import numpy as np

from grading.judge.cases import Case
from grading.probes.implementations import implementation_among
from helpers.wire import Leaf, WireError, decode_leaves, flatten, pack

MOST_CALLS = 1000  # of one implementation
MOST_NUMBERS = 4096  # in all arguments together
MOST_BYTES = 1 << 20  # of what comes back
MOST_AXES = 2

Frame = tuple[dict[str, Any], list[bytes]]


def answer_asked(case: Case, count: int, headers: object, blobs: list[bytes]) -> Frame:
    """The frame that answers the `count`-th call of the implementation of a case.

    Raises WireError where the case hands none over, or the call is malformed.
    """
    if not (implementation := implementation_among(case.inputs)):
        raise WireError("an implementation that is not there")
    leaves = decode_leaves(headers, blobs, lambda name, dtype, shape: len(shape) <= MOST_AXES
                           and math.prod(shape) <= MOST_NUMBERS)
    try:
        if count > MOST_CALLS:
            raise RuntimeError(f"This implementation has been called {MOST_CALLS} times: no more calls are answered.")
        arguments, keywords = _arguments(leaves)
        with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
            value = implementation(*arguments, **keywords)
        if any(leaf.value is None for leaf in flatten("value", value)):
            raise TypeError("What came out of this call is no number and no array of numbers.")
        answered: list[bytes] = []
        frame = {"type": "answer", "value": pack(value, answered)}
        if sum(map(len, answered)) > MOST_BYTES:
            raise ValueError("The value of this call is too large to be sent.")
        return frame, answered
    except Exception as error:  # an implementation may be wrong in any way
        return {"type": "answer", "error": _builtin(error), "message": str(error)[:300]}, []


def _arguments(leaves: list[Leaf]) -> tuple[list[Any], dict[str, Any]]:
    """Arguments from leaves named `args.0`, `args.2.1`, `args.label`. Raises TypeError or ValueError, in words."""
    if any(not leaf.dtype for leaf in leaves):
        raise TypeError("An implementation takes numbers, arrays, and lists of them.")
    if any(leaf.value is None for leaf in leaves) or sum(math.prod(leaf.shape) for leaf in leaves) > MOST_NUMBERS:
        raise ValueError(f"All arguments of a call together may hold {MOST_NUMBERS} numbers, in arrays of at most "
                         f"{MOST_AXES} axes. Try it on something small.")
    tree: dict[str, Any] = {}
    for leaf in leaves:
        *above, last = leaf.name.split(".")[1:] or [""]
        place = tree
        for name in above:
            place = place.setdefault(name, {})
            if not isinstance(place, dict):
                raise ValueError("an argument inside a number")
        place[last] = _value(leaf)
    positional = [_listed(tree[str(i)]) for i in range(len(tree)) if str(i) in tree]
    return positional, {name: _listed(value) for name, value in tree.items() if not name.isdigit()}


def _value(leaf: Leaf) -> Any:
    assert leaf.value is not None
    return leaf.value.copy() if leaf.kind == "array" else leaf.value.tolist()  # a number, or a list of them


def _listed(value: Any) -> Any:
    """A tree of dicts whose keys count from 0 as nested lists."""
    return [_listed(one) for one in value.values()] if isinstance(value, dict) else value


def _builtin(error: Exception) -> str:
    """The name of an exception that Python itself has."""
    return next(kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins")
