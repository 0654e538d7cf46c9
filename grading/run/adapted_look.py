"""A wrong answer that has no name yet, called on other arguments: those that it may have been written for.

It is tried as in the second look, among the solutions of the exercises before it, and only for such answers. Right at
the notebook's own sizes is worth a part of the points.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from grading.course.assignment import Assignment
from grading.handin.intake import Submission
from grading.judge.adapted_calls import adapted_calls, recognise
from grading.judge.cases import Case
from grading.judge.evidence import SIZES, Named
from grading.judge.relations import STOPPED
from grading.judge.verdict import Verdict
from grading.probes.model import Probe, total
from grading.run.second_look import evaluate_again
from grading.run.slips_of_arguments import numbers_beside
from grading.sandbox.client import Sandbox
from helpers.wire import WireError

# What is said where nothing tells more; an exception's meaning among them.
UNSURE = {"", SIZES, "argument_forgotten", *STOPPED}
SHARE = 0.5  # of the points for ordinary inputs, where the sizes of the notebook are written in


def adapted_look(sandbox: Sandbox, assignment: Assignment, submission: Submission, verdicts: Sequence[Verdict],
                 cases: Mapping[str, Sequence[Case]], ends: float) -> list[Verdict]:
    """The verdicts, with a name for answers that are right on other arguments than theirs."""
    unsure = {verdict.id for verdict in verdicts if verdict.kind in ("wrong", "error", "mistake")
              and (verdict.mistake in UNSURE or "scaled" in verdict.mistake.split(" + "))
              and not _right_as_it_is(verdict, assignment.problem_set.find(verdict.id))}
    calls = {name: adapted_calls(assignment.problem_set.find(name), cases[name],
                                 numbers_beside(submission.answers[name], assignment.solutions[name]))
             for name in unsure}
    todo = sorted((exercise for exercise in assignment.exercises if calls.get(exercise.id)),
                  key=lambda exercise: exercise.answer)
    again = evaluate_again(sandbox, assignment, submission, todo,
                           {name: [call.case for call in one] for name, one in calls.items()}, ends)
    found = {}
    for name, evaluation in again.items():
        try:
            found[name] = recognise(assignment.problem_set.find(name), calls[name], evaluation.replies.get(name, {}))
        except WireError:  # something else wrote there: nothing is said
            continue
    return [_told(verdict, named, assignment.problem_set.find(verdict.id)) if (named := found.get(verdict.id))
            else verdict for verdict in verdicts]


def _right_as_it_is(verdict: Verdict, probe: Probe) -> bool:
    """Whether all ordinary cases are right: then those made of them are right for no reason that could be said."""
    ordinary = {point.name for point in probe.points if point.group == "ordinary"}
    return all(part.earned == part.worth for part in verdict.named if part.name in ordinary)


def _told(verdict: Verdict, named: Named, probe: Probe) -> Verdict:
    says_more = verdict.mistake in {"argument_forgotten", *STOPPED} and named.id != "one_number_at_a_time"
    also = verdict.hint if says_more else ""
    verdict = replace(verdict, kind="mistake", mistake=named.id, hint=f"{named.hint} {also}".strip())
    if named.id != SIZES or verdict.points:
        return verdict
    ordinary = {point.name for point in probe.points if point.group == "ordinary"}
    parts = tuple(replace(part, earned=SHARE * part.worth) if part.name in ordinary else part for part in verdict.named)
    return replace(verdict, named=parts, points=total(part.earned for part in parts))
