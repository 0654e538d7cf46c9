"""Calls on other arguments, for a wrong answer that nothing else explains. Pure.

An answer that stops on the arguments as they come has no values to be compared. On those that it was written for it
has, and they tell what was taken for what: samples in columns, one sample, labels for one-hot rows, sizes.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grading.judge.adapted_inputs import Adapted, adapted_inputs
from grading.judge.case_outcome import Outcome, Reply, decode
from grading.judge.cases import Array, Case
from grading.judge.comparison import equal, near
from grading.judge.evidence import SIZES, Named
from grading.judge.other_sizes import with_sizes
from grading.judge.steps import ALL, Steps, run_within
from grading.probes.model import Probe

TRIED_ON = 4  # ordinary cases
SIZES_TRIED_ON = 3
A_DOZEN = 12


@dataclass(frozen=True)
class Call:
    """One call; an answer is what `adapted` says if this and all other calls that say it come out right."""

    case: Case
    adapted: Adapted
    right: Outcome


def adapted_calls(probe: Probe, cases: Sequence[Case], lines: Mapping[int, int]) -> list[Call]:
    """All such calls of an exercise, by whose cases an answer is called; none for a box, into which nothing goes.

    `lines` says in which lines of the answer numbers stand that may be sizes.
    """
    ordinary = [case.inputs for case in cases if case.group == "ordinary"][:TRIED_ON]
    if not ordinary[0]:
        return []
    found: list[tuple[Adapted, Outcome]] = []

    def solve(adapted: Adapted, steps: Steps) -> None:
        right = run_within(steps, probe, probe.reference, Case(0, "", adapted.seen))
        if not right.error and adapted.named.id not in probe.no_relations:
            found.append((adapted, right))
    steps, by_count = Steps(), defaultdict[int, Steps](lambda: Steps(one=ALL))
    with np.errstate(all="ignore"):
        for inputs in ordinary:
            for adapted in adapted_inputs(probe.id, inputs):
                solve(adapted, steps)
        # Where more than one answer is right, a whole training may run: too dear for sizes such as a notebook's.
        for count, adapted in _of_other_sizes(cases, lines) if probe.observe is None else ():
            solve(adapted, by_count[count])
    return [Call(Case(number, "", adapted.inputs), adapted, right) for number, (adapted, right) in enumerate(found)]


def recognise(probe: Probe, calls: Sequence[Call], replies: Mapping[int, Reply]) -> Named | None:
    """What the answer is right for, if for anything. Raises WireError when a reply is malformed."""
    given = [decode(probe, call.case, replies.get(call.case.number), [call.right], related=True) for call in calls]
    for named in dict.fromkeys(call.adapted.named for call in calls):
        chosen = [i for i, call in enumerate(calls) if call.adapted.named == named]
        if all(_is_right(probe, calls[i], given[i]) for i in chosen) and _tells_enough([given[i] for i in chosen]):
            return named
    return None


def _of_other_sizes(cases: Sequence[Case], lines: Mapping[int, int]) -> Iterator[tuple[int, Adapted]]:
    """With how many sizes of its own an answer is tried, and the call."""
    ordinary = [case for case in cases if case.group == "ordinary"][:SIZES_TRIED_ON]
    for sizes, made in with_sizes(ordinary, list(lines)):
        where = " and ".join(f"{axis} is {number}" for number, axis in sizes.items())
        those = ", ".join(f"{number} in line {lines[number]}" for number in sizes)
        named = Named(SIZES, f"Right where {where}, and only there: sizes are written into your cell ({those}). Take "
                             "them from the arguments, by their `shape`. A part of the points is yours.")
        yield from ((len(sizes), Adapted(named, inputs, inputs)) for inputs in made)


def _is_right(probe: Probe, call: Call, given: Outcome) -> bool:
    if probe.observe is not None:
        return not given.error and equal(probe, Case(0, "", call.adapted.seen), given, call.right)

    def same(got: Array | None, right: Array | None) -> bool:
        return got is not None and right is not None and any(
            form.shape == got.shape and bool(np.all(near(probe, got, form))) for form in call.adapted.alike(right))
    return not given.error and given.leaves.keys() == call.right.leaves.keys() and all(
        same(leaf.value, call.right.leaves[name].value) for name, leaf in given.leaves.items())


def _tells_enough(given: Sequence[Outcome]) -> bool:
    """Whether a coincidence is out of the question: a few numbers, or a dozen of two values."""
    values = [np.ravel(leaf.value) for outcome in given for leaf in outcome.leaves.values() if leaf.value is not None]
    different = np.unique(flat := np.concatenate(values)).size
    return bool(np.all(np.isfinite(flat)) and (different > 2 or (different == 2 and flat.size >= A_DOZEN)))
