"""What pages call a problem set and its exercises: the headings of its notebook."""

import re
from typing import Any
from urllib.parse import quote

from grading.course.assignment import Assignment, Exercise

NO_TEXT = re.compile(r"^```.*?^```|^[^\n]*BEGIN MARK SCHEME.*?END MARK SCHEME", re.M | re.S)


def heading(notebook: Any, exercise: Exercise) -> int:
    """The number of the cell with the last heading above an exercise's answer."""
    above = [number for number, cell in enumerate(notebook.cells[: exercise.answer])
             if cell.cell_type == "markdown" and _headings(cell.source)]
    return above[-1] if above else exercise.answer


def anchor(notebook: Any, exercise: Exercise) -> str:
    """What JupyterLab makes of the heading above an exercise, to be used behind a # in a link."""
    return quote(_last_heading(notebook, exercise).lstrip("# ").replace("`", "").strip().replace(" ", "-"))


def exercise_titles(notebook: Any, assignment: Assignment) -> list[str]:
    """A title for each exercise; where several boxes stand under one heading, with the box's own name behind it."""
    titles = [title_of(notebook, exercise) for exercise in assignment.exercises]
    box = assignment.name.split("_")[0] + "_"
    return [f"{title}: {exercise.id.removeprefix(box).replace('_', ' ')}"
            if titles.count(title) > 1 and exercise.id.startswith(box) else title
            for title, exercise in zip(titles, assignment.exercises, strict=True)]


def title_of(notebook: Any, exercise: Exercise) -> str:
    """The last heading of that cell (a part's heading may stand above it), without Markdown's signs and its points."""
    title = _last_heading(notebook, exercise).lstrip("# ").replace("`", "").strip() or exercise.id
    return re.sub(r" \([\d.]+ points?\)$", "", title)


def from_its_heading(markdown: str) -> str:
    """A cell's text below its last heading: what stands above belongs to a part, or to something else."""
    headings = _headings(markdown)
    return markdown.rpartition(headings[-1])[2].strip() if headings else markdown.strip()


def _last_heading(notebook: Any, exercise: Exercise) -> str:
    return next(reversed(_headings(notebook.cells[heading(notebook, exercise)].source)), "")


def _headings(markdown: str) -> list[str]:
    """The lines of a cell that are headings: neither comments in a fence ``` nor a rubric's."""
    return re.findall(r"^#{1,6} .*", NO_TEXT.sub("", markdown), re.M)


def notebook_title(notebook: Any, name: str) -> str:
    """The first heading of a notebook, or `name` where it has none."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            return str(cell.source.split("\n")[0][2:].strip())
    return name


def mistake_in_words(name: str) -> str:
    """A mistake's name: summed_gradients and SummedGradients become "summed gradients"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return (spaced if spaced == name else spaced.lower()).replace("_", " ")
