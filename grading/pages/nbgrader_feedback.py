"""What `nbgrader generate_feedback` takes out of a page: hidden tests and rubrics, and nothing that a student wrote.

A student may type `### BEGIN HIDDEN TESTS` into an answer; nbgrader's own steps would stop there.
"""

from typing import Any

from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme
from nbgrader.utils import is_solution


class ClearHiddenTestsOnly(ClearHiddenTests):  # type: ignore[misc]  # nbgrader has no types
    """Hidden tests, but no lines of an answer."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Leave a cell that students write in as it is."""
        return (cell, resources) if is_solution(cell) else super().preprocess_cell(cell, resources, cell_index)


class ClearMarkSchemeOnly(ClearMarkScheme):  # type: ignore[misc]
    """Rubrics, but no lines of an answer."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Leave a cell that students write in as it is."""
        return (cell, resources) if is_solution(cell) else super().preprocess_cell(cell, resources, cell_index)
