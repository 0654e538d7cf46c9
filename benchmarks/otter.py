"""Otter-Grader on the same class: an environment of its own, an autograder zip, and its Python API in one process.

It cannot be installed beside this course's own versions (it wants wrapt below 2), so it gets a virtual environment that
adds only what differs.
"""

import json
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import nbformat

from benchmarks import classes, scratch
from benchmarks.measure import BenchmarkError, Cost, run, say
from benchmarks.scratch import BUILD, ENVIRONMENT, REPOSITORY
from grading.course.assignment import Assignment, grade_id, is_answer, is_graded, load_assignment
from grading.course.folder import Course

VERSION = "7.0.0"
HOME = BUILD / "otter"
PYTHON = HOME / "bin" / "python"
TEST = '''OK_FORMAT = False

from otter.test_files import test_case

name = {name!r}
points = {points!r}

@test_case()
def test(env):
    exec({source!r}, env)
'''
ZIP = """import sys
from otter.generate import main
main(tests_dir=sys.argv[1], output_path=sys.argv[2], no_config=True, no_requirements=True, no_environment=True)
"""
GRADE = """import json, os, sys
from otter.api import grade_submission
scores = {}
for path in sys.argv[3:]:
    results = grade_submission(path, sys.argv[1], quiet=True)
    scores[os.path.basename(path)] = [results.total, results.possible]
json.dump(scores, open(sys.argv[2], "w"))
"""


def installed() -> bool:
    """Whether an earlier run has made Otter's environment."""
    return (HOME / "done").exists()


def install() -> None:
    """Make the environment: this one's libraries, and on top what Otter needs in other versions."""
    say(f"installing Otter-Grader {VERSION} into {HOME}")
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", HOME], check=True)
        [libraries] = HOME.glob("lib/python*/site-packages")
        (libraries / "course.pth").write_text(f"{sysconfig.get_path('purelib')}\n{REPOSITORY}\n")
        # Otter without JupyterLab would not have this library, whose import takes seconds (see grading/cli/main.py).
        (libraries / "rfc3987_syntax.py").write_text('raise ImportError("not needed")\n')
        subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                        f"otter-grader[grading]=={VERSION}"], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise BenchmarkError(f"Otter-Grader could not be installed ({error}). It is downloaded from PyPI: look at "
                             "the message above, or leave out --otter.") from None
    (HOME / "done").touch()


def make(name: str, count: int) -> Path:
    """A folder with the class as notebooks, and the autograder zip."""
    root = scratch.BUILD / "courses" / f"otter-{name}-{count}"
    plain = scratch.make_plain(name, count)
    assignment = load_assignment(Course.open(REPOSITORY), name)
    (root / "tests").mkdir(parents=True, exist_ok=True)
    for exercise in assignment.exercises:
        if not exercise.manual:
            [cell] = [cell for cell in nbformat.reads(scratch.plain_notebook(assignment), as_version=4).cells
                      if grade_id(cell) == f"test_{exercise.id}"]
            text = TEST.format(name=exercise.id, points=exercise.points, source=cell.source)
            (root / "tests" / f"{exercise.id}.py").write_text(text, encoding="utf-8")
    for number in range(count):
        path = plain / "submitted" / classes.student(number) / name / f"{name}.ipynb"
        notebook = for_otter(nbformat.read(path, as_version=4), assignment)
        (root / f"{classes.student(number)}.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8")
    run([PYTHON, "-c", ZIP, root / "tests", root / "autograder.zip"], root, _environment(), root / "zip.log")
    return root


def for_otter(notebook: Any, assignment: Assignment) -> Any:
    """The test cells become Otter's: each answer cell names the test that is run after it."""
    tested = {exercise.id for exercise in assignment.exercises if not exercise.manual}
    notebook.cells = [cell for cell in notebook.cells if is_answer(cell) or not is_graded(cell)]
    for cell in notebook.cells:
        tests = [grade_id(cell)] if is_answer(cell) and grade_id(cell) in tested else []
        cell.metadata = {"otter": {"tests": tests}}
    return notebook


def grade(root: Path, name: str, count: int) -> Cost:
    """Grade all notebooks in one process. Raises BenchmarkError where a solved one has less than full marks."""
    notebooks = sorted(root.glob("student-*.ipynb"))
    cost = run([PYTHON, "-c", GRADE, root / "autograder.zip", root / "scores.json", *notebooks], root, _environment(),
               BUILD / "logs" / f"otter-{name}.log", count)
    scores = json.loads((root / "scores.json").read_text())
    for number in scratch.solved(range(len(notebooks))):
        total, possible = scores[f"{classes.student(number)}.ipynb"]
        if total != possible:
            raise BenchmarkError(f"Otter-Grader gave the solution of {name} {total:g} of {possible:g} points; see "
                                 f"{root}.")
    return cost


def _environment() -> dict[str, str]:
    return {**ENVIRONMENT, "PATH": f"{PYTHON.parent}:{ENVIRONMENT['PATH']}"}
