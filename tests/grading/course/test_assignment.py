"""A source notebook and its hidden tests fit together, or loading says where they do not."""

from typing import Any

import pytest

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.errors import CourseError
from tests import toy


def test_a_cell_that_grading_needs_cannot_be_for_the_reader_only(course: Course) -> None:
    def tag(notebook: Any) -> None:
        next(cell for cell in notebook["cells"] if cell["id"] == "double")["metadata"]["tags"] = ["experiment"]
    toy.edit(course.source(toy.NAME), tag)
    with pytest.raises(CourseError, match="the cell double is tagged 'experiment', but grading needs it"):
        load_assignment(course, toy.NAME)
