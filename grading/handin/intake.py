"""From the bytes a student handed in to the answers in them.

Only the sources of known answer cells are taken. Everything else (tests, order, metadata, kernel, tags, outputs) comes
from the instructor's notebook. What cannot be read is a graded outcome with a reason, never an exception.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from grading.course.assignment import Assignment, grade_id, is_answer
from grading.handin.answer_cells import find_answers, label_of, source_of, together
from grading.handin.collect import Handed, Unreadable
from grading.handin.pictures import Pictures, with_pictures
from helpers.handin.source import names

MAX_CELLS = 2000
MAX_SOURCE = 50_000
MAX_OWN = 500_000  # characters of cells that are looked into for what they define
MAX_PARTS = 300_000  # lists and objects, each of which takes memory many times its size in the file


@dataclass
class Submission:
    """What was found. `problem` is why nothing could be taken; `trouble` is the same for single answers.

    `own_names` is what cells of the student's own define, which are not taken; `pictures` are those of written answers.
    """

    answers: dict[str, str] = field(default_factory=dict)
    problem: str = ""
    trouble: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    own_names: frozenset[str] = frozenset()
    pictures: dict[str, Pictures] = field(default_factory=dict)


def read_answers(handed: Handed, assignment: Assignment) -> Submission:
    """The answers in the notebook that was handed in."""
    submission = Submission(problem=handed.problem, notes=list(handed.notes))
    if not handed.problem:
        try:
            _take_answers(_cells(handed.data, assignment.name), assignment, submission)
        except Unreadable as reason:
            submission.problem = str(reason)
    return submission


def _cells(data: bytes, name: str) -> list[dict[str, Any]]:
    again = "Open it in JupyterLab, save it, and hand it in again."
    if data.count(b"[") + data.count(b"{") > MAX_PARTS:
        raise Unreadable(f"{name}.ipynb has more than {MAX_PARTS} parts. Clear its outputs (Edit → Clear Outputs of "
                         "All Cells), save, and hand it in again.")
    if not data.strip():
        raise Unreadable(f"{name}.ipynb is empty (zero bytes). {again}")
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable(f"{name}.ipynb is not a text file. {again}") from None
    except ValueError as error:
        raise Unreadable(f"{name}.ipynb is not complete JSON ({error}). {again}") from None
    except RecursionError:
        raise Unreadable(f"{name}.ipynb is nested too deeply to be a notebook. {again}") from None
    if not isinstance(notebook, dict):
        raise Unreadable(f"{name}.ipynb is JSON, but not a notebook. {again}")
    cells = notebook.get("cells")
    if notebook.get("nbformat") == 3 and isinstance(notebook.get("worksheets"), list):
        sheets = [sheet.get("cells") for sheet in notebook["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    elif notebook.get("nbformat") != 4:
        raise Unreadable(f"{name}.ipynb has notebook format {str(notebook.get('nbformat'))[:20]}; expected 4. {again}")
    if not isinstance(cells, list):
        raise Unreadable(f"{name}.ipynb has no list of cells. {again}")
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"{name}.ipynb has {len(cells)} cells; more than {MAX_CELLS} are not read. Remove the extra "
                         "ones and hand it in again.")
    return [cell for cell in cells if isinstance(cell, dict)]


def _take_answers(cells: list[dict[str, Any]], assignment: Assignment, submission: Submission) -> None:
    taken = set[int]()
    found = find_answers(cells, assignment)
    for wanted in assignment.notebook.cells:
        if not is_answer(wanted):
            continue
        name = grade_id(wanted)
        if not found[name].cells:
            submission.trouble[name] = "This answer's cell is not in the notebook you handed in."
            continue
        taken |= {id(cell) for cell in found[name].cells}
        mine = [cell for cell in found[name].cells if cell.get("cell_type") == wanted.cell_type]
        sources = [source for cell in mine if (source := source_of(cell)) is not None]
        if not mine:
            kind = "code" if wanted.cell_type == "code" else "text (Markdown)"
            submission.trouble[name] = f"This answer's cell is not {kind}: change the type of the cell back."
            continue
        if not sources:
            submission.trouble[name] = "This answer's cell holds no readable text."
            continue
        source, remark = together(sources, wanted.source, wanted.cell_type == "code")
        if wanted.cell_type == "markdown":
            attached = {key: value for cell in mine if isinstance(given := cell.get("attachments"), dict)
                        for key, value in given.items()}
            source, pictures, left_out = with_pictures(source, attached)
            submission.pictures |= {name: pictures} if pictures else {}
            submission.notes += [f"{name}: {reason}" for reason in left_out]
        if len(source) > MAX_SOURCE:
            submission.trouble[name] = f"This answer's cell is longer than {MAX_SOURCE} characters: shorten it."
            continue
        submission.answers[name] = source
        if remark:
            submission.notes.append(f"{name} {remark}")
        if found[name].how:
            submission.notes.append(f"{name} had lost its nbgrader label and was found by {found[name].how}.")
    submission.own_names = _own_names([cell for cell in cells if id(cell) not in taken], assignment)


def _own_names(cells: list[dict[str, Any]], assignment: Assignment) -> frozenset[str]:
    """What these cells define that are neither answers nor as they were handed out."""
    given, room, found = {cell.source for cell in assignment.notebook.cells}, MAX_OWN, frozenset[str]()
    for cell in cells:
        source = source_of(cell) if cell.get("cell_type") == "code" and not label_of(cell) else None
        if source and source not in given and len(source) <= room:
            room -= len(source)
            found |= names(source).bound
    return found
