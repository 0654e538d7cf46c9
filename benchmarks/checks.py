"""How long a student waits for an instant check, against a peer in the same process.

    python -m benchmarks.checks COURSE_FOLDER PROBLEM_SET

runs a solved notebook's set-up and answers, then the visible part of each test cell, and prints the milliseconds of
the slowest one as JSON, the best of a few tries. The peer is one product of two 512 × 512 matrices.
"""

import io
import json
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import classes
from grading.course.assignment import is_answer, is_graded, load_assignment
from grading.course.folder import Course

TRIES = 3
HIDDEN = "### BEGIN HIDDEN TESTS"


def main(root: Path, name: str) -> dict[str, Any]:
    """Milliseconds of the slowest check, which one it is, and the milliseconds of the peer."""
    import matplotlib
    matplotlib.use("agg")
    assignment = load_assignment(Course.open(root), name)
    names: dict[str, Any] = {"__name__": "__main__", "display": lambda *values, **keywords: None}
    times: dict[str, float] = {}
    for cell in assignment.with_answers(assignment.solutions).cells:
        if cell.cell_type != "code" or not classes.is_needed(cell):
            continue
        is_test = is_graded(cell) and not is_answer(cell)
        code = compile(cell.source.split(HIDDEN)[0] if is_test else cell.source, cell.id, "exec")
        with redirect_stdout(io.StringIO()):
            seconds = best(lambda code=code: exec(code, names), TRIES if is_test else 1)  # type: ignore[misc]
        if is_test:
            times[cell.id] = seconds
    slowest = max(times, key=lambda one: times[one])
    A, B = np.random.default_rng(0).normal(size=(2, 512, 512))
    return {"check": slowest, "milliseconds": 1e3 * times[slowest], "peer": 1e3 * best(lambda: A @ B, TRIES)}


def best(call: Callable[[], Any], tries: int) -> float:
    """The fewest processor seconds that a call took."""
    spent = []
    for _ in range(tries):
        start = time.process_time()
        call()
        spent.append(time.process_time() - start)
    return min(spent)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2])))
