"""From source/ to release/, by nbgrader itself."""

from pathlib import Path
from typing import Any

from grading.course.folder import Course
from grading.errors import CourseError


def generate(course: Course, name: str) -> Path:
    """Write release/NAME/NAME.ipynb and register the set in the gradebook. Raises CourseError with nbgrader's words."""
    from nbgrader.apps.api import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory
    course.source(name)
    config: Any = course.config.copy()
    config.CourseDirectory.root = str(course.root)
    outcome = NbGraderAPI(CourseDirectory(config=config), config=config).generate_assignment(name, force=True)
    if not outcome["success"]:
        raise CourseError(f"{course.source(name)}: {outcome.get('error') or outcome.get('log')}")
    return course.release(name)
