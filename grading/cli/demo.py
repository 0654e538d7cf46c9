"""The main job on a small made-up class: release, hand-out, submissions, grades, feedback, report, summary."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from grading.classes.batch import grade_class
from grading.classes.pool import Processes, cores
from grading.cli.printed_tables import class_table
from grading.course.assignment import Assignment, Exercise, filled, load_assignment
from grading.course.folder import Course
from grading.course.releases import record_releases
from grading.course.settings import CONFIG_FILE
from grading.errors import CourseError
from grading.handout.bundle import build_bundle
from grading.handout.release import generate
from grading.marks.gradebook import Ledger
from grading.pages.feedback import write_feedback
from grading.pages.report import write_report
from grading.probes.source_text import as_cell
from grading.run.class_sandbox import class_sandbox

SHOWN = ("ps2_softmax_jacobian", "ps4_numpy_backprop", "ps5_modular_layers")  # functions, backpropagation, classes
MARKER = ".demo"  # stands in a folder that the demo made and may delete


def run_demo(course: Course, folder: Path) -> None:
    """Grade the made-up class in `folder`, which is made anew. The real course is only read."""
    console = Console(stderr=True)
    scratch = make_scratch(course, folder)
    names = scratch.problem_sets()
    steps = len(names) * (1 + 2 * len(CLASS))
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("", total=steps)

        def say(what: str) -> None:
            progress.update(bar, description=what)
            if not console.is_terminal:
                console.print(what)

        for name in names:
            say(f"{name}: nbgrader generate_assignment")
            release = generate(scratch, name)
            progress.advance(bar)
            assignment = load_assignment(scratch, name)
            for student, make in CLASS.items():
                path = scratch.root / "submitted" / student / name / f"{name}.ipynb"
                path.parent.mkdir(parents=True)
                path.write_text(make(assignment, nbformat.read(release, as_version=4)), encoding="utf-8")
            say(f"{name}: grading {len(CLASS)} submissions")
            results = []
            with class_sandbox(scratch, name) as sandbox:
                for result in grade_class(scratch, assignment, sorted(CLASS), Processes(sandbox, cores())):
                    results.append(result)
                    progress.advance(bar)
            say(f"{name}: writing feedback")
            with Ledger(scratch, name) as ledger:
                for student in CLASS:
                    write_feedback(scratch, assignment, ledger, student)
                    progress.advance(bar)
            write_report(scratch, assignment, names=True)
            class_table(name, results)
    bundle = build_bundle(scratch, names, folder / "bundle")
    record_releases(scratch, names)
    where = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
    print(f"""
Look next at
  what students get       {where}/bundle/{bundle.archive.name}
  what a student reads    {where}/feedback/two-mistakes/{names[-1]}/{names[-1]}.html
  what the class knows    {where}/reports/{names[-1]}.html
  the graded notebooks    {where}/autograded/two-mistakes/
  nbgrader's gradebook    {where}/gradebook.db
  written answers         course read --root {where}
and open a problem set yourself: make lab, then release/{names[0]}/{names[0]}.ipynb""")


def make_scratch(course: Course, folder: Path) -> Course:
    """An empty course with some of the problem sets. Raises CourseError rather than delete a folder it did not make."""
    if folder.exists() and not (folder / MARKER).exists():
        raise CourseError(f"{folder} exists and was not made by the demo: name another folder.")
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("release", "submitted", "autograded", "feedback"):
        (folder / name).mkdir(parents=True)
    (folder / MARKER).touch()
    for name in [name for name in SHOWN if name in course.problem_sets()] or course.problem_sets()[:3]:
        shutil.copytree(course.root / "source" / name, folder / "source" / name,
                        ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for name in ("probes", "helpers") if course.own_helpers else ("probes",):  # of a course that brings its own
        if (course.root / name).is_dir():
            shutil.copytree(course.root / name, folder / name)
    config = (course.root / CONFIG_FILE).read_text()
    (folder / CONFIG_FILE).write_text(f"{config}\nc.NeuralCourse.figures = True  # so that the pages show them\n")
    return Course.open(folder)


def _filled(notebook: Any, answers: dict[str, str]) -> str:
    return str(nbformat.writes(filled(notebook, answers))) + "\n"


def _perfect(assignment: Assignment, notebook: Any) -> str:
    return _filled(notebook, assignment.solutions)


def _two_mistakes(assignment: Assignment, notebook: Any) -> str:
    """The first known mistake of the two exercises that carry the most points."""
    known = [e for e in assignment.exercises if not e.manual and assignment.problem_set.find(e.id).mistakes]
    chosen = sorted(known, key=lambda exercise: -exercise.points)[:2]

    def mistaken(exercise: Exercise) -> str:
        probe = assignment.problem_set.find(exercise.id)
        return as_cell(probe, probe.mistakes[0])
    return _filled(notebook, {**assignment.solutions, **{exercise.id: mistaken(exercise) for exercise in chosen}})


def _half_done(assignment: Assignment, notebook: Any) -> str:
    first = assignment.exercises[: len(assignment.exercises) // 2]
    return _filled(notebook, {exercise.id: assignment.solutions[exercise.id] for exercise in first})


def _empty(assignment: Assignment, notebook: Any) -> str:
    return _filled(notebook, {})


def _crashing(assignment: Assignment, notebook: Any) -> str:
    """The third answer ends the Python process; everything that does not depend on it still counts."""
    third = assignment.exercises[2].id
    return _filled(notebook, {**assignment.solutions, third: "import os\nos._exit(1)"})


def _malformed(assignment: Assignment, notebook: Any) -> str:
    """A file that was cut off while it was uploaded."""
    text = _perfect(assignment, notebook)
    return text[: len(text) // 2]


CLASS: dict[str, Callable[[Assignment, Any], str]] = {
    "perfect": _perfect, "two-mistakes": _two_mistakes, "half-done": _half_done, "empty": _empty,
    "crashing": _crashing, "malformed": _malformed,
}
