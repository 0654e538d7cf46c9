"""Scratch course folders in build/bench: the same class once for plain nbgrader and once for this course's grading."""

import re
import shutil
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path

import nbformat

from benchmarks import classes, measure
from grading.course.assignment import Assignment, load_assignment
from grading.course.folder import Course
from grading.course.settings import CONFIG_FILE
from grading.handout.release import generate

REPOSITORY = Path(__file__).parent.parent
BUILD = REPOSITORY / "build" / "bench"
BIN = Path(sys.executable).parent
# Everything that is measured uses one thread for each process, and nobody's own Jupyter settings.
ENVIRONMENT = {"PATH": f"{BIN}:/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(BUILD / "home"),
               "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
MARKED = re.compile(r"^### BEGIN HIDDEN TESTS$.*?^### END HIDDEN TESTS$\n?", re.MULTILINE | re.DOTALL)
RUBRIC = re.compile(r"^.*BEGIN MARK SCHEME.*?END MARK SCHEME.*?$\n?", re.MULTILINE | re.DOTALL)


def make_ours(name: str, count: int, figures: bool = False) -> Path:
    """A course folder of this repository with `count` submissions. The real course is only read."""
    root = _folder("ours-figures" if figures else "ours", name, count)
    shutil.copytree(REPOSITORY / "source" / name, root / "source" / name,
                    ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    config = (REPOSITORY / CONFIG_FILE).read_text(encoding="utf-8")
    (root / CONFIG_FILE).write_text(f"{config}\nc.NeuralCourse.figures = {figures}\n", encoding="utf-8")
    course = Course.open(root)
    release = generate(course, name)
    classes.hand_in(load_assignment(course, name), release, root / "submitted", count)
    return _keep_gradebook(root)


def make_plain(name: str, count: int, figures: bool = False) -> Path:
    """A course folder for nbgrader as it comes, without configuration: nothing of `grading` is used when it grades.

    Its tests are the instant checks that stand visibly in the test cells; the hidden ones, the rubrics (which the
    default configuration refuses) and the long experiments are removed, and so are examples and figures unless asked
    for.
    """
    root = _folder("plain-figures" if figures else "plain", name, count)
    assignment = load_assignment(Course.open(REPOSITORY), name)
    source = root / "source" / name / f"{name}.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(plain_notebook(assignment, figures), encoding="utf-8")
    measure.run([BIN / "nbgrader", "generate_assignment", name], root, ENVIRONMENT, root / "release.log")
    classes.hand_in(assignment, root / "release" / name / f"{name}.ipynb", root / "submitted", count)
    return _keep_gradebook(root)


def plain_notebook(assignment: Assignment, figures: bool = False) -> str:
    """The source notebook as text, without what only this course's grading knows how to use."""
    path = REPOSITORY / "source" / assignment.name / f"{assignment.name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type != "code" or classes.is_needed(cell)
                      or (figures and classes.is_example(cell))]
    for cell in notebook.cells:
        cell.source = RUBRIC.sub("", MARKED.sub("", cell.source))
    return str(nbformat.writes(notebook)) + "\n"


def reset(root: Path) -> None:
    """As before the first grading."""
    shutil.rmtree(root / "autograded", ignore_errors=True)
    shutil.copy(root / "gradebook.start", root / "gradebook.db")


def check_grades(root: Path, name: str, count: int, grader: str) -> None:
    """Raise BenchmarkError unless every submission has scores and all that are solved have full marks."""
    query = """SELECT student.id, sum(coalesce(grade.auto_score, 0)), sum(grade_cells.max_score) FROM student
               JOIN submitted_assignment ON submitted_assignment.student_id = student.id
               JOIN submitted_notebook ON submitted_notebook.assignment_id = submitted_assignment.id
               JOIN grade ON grade.notebook_id = submitted_notebook.id
               JOIN grade_cells ON grade_cells.id = grade.cell_id
               JOIN base_cell ON base_cell.id = grade.cell_id
               WHERE base_cell.name LIKE 'test\\_%' ESCAPE '\\' GROUP BY student.id"""
    with sqlite3.connect(root / "gradebook.db") as gradebook:
        scores = {student: (score, most) for student, score, most in gradebook.execute(query)}
    if len(scores) != count:
        raise measure.BenchmarkError(f"{grader}: {len(scores)} of {count} submissions of {name} have grades: {root}.")
    for number in solved(range(count)):
        score, most = scores[classes.student(number)]
        if score != most:
            raise measure.BenchmarkError(f"{grader}: {classes.student(number)} handed in the solution of {name} and "
                                         f"got {score:g} of {most:g} points: {root}.")


def solved(numbers: Iterable[int]) -> list[int]:
    """Those of the students who handed in the solution."""
    return [number for number in numbers if classes.kind(number) == "solved"]


def _folder(grader: str, name: str, count: int) -> Path:
    root = BUILD / "courses" / f"{grader}-{name}-{count}"
    shutil.rmtree(root, ignore_errors=True)
    (BUILD / "home").mkdir(parents=True, exist_ok=True)
    root.mkdir(parents=True)
    return root


def _keep_gradebook(root: Path) -> Path:
    shutil.copy(root / "gradebook.db", root / "gradebook.start")
    return root
