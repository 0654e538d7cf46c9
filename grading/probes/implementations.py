"""Exercises whose answer is a test: it tells right implementations of another exercise from wrong ones.

An implementation is run by whoever judges. A student's process gets something to call under its name, and no code.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from grading.probes.model import Draw, Each, Inputs, Point, Probe
from helpers.probe import IMPLEMENTATION


@dataclass(frozen=True)
class Implementation:
    """An answer to another exercise, which the answer to this one may call. Its arguments stay as they were."""

    answer: Callable[..., Any]
    right: bool

    __name__ = IMPLEMENTATION  # as it travels

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        return self.answer(*deepcopy(arguments), **deepcopy(keywords))


def implementation_among(inputs: Inputs) -> Implementation | None:
    """The implementation that a case hands over, if it does."""
    return next((value for value in inputs.values() if isinstance(value, Implementation)), None)


def may_stop(inputs: Inputs) -> bool:
    """Whether an exception is as good an answer as False: where a case hands over what is wrong."""
    implementation = implementation_among(inputs)
    return implementation is not None and not implementation.right


def with_implementations(probe: Probe, others: Sequence[Probe], solutions: Mapping[str, Callable[..., Any]]) -> Probe:
    """The probe with its cases and points, where its answer is a test; of `others` slips are whole answers by now.

    `solutions` has the model answer of the exercise that is tested. Raises ValueError for a slip or a variant that the
    exercise does not have: whoever tests the tests has seen these, that they are right and wrong.
    """
    if not (catches := probe.catches):
        return probe
    tested = next(other for other in others if other.id == catches.exercise)
    wrong = {mistake.id: mistake.answer for mistake in tested.mistakes}
    if unknown := catches.slips.keys() - wrong.keys():
        raise ValueError(f"{probe.id}: {tested.id} has no slip {', '.join(sorted(unknown))}.")
    if any(answer not in tested.variants for answer in catches.right):
        raise ValueError(f"{probe.id}: what it calls right must be among the variants of {tested.id}.")
    right = [tested.reference, solutions[tested.id], *catches.right]
    # An answer that says True of everything does not say so of right ones: one slip is among these, too.
    obvious = _handing_over(tested.id, wrong[next(iter(catches.slips))], False)
    cases = {"ordinary": Each([*(_handing_over(tested.id, answer, True) for answer in right), obvious]),
             **{slip: Each([_handing_over(tested.id, wrong[slip], False)]) for slip in catches.slips}}
    points = (Point("says True of every right one, and not of everything", catches.accepting),
              *(Point(f"says False of {idea}", catches.catching, slip) for slip, idea in catches.slips.items()))
    return replace(probe, cases=cases, points=points)


def is_right(implementation: Implementation) -> bool:
    """The reference of every such exercise."""
    return implementation.right


def _handing_over(exercise: str, answer: Any, right: bool) -> Draw:
    return lambda rng: {exercise: Implementation(answer, right)}
