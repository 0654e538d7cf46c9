"""The sandbox in which a course's submissions run: its limits, what it hides, and what its notebooks import."""

from grading.course.folder import Course
from grading.course.notebook_imports import imported_by_setup
from grading.sandbox.client import Sandbox


def class_sandbox(course: Course, name: str, isolate: bool = True) -> Sandbox:
    """A sandbox for one problem set, which need not be loaded yet. Use as a context manager."""
    imports = imported_by_setup(course.source(name))
    return Sandbox(course.limits, course.private_paths, isolate, imports, course.own_checks())
