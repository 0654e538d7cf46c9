"""From source/ to release/, by nbgrader itself."""

from pathlib import Path

from grading.course.folder import Course
from grading.course.nbgrader_directory import nbgrader_directory
from grading.errors import CourseError


def generate(course: Course, name: str) -> Path:
    """Write release/NAME/NAME.ipynb and register the set in the gradebook. Raises CourseError with nbgrader's words."""
    from nbgrader.apps.api import NbGraderAPI

    from grading.marks import new_gradebook
    new_gradebook.without_a_command()
    course.source(name)
    directory, config = nbgrader_directory(course)
    outcome = NbGraderAPI(directory, config=config).generate_assignment(name, force=True)
    if not outcome["success"]:
        raise CourseError(f"{course.source(name)}: {outcome.get('error') or outcome.get('log')}")
    return course.release(name)
