"""Tests of the tests: the solution passes, the untouched release gets nothing, every known mistake is caught and named.

Every answer takes the same way as a student's, through the sandbox, over the wire, to the judge; but for answers that
are on no list and for other names, of which there are many.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from grading.course.assignment import Assignment, Exercise, is_graded
from grading.handin.intake import Submission
from grading.handout.points_that_stay import that_stay
from grading.handout.ten_names import that_depend_on_the_name
from grading.handout.unlisted import try_unlisted
from grading.judge.cases import draw_cases
from grading.judge.known_values import KnownValues
from grading.judge.verdict import Verdict
from grading.probes.model import Answer, Mistake, Probe
from grading.probes.source_text import as_cell
from grading.run.evaluate import Evaluation, evaluate
from grading.run.judge_exercise import judge_exercise
from grading.run.submission import delegations_of, run_notebook
from grading.sandbox.client import Sandbox

SECRET = b"course verify"


@dataclass
class Row:
    """What was found about one exercise; `problems` is empty when everything holds."""

    exercise: str
    manual: bool = False
    solution: bool = False
    release: bool = False
    mistakes_named: int = 0
    mistakes: int = 0
    variants_right: int = 0
    variants: int = 0
    unlisted_named: int = 0
    unlisted: int = 0
    problems: list[str] = field(default_factory=list)


def verify(assignment: Assignment, sandbox: Sandbox, names: int = 10, few: int | None = None) -> Iterator[Row]:
    """One row for every exercise, in the notebook's order; what students of so many names get is compared.

    Of each exercise's right variants, and of its mistakes that are texts, edits of the solution or numbers in a box,
    only so many are handed in where `few` says it.
    """
    solution, broken = _whole_notebook(assignment, sandbox, assignment.solutions)
    # A comment makes each stub count as written, so that what it computes is judged, not that it is untouched.
    stubs = {exercise.id: assignment.notebook.cells[exercise.answer].source + "\n# judge me"
             for exercise in assignment.exercises if not exercise.manual}
    release, _ = _whole_notebook(assignment, sandbox, stubs)
    delegated = delegations_of(assignment, Submission(answers=assignment.solutions))
    for exercise in assignment.exercises:
        row = Row(exercise.id, exercise.manual)
        if exercise.id in delegated:
            row.problems.append(f"solution: {delegated[exercise.id].message}")
        if broken:
            row.problems.append(f"the solved notebook does not run to its end: {broken}")
        row.solution = _expect(row, "solution", solution[exercise.id], "manual" if exercise.manual else "right")
        given_away = release[exercise.id].points
        row.release = given_away == 0.0
        if given_away:
            row.problems.append(f"release: expected 0 points, got {given_away:g}: the stub gives answers")
        if not exercise.manual:
            _try_answers(assignment, exercise, sandbox, row, few)
            probe = assignment.problem_set.find(exercise.id)
            _try_unlisted(probe, assignment.name, row)
            row.problems += that_stay(probe, SECRET, assignment.name)
            row.problems += that_depend_on_the_name(probe, SECRET, assignment.name, names)
        yield row


def _expect(row: Row, what: str, verdict: Verdict, kind: str) -> bool:
    full = verdict.max_points if kind == "right" else 0.0
    holds = verdict.kind == kind and verdict.points == full
    if not holds:
        row.problems.append(f"{what}: expected {kind} with {full:g} points, got {verdict.kind} with {verdict.points:g} "
                            f"({verdict.hint})")
    return holds


def is_text(mistake: Mistake) -> bool:
    """Whether what a student would hand in is written in the list, and not the source of a function."""
    return mistake.edit is not None or not callable(mistake.answer)


def _try_answers(assignment: Assignment, exercise: Exercise, sandbox: Sandbox, row: Row, few: int | None) -> None:
    probe = assignment.problem_set.find(exercise.id)
    row.problems += probe.misfits
    known = KnownValues(probe, draw_cases(probe, SECRET, "verify", assignment.name))
    left_out = [] if few is None else [mistake.id for mistake in probe.mistakes if is_text(mistake)][few:]
    for mistake in probe.mistakes:
        if any(outcome.error == "NameError" for outcome in known.all_of(mistake.answer)):
            row.problems.append(f"mistake {mistake.id}: uses a name that is not defined")
        if mistake.id in left_out:
            continue
        verdict = _one_answer(assignment, exercise, sandbox, mistake, known)
        row.mistakes += 1
        if verdict.kind == "mistake" and verdict.mistake == mistake.id and verdict.points < verdict.max_points:
            row.mistakes_named += 1
        else:
            row.problems.append(f"mistake {mistake.id}: got {verdict.kind} {verdict.mistake} with {verdict.points:g} "
                                f"points ({verdict.hint})")
    for variant in probe.variants:
        if found := delegations_of(assignment, Submission(answers={exercise.id: as_cell(probe, variant)})):
            row.problems.append(f"correct variant: {found[exercise.id].message}")
    for variant in probe.variants[:few]:
        verdict = _one_answer(assignment, exercise, sandbox, variant, known)
        row.variants += 1
        row.variants_right += verdict.kind == "right"
        if verdict.kind != "right":
            name = getattr(variant, "__name__", str(variant))
            row.problems.append(f"correct variant {name}: got {verdict.kind} with {verdict.points:g} ({verdict.hint})")


def _try_unlisted(probe: Probe, problem_set: str, row: Row) -> None:
    for tried in try_unlisted(probe, SECRET, problem_set):
        row.unlisted += 1
        row.unlisted_named += bool(tried.called)
        if not tried.called:
            row.problems.append(f"wrong answer that is on no list ({tried.what}): it is not called anything")


def _one_answer(assignment: Assignment, exercise: Exercise, sandbox: Sandbox,
                answer: Answer | Mistake, known: KnownValues) -> Verdict:
    """Grade the solution with one answer replaced, running only set-up, answers and this exercise's test."""
    submission = Submission(answers={**assignment.solutions, exercise.id: as_cell(known.probe, answer)})
    notebook = assignment.with_answers(submission.answers)
    cases = {exercise.id: known.cases}
    cells = {number: cell.source for number, cell in enumerate(notebook.cells) if cell.cell_type == "code"
             and "nbgrader" in cell.metadata and (not is_graded(cell) or number == exercise.test)}
    evaluation = evaluate(sandbox, cells, {exercise.test: [exercise.id]}, cases, assignment.uses)
    return judge_exercise(assignment, exercise, submission, evaluation, cases, known=known)


def _whole_notebook(assignment: Assignment, sandbox: Sandbox, answers: dict[str, str]
                    ) -> tuple[dict[str, Verdict], str]:
    """Verdicts of the notebook with these answers, and the first error any of its cells showed."""
    blank = {exercise.id: assignment.notebook.cells[exercise.answer].source for exercise in assignment.exercises}
    submission = Submission(answers={**blank, **answers})
    notebook = assignment.with_answers(submission.answers)
    cases = {probe.id: draw_cases(probe, SECRET, "verify", assignment.name) for probe in assignment.problem_set.probes}
    evaluation = run_notebook(sandbox, assignment, notebook, cases, time.monotonic() + sandbox.limits.total_seconds,
                              with_examples=True)
    verdicts = {exercise.id: judge_exercise(assignment, exercise, submission, evaluation, cases)
                for exercise in assignment.exercises}
    return verdicts, _first_error(notebook, evaluation)


def _first_error(notebook: Any, evaluation: Evaluation) -> str:
    for number, cell_run in sorted(evaluation.cells.items()):
        if cell_run.lost:
            return f"cell {notebook.cells[number].id}: {cell_run.lost.message}"
        for output in cell_run.outputs:
            if output["output_type"] == "error":
                return f"cell {notebook.cells[number].id}: {output['ename']}: {output['evalue']}"
    return ""
