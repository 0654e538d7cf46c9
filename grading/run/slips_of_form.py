"""Everyday slips of form, read off the source of an answer that is wrong in no way that its values tell.

Each is said only where it is true for what was written; where two are, the first of RULES.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from grading.course.assignment import Assignment, Exercise
from grading.handin.intake import Submission
from grading.judge.cases import Case
from grading.judge.verdict import Verdict
from grading.run import slips_of_arguments, slips_of_return, slips_of_state
from grading.run.evaluate import Evaluation
from grading.run.missing_names import missing_name
from grading.run.written import Slip, Written

RULES: Sequence[Callable[[Written], Iterator[Slip]]] = (
    slips_of_state.self_forgotten, missing_name, slips_of_return.nothing_returned,
    slips_of_arguments.integer_division_python2, slips_of_arguments.indexes_columns,
    slips_of_return.result_thrown_away, slips_of_return.returns_inside_loop, slips_of_state.accumulates,
    slips_of_arguments.argument_forgotten, slips_of_arguments.sizes_written_in)


def with_form(verdict: Verdict, assignment: Assignment, exercise: Exercise, submission: Submission,
              evaluation: Evaluation, cases: Mapping[str, Sequence[Case]], silent: bool) -> Verdict:
    """The verdict, with a slip of form where no mistake has been recognised and there is one."""
    if verdict.kind not in ("wrong", "error") or verdict.mistake or exercise.id not in submission.answers:
        return verdict
    written = Written(assignment, exercise, submission, evaluation, cases[exercise.id], verdict, silent)
    try:
        slip = next(chain.from_iterable(rule(written) for rule in RULES), None)
    except RecursionError:  # a source nested as no student nests one
        return verdict
    if slip is None:
        return verdict
    hint = slip.sentence if slip.enough else f"{slip.sentence} {verdict.hint}".strip()
    return replace(verdict, kind="mistake", mistake=slip.id, hint=hint)
