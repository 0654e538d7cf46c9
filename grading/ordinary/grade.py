"""Grade an ordinary assignment: nbgrader's own autograding, student by student, with the cells in the sandbox.

Scores are what `nbgrader autograde` gives, since all but running the cells is nbgrader's; a submission that it would
stumble over is one student's outcome.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter
from nbgrader.preprocessors import Execute
from nbgrader.utils import capture_log

import grading.marks.gradebook  # noqa: F401  # quietens SQLAlchemy about nbgrader's objects
from grading.course.folder import Course
from grading.course.nbgrader_directory import nbgrader_directory
from grading.errors import CourseError
from grading.judge.verdict import Result, Verdict
from grading.ordinary.assignments import files_beside, fingerprint, imports_of, require_plain_files
from grading.ordinary.run_cells import sandboxed
from grading.sandbox.client import Sandbox

FINGERPRINT = ".graded"  # beside the graded notebooks


class _StudentByStudent(Autograde):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's own, also where this package's configuration has put its grading in the place of `start`."""

    start = BaseConverter.start


def grade_ordinary(course: Course, name: str, students: Sequence[str], isolate: bool = True, force: bool = False
                   ) -> Iterator[Result]:
    """Results in the order of `students`. What is graded already and has not changed is not run again.

    Raises CourseError where the gradebook does not know the assignment.
    """
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            gradebook.find_assignment(name)
        except MissingEntry:
            raise CourseError(f"The gradebook does not know {name} yet: nbgrader generate_assignment {name}") from None
    given = dict(files_beside(course.root / "source" / name))
    with Sandbox(course.limits, course.private_paths, isolate, imports_of(course, name)) as sandbox:
        for student in students:
            problem, kept = "", course.root / "autograded" / student / name / FINGERPRINT
            try:
                require_plain_files(course.root / "submitted" / student / name)
                now = fingerprint(course, name, student)
                if force or not kept.is_file() or kept.read_text() != now:
                    _set_scores(course, name, student, None)  # an older one must not survive where a test is gone
                    _autograde(course, name, student, sandbox, given)
                    kept.write_text(now)
            except CourseError as error:
                _set_scores(course, name, student, 0.0)
                kept.unlink(missing_ok=True)
                problem = str(error)
            yield _result(course, name, student, problem)


def _autograde(course: Course, name: str, student: str, sandbox: Sandbox, given: dict[str, bytes]) -> None:
    """Raises CourseError, with nbgrader's words, where it gives up on the submission."""
    directory, config = nbgrader_directory(course, assignment_id=name, student_id=student)
    converter = _StudentByStudent(coursedir=directory, config=config)
    converter.force = True
    files = dict(files_beside(course.root / "submitted" / student / name)) | given
    converter.autograde_preprocessors = [sandboxed(sandbox, files) if step is Execute else step
                                         for step in converter.autograde_preprocessors]
    outcome = capture_log(converter)
    if not outcome["success"]:
        raise CourseError(_reason(outcome))


def _reason(outcome: dict[str, Any]) -> str:
    """The last exception that nbgrader wrote down on the way."""
    lines = [line for line in f"{outcome.get('log') or ''}".splitlines() if line and not line[0].isspace()]
    told = [line for line in lines if not line.startswith("[") and ":" in line]
    return f"nbgrader could not grade it: {(told or lines or ['it does not say why'])[-1][:300]}"


def _set_scores(course: Course, name: str, student: str, score: float | None) -> None:
    """All automatic scores of a submission; what has none waits for a person, as nbgrader has it from the start."""
    with Gradebook(course.db_url, course.course_id) as gradebook:
        gradebook.update_or_create_student(student)
        submission = gradebook.update_or_create_submission(name, student)
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                grade.auto_score, grade.needs_manual_grade = score, score is None or grade.manual_score is not None
        gradebook.db.commit()


def _result(course: Course, name: str, student: str, problem: str) -> Result:
    verdicts = []
    with Gradebook(course.db_url, course.course_id) as gradebook:
        submission = gradebook.find_submission(name, student)
        for notebook in sorted(submission.notebooks, key=lambda one: one.name):
            prefix = f"{notebook.name}/" if len(submission.notebooks) > 1 else ""
            for grade in sorted(notebook.grades, key=lambda one: one.name):
                points, most = float(grade.score or 0.0), float(grade.max_score or 0.0)
                by_hand = grade.auto_score is None or (grade.manual_score is not None)
                kind = ("manual" if grade.needs_manual_grade else "graded") if by_hand else \
                    "right" if points >= most else "wrong"
                verdicts.append(Verdict(prefix + grade.name, points, most, "malformed" if problem else kind))
    return Result(student, tuple(verdicts), problem)
