"""Grade submissions one after another: read, run, judge, store. Nothing already graded is lost on the way."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat

from grading import gradebook
from grading.assignment import Assignment, Exercise, is_answer, is_experiment, is_graded
from grading.cases import Case, draw_cases, read_secret
from grading.course import Course
from grading.delegation import Delegation, find_delegations
from grading.errors import CourseError
from grading.evaluate import CellRun, Evaluation, evaluate
from grading.intake import Submission, read_submission
from grading.judge import Lost, judge
from grading.outcomes import Reply
from grading.sandbox.client import Sandbox
from grading.sources import uses
from grading.verdict import Result, Verdict
from helpers.wire import WireError

METADATA = "neural_course"


def grade_class(course: Course, assignment: Assignment, students: Sequence[str], sandbox: Sandbox,
                force: bool = False) -> Iterator[Result]:
    """Results in the order of `students`. A submission that is graded already and has not changed is not run again."""
    secret = read_secret(course.secret_file)
    gradebook.register(course, assignment)
    for student in students:
        submission = read_submission(course.root / "submitted" / student / assignment.name, assignment)
        result = None if force else stored_result(course, assignment, student, submission)
        if result is None:
            result = _grade(course, assignment, student, submission, sandbox, secret)
        yield with_manual_scores(result, gradebook.manual_scores(course, assignment, student))


def _grade(course: Course, assignment: Assignment, student: str, submission: Submission, sandbox: Sandbox,
           secret: bytes) -> Result:
    assignment = assignment.for_student(student, course)
    cases = {probe.id: draw_cases(probe, secret, student, assignment.name) for probe in assignment.problem_set.probes}
    notebook = assignment.with_answers(submission.answers)
    evaluation = Evaluation() if submission.problem else run_notebook(sandbox, assignment, notebook, cases)
    _check_our_own_cells(assignment, evaluation)
    judged = (judge_exercise(assignment, exercise, submission, evaluation, cases) for exercise in assignment.exercises)
    delegations = delegations_of(assignment, submission)
    verdicts = tuple(_with_delegation(verdict, delegations.get(verdict.id), course) for verdict in judged)
    result = Result(student, verdicts, submission.problem, tuple(submission.notes))
    _fill_outputs(notebook, assignment, evaluation, result)
    notebook.metadata[METADATA] = {"fingerprint": _fingerprint(assignment, submission), "problem": result.problem,
                                   "notes": list(result.notes), "verdicts": [v.to_dict() for v in verdicts],
                                   "seconds": {str(n): run.seconds for n, run in evaluation.cells.items()}}
    scores = {_score_cell(exercise): None if verdict.kind == "manual" else verdict.points
              for exercise, verdict in zip(assignment.exercises, verdicts, strict=True)}
    gradebook.save(course, assignment, student, notebook, scores, submission.timestamp)
    # The notebook comes last: while it is not there, the submission counts as not graded and is done again.
    write_text(course.autograded(student, assignment.name), nbformat.writes(notebook) + "\n", mode=0o444)
    if submission.timestamp:
        beside = course.autograded(student, assignment.name).with_name("timestamp.txt")
        write_text(beside, submission.timestamp, mode=0o444)
    return result


def run_notebook(sandbox: Sandbox, assignment: Assignment, notebook: Any,
                 cases: Mapping[str, Sequence[Case]]) -> Evaluation:
    """Run the code cells of a notebook with the assignment's layout, all but those that are for the reader only."""
    cells = {number: cell.source for number, cell in enumerate(notebook.cells)
             if cell.cell_type == "code" and not is_experiment(cell)}
    probes = {exercise.test: [exercise.id] for exercise in assignment.exercises if not exercise.manual}
    return evaluate(sandbox, cells, probes, cases, uses(assignment.problem_set))


def _check_our_own_cells(assignment: Assignment, evaluation: Evaluation) -> None:
    """What stops before any student's code has run is our own fault and must cost nobody points. Raises CourseError."""
    first = min(exercise.answer for exercise in assignment.exercises)
    for number, run in sorted(evaluation.cells.items()):
        failed = run.lost.message if run.lost else next(
            (f"{o['ename']}: {o['evalue']}" for o in run.outputs if o["output_type"] == "error"), "")
        if number < first and failed:
            cell = assignment.notebook.cells[number].id
            raise CourseError(f"Nothing was graded: cell {cell} of {assignment.name} runs before any student's code, "
                              f"and it stopped ({failed}). Mend the notebook or the machine.")


def judge_exercise(assignment: Assignment, exercise: Exercise, submission: Submission, evaluation: Evaluation,
                   cases: Mapping[str, Sequence[Case]]) -> Verdict:
    """The verdict on one exercise, whatever became of it on the way."""
    def without_points(kind: str, hint: str) -> Verdict:
        return Verdict(exercise.id, 0.0, exercise.points, kind, hint=hint)

    name = exercise.id
    if submission.problem:
        return without_points("malformed", submission.problem)
    if name in submission.trouble:
        return without_points("missing" if "not in the notebook" in submission.trouble[name] else "malformed",
                              submission.trouble[name])
    if submission.answers[name].strip() in ("", assignment.notebook.cells[exercise.answer].source.strip()):
        return without_points("missing", "Nothing has been written here yet.")
    if exercise.manual:
        return without_points("manual", "")
    probe = assignment.problem_set.find(name)
    answer = evaluation.cells.get(exercise.answer, CellRun())
    test = evaluation.cells.get(exercise.test, CellRun())
    replies: Mapping[int, Reply] = evaluation.replies.get(name, {})
    try:
        verdict = judge(probe, cases[name], replies, _why_lost(answer, test))
    except WireError:
        verdict = without_points("error", "Something other than this course's test cells wrote to the grading channel.")
    return replace(verdict, seconds=answer.seconds + test.seconds)


def delegations_of(assignment: Assignment, submission: Submission) -> dict[str, Delegation]:
    """Answers that leave their work to a library, in a set that is written from scratch."""
    if not assignment.problem_set.from_scratch:
        return {}
    tested = {exercise.id for exercise in assignment.exercises if not exercise.manual}
    return find_delegations({name: source for name, source in submission.answers.items() if name in tested},
                            assignment.setup)


def _with_delegation(verdict: Verdict, delegation: Delegation | None, course: Course) -> Verdict:
    if not delegation or verdict.kind == "missing":
        return verdict
    if course.settings.delegated_work == "warn":
        return replace(verdict, hint=f"{verdict.hint} {delegation.message}".strip())
    return replace(verdict, points=0.0, kind="delegated", mistake="", hint=delegation.message, named=())


def _why_lost(answer: CellRun, test: CellRun) -> Lost:
    """Why values may be missing, the first cause first."""
    for where, run in (("This answer's cell", answer), ("Calling this answer", test)):
        if run.lost:
            return Lost(run.lost.kind, f"{where} did not come to an end: {run.lost.message}.")
        for output in run.outputs:
            if output["output_type"] == "error":
                return Lost("error", f"{where} stopped with {output['ename']}: {output['evalue'][:300]}.")
    return Lost("error", "The test cell ended without values to judge.")


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


def _fingerprint(assignment: Assignment, submission: Submission) -> str:
    return f"{assignment.fingerprint}:{submission.fingerprint or submission.problem}"


def stored_result(course: Course, assignment: Assignment, student: str, submission: Submission | None = None
                  ) -> Result | None:
    """What an earlier run found; None when there is none, or when it was about other bytes than `submission`."""
    try:
        notebook = nbformat.read(course.autograded(student, assignment.name), as_version=4)
        stored = notebook.metadata[METADATA]
        if submission is not None and stored["fingerprint"] != _fingerprint(assignment, submission):
            return None
        return Result(student, tuple(Verdict.from_dict(data) for data in stored["verdicts"]), stored["problem"],
                      tuple(stored["notes"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # not graded yet, or damaged: grading again mends it


def with_manual_scores(result: Result, scores: Mapping[str, float]) -> Result:
    """The same result with the points a person has given in place of the automatic ones."""
    def points(verdict: Verdict) -> float:
        return scores.get(f"test_{verdict.id}", scores.get(verdict.id, verdict.points))
    return replace(result, verdicts=tuple(replace(verdict, points=points(verdict)) for verdict in result.verdicts))


def write_text(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
