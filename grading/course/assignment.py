"""The instructor's side of a problem set: the notebook students are given, with its hidden tests still in place."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode, from_dict
from nbgrader.preprocessors.checkcellmetadata import CheckCellMetadata
from nbgrader.preprocessors.clearoutput import ClearOutput
from nbgrader.preprocessors.clearsolutions import ClearSolutions
from nbgrader.preprocessors.computechecksums import ComputeChecksums
from nbgrader.preprocessors.lockcells import LockCells

from grading.course.fingerprint import fingerprint
from grading.course.folder import Course
from grading.course.notebook_imports import imported_by
from grading.course.settings import Settings
from grading.errors import CourseError, MissingPackageError
from grading.probes import loading, source_text
from grading.probes.edits import without_markers
from grading.probes.model import ProblemSet, total

EXPERIMENT = "experiment"


@dataclass(frozen=True)
class Exercise:
    """One graded thing. `answer` and `test` are cell numbers; a manually graded answer is its own test."""

    id: str
    answer: int
    test: int
    points: float

    @property
    def manual(self) -> bool:
        return self.answer == self.test


@dataclass(frozen=True)
class Assignment:
    """A problem set, ready to be graded.

    `notebook` is what generate_assignment stores: solutions cleared, checksums set, hidden tests kept.
    """

    name: str
    notebook: Any
    solutions: dict[str, str]
    exercises: Sequence[Exercise]
    problem_set: ProblemSet
    fingerprint: str
    own_checks: Mapping[str, str] = field(default_factory=dict)  # text of the course's own modules, by name

    @cached_property
    def uses(self) -> dict[str, str]:
        """The source of how an answer is tried, by probe."""
        return source_text.uses(self.problem_set)

    @cached_property
    def setup(self) -> str:
        """The source of the cells that only prepare: locked, and worth nothing."""
        return "\n".join(cell.source for cell in self.notebook.cells if cell.cell_type == "code" and grade_id(cell)
                         and not is_answer(cell) and not is_graded(cell))

    @property
    def imports(self) -> tuple[str, ...]:
        """What the sandbox loads before the first submission: what the set asks for and the set-up cells import."""
        return tuple(dict.fromkeys([*self.problem_set.imports, *imported_by([self.setup])]))

    @cached_property
    def answers(self) -> dict[str, int]:
        """The cells students write in: grade id → cell number."""
        return {grade_id(cell): number for number, cell in enumerate(self.notebook.cells) if is_answer(cell)}

    def for_student(self, student: str, settings: Settings) -> "Assignment":
        """The same exercises with a student's own numbers, where the course and the problem set have them."""
        if not (settings.personal_numbers and self.problem_set.personal):
            return self
        return replace(self, problem_set=self.problem_set.personal(student))

    @property
    def max_points(self) -> float:
        return total(exercise.points for exercise in self.exercises)

    def with_answers(self, answers: dict[str, str], pictures: Mapping[str, Any] | None = None) -> Any:
        """The notebook with these answer cells (grade_id → source) filled in; its cells may be given new outputs.

        `pictures` are attachments of written answers (grade_id → name → type → base64).
        """
        cells = [NotebookNode(cell) for cell in self.notebook.cells]
        for name, number in self.answers.items():
            cells[number].source = answers.get(name, cells[number].source)
            if pictures and name in pictures:
                cells[number].attachments = from_dict(pictures[name])
        return NotebookNode(self.notebook, cells=cells, metadata=NotebookNode(self.notebook.metadata))


def filled(notebook: Any, answers: Mapping[str, str]) -> Any:
    """A copy of any version of the notebook with these answer cells (grade_id → source)."""
    notebook = deepcopy(notebook)
    for cell in notebook.cells:
        if is_answer(cell):
            cell.source = answers.get(grade_id(cell), cell.source)
    return notebook


def grade_id(cell: Any) -> str:
    """nbgrader's name of a cell, or ""."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def is_answer(cell: Any) -> bool:
    """Whether students write in this cell."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def is_graded(cell: Any) -> bool:
    """Whether nbgrader keeps a score for this cell."""
    return bool(cell.metadata.get("nbgrader", {}).get("grade"))


def is_experiment(cell: Any) -> bool:
    """Whether a cell is for the reader only: it takes long, nothing depends on it, and grading leaves it out."""
    return EXPERIMENT in cell.metadata.get("tags", ())


def load_assignment(course: Course, name: str) -> Assignment:
    """Read a source notebook and its probes. Raises CourseError where they do not fit together or lack a package."""
    path = course.source(name)
    try:
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
        problem_set = loading.load(name, course.root)
    except (ValueError, LookupError) as error:
        raise CourseError(f"{path}: {error}") from None
    except ModuleNotFoundError as error:
        raise MissingPackageError(f"{name} needs {error.name}, which is not installed: "
                                  f"pip install -c requirements.lock -e '.[{error.name}]'") from None
    solutions = {grade_id(cell): without_markers(cell.source) for cell in notebook.cells if is_answer(cell)}
    resources: dict[str, Any] = {}
    for step in (LockCells, ClearSolutions, ClearOutput, CheckCellMetadata, ComputeChecksums):
        notebook, resources = step(config=course.config).preprocess(notebook, resources)
    exercises = _exercises(notebook, path)
    for cell in notebook.cells:
        if is_experiment(cell) and grade_id(cell):
            raise CourseError(f"{path}: the cell {grade_id(cell)} is tagged {EXPERIMENT!r}, but grading needs it.")
    ids = {exercise.id for exercise in exercises if not exercise.manual}
    if ids != {probe.id for probe in problem_set.probes}:
        differing = sorted(ids ^ {probe.id for probe in problem_set.probes})
        raise CourseError(f"{path}: test cells and hidden tests do not match for {', '.join(differing)}.")
    for exercise in exercises:
        if not exercise.manual and exercise.points != problem_set.find(exercise.id).max_points:
            raise CourseError(f"{path}: test_{exercise.id} is worth {exercise.points:g} points, its hidden test "
                              f"{problem_set.find(exercise.id).max_points:g}.")
    return Assignment(name, notebook, solutions, exercises, problem_set, fingerprint(course, name),
                      course.own_checks())


def _exercises(notebook: Any, path: Path) -> list[Exercise]:
    answers = {grade_id(cell): number for number, cell in enumerate(notebook.cells) if is_answer(cell)}
    exercises = []
    for number, cell in enumerate(notebook.cells):
        if not is_graded(cell):
            continue
        name, points = grade_id(cell), float(cell.metadata.nbgrader.points)
        if is_answer(cell):
            exercises.append(Exercise(name, number, number, points))
        elif name.removeprefix("test_") in answers:
            exercises.append(Exercise(name.removeprefix("test_"), answers[name.removeprefix("test_")], number, points))
        else:
            raise CourseError(f"{path}: the test cell {name} has no answer cell {name.removeprefix('test_')}.")
    return exercises
