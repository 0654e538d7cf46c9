"""What a student's own checks may know of a notebook: names, points and digests of its cells, no answers."""

import json
from typing import Any

from grading.course.assignment import Assignment, grade_id, is_answer, is_experiment, is_graded
from grading.course.headings import exercise_titles
from grading.course.limits import Limits
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
            "examples": sorted(examples), "parts": parts}
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
