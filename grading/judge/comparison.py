"""Two outcomes of one case side by side: what differs first, and whether they are the same. Pure.

A value is compared in one order: defined, type, shape, dtype, finite, value. What differs first is what the student
reads.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from grading.judge.case_outcome import LOST, Outcome
from grading.judge.cases import Case
from grading.probes.implementations import may_stop
from grading.probes.model import Probe
from helpers.wire import DTYPES, Leaf, flatten

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


@dataclass(frozen=True)
class Finding:
    """The first thing about one case that does not hold; `part` is the leaf it concerns, "" where it is all of it.

    `factor` is the positive number by which all values are too large; 0 where there is none.
    """

    case: Case
    part: str
    message: str
    factor: float = 0.0


def compare(probe: Probe, case: Case, got: Outcome, expected: Outcome) -> list[Finding]:
    """What does not hold for one case, at most one finding per leaf; empty when the answer is right."""
    if got.error == LOST:
        return [Finding(case, "", "the test cell stopped before this case")]
    if got.error:
        if may_stop(case.inputs):
            return []
        return [Finding(case, "", f"{probe.id} stopped with {got.error}: {got.message}")]
    missing = [name for name in expected.leaves if name not in got.leaves]
    if missing and (probe.observe or len(missing) == len(expected.leaves)):
        return [Finding(case, "", f"type: got {_kinds(got)}, expected {_kinds(expected)}")]
    forms = {name: problem for name, want in expected.leaves.items()
             if (problem := _form_problem(probe, got, name, want))}
    findings = [Finding(case, name, problem) for name, problem in forms.items()]
    if forms and probe.observe:  # nothing can be observed of parts that do not have their form
        return [Finding(case, "", f"{part_label(findings[0].part)}: {findings[0].message}".removeprefix(": "))]
    seen, sought = observe(probe, case, got), observe(probe, case, expected)
    if isinstance(seen, str):
        return [Finding(case, "", seen)]
    assert not isinstance(sought, str), sought
    for name in (name for name in sought if name not in forms):
        target = sought[name]
        close = near(probe, seen[name], target)
        if not close.all():
            index = tuple(int(i) for i in np.argwhere(~close)[0])
            what = f"{probe.observed} differs"
            if index:
                what += f", first at index {index}"
            if probe.observe is None:
                yours = seen[name][index]
                what += f", where yours is {bool(yours) if target.dtype.kind == 'b' else f'{float(yours):.6g}'}"
            if probe.observe is None and expected.leaves[name].kind == "set":
                what = "these are not the right choices"  # which one is wrong would be an answer
            findings.append(Finding(case, name, what, _factor(probe, seen[name], target)))
    return findings


def observe(probe: Probe, case: Case, outcome: Outcome) -> dict[str, np.ndarray[Any, Any]] | str:
    """The arrays that are compared; a sentence when the answer's parts do not fit together. Worked out once."""
    if "values" not in outcome.observed:
        outcome.observed["values"] = _observe(probe, case, outcome)
    return outcome.observed["values"]


def _observe(probe: Probe, case: Case, outcome: Outcome) -> dict[str, np.ndarray[Any, Any]] | str:
    values = {name: leaf.value for name, leaf in outcome.leaves.items() if leaf.value is not None}
    if probe.observe is None:
        return values
    answer = values["out"] if set(values) == {"out"} else {name[4:]: value for name, value in values.items()}
    try:
        with np.errstate(all="ignore"):
            observed = probe.observe(case.inputs, answer)
    except (ValueError, IndexError) as error:
        return f"the arrays do not fit together: {error}"
    except Exception as error:  # a student's values may be of any kind; no reference's are
        return f"nothing can be computed from these values: {error}"
    return {leaf.name: leaf.value for leaf in flatten("out", observed) if leaf.value is not None}


def _factor(probe: Probe, got: np.ndarray[Any, Any], want: np.ndarray[Any, Any]) -> float:
    """The positive factor that an array is off by; 0 where it is off by more than that, or is a single number."""
    with np.errstate(all="ignore"):
        factor = float(np.abs(got).sum() / np.abs(want).sum()) if want.size > 1 else 0.0
        return factor if 0 < factor < math.inf and near(probe, got / factor, want).all() else 0.0


def form(shape: tuple[int, ...]) -> str:
    """A shape in words."""
    return f"an array of shape {shape}" if shape else "one number"


def part_label(name: str) -> str:
    """What a student calls a part of an answer: `dW1`, the second value; nothing where there is one only."""
    name = name.removeprefix("out").removeprefix(".")
    if name.isdigit() and int(name) < len(ORDINALS):
        return f"the {ORDINALS[int(name)]} value you return"
    return f"`{name}`" if name else ""


def _missing(got: Outcome, name: str) -> str:
    """Why a part that is asked for cannot be found among others that came out."""
    several = any(other.startswith(f"{name}.") for other in got.leaves)
    return f"type: got {'several values' if several else 'nothing'}, expected one"


def _form_problem(probe: Probe, outcome: Outcome, name: str, want: Leaf) -> str:
    """Type, shape, dtype and finiteness of one leaf, in that order; empty when all hold."""
    if name not in outcome.leaves:
        return _missing(outcome, name)
    got = outcome.leaves[name]
    if want.value is None:
        return "" if got.kind == want.kind and not got.dtype else f"type: got {got.kind}, expected {want.kind}"
    if not got.dtype:
        return f"type: got {got.kind}, expected numbers"
    if got.shape != want.shape and not (probe.free_shapes and len(got.shape) == len(want.shape)):
        return f"got {form(got.shape)}, {form(want.shape)} is asked for"
    if got.dtype not in DTYPES:
        return f"dtype: got {got.dtype}, expected {np.dtype(want.dtype).name}"
    if got.value is None:
        return f"shape: {got.shape} is larger than this exercise needs"
    if not np.all(np.isfinite(got.value)):
        index = tuple(int(i) for i in np.argwhere(~np.isfinite(got.value))[0])
        where = f" at index {index}" if index else ""
        return f"finite: got {float(got.value[index])}{where}"
    return ""


def _kinds(outcome: Outcome) -> str:
    if set(outcome.leaves) == {"out"}:
        leaf = outcome.leaves["out"]
        return {"number": "a number", "array": form(leaf.shape)}.get(leaf.kind, leaf.kind)
    names = [name[4:] for name in outcome.leaves]
    return "parts named " + ", ".join(names[:8]) + (", …" if names[8:] else "") if names else "nothing"


def equal(probe: Probe, case: Case, got: Outcome, known: Outcome) -> bool:
    """Whether an answer is the known one: the same exception, or leaves with the same values (nan included)."""
    if got.error or known.error:
        return got.error == known.error
    if known.changed - got.changed:
        return False
    if known.leaves.keys() - got.leaves.keys():
        return False
    if any(got.leaves[name].dtype == "" or got.leaves[name].value is None for name in known.leaves
           if known.leaves[name].value is not None):
        return False
    if any(leaf.value is None and got.leaves[name].kind != leaf.kind for name, leaf in known.leaves.items()):
        return False
    if not probe.free_shapes and any(got.leaves[name].shape != leaf.shape for name, leaf in known.leaves.items()):
        return False
    seen, sought = observe(probe, case, got), observe(probe, case, known)
    if isinstance(seen, str) or isinstance(sought, str):
        return seen == sought
    return all(np.shape(seen[name]) == np.shape(value)
               and (near(probe, seen[name], value) | (np.isnan(seen[name]) & np.isnan(value))).all()
               for name, value in sought.items())


def near(probe: Probe, got: Any, want: Any) -> np.ndarray[Any, Any]:
    """Where two arrays agree within the probe's tolerance, which is relative to the largest entry that is wanted.

    An entry that is small among large ones is a difference of such: in float32, or with a small constant in a
    denominator, it has few digits of its own.
    """
    a, b = np.asarray(got, dtype=float), np.asarray(want, dtype=float)
    largest = float(np.maximum.reduce(np.abs(b), axis=None, initial=0.0))
    if math.isfinite(largest):  # nearly always, and asked for thousands of times where an answer is wrong
        return np.asarray(np.abs(a - b) <= probe.atol + probe.rtol * largest)
    finite = np.isfinite(b)
    with np.errstate(invalid="ignore"):
        tolerance = probe.atol + probe.rtol * np.max(np.abs(b), where=finite, initial=0.0)
        return np.asarray((np.abs(a - b) <= tolerance) & finite | (a == b))
