"""The one writer of nbgrader's gradebook."""

import warnings
from collections.abc import Mapping
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import AssignLatePenalties, SaveCells
from nbgrader.utils import parse_utc
from sqlalchemy.exc import OperationalError, SAWarning

from grading.assignment import Assignment
from grading.course import Course
from grading.errors import CourseError

# nbgrader 0.9.6 reads relations of objects it has not added to the session yet; SQLAlchemy 2.1 says so each time.
warnings.filterwarnings("ignore", category=SAWarning, message="Object of type .* not in session")


def register(course: Course, assignment: Assignment) -> None:
    """Tell the gradebook about a problem set, as generate_assignment does. Raises CourseError when it refuses."""
    try:
        with Gradebook(course.db_url, course.course_id) as gradebook:
            gradebook.update_or_create_assignment(assignment.name)
        SaveCells(config=course.config).preprocess(assignment.notebook, _resources(course, assignment, ""))
    except RuntimeError:
        raise CourseError(f"The graded cells of {assignment.name} have changed since submissions were graded. Restore "
                          f"them, or start a new gradebook: move {course.db_url} away.") from None
    except OperationalError as error:
        raise CourseError(f"The gradebook {course.db_url} cannot be written: {error.orig}. Close other programs that "
                          "use it, and check the folder's permissions and space.") from None


def save(course: Course, assignment: Assignment, student: str, notebook: Any, scores: Mapping[str, float | None],
         timestamp: str) -> None:
    """Store the automatic scores (grade_id → points, None where a person grades) of one submission.

    Manual scores are kept. A score that is not given is 0: what was not executed is worth nothing.
    """
    with Gradebook(course.db_url, course.course_id) as gradebook:
        gradebook.update_or_create_student(student)
        handed_in = {"timestamp": _parse(timestamp)} if _parse(timestamp) else {}
        submission = gradebook.update_or_create_submission(assignment.name, student, **handed_in)
        [graded] = [graded for graded in submission.notebooks if graded.name == assignment.name]
        for grade in graded.grades:
            grade.auto_score = scores.get(grade.name, 0.0)
            grade.needs_manual_grade = grade.auto_score is None or grade.manual_score is not None
        for comment in graded.comments:
            comment.auto_comment = "No response." if _unchanged(assignment, notebook, comment.name) else None
        gradebook.db.commit()
    AssignLatePenalties(config=course.config).preprocess(notebook, _resources(course, assignment, student))


def manual_scores(course: Course, assignment: Assignment, student: str) -> dict[str, float]:
    """Scores that a person has given (grade_id → points, extra credit included)."""
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            graded = gradebook.find_submission_notebook(assignment.name, assignment.name, student)
        except MissingEntry:
            return {}
        by_hand = [grade for grade in graded.grades if grade.manual_score is not None or grade.extra_credit]
        return {grade.name: grade.score for grade in by_hand}


def comments(course: Course, assignment: Assignment, student: str) -> dict[str, str]:
    """What a grader wrote beside an answer (grade_id → text)."""
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            graded = gradebook.find_submission_notebook(assignment.name, assignment.name, student)
        except MissingEntry:
            return {}
        return {comment.name: comment.manual_comment for comment in graded.comments if comment.manual_comment}


def _unchanged(assignment: Assignment, notebook: Any, name: str) -> bool:
    given = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in notebook.cells}
    blank = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in assignment.notebook.cells}
    return bool(given.get(name) == blank.get(name))


def _parse(timestamp: str) -> Any:
    try:
        return parse_utc(timestamp) if timestamp else None
    except (ValueError, OverflowError):
        return None


def _resources(course: Course, assignment: Assignment, student: str) -> dict[str, Any]:
    return {"nbgrader": {"student": student, "assignment": assignment.name, "notebook": assignment.name,
                         "db_url": course.db_url}}
