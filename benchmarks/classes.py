"""A made-up class: copies of a solved submission with some usual mistakes among them, the same for every grader."""

from pathlib import Path
from typing import Any

import nbformat

from grading.course.assignment import Assignment, filled, grade_id, is_experiment
from grading.probes.source_text import as_cell

KINDS = ("solved", "one-mistake", "solved", "half-done", "one-mistake", "solved")  # the class goes round these


def answers(assignment: Assignment, number: int) -> dict[str, str]:
    """What student `number` wrote: grade_id → source of the answer cell."""
    solved = assignment.solutions
    tested = [exercise for exercise in assignment.exercises if not exercise.manual]
    match kind(number):
        case "one-mistake":
            chosen = tested[number // 3 % len(tested)]
            probe = assignment.problem_set.find(chosen.id)
            return {**solved, chosen.id: as_cell(probe, probe.mistakes[0])} if probe.mistakes else solved
        case "half-done":
            return {exercise.id: solved[exercise.id] for exercise in assignment.exercises[: len(tested) // 2]}
    return solved


def kind(number: int) -> str:
    """What student `number` is like: one of KINDS."""
    return KINDS[number % len(KINDS)]


def is_needed(cell: Any) -> bool:
    """Whether our grading runs a code cell as a matter of course: set-up, answers and tests."""
    return bool(grade_id(cell))


def is_example(cell: Any) -> bool:
    """Whether a code cell only shows something: our grading runs it when `c.NeuralCourse.figures` asks for it."""
    return not grade_id(cell) and not is_experiment(cell)


def student(number: int) -> str:
    """A name that sorts by number."""
    return f"student-{number:04d}"


def hand_in(assignment: Assignment, release: Path, submitted: Path, count: int) -> None:
    """Fill `submitted` with `count` copies of the released notebook, answers filled in."""
    notebook = nbformat.read(release, as_version=4)
    texts = [nbformat.writes(filled(notebook, answers(assignment, number))) + "\n"
             for number in range(min(count, period(assignment)))]
    for number in range(count):
        folder = submitted / student(number) / assignment.name
        folder.mkdir(parents=True)
        (folder / f"{assignment.name}.ipynb").write_text(texts[number % len(texts)], encoding="utf-8")


def period(assignment: Assignment) -> int:
    """After this many students the class repeats itself."""
    return len(KINDS) * sum(not exercise.manual for exercise in assignment.exercises)
