"""What the notebooks of a class compute by themselves: their cells in one bare process, without sandbox or fork.

    python -m benchmarks.own COURSE_FOLDER PROBLEM_SET

This is the floor under any grader that runs the same cells. The hidden tests' calls of the student's functions belong
to it; judging what they return does not. Examples and figures, drawn as PNG, are counted apart.
"""

import io
import json
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from copy import deepcopy
from pathlib import Path
from typing import Any

from benchmarks import classes
from grading.course.assignment import Assignment, load_assignment
from grading.course.folder import Course
from grading.judge.cases import draw_cases
from helpers import probe


class Kept:
    """The session behind `probe(...)`: hidden inputs from memory, and nobody who takes the values."""

    def __init__(self, assignment: Assignment, student: str) -> None:
        self.set = assignment.problem_set
        self.drawn = {one.id: draw_cases(one, b"benchmark", student, assignment.name) for one in self.set.probes}

    def cases(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Fresh inputs, one after the other."""
        return ((case.number, deepcopy(case.inputs)) for case in self.drawn[name])

    def use(self, name: str) -> Any:
        """How an answer is tried."""
        return self.set.find(name).use

    def send(self, header: Any, blobs: list[bytes]) -> None:
        """Drop it."""

    def finish(self, name: str) -> None:
        """Nothing to do."""


def main(root: Path, name: str) -> dict[str, float]:
    """Processor seconds per submission: of set-up, answers and tests, and of examples and figures."""
    import matplotlib
    matplotlib.use("agg")
    import matplotlib.pyplot as plt
    plt.show = lambda *arguments, **keywords: None
    course = Course.open(root)
    assignment = load_assignment(course, name)
    students = course.students(name)
    _run(assignment, 0)  # libraries loaded, caches filled
    runs = [_run(assignment, number) for number in range(len(students))]
    cells, examples = (sum(parts) / len(runs) for parts in zip(*runs, strict=True))
    return {"cells": cells, "examples": examples}


def _run(assignment: Assignment, number: int) -> tuple[float, float]:
    import matplotlib.pyplot as plt
    probe.connect(Kept(assignment, classes.student(number)))
    names: dict[str, Any] = {"__name__": "__main__", "display": lambda *values, **keywords: None}
    cells = examples = 0.0
    for cell in assignment.with_answers(classes.answers(assignment, number)).cells:
        if cell.cell_type != "code" or not (classes.is_needed(cell) or classes.is_example(cell)):
            continue
        start = time.process_time()
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            try:
                exec(compile(cell.source, cell.id, "exec"), names)
            except Exception:  # a stub, or a mistake
                plt.close("all")
        for figure in map(plt.figure, plt.get_fignums()):
            figure.savefig(io.BytesIO(), format="png", dpi=80, bbox_inches="tight")
        plt.close("all")
        spent = time.process_time() - start
        if classes.is_needed(cell):
            cells += spent
        else:
            examples += spent
    return cells, examples


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2])))
