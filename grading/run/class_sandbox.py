"""The sandbox in which a course's submissions run: its limits, what it hides, and what its notebooks import."""

from grading.course.assignment import Assignment
from grading.course.folder import Course
from grading.sandbox.client import Sandbox


def class_sandbox(course: Course, assignment: Assignment, isolate: bool = True) -> Sandbox:
    """A sandbox for one problem set. Use as a context manager."""
    return Sandbox(course.limits, course.private_paths, isolate, assignment.imports, assignment.own_checks)
