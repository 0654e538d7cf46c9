"""What a slip does, as one would meet it: a loss curve, relative errors, or a call and what comes out of it.

Everything is found by running the program with the slip and the reference beside it; a slip that does not show has no
symptom.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grading.judge.case_outcome import Outcome
from grading.judge.cases import Case
from grading.judge.comparison import equal, part_label
from grading.judge.known_values import KnownValues
from grading.probes.model import Answer, Probe
from helpers.wire import Leaf

FEW = 9  # numbers of an array that are printed one by one
PARTS = 2  # so many values of one call are shown; more are compared in a table
LONG = 260  # characters of a call, beside which a second one has no room
MEASURED = ("grad", "backprop", "backward")  # in the name of what is asked for: slopes
SEEN = 0.005  # a relative error that is not rounded to 0.00

Pairs = Sequence[tuple[Case, Outcome, Outcome]]  # a case, what the program gives, what is right


@dataclass(frozen=True)
class Call:
    """Arguments and results in words, with the right ones."""

    arguments: Sequence[str]
    came_out: Sequence[str]
    right: Sequence[str]

    @property
    def length(self) -> int:
        return len("".join([*self.arguments, *self.came_out, *self.right]))


@dataclass(frozen=True)
class Symptom:
    """One of three: relative errors by part; losses by epoch (name → these, the right ones); calls.

    Where `measured`, the errors are those of slopes against small steps.
    """

    errors: Mapping[str, float] | None = None
    measured: bool = False
    losses: Mapping[str, tuple[Sequence[float], Sequence[float]]] | None = None
    calls: Sequence[Call] = ()


def symptom(known: KnownValues, answer: Answer) -> Symptom | None:
    """What a wrong answer shows; None where nothing that is printed differs from what a right one shows."""
    probe = known.probe
    pairs = [(case, known.of(answer, i), known.of(probe.reference, i)) for i, case in enumerate(known.cases)]
    ordinary = [pair for pair in pairs if pair[0].group == "ordinary"]
    return _losses(ordinary) or _errors(probe, ordinary) or _calls(probe, [*ordinary, *pairs])


def _losses(pairs: Pairs) -> Symptom | None:
    for _, got, right in pairs:
        for name, leaf in right.leaves.items():
            mine, theirs = got.leaves[name].value if name in got.leaves else None, leaf.value
            if ("loss" in name and mine is not None and theirs is not None and mine.shape == theirs.shape
                    and theirs.ndim == 1 and theirs.size > 2 and np.all(np.isfinite(mine)) and _apart(mine, theirs)):
                return Symptom(losses={_label(name): (mine.tolist(), theirs.tolist())})
    return None


def _apart(mine: np.ndarray[Any, Any], theirs: np.ndarray[Any, Any]) -> bool:
    """Whether two curves can be told apart by eye: by a twentieth of the height of the picture."""
    height = float(np.ptp(np.concatenate([mine, theirs])))
    return bool(np.max(np.abs(mine - theirs)) > 0.05 * height > 0)


def _errors(probe: Probe, pairs: Pairs) -> Symptom | None:
    """How far each of several values, or a large one, is from the right one: max|a − m| / (max|a| + max|m|)."""
    for _, got, right in pairs:
        large = any(np.prod(leaf.shape) > FEW for leaf in right.leaves.values())
        if got.error or not (large or len(right.leaves) > PARTS) or any(
                name not in got.leaves or got.leaves[name].shape != leaf.shape for name, leaf in right.leaves.items()):
            continue
        errors = {_label(name): _relative_error(got.leaves[name], leaf) for name, leaf in right.leaves.items()}
        if max(errors.values()) > SEEN:
            return Symptom(errors=errors, measured=any(word in probe.id.lower() for word in MEASURED))
    return None


def _relative_error(got: Leaf, right: Leaf) -> float:
    if got.value is None or right.value is None or not np.all(np.isfinite(got.value)):
        return float(got.kind != right.kind or got.value is not None)
    a, m = np.asarray(got.value, float), np.asarray(right.value, float)
    size = float(np.max(np.abs(a), initial=0.0) + np.max(np.abs(m), initial=0.0))
    return float(np.max(np.abs(a - m), initial=0.0)) / size if size else 0.0


def _calls(probe: Probe, pairs: Pairs) -> Symptom | None:
    """The first call that shows the slip, and before it one that does not, where there is one and room for it."""
    made = [(Call(_arguments(case), *_where_different(_results(got), _results(right))),
             equal(probe, case, got, right) and got.changed == right.changed) for case, got, right in pairs]
    shows = [call for call, same in made if not same and call.came_out != call.right]
    if not shows:
        return None
    hides = [call for call, same in made if same and call.came_out == call.right]
    short = hides[:1] if shows[0].length <= LONG and hides and hides[0].length <= LONG else []
    return Symptom(calls=[*short, shows[0]])


def _where_different(came_out: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """Of several values those that are not as they should be; all where none or every one is so."""
    if came_out[:len(right)] == right and len(came_out) > len(right):  # arguments that were changed
        return ["what is returned is right", *came_out[len(right):]], ["no argument changes"]
    pairs = list(zip(came_out, right, strict=False)) if len(came_out) == len(right) > 1 else []
    different = [pair for pair in pairs if pair[0] != pair[1]]
    if not different or len(different) == len(pairs):
        return came_out, right
    return [*(one for one, _ in different), "the rest is right"], [one for _, one in different]


def _label(name: str) -> str:
    """`dW1` as it is; of values that are returned together, which one."""
    part = name.removeprefix("out").removeprefix(".")
    return f"value {int(part) + 1}" if part.isdigit() else part_label(name).strip("`")


def _arguments(case: Case) -> list[str]:
    return [f"{name} = {_value(value)}" for name, value in case.inputs.items()]


def _results(outcome: Outcome) -> list[str]:
    if outcome.error:
        return [f"stops with {outcome.error}" + (f": {outcome.message[:120]}" if outcome.message else "")]
    named = [(_label(name), leaf) for name, leaf in outcome.leaves.items()]
    lines = [f"{name}: {_leaf(leaf)}" if name else _leaf(leaf) for name, leaf in named]
    return lines + [f"changes its argument {name}" for name in sorted(outcome.changed)]


def _leaf(leaf: Leaf) -> str:
    return leaf.kind if leaf.value is None else _value(leaf.value)


def _value(value: Any) -> str:
    if isinstance(value, np.ndarray) and value.ndim:
        if value.size <= FEW:
            plain = bool(np.max(np.abs(value), initial=0.0) < 1e4)
            return " ".join(np.array2string(value, precision=4, separator=", ", max_line_width=1000,
                                            suppress_small=plain).split())
        return f"an array of shape {value.shape}"
    if isinstance(value, np.ndarray | np.generic | int | float) and not isinstance(value, bool | np.bool_):
        return f"{float(value):.6g}"
    if isinstance(value, Mapping):
        return f"a dict with {', '.join(value)}"
    if isinstance(value, list | tuple):
        few = len(value) <= FEW and sum(np.size(one) for one in value) <= 2 * FEW
        return f"[{', '.join(_value(one) for one in value)}]" if few else f"{len(value)} arrays"
    return getattr(value, "__name__", str(value))
