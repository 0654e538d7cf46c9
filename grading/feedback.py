"""One page per submission: points by name, the hint for a recognised mistake, the student's own figures.

Everything a student wrote is escaped, and only PNG pictures are embedded. Hidden inputs and expected values are not in
the data this page is made from.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from grading.assignment import Assignment, Exercise
from grading.batch import stored_result, with_manual_scores
from grading.course import Course
from grading.files import write_text
from grading.gradebook import Ledger
from grading.submission import METADATA
from grading.verdict import Verdict

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
WORDS = {
    "right": "Right", "wrong": "Not right yet", "mistake": "A known mistake", "error": "Stopped with an error",
    "timeout": "Took too long", "missing": "Not written yet", "malformed": "Could not be read",
    "manual": "Graded by a person", "delegated": "Left to a library",
}


@dataclass(frozen=True)
class Section:
    """One exercise on the page."""

    title: str
    verdict: Verdict
    word: str
    figures: Sequence[str]  # base64 of PNG
    comment: str


def write_feedback(course: Course, assignment: Assignment, ledger: Ledger, student: str) -> Path | None:
    """Write the page of one graded submission and return where it is; None when there is nothing graded."""
    result = stored_result(course, student, assignment.name)
    if result is None:
        return None
    result = with_manual_scores(result, ledger.manual_scores(student))
    said = ledger.comments(student)
    notebook = nbformat.read(course.autograded(student, assignment.name), as_version=4)
    titles = _titles(notebook, assignment)
    sections = [
        Section(title, verdict, WORDS[verdict.kind], figures, said.get(exercise.id, ""))
        for title, exercise, verdict, figures in zip(titles, assignment.exercises, result.verdicts,
                                                     _figures(notebook, assignment.exercises), strict=True)]
    environment = Environment(loader=PackageLoader("grading", "templates"), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True, finalize=_without_controls)
    page = environment.get_template("feedback.html.j2").render(
        name=assignment.name, title=notebook_title(notebook, assignment.name), result=result, sections=sections,
        notes=notebook.metadata[METADATA]["notes"])
    path = course.feedback(student, assignment.name)
    write_text(path, page)
    return path


def _without_controls(value: Any) -> Any:
    """Text without control characters, which have no business on a page and steer terminals."""
    return CONTROLS.sub("", value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _heading(notebook: Any, exercise: Exercise) -> int:
    """The number of the cell with the last heading above an exercise's answer."""
    above = [number for number, cell in enumerate(notebook.cells[: exercise.answer])
             if cell.cell_type == "markdown" and cell.source.startswith("#")]
    return above[-1] if above else exercise.answer


def _titles(notebook: Any, assignment: Assignment) -> list[str]:
    """A title for each exercise; where several boxes stand under one heading, with the box's own name behind it."""
    titles = [_title(notebook, exercise) for exercise in assignment.exercises]
    box = assignment.name.split("_")[0] + "_"
    return [f"{title}: {exercise.id.removeprefix(box).replace('_', ' ')}"
            if titles.count(title) > 1 and exercise.id.startswith(box) else title
            for title, exercise in zip(titles, assignment.exercises, strict=True)]


def _title(notebook: Any, exercise: Exercise) -> str:
    """The last heading of that cell (a part's heading may stand above it), without Markdown's signs."""
    lines = notebook.cells[_heading(notebook, exercise)].source.split("\n")
    headings = [line for line in lines if line.startswith("#")]
    return str(headings[-1].lstrip("# ").replace("`", "").strip()) if headings else exercise.id


def notebook_title(notebook: Any, name: str) -> str:
    """The first heading of a notebook, or `name` where it has none."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            return str(cell.source.split("\n")[0][2:].strip())
    return name


def _figures(notebook: Any, exercises: Sequence[Exercise]) -> list[list[str]]:
    """Figures drawn between the heading of one exercise and that of the next belong to the first."""
    starts = [_heading(notebook, exercise) for exercise in exercises] + [len(notebook.cells)]
    return [[image for cell in notebook.cells[start:end] for image in _pictures(cell)]
            for start, end in pairwise(starts)]


def _pictures(cell: Mapping[str, Any]) -> list[str]:
    return ["".join(output["data"]["image/png"].split()) for output in cell.get("outputs", ())
            if output.get("output_type") == "display_data" and "image/png" in output.get("data", {})]
