"""From what ran and what was shipped to the verdict on one exercise."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from grading.course.assignment import Assignment, Exercise
from grading.handin.intake import Submission
from grading.judge.case_outcome import Reply
from grading.judge.cases import Case
from grading.judge.judging import Lost, judge
from grading.judge.known_values import KnownValues
from grading.judge.verdict import Verdict
from grading.run.attempt import CellRun
from grading.run.evaluate import Evaluation
from grading.run.slips_of_form import with_form
from helpers.handin.leftover import nothing_written
from helpers.wire import WireError


def judge_exercise(assignment: Assignment, exercise: Exercise, submission: Submission, evaluation: Evaluation,
                   cases: Mapping[str, Sequence[Case]], silent: bool = False, known: KnownValues | None = None,
                   known_only: bool = False) -> Verdict:
    """The verdict on one exercise, whatever became of it on the way.

    A `silent` verdict holds no word, value or shape that came out of the student's process. `known` is for a caller
    that has several answers judged on the same cases. With `known_only` the points are all there, but a wrong answer
    that is no listed mistake is not explained, which takes most of the time.
    """
    def without_points(kind: str, hint: str) -> Verdict:
        return Verdict(exercise.id, 0.0, exercise.points, kind, hint=hint)

    name = exercise.id
    if submission.problem:
        return without_points("malformed", submission.problem)
    if name in submission.trouble:
        return without_points("missing" if "not in the notebook" in submission.trouble[name] else "malformed",
                              submission.trouble[name])
    if is_blank(assignment, exercise, submission):
        return without_points("missing", "Nothing has been written here yet.")
    if exercise.manual:
        return without_points("manual", "")
    probe = assignment.problem_set.find(name)
    answer = evaluation.cells.get(exercise.answer, CellRun())
    test = evaluation.cells.get(exercise.test, CellRun())
    replies: Mapping[int, Reply] = evaluation.replies.get(name, {})
    lost, known = _why_lost(answer, test, silent), known or KnownValues(probe, cases[name])
    try:
        verdict = judge(probe, cases[name], replies, lost, silent, known_only=True, known=known)
        if known_only:
            return replace(verdict, seconds=answer.seconds + test.seconds)
        # What a source shows says more than what its values are like, so it comes first.
        formed = with_form(verdict, assignment, exercise, submission, evaluation, cases, silent)
        if formed is verdict and verdict.kind in ("wrong", "error"):
            formed = judge(probe, cases[name], replies, lost, silent, known=known)
    except WireError:
        formed = without_points("error", "Something other than this course's test cells wrote to the grading channel.")
    return replace(formed, seconds=answer.seconds + test.seconds)


def is_blank(assignment: Assignment, exercise: Exercise, submission: Submission) -> bool:
    """Whether an answer was left as it was given, emptied, or made a stub of another form."""
    given, written = assignment.notebook.cells[exercise.answer].source, submission.answers.get(exercise.id, "")
    return written.strip() in ("", given.strip()) or (not exercise.manual
                                                      and nothing_written(written, exercise.id, given))


def _why_lost(answer: CellRun, test: CellRun, silent: bool) -> Lost:
    """Why values may be missing, the first cause first."""
    for where, run in (("This answer's cell", answer), ("Calling this answer", test)):
        if run.lost:
            return Lost(run.lost.kind, f"{where} did not come to an end: {run.lost.message}.")
        for output in run.outputs:
            if output["output_type"] == "error":
                words = "an exception" if silent else f"{output['ename']}: {output['evalue'][:300]}"
                return Lost("error", f"{where} stopped with {words}.")
    return Lost("error", "The test cell ended without values to judge.")
