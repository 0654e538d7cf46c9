"""Several notebooks in one submission's folder: which of them has the work in it.

JupyterLab's Duplicate makes `PS-Copy1.ipynb`, browsers make `PS (1).ipynb`, and the one under the expected name may be
the one that nobody has touched.
"""

from typing import Any

from grading.course.assignment import Assignment, grade_id, is_answer
from grading.handin.answer_cells import find_answers, source_of
from grading.handin.collect import Handed, Unreadable, shown
from grading.handin.notebook_cells import cells_of
from helpers.handin.leftover import nothing_written


def choose(handed: Handed, assignment: Assignment) -> tuple[list[dict[str, Any]], list[str]]:
    """The cells of the notebook that counts, and notes on the others.

    The one under the expected name counts; where there is none, or it is as it was given out or cannot be read, the
    only one with work in it does. Raises Unreadable with the reason for the student where no notebook can be taken.
    """
    wanted, cells, problem = f"{assignment.name}.ipynb", list[dict[str, Any]](), handed.problem
    try:
        cells = [] if problem else cells_of(handed.data, assignment.name)
    except Unreadable as reason:
        problem = str(reason)
    worked = {name: found for name, data in handed.beside
              if _has_work(found := _readable(data, assignment.name), assignment)}
    if cells and worked and _has_work(cells, assignment):
        return cells, [f"{shown(name)} lies beside it with answers too: only {wanted} counts." for name in worked]
    if len(worked) > 1:
        raise Unreadable(f"Several notebooks have work in them ({', '.join(map(shown, worked))}), and {wanted} has not."
                         " Hand in one notebook under the expected name.")
    for name, found in worked.items():
        why = problem.partition(". ")[0] or f"{wanted} is as it was given out"
        return found, [f"{why}: {shown(name)}, where the work is, was graded."]
    if problem:
        raise Unreadable(problem)
    return cells, []


def _readable(data: bytes, name: str) -> list[dict[str, Any]]:
    try:
        return cells_of(data, name)
    except Unreadable:
        return []


def _has_work(cells: list[dict[str, Any]], assignment: Assignment) -> bool:
    """Whether any answer is not as it was given out."""
    found = find_answers(cells, assignment) if cells else {}
    for wanted in (cell for cell in assignment.notebook.cells if is_answer(cell)):
        sources = [source_of(cell) or "" for cell in found[grade_id(wanted)].cells] if found else []
        if any(source.strip() not in ("", wanted.source.strip())
               and not (wanted.cell_type == "code" and nothing_written(source, grade_id(wanted), wanted.source))
               for source in sources):
            return True
    return False
