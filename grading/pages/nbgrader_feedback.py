"""What `nbgrader generate_feedback` takes out of a page: hidden tests and rubrics, and nothing that a student wrote.

A student may type `### BEGIN HIDDEN TESTS` into an answer; nbgrader's own steps would stop there.
"""

from typing import Any

from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme
from nbgrader.utils import is_solution


class _NoAnswers:
    """Goes before a step that clears cells."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Leave a cell that students write in as it is."""
        if is_solution(cell):
            return cell, resources
        cleared: tuple[Any, Any] = super().preprocess_cell(cell, resources, cell_index)  # type: ignore[misc]
        return cleared


class ClearHiddenTestsOnly(_NoAnswers, ClearHiddenTests):  # type: ignore[misc]  # nbgrader has no types
    """Hidden tests, but no lines of an answer."""


class ClearMarkSchemeOnly(_NoAnswers, ClearMarkScheme):  # type: ignore[misc]
    """Rubrics, but no lines of an answer."""
