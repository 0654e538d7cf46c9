"""From shipped values to a verdict. Pure functions: no files, no processes, no clock.

A value is compared in one order: defined, type, shape, dtype, finite, value. What differs first is what the student
reads. A wrong answer that equals a known mistake on the same inputs is named as that mistake.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np

from grading.cases import Case
from grading.probes.model import Mistake, Probe
from grading.verdict import NamedPoint, Verdict
from helpers.wire import DTYPES, Leaf, WireError, decode_leaves, flatten

LOST = "lost"  # stands where an exception's name would, when no reply came
FREE_SIZE = 4096  # elements; the bound for arrays whose sizes the exercise leaves to the student


@dataclass(frozen=True)
class Reply:
    """What came back for one case, as it stood on the wire."""

    header: Mapping[str, Any]
    blobs: list[bytes]


@dataclass(frozen=True)
class Lost:
    """Why replies are missing: the verdict's kind and a sentence ("the time limit of 20 s was reached")."""

    kind: str
    message: str


@dataclass(frozen=True)
class Outcome:
    """One computation on one case: named leaves, or the name of the exception that ended it."""

    leaves: Mapping[str, Leaf]
    error: str = ""
    message: str = ""
    changed: bool = False  # the arguments are no longer what they were


@dataclass(frozen=True)
class Finding:
    """The first thing about one case that does not hold; `part` is the leaf it concerns."""

    case: Case
    part: str
    message: str


def judge(probe: Probe, cases: Sequence[Case], replies: Mapping[int, Reply],
          lost: Lost | None = None) -> Verdict:
    """Judge one exercise.

    `replies` maps case numbers to what was shipped; `lost` explains the ones that are missing. Raises WireError when a
    reply is malformed.
    """
    right = [run(probe, probe.reference, case) for case in cases]
    given = [_outcome(probe, case, replies.get(case.number), [right[i]]) for i, case in enumerate(cases)]
    findings = [finding for case, got, expected in zip(cases, given, right, strict=True)
                for finding in compare(probe, case, got, expected)]
    named = _named_points(probe, given, findings)
    points = sum(point.earned for point in named)
    failed = {finding.case.number for finding in findings}
    counts = {"cases_right": len(cases) - len(failed), "cases_tried": len(cases)}

    def verdict(kind: str, hint: str, mistake: str = "") -> Verdict:
        return Verdict(probe.id, points, probe.max_points, kind, mistake, hint, named=tuple(named), **counts)

    if points == probe.max_points:
        return verdict("right", "")
    if any(got.error == "NotImplementedError" for got in given):
        return verdict("missing", f"Still a stub: {probe.id} has not been written yet.")
    if lost and any(got.error == LOST for got in given):
        return verdict(lost.kind, lost.message)
    if mistake := _recognise(probe, cases, replies, right):
        return verdict("mistake", mistake.hint, mistake.id)
    if not findings:
        return verdict("wrong", f"{probe.id} changes its argument: work on a copy, or build a new array.")
    hint = _summary(probe, findings, len(cases))
    return verdict("error" if all(got.error for got in given) else "wrong", hint)


def run(probe: Probe, answer: Callable[..., Any] | Mapping[str, Any], case: Case) -> Outcome:
    """What an instructor's function (a reference or a mistake) gives on a case, in the form of a shipped answer."""
    inputs = {key: deepcopy(value) for key, value in case.inputs.items()}
    try:
        with np.errstate(all="ignore"):
            value = answer(*inputs.values()) if callable(answer) else dict(answer)
    except Exception as error:
        return Outcome({}, type(error).__name__, str(error))
    changed = bool(probe.unchanged) and _arguments(inputs) != _arguments(case.inputs)
    return Outcome({leaf.name: leaf for leaf in flatten("out", value)}, changed=changed)


def _arguments(inputs: Mapping[str, Any]) -> dict[str, tuple[str, tuple[int, ...], bytes]]:
    leaves = [leaf for key, value in inputs.items() if not callable(value) for leaf in flatten(f"args.{key}", value)]
    return {leaf.name: (leaf.dtype, leaf.shape, b"" if leaf.value is None else leaf.value.tobytes()) for leaf in leaves}


def _outcome(probe: Probe, case: Case, reply: Reply | None, known: Sequence[Outcome]) -> Outcome:
    """Decode a reply, taking bytes only in shapes that the reference or a known mistake has."""
    if reply is None:
        return Outcome({}, LOST)
    if "error" in reply.header:
        error = reply.header["error"]
        if not isinstance(error, dict):
            raise WireError("an error must be an object")
        line = error.get("line")
        where = f" in line {line} of your cell" if type(line) is int else ""
        return Outcome({}, str(error.get("type", ""))[:80], f"{str(error.get('message', ''))[:300]}{where}")
    arguments = _arguments(case.inputs)
    shapes: dict[str, set[tuple[int, ...]]] = {}
    for outcome in known:
        for leaf in outcome.leaves.values():
            shapes.setdefault(leaf.name, set()).add(leaf.shape)

    def accept(name: str, dtype: str, shape: tuple[int, ...]) -> bool:
        if name in arguments:
            return (dtype, shape) == arguments[name][:2]
        if probe.free_shapes and name in shapes:
            return len(shape) in {len(s) for s in shapes[name]} and int(np.prod(shape)) <= FREE_SIZE
        return shape in shapes.get(name, ())

    leaves = decode_leaves(reply.header.get("leaves"), reply.blobs, accept)
    after = {leaf.name: (leaf.dtype, leaf.shape, b"" if leaf.value is None else leaf.value.tobytes())
             for leaf in leaves if leaf.name in arguments}
    outs = {leaf.name: leaf for leaf in leaves if leaf.name == "out" or leaf.name.startswith("out.")}
    return Outcome(outs, changed=bool(probe.unchanged) and after != arguments)


def compare(probe: Probe, case: Case, got: Outcome, expected: Outcome) -> list[Finding]:
    """What does not hold for one case, at most one finding per leaf; empty when the answer is right."""
    if got.error == LOST:
        return [Finding(case, "", "the test cell stopped before this case")]
    if got.error:
        return [Finding(case, "", f"{probe.id} stopped with {got.error}: {got.message}")]
    missing = [name for name in expected.leaves if name not in got.leaves]
    if missing:
        return [Finding(case, "", f"type: got {_kinds(got)}, expected {_kinds(expected)}")]
    forms = {name: problem for name, want in expected.leaves.items()
             if (problem := _form_problem(probe, got.leaves[name], want))}
    findings = [Finding(case, name, f"{_label(name)}{problem}") for name, problem in forms.items()]
    if forms and probe.observe:  # nothing can be observed of parts that do not have their form
        return [Finding(case, "", findings[0].message)]
    seen, sought = observe(probe, case, got), observe(probe, case, expected)
    if isinstance(seen, str):
        return [Finding(case, "", seen)]
    assert not isinstance(sought, str), sought
    for name in (name for name in sought if name not in forms):
        target = sought[name]
        near = np.isclose(seen[name], target, rtol=probe.rtol, atol=probe.atol)
        if not np.all(near):
            index = tuple(int(i) for i in np.argwhere(~near)[0])
            what = f"{_label(name)}{probe.observed} differs"
            if index:
                what += f", first at index {index}"
            if probe.observe is None:
                what += f", where yours is {float(seen[name][index]):.6g}"
            findings.append(Finding(case, name, what))
    return findings


def observe(probe: Probe, case: Case, outcome: Outcome) -> dict[str, np.ndarray[Any, Any]] | str:
    """The arrays that are compared; a sentence when the answer's parts do not fit together."""
    values = {name: leaf.value for name, leaf in outcome.leaves.items() if leaf.value is not None}
    if probe.observe is None:
        return values
    answer = values["out"] if set(values) == {"out"} else {name[4:]: value for name, value in values.items()}
    try:
        with np.errstate(all="ignore"):
            observed = probe.observe(case.inputs, answer)
    except (ValueError, IndexError) as error:
        return f"the arrays do not fit together: {error}"
    return {leaf.name: leaf.value for leaf in flatten("out", observed) if leaf.value is not None}


def _form_problem(probe: Probe, got: Leaf, want: Leaf) -> str:
    """Type, shape, dtype and finiteness of one leaf, in that order; empty when all hold."""
    if want.value is None:
        return "" if got.kind == want.kind and not got.dtype else f"type: got {got.kind}, expected {want.kind}"
    if not got.dtype:
        return f"type: got {got.kind}, expected numbers"
    if got.shape != want.shape and not (probe.free_shapes and len(got.shape) == len(want.shape)):
        return f"shape: got {got.shape}, expected {want.shape}"
    if got.dtype not in DTYPES:
        return f"dtype: got {got.dtype}, expected {np.dtype(want.dtype).name}"
    if got.value is None:
        return f"shape: {got.shape} is larger than this exercise needs"
    if not np.all(np.isfinite(got.value)):
        index = tuple(int(i) for i in np.argwhere(~np.isfinite(got.value))[0])
        where = f" at index {index}" if index else ""
        return f"finite: got {float(got.value[index])}{where}"
    return ""


def _label(name: str) -> str:
    return "" if name == "out" else f"{name[4:]}: "


def _kinds(outcome: Outcome) -> str:
    if set(outcome.leaves) == {"out"}:
        leaf = outcome.leaves["out"]
        return {"number": "a number", "array": f"an array of shape {leaf.shape}"}.get(leaf.kind, leaf.kind)
    names = [name[4:] for name in outcome.leaves]
    return "parts named " + ", ".join(names[:8]) + (", …" if names[8:] else "") if names else "nothing"


def _named_points(probe: Probe, given: Sequence[Outcome], findings: Sequence[Finding]) -> list[NamedPoint]:
    def holds(group: str, part: str) -> bool:
        return not any(f.case.group == group and (not part or not f.part or f.part == f"out.{part}") for f in findings)

    held = [(point.name, point.worth, point.group == "ordinary", holds(point.group, point.part))
            for point in probe.points]
    if probe.unchanged:
        unchanged = not any(got.changed for got in given) and not all(got.error for got in given)
        held.append(("leaves its arguments as they were", probe.unchanged, False, unchanged))
    main = any(ok for _, _, ordinary, ok in held if ordinary)
    # A point that holds but does not count yet must not read as if it failed.
    return [NamedPoint(name if main or ordinary or not ok else f"{name}: counts once ordinary inputs are right",
                       worth if ok and (main or ordinary) else 0.0, worth)
            for name, worth, ordinary, ok in held]


def _recognise(probe: Probe, cases: Sequence[Case], replies: Mapping[int, Reply], right: Sequence[Outcome]
               ) -> Mistake | None:
    """The known mistake whose values these are: on every case, or else on every ordinary one."""
    wrong = {mistake.id: [run(probe, mistake.answer, case) for case in cases] for mistake in probe.mistakes}
    given = [_outcome(probe, case, replies.get(case.number), [right[i], *(values[i] for values in wrong.values())])
             for i, case in enumerate(cases)]  # decoded anew: bytes in the shapes of mistakes are welcome now
    everywhere = range(len(cases))
    ordinary = [i for i in everywhere if cases[i].group == "ordinary"]
    for chosen in (everywhere, ordinary):
        for mistake in probe.mistakes:
            values = wrong[mistake.id]
            differs = any(not equal(probe, cases[i], values[i], right[i]) or values[i].changed for i in chosen)
            if differs and all(equal(probe, cases[i], given[i], values[i]) for i in chosen):
                return mistake
    return None


def equal(probe: Probe, case: Case, got: Outcome, known: Outcome) -> bool:
    """Whether an answer is the known one: the same exception, or leaves with the same values (nan included)."""
    if got.error or known.error:
        return got.error == known.error
    if known.changed and not got.changed:
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
               and np.allclose(seen[name], value, rtol=probe.rtol, atol=probe.atol, equal_nan=True)
               for name, value in sought.items())


def _summary(probe: Probe, findings: Sequence[Finding], tried: int) -> str:
    """The first finding in words, ordinary inputs before edge cases, and how often something was found."""
    first = min(findings, key=lambda finding: (finding.case.group != "ordinary", finding.case.number))
    failed = len({finding.case.number for finding in findings})
    where = next((point.name for point in probe.points if point.group == first.case.group
                  and (not point.part or f"out.{point.part}" == first.part)), first.case.group)
    return f"{where}: {first.message} ({failed} of {tried} cases)."
