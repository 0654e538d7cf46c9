"""One submission, from its bytes to a graded notebook: pure of files and databases, so that any process can do it."""

import json
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import nbformat

from grading.course.assignment import Assignment, Exercise, grade_id, is_answer, is_experiment, is_graded
from grading.course.folder import METADATA
from grading.course.settings import Settings
from grading.errors import CourseError, SandboxError
from grading.handin.collect import Handed
from grading.handin.intake import Submission, read_answers
from grading.judge.cases import Case, draw_cases
from grading.judge.known_values import KnownValues
from grading.judge.verdict import Result, Verdict
from grading.run.adapted_look import adapted_look
from grading.run.answer_form import as_judged, left_in, with_remark
from grading.run.attempt import CellRun
from grading.run.evaluate import Evaluation, evaluate
from grading.run.judge_exercise import judge_exercise
from grading.run.second_look import second_look
from grading.sandbox.client import Sandbox
from helpers.handin.delegation import Delegation, find_delegations

UNEXPLAINED = ("wrong", "error")  # of what is no listed mistake more may be said
FAULT = "This submission could not be graded: a fault of the course, not of the answers. A person looks at it."


@dataclass(frozen=True)
class Task:
    """What every submission of a class is graded with."""

    assignment: Assignment
    settings: Settings
    secret: bytes

    def fingerprint(self, handed: Handed) -> str:
        """The same for the same bytes, handed in at the same time, graded by the same hidden tests."""
        return handed.graded_with(self.assignment.fingerprint)


@dataclass(frozen=True)
class Graded:
    """One submission, ready to be stored: the notebook as text, and what goes into the gradebook.

    `scores` maps grade ids to points, None where a person grades; `blank` holds the answers that were left as given.
    `fault` is the traceback of what we stumbled over, where we did.
    """

    result: Result
    notebook: str
    scores: Mapping[str, float | None]
    blank: frozenset[str]
    timestamp: str
    submission_secret: str = ""
    fingerprint: str = ""  # of what was graded with what, unless it has to be tried again
    fault: str = ""


def grade_submission(task: Task, sandbox: Sandbox, student: str, handed: Handed) -> Graded:
    """Grade what `student` handed in; what we did not foresee is told in `fault`, and ends nothing.

    Raises CourseError for a fault of ours that would meet everybody, SandboxError where nothing can run.
    """
    try:
        return _grade(task, sandbox, student, handed)
    except (CourseError, SandboxError):
        raise
    except Exception:  # running out of memory included
        return _left_to_a_person(task, student, handed, traceback.format_exc())


def _left_to_a_person(task: Task, student: str, handed: Handed, fault: str) -> Graded:
    """No points and none refused: every exercise waits for a person, and the next run tries again."""
    assignment = task.assignment
    try:
        answers = read_answers(handed, assignment).answers
    except Exception:  # the very thing we stumbled over, perhaps
        answers = {}
    notebook = assignment.with_answers(answers)
    verdicts = tuple(Verdict(exercise.id, 0.0, exercise.points, "manual", hint=FAULT)
                     for exercise in assignment.exercises)
    notebook.metadata[METADATA] = {"fingerprint": "", "problem": FAULT, "notes": [],
                                   "verdicts": [verdict.to_dict() for verdict in verdicts], "seconds": {}}
    scores = {_score_cell(exercise): None for exercise in assignment.exercises}
    return Graded(Result(student, verdicts, FAULT, fault=True), json.dumps(notebook, ensure_ascii=False) + "\n", scores,
                  frozenset(), handed.timestamp, handed.submission_secret, fault=fault)


def _grade(task: Task, sandbox: Sandbox, student: str, handed: Handed) -> Graded:
    assignment = task.assignment.for_student(student, task.settings)
    submission = read_answers(handed, assignment)
    # Of every hand-in anew: what a student reads about one says nothing about the inputs of the next.
    whose = f"{student} {handed.fingerprint}"
    cases = {probe.id: draw_cases(probe, task.secret, whose, assignment.name)
             for probe in assignment.problem_set.probes}
    notebook = assignment.with_answers(submission.answers, submission.pictures)
    left = left_in(assignment, submission)
    submission = as_judged(submission, left)
    evaluation = Evaluation()
    ends = time.monotonic() + sandbox.limits.total_seconds
    if not submission.problem:
        evaluation = run_notebook(sandbox, assignment, assignment.with_answers(submission.answers), cases, ends,
                                  with_examples=task.settings.figures)
    _check_our_own_cells(assignment, evaluation)
    judged = _judge(task, sandbox, assignment, submission, evaluation, cases, ends)
    delegations = delegations_of(assignment, submission)
    verdicts = tuple(_with_delegation(with_remark(verdict, left.get(verdict.id, ())), delegations.get(verdict.id),
                                      task.settings) for verdict in judged)
    result = Result(student, verdicts, submission.problem, tuple(submission.notes))
    _fill_outputs(notebook, assignment, evaluation, result)
    notebook.metadata[METADATA] = {"fingerprint": task.fingerprint(handed), "problem": result.problem,
                                   "notes": list(result.notes), "verdicts": [v.to_dict() for v in verdicts],
                                   "seconds": {str(n): run.seconds for n, run in evaluation.cells.items()}}
    scores = {_score_cell(exercise): None if verdict.kind == "manual" else verdict.points
              for exercise, verdict in zip(assignment.exercises, verdicts, strict=True)}
    blank = frozenset(name for name, number in assignment.answers.items()
                      if notebook.cells[number].source == assignment.notebook.cells[number].source)
    # On one line, because only that is quick; nbformat reads it as any other notebook.
    text = json.dumps(notebook, ensure_ascii=False) + "\n"
    return Graded(result, text, scores, blank, handed.timestamp, handed.submission_secret, task.fingerprint(handed))


def _judge(task: Task, sandbox: Sandbox, assignment: Assignment, submission: Submission, evaluation: Evaluation,
           cases: Mapping[str, Sequence[Case]], ends: float) -> list[Verdict]:
    """All looks at all exercises. What is wrong for the sake of an earlier exercise need not be explained first."""
    known = {probe.id: KnownValues(probe, cases[probe.id]) for probe in assignment.problem_set.probes}
    looked_again = bool(task.settings.carried_share) and not submission.problem

    def judge(exercise: Exercise, known_only: bool) -> Verdict:
        return judge_exercise(assignment, exercise, submission, evaluation, cases, known=known.get(exercise.id),
                              known_only=known_only)
    first = [judge(exercise, known_only=True) for exercise in assignment.exercises]
    second = second_look(sandbox, assignment, submission, first, cases, known, task.settings.carried_share,
                         ends) if looked_again else {}
    judged = [second.get(exercise.id) or (judge(exercise, known_only=False) if verdict.kind in UNEXPLAINED else verdict)
              for exercise, verdict in zip(assignment.exercises, first, strict=True)]
    return adapted_look(sandbox, assignment, submission, judged, cases, ends) if looked_again else judged


def run_notebook(sandbox: Sandbox, assignment: Assignment, notebook: Any, cases: Mapping[str, Sequence[Case]],
                 ends: float, with_examples: bool) -> Evaluation:
    """Run a notebook with the assignment's layout: set-up, answers and tests, and examples and figures if asked for.

    `ends` is when its time is up, on the monotonic clock.
    An answer may lean on a name that an example defines. Where one is missing, everything is run again with them, in
    what is left of the time; what that does not suffice for stays as it was.
    """
    needed = {number: cell.source for number, cell in enumerate(notebook.cells)
              if cell.cell_type == "code" and grade_id(cell)}
    everything = {number: cell.source for number, cell in enumerate(notebook.cells)
                  if cell.cell_type == "code" and not is_experiment(cell)}
    probes = {exercise.test: [exercise.id] for exercise in assignment.exercises if not exercise.manual}
    if with_examples or needed == everything:
        return evaluate(sandbox, everything, probes, cases, assignment.uses, ends)
    evaluation = evaluate(sandbox, needed, probes, cases, assignment.uses, ends)
    if _lacks_a_name(evaluation):
        first, evaluation = evaluation, evaluate(sandbox, everything, probes, cases, assignment.uses, ends)
        evaluation.add(first.cells, first.replies, probes)
        for number in everything.keys() - needed.keys():
            if (lost := evaluation.cells[number].lost) and lost.kind == "timeout":
                del evaluation.cells[number]  # students' cells had used up its time: as if it had not been tried
    return evaluation


def _lacks_a_name(evaluation: Evaluation) -> bool:
    """Whether a cell, or a call of an answer, stopped with a NameError."""
    shown = [output.get("ename") for run in evaluation.cells.values() for output in run.outputs]
    errors = [reply.header.get("error") for replies in evaluation.replies.values() for reply in replies.values()]
    return "NameError" in shown or any(isinstance(error, dict) and error.get("type") == "NameError" for error in errors)


def _check_our_own_cells(assignment: Assignment, evaluation: Evaluation) -> None:
    """What stops before any student's code has run is our own fault and must cost nobody points. Raises CourseError."""
    first = min(assignment.answers.values())  # worth points or not: what comes later may depend on it
    for number, run in sorted(evaluation.cells.items()):
        failed = run.lost.message if run.lost else next(
            (f"{o['ename']}: {o['evalue']}" for o in run.outputs if o["output_type"] == "error"), "")
        if number < first and failed:
            cell = assignment.notebook.cells[number].id
            raise CourseError(f"Nothing was graded: cell {cell} of {assignment.name} runs before any student's code, "
                              f"and it stopped ({failed}). Mend the notebook or the machine.")


def delegations_of(assignment: Assignment, submission: Submission) -> dict[str, Delegation]:
    """Answers that leave their work to a library, in a set that is written from scratch."""
    if not assignment.problem_set.from_scratch:
        return {}
    tested = {exercise.id for exercise in assignment.exercises if not exercise.manual}
    found = find_delegations({name: source for name, source in submission.answers.items() if name in tested},
                             assignment.setup)
    # An answer that is a test may use any tool.
    return {name: delegation for name, delegation in found.items()
            if not assignment.problem_set.find(name).catches}


def _with_delegation(verdict: Verdict, delegation: Delegation | None, settings: Settings) -> Verdict:
    if not delegation or verdict.kind == "missing":
        return verdict
    if settings.delegated_work == "warn":
        return replace(verdict, hint=f"{verdict.hint} {delegation.message}".strip())
    return replace(verdict, points=0.0, kind="delegated", mistake="", hint=delegation.message, named=())


def _score_cell(exercise: Exercise) -> str:
    return exercise.id if exercise.manual else f"test_{exercise.id}"


def _fill_outputs(notebook: Any, assignment: Assignment, evaluation: Evaluation, result: Result) -> None:
    """What each cell printed; under a test cell, the verdict and the number that nbgrader reads as its score."""
    verdicts = {exercise.test: verdict for exercise, verdict in zip(assignment.exercises, result.verdicts, strict=True)}
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        cell.execution_count = None
        if is_graded(cell) and not is_answer(cell):
            verdict = verdicts[number]
            text = {"output_type": "stream", "name": "stdout", "text": verdict.text() + "\n"}
            score = {"output_type": "execute_result", "execution_count": 1, "metadata": {},
                     "data": {"text/plain": repr(float(verdict.points))}}
            cell.execution_count = 1
            cell.outputs = [nbformat.from_dict(text), nbformat.from_dict(score)]
        else:
            run = evaluation.cells.get(number, CellRun())
            outputs = run.outputs
            if run.lost:
                outputs = [{"output_type": "error", "ename": "Stopped", "evalue": run.lost.message, "traceback": []}]
            cell.outputs = [nbformat.from_dict(output) for output in outputs]
