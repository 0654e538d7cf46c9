"""What a student's own checks may know of a notebook: names, points and digests of its cells, no answers."""

import json
from typing import Any

import nbformat

from grading.course.assignment import Assignment, grade_id, is_answer, is_experiment, is_graded
from grading.course.folder import Course
from grading.course.headings import exercise_titles
from grading.course.limits import Limits
from grading.whole_files import write_text
from helpers.handin.outline import digest
from helpers.handin.source import defined, names, tree

# By whether students write in a cell, and whether it has points.
KINDS = {(True, False): "answer", (True, True): "written", (False, True): "test", (False, False): "given"}


def outline(assignment: Assignment, released: Any, limits: Limits) -> str:
    """JSON for helpers/handin/outlines; `released` is the notebook as students get it, `limits` are the course's."""
    titles: dict[str, str] = {}
    for exercise, title in zip(assignment.exercises, exercise_titles(assignment.notebook, assignment), strict=True):
        titles |= {exercise.id: title, f"test_{exercise.id}": title}
    parts = []
    for cell in released.cells:
        name = grade_id(cell)
        if name:
            points = float(cell.metadata.nbgrader.points) if is_graded(cell) else 0.0
            kind = KINDS[is_answer(cell), is_graded(cell)]
            parts.append({"id": name, "kind": kind, "title": titles.get(name, "the notebook's set-up"),
                          "points": points, "digest": digest(cell.source)})
            if kind == "answer" and (stubs := defined(tree(cell.source))):
                parts[-1]["defines"] = stubs
    examples = {name for cell in released.cells if cell.cell_type == "code" and not grade_id(cell)
                and not is_experiment(cell) for name in names(cell.source).bound}
    data = {"cell_seconds": limits.cell_seconds, "from_scratch": assignment.problem_set.from_scratch,
            "any_tool": [probe.id for probe in assignment.problem_set.probes if probe.catches],
            "examples": sorted(examples), "parts": parts}
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def write_own_outline(course: Course, assignment: Assignment) -> None:
    """Where a course has helpers of its own: what progress() knows in its folder. In a hand-out it is made anew."""
    if course.own_helpers:
        released = nbformat.read(course.release(assignment.name), as_version=4)
        write_text(course.own_helpers / "handin" / "outlines" / f"{assignment.name}.json",
                   outline(assignment, released, course.limits))
