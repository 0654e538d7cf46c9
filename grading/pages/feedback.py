"""One page per submission: points by name, the hint for a recognised mistake, the student's own code and figures.

Everything a student wrote is escaped, and only PNG pictures are embedded. Hidden inputs and expected values are not in
the data this page is made from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
from markupsafe import Markup

from grading.classes.changed_points import with_manual_scores
from grading.classes.graded_before import stored_result
from grading.course.assignment import Assignment, Exercise
from grading.course.folder import METADATA, SUBMISSION_SECRET_FILE, TIMESTAMP_FILE, Course
from grading.course.headings import anchor, exercise_titles, heading, notebook_title
from grading.judge.verdict import Verdict
from grading.marks.gradebook import Ledger
from grading.pages.figures import that_fit
from grading.pages.html import write_page
from grading.pages.markdown import to_html
from grading.rubrics.found import Found, found_in
from grading.whole_files import write_text

LAB = "http://localhost:8888/lab/tree"  # where `jupyter lab`, started in the hand-out, shows its files
WORDS = {
    "right": "Right", "wrong": "Not right yet", "mistake": "A known mistake", "error": "Stopped with an error",
    "timeout": "Took too long", "missing": "Not written yet", "malformed": "Could not be read",
    "manual": "Waits for a person", "graded": "Graded by a person", "delegated": "Left to a library",
}


@dataclass(frozen=True)
class Section:
    """One exercise on the page."""

    title: str
    verdict: Verdict
    word: str
    figures: Sequence[str]  # base64 of PNG
    pictures: Sequence[str]  # likewise, which the student put into a written answer
    comment: Markup
    found: Sequence[Found]  # the rubric of a written answer that was read with it
    answer: str  # what the student wrote; empty where it is still the hand-out's text
    link: str  # to the exercise in the student's own JupyterLab


def write_feedback(course: Course, assignment: Assignment, ledger: Ledger, student: str, hints: bool = True
                   ) -> Path | None:
    """Write the page of one graded submission and return where it is; None when there is nothing graded.

    Without `hints` it says how many points each exercise has, and not what was found.
    """
    result = stored_result(course, student, assignment.name)
    if result is None:
        return None
    result = with_manual_scores(result, ledger.manual_scores(student))
    if not hints:
        result = replace(result, verdicts=tuple(_without_hint(verdict) for verdict in result.verdicts))
    said = ledger.comments(student)
    notebook = nbformat.read(course.autograded(student, assignment.name), as_version=4)
    titles = exercise_titles(notebook, assignment)
    drawn, left_out = that_fit(_figures(notebook, assignment.exercises))
    sections = [
        Section(title, verdict, WORDS[verdict.kind], figures, _attached(notebook.cells[exercise.answer]),
                to_html(said.get(exercise.id, "")),
                found_in(course, assignment.name, exercise.id, student, notebook.cells[exercise.answer].source)
                if exercise.manual and hints else (),
                "" if verdict.kind == "missing" else notebook.cells[exercise.answer].source,
                f"{LAB}/{assignment.name}/{assignment.name}.ipynb#heading={anchor(notebook, exercise)}")
        for title, exercise, verdict, figures in zip(titles, assignment.exercises, result.verdicts,
                                                     drawn, strict=True)]
    notes = list(notebook.metadata[METADATA]["notes"])
    if left_out:
        notes.append(f"{left_out} of the figures are not shown here: too large for one page, or no pictures.")
    path = course.feedback(student, assignment.name)
    write_page(path, "feedback.html.j2", title=notebook_title(notebook, assignment.name), result=result,
               sections=sections, notes=notes, hints=hints)
    for beside in (TIMESTAMP_FILE, SUBMISSION_SECRET_FILE):  # for `nbgrader release_feedback`
        if (kept := course.autograded(student, assignment.name).with_name(beside)).exists():
            write_text(path.with_name(beside), kept.read_text(encoding="utf-8"), mode=0o640)
    return path


def _without_hint(verdict: Verdict) -> Verdict:
    kind = "wrong" if verdict.kind in ("mistake", "delegated") else verdict.kind
    return replace(verdict, kind=kind, mistake="", hint="", carried_from="")


def _figures(notebook: Any, exercises: Sequence[Exercise]) -> list[list[str]]:
    """Figures drawn between the heading of one exercise and that of the next belong to the first."""
    starts = [heading(notebook, exercise) for exercise in exercises] + [len(notebook.cells)]
    return [[image for cell in notebook.cells[start:end] for image in _pictures(cell)]
            for start, end in pairwise(starts)]


def _attached(cell: Mapping[str, Any]) -> list[str]:
    return [of_type["image/png"] for of_type in cell.get("attachments", {}).values() if "image/png" in of_type]


def _pictures(cell: Mapping[str, Any]) -> list[str]:
    return ["".join(output["data"]["image/png"].split()) for output in cell.get("outputs", ())
            if output.get("output_type") == "display_data" and "image/png" in output.get("data", {})]
