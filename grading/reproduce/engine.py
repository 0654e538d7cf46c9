"""Run experiments one after another, keep each result, and compare it with what was measured before."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from inspect import getsource
from pathlib import Path
from typing import Any

from grading.course.assignment import Assignment, grade_id, is_answer, load_assignment
from grading.course.folder import Course
from grading.errors import CourseError
from grading.probes.source_text import as_cell
from grading.reproduce.model import Fact, Run, Solution, full_data
from grading.whole_files import write_text


@dataclass(frozen=True)
class Row:
    """One line of the table; `here` is None when the run could not be made, and `verdict` then says why.

    `values` are all that the run computed, empty where it could not be made.
    """

    run: Run
    fact: Fact
    here: float | None
    verdict: str
    values: Mapping[str, float] = field(default_factory=dict)


def reproduce(course: Course, runs: Sequence[Run], data: Path | None, store: Path,
              say: Callable[[str], None]) -> Iterator[Row]:
    """Make every run that is not in `store` yet, and compare. A run is made again when its notebook has changed."""
    for number, run in enumerate(runs, start=1):
        try:
            assignment = load_assignment(course, run.problem_set)
        except CourseError as error:  # a library that only one set needs, say
            yield from (Row(run, fact, None, f"not run: {error}") for fact in run.facts)
            continue
        path = store / f"{run.id.replace('/', '-')}.json"
        key = _fingerprint(assignment, run)
        kept = _read(path, key)
        if kept is None:
            say(f"[{number}/{len(runs)}] {run.problem_set}: {run.title}")
            images = full_data(run.data, data) if run.data else None
            if run.data and images is None:
                yield from (Row(run, fact, None, f"not run: needs the full {run.data}") for fact in run.facts)
                continue
            kept = {name: float(value) for name, value in run.compute(solution(assignment, run), images).items()}
            write_text(path, json.dumps({"key": key, "values": kept}) + "\n")
        for fact in run.facts:
            yield Row(run, fact, kept[fact.key], fact.verdict(kept[fact.key]), kept)


def solution(assignment: Assignment, run: Run) -> Solution:
    """Names defined by a notebook's set-up and its solved answer cells: the code that students are taught to write."""
    sources = dict(assignment.solutions)
    if run.mistake:
        exercise, mistake = run.mistake
        probe = assignment.problem_set.find(exercise)
        sources[exercise] = as_cell(probe, next(known for known in probe.mistakes if known.id == mistake))
    names: dict[str, Any] = {"__name__": "solution"}
    exec(assignment.setup, names)
    for cell in assignment.notebook.cells:
        if cell.cell_type == "code" and is_answer(cell):
            exec(sources[grade_id(cell)], names)
    return names


def _fingerprint(assignment: Assignment, run: Run) -> str:
    texts = [run.title, getsource(run.compute), assignment.setup, *assignment.solutions.values()]
    return sha256("\0".join(texts).encode()).hexdigest()


def _read(path: Path, key: str) -> dict[str, float] | None:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return dict(kept["values"]) if kept["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
