"""Registering again is left out exactly where it would change nothing, which nbgrader's own SaveCells is asked."""

from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import text

from grading.course.assignment import Assignment, load_assignment
from grading.course.folder import Course
from grading.marks.gradebook import Ledger
from grading.marks.registration import is_registered
from tests import toy


def known(course: Course, notebook: Any) -> bool:
    with Ledger(course, toy.NAME) as ledger, ledger.gradebook.engine.connect() as database:
        return is_registered(database, toy.NAME, notebook)


def contents(course: Course) -> list[str]:
    """All that the gradebook says of cells and notebooks, without the ids it gives itself."""
    said = []
    with Ledger(course, toy.NAME) as ledger, ledger.gradebook.engine.connect() as database:
        for table in ("base_cell", "grade_cells", "source_cell", "notebook"):
            for row in database.execute(text(f"select * from {table}")).mappings():
                said.append(str({key: value for key, value in row.items() if not key.endswith("id")}))
    return sorted(said)


def registered(course: Course, notebook: Any) -> list[str]:
    """The same once nbgrader was told of a notebook, whether that is needed or not."""
    from nbgrader.preprocessors import SaveCells
    with Ledger(course, toy.NAME) as ledger:
        SaveCells(config=course.config).preprocess(notebook, ledger._resources(""))
    return contents(course)


def more_points(notebook: Any) -> None:
    cell(notebook, "test_double").metadata.nbgrader.points = 3


def another_text(notebook: Any) -> None:
    cell(notebook, "double").source += "\n# and more"


def another_checksum(notebook: Any) -> None:
    cell(notebook, "test_double").metadata.nbgrader.checksum = "0"


def another_name(notebook: Any) -> None:
    cell(notebook, "double").metadata.nbgrader.grade_id = "twice"


def unlocked(notebook: Any) -> None:
    label = cell(notebook, "test_double").metadata.nbgrader
    label.grade, label.locked = False, False


def another_kernel(notebook: Any) -> None:
    notebook.metadata.kernelspec = {"name": "julia", "display_name": "Julia", "language": "julia"}


def cell(notebook: Any, name: str) -> Any:
    return next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name)


@pytest.fixture
def assignment(course: Course) -> Assignment:
    return load_assignment(course, toy.NAME)


def test_what_is_there_is_known(course: Course, assignment: Assignment) -> None:
    before = contents(course)
    assert known(course, assignment.notebook)
    assert registered(course, assignment.notebook) == before


@pytest.mark.parametrize("change", [more_points, another_text, another_checksum, another_name, unlocked, another_kernel])
def test_every_change_that_nbgrader_would_store_is_seen(course: Course, assignment: Assignment, change: Any) -> None:
    notebook = deepcopy(assignment.notebook)
    change(notebook)
    assert not known(course, notebook)
    before = contents(course)
    assert registered(course, notebook) != before
    assert known(course, notebook)


def test_an_empty_gradebook_knows_nothing(course: Course, assignment: Assignment) -> None:
    (course.root / "gradebook.db").unlink()
    assert not known(course, assignment.notebook)
