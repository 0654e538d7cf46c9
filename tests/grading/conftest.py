"""Fixtures that several packages share."""

import pytest

from grading.course.folder import Course
from tests.grading.reading import classroom


@pytest.fixture
def read_course(course: Course) -> Course:
    """The toy course with a class whose written answers wait."""
    classroom.hand_in(classroom.with_scheme(course), classroom.ANSWERS)
    return course
