"""What an answer gives on one case: run here for an instructor's answer, decoded from the wire for a student's."""

import math
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grading.judge.cases import Case, Form, forms_of
from grading.probes.model import Probe
from helpers.wire import Leaf, WireError, decode_leaves, flatten

LOST = "lost"  # stands where an exception's name would, when no reply came
MAX_CHOICES = 64  # of one multiple-choice answer
MAX_RELATED_AXES = 4
FREE_SIZE = 4096  # elements; the bound for arrays whose sizes the exercise leaves to the student


@dataclass(frozen=True)
class Reply:
    """What came back for one case, as it stood on the wire."""

    header: Mapping[str, Any]
    blobs: list[bytes]


@dataclass(frozen=True)
class Outcome:
    """One computation on one case: named leaves, or the name of the exception that ended it."""

    leaves: Mapping[str, Leaf]
    error: str = ""
    message: str = ""
    inside: bool = False  # the exception came from the student's own lines
    changed: frozenset[str] = frozenset()  # names of arguments that are no longer what they were, where that counts
    observed: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)  # kept by `observe`


def run(probe: Probe, answer: Callable[..., Any] | Mapping[str, Any], case: Case) -> Outcome:
    """What an instructor's answer (a reference or a mistake) gives on a case, in the form of a shipped answer."""
    inputs = {key: deepcopy(value) for key, value in case.inputs.items()}
    try:
        with np.errstate(all="ignore"):
            value = try_answer(probe, answer, inputs)
    except Exception as error:
        return Outcome({}, type(error).__name__, str(error))
    return Outcome({leaf.name: _membership(leaf) if leaf.kind == "set" else leaf for leaf in flatten("out", value)},
                   changed=_changed(forms_of(inputs), case.arguments) if probe.unchanged else frozenset())


def try_answer(probe: Probe, answer: Callable[..., Any] | Mapping[str, Any], inputs: Mapping[str, Any]) -> Any:
    """The value of an answer on these inputs, as the hidden cell of a notebook would get it."""
    if not callable(answer):
        return dict(answer)
    return probe.use(answer, *inputs.values()) if probe.use else answer(*inputs.values())


def _changed(after: Mapping[str, Form], before: Mapping[str, Form]) -> frozenset[str]:
    """Names of the arguments whose leaves differ."""
    return frozenset(name.split(".")[1] for name in {*after, *before} if after.get(name) != before.get(name))


def decode(probe: Probe, case: Case, reply: Reply | None, known: Sequence[Outcome], related: bool = False) -> Outcome:
    """Decode a reply, taking bytes only in shapes that the reference or a known mistake has.

    With `related` also in shapes that are made of the lengths of their axes and those of the arguments: transposed,
    with an axis fewer, with one too many, in one row, or two or three values for one. These are bounded by `FREE_SIZE`,
    or by the largest of what is known.
    """
    if reply is None:
        return Outcome({}, LOST)
    if "error" in reply.header:
        error = reply.header["error"]
        kind, message = (error.get(key) if isinstance(error, dict) else None for key in ("type", "message"))
        if not isinstance(kind, str) or not isinstance(message, str):
            raise WireError("an error needs type and message")
        line = error.get("line")
        where = f" in line {line} of your cell `{probe.id}`" if type(line) is int and error.get("own") is True else ""
        return Outcome({}, kind[:80], f"{message[:300]}{where}", inside=type(line) is int)
    arguments = case.arguments
    choices = {leaf.name for outcome in known for leaf in outcome.leaves.values() if leaf.kind == "set"}
    shapes: dict[str, set[tuple[int, ...]]] = {}
    for outcome in known:
        for leaf in outcome.leaves.values():
            shapes.setdefault(leaf.name, set()).add(leaf.shape)
    if related:
        met = [*(leaf[1] for leaf in arguments.values()), *(shape for known in shapes.values() for shape in known)]
        lengths = {1, 2, 3, *(length for shape in met for length in (*shape, math.prod(shape)))}
        largest = max([FREE_SIZE, *(math.prod(shape) for shape in met)])

    def accept(name: str, dtype: str, shape: tuple[int, ...]) -> bool:
        if name in arguments:
            return (dtype, shape) == arguments[name][:2]
        if name in choices:
            return len(shape) < 2 and int(np.prod(shape)) <= MAX_CHOICES
        if probe.free_shapes and name in shapes:
            return len(shape) in {len(s) for s in shapes[name]} and int(np.prod(shape)) <= FREE_SIZE
        if related and len(shape) <= MAX_RELATED_AXES:
            return lengths.issuperset(shape) and math.prod(shape) <= largest
        return shape in shapes.get(name, ())

    leaves = decode_leaves(reply.header.get("leaves"), reply.blobs, accept)
    after = {leaf.name: (leaf.dtype, leaf.shape, b"" if leaf.value is None else leaf.value.tobytes())
             for leaf in leaves if leaf.name in arguments} if probe.unchanged else {}
    outs = {leaf.name: _membership(leaf) if leaf.name in choices else leaf
            for leaf in leaves if leaf.name == "out" or leaf.name.startswith("out.")}
    return Outcome(outs, changed=_changed(after, arguments) if probe.unchanged else frozenset())


def _membership(leaf: Leaf) -> Leaf:
    """Choices sent as a set, a list or one number, turned into which of 0, 1, 2, … are among them."""
    value = leaf.value
    if value is None or value.dtype.kind not in "iu":
        return leaf
    numbers = np.clip(value, 0, MAX_CHOICES - 1)  # what is no choice at all counts as the last one, which never is
    chosen = np.isin(np.arange(MAX_CHOICES), numbers)
    return Leaf(leaf.name, "set", chosen.dtype.str, chosen.shape, chosen)
