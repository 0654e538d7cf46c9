"""The questions of a problem set that a person reads: what is asked, what it is worth, and how it is marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import nbformat

from grading.course.assignment import Exercise, grade_id, is_answer, is_graded
from grading.course.folder import Course
from grading.course.headings import from_its_heading, heading, title_of
from grading.errors import CourseError
from grading.probes.edits import without_markers
from grading.rubrics.scheme import Entry, read_scheme


@dataclass(frozen=True)
class Question:
    """A written answer's exercise. Texts are Markdown; `remarks` is what the mark scheme says beside its entries."""

    id: str
    title: str
    text: str
    scheme: Sequence[Entry]
    remarks: str
    model: str
    points: float


def read_questions(course: Course, name: str) -> list[Question]:
    """In the notebook's order. Raises CourseError where the problem set or its notebook cannot be read."""
    path = course.source(name)
    try:
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    except ValueError as error:
        raise CourseError(f"{path}: {error}") from None
    found = []
    for number, cell in enumerate(notebook.cells):
        if is_graded(cell) and is_answer(cell):
            exercise = Exercise(grade_id(cell), number, number, float(cell.metadata.nbgrader.points))
            found.append(_question(notebook, exercise))
    return found


def _question(notebook: Any, exercise: Exercise) -> Question:
    start = heading(notebook, exercise)
    above = [cell.source for cell in notebook.cells[start:exercise.answer] if cell.cell_type == "markdown"]
    schemes = [read_scheme(source) for source in above]
    entries = [entry for scheme, _ in schemes for entry in scheme]
    asked = [from_its_heading(above[0]), *above[1:]] if above else []
    text = "\n\n".join(source for source in asked if "MARK SCHEME" not in source)
    return Question(exercise.id, title_of(notebook, exercise), text, entries,
                    "\n\n".join(rest for _, rest in schemes if rest),
                    without_markers(notebook.cells[exercise.answer].source).strip(), exercise.points)

