"""Where the course itself stumbles over a submission, that one waits for a person and the class goes on."""

import json
import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell

from grading.classes.batch import grade_class
from grading.classes.faults import faults_in_words
from grading.classes.nbgrader_commands import autograde
from grading.classes.pool import InTurn, Processes, Workers
from grading.cli.main import main
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.course.limits import Limits
from grading.handin.collect import Handed
from grading.handin.intake import read_answers
from grading.judge.verdict import Result
from grading.run.submission import FAULT, Task, grade_submission
from grading.sandbox.client import Sandbox
from tests import toy
from tests.problem_sets import ROOT


class Stumble:
    """Reading answers as ever, but that some students' hand-ins are too much for it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.error: BaseException | None = None
        monkeypatch.setattr("grading.run.submission.read_answers", self.read)

    def read(self, handed: Handed, assignment: Any) -> Any:
        if self.error and b"stumble" in handed.data:
            raise self.error
        return read_answers(handed, assignment)


@pytest.fixture
def stumble(monkeypatch: pytest.MonkeyPatch) -> Stumble:
    return Stumble(monkeypatch)


def hand_in(course: Course) -> None:
    toy.submit(course, "ada", toy.SOLUTION)
    toy.submit(course, "ben", {**toy.SOLUTION, "toy_why": "I stumble."})
    toy.submit(course, "cleo", {**toy.SOLUTION, "double": "def double(x):\n    return x / 2"})


def of_class(course: Course, workers: Workers) -> dict[str, Result]:
    results = grade_class(course, load_assignment(course, toy.NAME), course.students(toy.NAME), workers)
    return {result.student: result for result in results}


@pytest.mark.parametrize("error", [TypeError("numpy boolean subtract"), MemoryError(), RecursionError(), OSError(24, "too many files")],
                         ids=lambda error: type(error).__name__)
def test_what_we_did_not_foresee_in_one_submission_changes_no_other(course: Course, sandbox: Sandbox, stumble: Stumble,
                                                                     error: Exception) -> None:
    hand_in(course)
    stumble.error = error
    results = of_class(course, InTurn(sandbox))
    assert {student: (result.points, result.fault) for student, result in results.items()} == {
        "ada": (7.5, False), "ben": (0.0, True), "cleo": (5.0, False)}
    assert results["ben"].problem == FAULT
    assert {kind for verdict in results["ben"].verdicts for kind in [verdict.kind]} == {"manual"}
    assert set(toy.scores(course, "ben").values()) == {(None, None, True)}
    log = course.fault_log.read_text()
    assert "  toy_set  ben\nTraceback (most recent call last):" in log
    assert type(error).__name__ in log
    assert "ada" not in log


def test_the_next_run_tries_it_again_and_only_it(course: Course, sandbox: Sandbox, stumble: Stumble) -> None:
    hand_in(course)
    stumble.error = TypeError("x")
    of_class(course, InTurn(sandbox))
    before = course.autograded("ada", toy.NAME).stat().st_mtime_ns
    stumble.error = None
    results = of_class(course, InTurn(sandbox))
    assert results["ben"].points == 7.5
    assert toy.scores(course, "ben")["test_double"] == (2.5, None, False)
    assert course.autograded("ada", toy.NAME).stat().st_mtime_ns == before


def test_several_processes_go_on_too(course: Course, sandbox: Sandbox, stumble: Stumble) -> None:
    hand_in(course)
    stumble.error = MemoryError()
    results = of_class(course, Processes(sandbox, 2))
    assert {student: result.fault for student, result in results.items()} == {"ada": False, "ben": True, "cleo": False}
    assert "MemoryError" in course.fault_log.read_text()


@pytest.mark.sandbox
def test_the_command_grades_all_others_and_ends_with_a_failure_that_names_them(course: Course, stumble: Stumble) -> None:
    hand_in(course)
    stumble.error = TypeError("x")
    done = CliRunner().invoke(main, ["grade", toy.NAME, "--json", "--workers", "1", "--root", str(course.root)])
    assert done.exit_code == 1
    assert {row["student"]: row["points"] for row in json.loads(done.stdout)["students"]} == {"ada": 7.5, "ben": 0.0, "cleo": 5.0}
    assert "1 of 3 submissions could not be graded, by a fault of the course: ben. All others are graded." in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


@pytest.mark.sandbox
def test_nbgrader_autograde_does_the_same(course: Course, stumble: Stumble) -> None:
    from nbgrader.converters.base import NbGraderException
    hand_in(course)
    stumble.error = TypeError("x")
    folder = SimpleNamespace(root=str(course.root), assignment_id=toy.NAME, student_id="*", student_id_exclude="")
    converter = SimpleNamespace(coursedir=folder, log=logging.getLogger("test"), config=course.config, force=False)
    with pytest.raises(NbGraderException, match=r"^1 of 3 submissions could not be graded, by a fault of the course: ben\. "):
        autograde(converter)
    assert course.autograded("cleo", toy.NAME).exists()


def test_a_class_without_faults_hears_nothing_of_them(course: Course) -> None:
    assert faults_in_words(course, toy.NAME, [Result("ada", ())]) == ""


@pytest.mark.parametrize("written", ["student_id = ada", "student_id = ", "student_id = 3", "import os\nos._exit(1)", "1 / 0"])
def test_an_editable_cell_that_is_worth_nothing_is_the_students_own(sandbox: Sandbox, written: str) -> None:
    course = Course.open(ROOT)
    assignment = load_assignment(course, "ps3_worked_network")
    handed = Handed(nbformat.writes(assignment.with_answers({**assignment.solutions, "ps3_student": written})).encode())
    result = grade_submission(Task(assignment, course.settings, b"secret"), sandbox, "ada", handed).result
    assert (result.problem, result.fault) == ("", False)
    assert len(result.verdicts) == len(assignment.exercises)


@pytest.mark.sandbox
def test_an_example_that_finds_no_time_left_is_no_fault_of_ours(course: Course) -> None:
    path = course.source(toy.NAME)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(2, new_code_cell("data = 3", id="data"))  # an example before the first answer
    nbformat.write(notebook, path)
    assignment = load_assignment(course, toy.NAME)
    answers = {**toy.SOLUTION, "double": "def double(x):\n    return unheard_of * x", "centre": "while True: pass"}
    handed = Handed(nbformat.writes(assignment.with_answers(answers)).encode())
    with Sandbox(Limits(cell_seconds=30, total_seconds=1.5)) as sandbox:
        with sandbox.start():
            pass  # the server is ready, and its start takes nothing of the time
        graded = grade_submission(Task(assignment, course.settings, b"secret"), sandbox, "ada", handed)
    verdicts = {verdict.id: verdict for verdict in graded.result.verdicts}
    assert "`unheard_of`" in verdicts["double"].hint
    assert verdicts["centre"].kind == "timeout"
    assert not graded.fault


def test_the_log_is_hidden_from_students_code(course: Course) -> None:
    assert course.fault_log in course.private_paths
    assert isinstance(course.fault_log, Path)
