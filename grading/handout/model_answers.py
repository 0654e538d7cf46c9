"""Model answers for students, after the deadline: solution/PS/PS.ipynb, by nbgrader itself."""

from pathlib import Path

from grading.course.assignment import Assignment
from grading.course.folder import Course
from grading.course.nbgrader_directory import nbgrader_directory
from grading.errors import CourseError
from grading.marks.gradebook import Ledger


def write_model_answers(course: Course, assignment: Assignment) -> Path:
    """Run the source notebook with its solutions, hidden tests and rubrics taken out, and write it.

    Raises CourseError with nbgrader's words.
    """
    from nbgrader.converters import GenerateSolution
    from nbgrader.utils import capture_log
    name = assignment.name
    with Ledger(course, name) as ledger:
        ledger.register(assignment)  # nbgrader knows no other problem sets
    directory, config = nbgrader_directory(course, assignment_id=name)
    converter = GenerateSolution(coursedir=directory, config=config)
    converter.force = True
    outcome = capture_log(converter)
    if not outcome["success"]:
        raise CourseError(f"{course.source(name)}: {outcome.get('error') or outcome.get('log')}")
    return course.root / directory.solution_directory / name / f"{name}.ipynb"
