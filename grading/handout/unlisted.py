"""Wrong answers that are on no list, each made of known ones or of the solution: is every one called something?

A known mistake with a factor, two known mistakes at once, and the solution changed as the relations say. Exercises that
are tried in a way of their own (`use`, `observe`) are left to the pairs: nobody returns a network, negated.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from grading.handout.shipped_here import ship_here
from grading.judge.case_outcome import Outcome, run
from grading.judge.cases import draw_cases
from grading.judge.explaining import candidates
from grading.judge.judging import judge
from grading.judge.known_values import KnownValues
from grading.judge.nested import each_leaf
from grading.judge.steps import Steps, run_within
from grading.probes.model import Answer, Probe

PAIRS = 3  # of each exercise, drawn at random, the same ones every time
FACTORS: dict[str, Callable[[Any], Any]] = {"negated": np.negative, "scaled": lambda value: 2 * value}


@dataclass(frozen=True)
class Tried:
    """A wrong answer, and what it was called."""

    what: str
    called: str


def of_the_solution(value: Any) -> dict[str, Any]:
    """A right value, changed in every way that is true to its form; under the relation's id, or one like it."""
    changed = {**{name: _mapped(value, factor) for name, factor in FACTORS.items()},
               "one_minus": _mapped(value, lambda one: 1 - one), "shifted": _mapped(value, lambda one: one + 0.75),
               "constant_answer": _mapped(value, _halves),
               "rounded": _mapped(value, lambda one: np.round(one, 2)),
               "nearly_right": _mapped(value, lambda one: one * (1 + 2e-5)),
               "returns_nothing": None, "returns_function": abs}
    if isinstance(value, np.ndarray) and value.ndim:
        changed |= {"axis_kept": value[None], "more_than_asked": (value, value),
                    "not_summed": np.stack([0.25 * value, 0.75 * value]),
                    "not_averaged": np.stack([0.5 * value, 1.5 * value])}
        if len(value) > 1 and value.dtype.kind == "f":
            changed |= {"summed_over_axis": value.sum(axis=0), "averaged_over_axis": value.mean(axis=0)}
        if value.ndim == 2:
            changed |= {"transposed": value.T, "reshaped": value.ravel()}
    elif isinstance(value, tuple):
        changed |= {"one_part_only": value[0], "parts_exchanged": value[::-1]}
    elif isinstance(value, dict):
        names = list(value)
        changed |= {"part_missing": {name: value[name] for name in names[:-1]},
                    "axis_dropped": _mapped(value, np.squeeze),
                    "other_names": {name.swapcase(): value[name] for name in names},
                    "parts_exchanged": dict(zip(names, [value[name] for name in names[::-1]], strict=True))}
    elif isinstance(value, float):
        changed["more_than_asked"] = (value, value)
    return changed


def try_unlisted(probe: Probe, secret: bytes, problem_set: str) -> Iterator[Tried]:
    """Every such answer that is wrong and whose values say enough, with the name that the judge finds for it, if any.

    Pairs are left out where a student's wrong answer has not the time that all of the exercise's pairs take.
    """
    known = KnownValues(probe, draw_cases(probe, secret, "unlisted", problem_set))
    if not known.cases[0].inputs:
        return
    if probe.use is None and probe.observe is None:
        for mistake in probe.mistakes:
            for name, factor in FACTORS.items():
                yield from _tried(known, mistake.answer, f"{mistake.id}, {name}", partial(_mapped, change=factor))
        for name in of_the_solution(probe.reference(*known.cases[0].inputs.values())):
            if name not in probe.no_relations:
                yield from _tried(known, probe.reference, name, partial(_changed_to, name))
        for name, sister in probe.sisters:
            yield from _tried(known, sister, f"the answer to {name}")
        for place, (name, value) in enumerate(known.cases[0].inputs.items()):
            if isinstance(value, np.ndarray):
                yield from _tried(known, partial(_argument, place), f"the argument {name}")
        yield from _tried(known, _overwriting(probe.reference), "changes_argument")
    pairs = _pairs_in_time(known)
    for pair in random.Random(probe.id).sample(pairs, min(PAIRS, len(pairs))):
        yield from _tried(known, pair.answer, pair.id, all_parts=False)


def _changed_to(relation: str, value: Any) -> Any:
    return of_the_solution(value).get(relation, value)


def _argument(place: int, *inputs: Any) -> Any:
    return inputs[place]


def _tried(known: KnownValues, answer: Answer, what: str, change: Callable[[Any], Any] = lambda value: value,
           all_parts: bool = True) -> Iterator[Tried]:
    def changed(answer: Callable[..., Any], *inputs: Any) -> Any:
        return change(known.probe.use(answer, *inputs) if known.probe.use else answer(*inputs))

    probe = replace(known.probe, use=changed)
    given = [run(known.probe, answer, case) for case in known.cases if case.group == "ordinary"]
    if _says_enough(given, all_parts):
        replies = {case.number: ship_here(probe, answer, case.inputs) for case in known.cases}
        verdict = judge(known.probe, known.cases, replies, known=known)
        if verdict.kind != "right":
            yield Tried(what, verdict.mistake)


def _overwriting(reference: Callable[..., Any]) -> Callable[..., Any]:
    def answer(*inputs: Any) -> Any:
        value = reference(*inputs)
        for one in inputs:
            if isinstance(one, np.ndarray):
                one *= 3
        return value
    return answer


def _says_enough(given: list[Outcome], all_parts: bool) -> bool:
    """Whether these are numbers, in each part (or in some part) more than two of them; or no numbers at all."""
    parts: dict[str, list[Any]] = {}
    for outcome in given:
        for name, leaf in outcome.leaves.items():
            parts.setdefault(name, []).append(leaf.value)
    if any(outcome.error for outcome in given):
        return False
    return (all if all_parts else any)(values[0] is None or _are_several_numbers(values) for values in parts.values())


def _are_several_numbers(values: list[Any]) -> bool:
    return (all(value.dtype.kind == "f" and np.all(np.isfinite(value)) for value in values)
            and np.unique(np.concatenate([np.ravel(value) for value in values])).size > 2)


def _pairs_in_time(known: KnownValues) -> list[Any]:
    steps = Steps()
    tried = [(mistake, run_within(steps, known.probe, mistake.answer, known.cases[0]))
             for mistake in candidates(known.probe)]
    return [mistake for mistake, value in tried if " + " in mistake.id and not value.error] if steps.left > 0 else []


def _mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    def changed(leaf: Any) -> Any:
        is_number = isinstance(leaf, float | np.floating) or (isinstance(leaf, np.ndarray) and leaf.dtype.kind == "f")
        return change(leaf) if is_number else leaf
    return each_leaf(value, changed)


def _halves(value: Any) -> Any:
    return np.full_like(value, 0.5)
