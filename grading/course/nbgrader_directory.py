"""A course as nbgrader's own parts take it."""

from typing import Any

from grading.course.folder import Course


def nbgrader_directory(course: Course, **chosen: str) -> tuple[Any, Any]:
    """nbgrader's CourseDirectory for a course, and the configuration that goes with it.

    `chosen` sets what a command is about: assignment_id, student_id.
    """
    from nbgrader.coursedir import CourseDirectory
    config = course.config.copy()
    config.CourseDirectory.root = str(course.root)
    directory = CourseDirectory(config=config)
    for name, value in chosen.items():
        setattr(directory, name, value)
    return directory, config
