"""Write helpers/handin/outlines from source/ and release/: what progress() and submit_check() know of a notebook."""

from collections.abc import Iterator
from pathlib import Path

import nbformat

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.handout.outlines import outline
from helpers.handin.outline import FOLDER

ROOT = Path(__file__).resolve().parent.parent


def outlines(course: Course) -> Iterator[tuple[Path, str]]:
    """Every outline's file and text."""
    for name in course.problem_sets():
        released = nbformat.read(course.release(name), as_version=4)
        yield FOLDER / f"{name}.json", outline(load_assignment(course, name), released, course.limits)


if __name__ == "__main__":
    for path, text in outlines(Course.open(ROOT)):
        path.write_text(text, encoding="utf-8")
