"""From the bytes a student handed in to the answers in them.

Only the sources of known answer cells are taken. Everything else (tests, order, metadata, kernel, tags, outputs) comes
from the instructor's notebook. What cannot be read is a graded outcome with a reason, never an exception.
"""

from dataclasses import dataclass, field
from typing import Any

from grading.course.assignment import Assignment, grade_id, is_answer
from grading.handin.answer_cells import find_answers, label_of, source_of, together
from grading.handin.collect import Handed, Unreadable
from grading.handin.copies import choose
from grading.handin.pictures import Pictures, with_pictures
from helpers.handin.source import names

MAX_SOURCE = 50_000
MAX_OWN = 500_000  # characters of cells that are looked into for what they define


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
    submission = Submission(notes=list(handed.notes))
    try:
        cells, notes = choose(handed, assignment)
        submission.notes += notes
        _take_answers(cells, assignment, submission)
    except Unreadable as reason:
        submission.problem = str(reason)
    return submission


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
