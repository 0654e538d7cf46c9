"""What nbgrader's gradebook knows of a problem set's cells, and what it would be told of a notebook."""

import json
from typing import Any

from nbgrader import api
from nbgrader.utils import is_grade, is_locked, is_solution
from sqlalchemy import Connection, Table, select

ASSIGNMENT: Table = api.Assignment.__table__
NOTEBOOK: Table = api.Notebook.__table__
CELL: Table = api.BaseCell.__table__
GRADE_CELL: Table = api.GradeCell.__table__
SOURCE: Table = api.SourceCell.__table__


def is_registered(database: Connection, name: str, notebook: Any) -> bool:
    """Whether telling the gradebook about the notebook's cells (nbgrader's SaveCells) would change nothing in it."""
    ours = select(NOTEBOOK.c.id, NOTEBOOK.c.kernelspec).join(ASSIGNMENT, ASSIGNMENT.c.id == NOTEBOOK.c.assignment_id)
    found = database.execute(ours.where(ASSIGNMENT.c.name == name, NOTEBOOK.c.name == name)).one_or_none()
    if not found or found.kernelspec != json.dumps(notebook.metadata.get("kernelspec", {})):
        return False
    with_points = (select(CELL.c.name, CELL.c.type, GRADE_CELL.c.max_score, GRADE_CELL.c.cell_type)
                   .outerjoin(GRADE_CELL, GRADE_CELL.c.id == CELL.c.id).where(CELL.c.notebook_id == found.id))
    with_text = (select(SOURCE.c.name, SOURCE.c.cell_type, SOURCE.c.locked, SOURCE.c.source, SOURCE.c.checksum)
                 .where(SOURCE.c.notebook_id == found.id))
    known = [tuple(row) for rows in (with_points, with_text) for row in database.execute(rows)]
    return sorted(known, key=repr) == sorted(_rows(notebook), key=repr)


def _rows(notebook: Any) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if is_grade(cell):
            rows.append((about["grade_id"], "GradeCell", float(about["points"]), cell.cell_type))
        if is_solution(cell):
            rows.append((about["grade_id"], "SolutionCell", None, None))
        if is_grade(cell) or is_solution(cell) or is_locked(cell):
            rows.append((about["grade_id"], cell.cell_type, is_locked(cell), cell.source,
                         about.get("checksum")))
    return rows
