"""Where nothing is to be graded, that is told from the files alone; where anything is, it is graded."""

import os
from typing import Any

import pytest
from click.testing import CliRunner

from grading.classes.graded_before import unchanged_results
from grading.cli.main import main
from grading.course.folder import Course
from grading.judge.verdict import Result
from grading.sandbox.client import Sandbox
from tests import toy


@pytest.fixture
def graded(course: Course, sandbox: Sandbox) -> Course:
    for student in ("ada", "ben"):
        toy.submit(course, student, toy.SOLUTION)
    toy.graded(course, sandbox)
    return course


def before(course: Course) -> list[Result] | None:
    return unchanged_results(course, course.students(toy.NAME), toy.NAME)


def test_a_second_run_neither_loads_the_set_nor_starts_a_sandbox(graded: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: Any) -> None:
        raise AssertionError("there is nothing to be graded")
    monkeypatch.setattr(Sandbox, "launch", refuse)
    monkeypatch.setattr("grading.course.assignment.load_assignment", refuse)
    result = CliRunner().invoke(main, ["grade", toy.NAME, "--root", str(graded.root)])
    assert result.exit_code == 0, result.output
    assert result.stdout.count("7.5 / 9.5") == 2
    assert "Next: course read toy_set (written answers that wait: 2), then course feedback toy_set" in result.stdout


def test_points_given_by_hand_are_in_it(graded: Course) -> None:
    toy.grade_by_hand(graded, "ben", 2)
    assert {result.student: result.points for result in before(graded) or ()} == {"ada": 7.5, "ben": 9.5}


def hand_in_again(course: Course) -> None:
    toy.submit(course, "ben", {})


def hand_in_again_in_the_same_instant(course: Course) -> None:
    path = toy.submit(course, "ben", {})
    os.utime(path, (0, 0))


def hand_in_late(course: Course) -> None:
    (course.root / "submitted" / "ben" / toy.NAME / "timestamp.txt").write_text("2026-11-20 09:00:00 UTC")


def somebody_new(course: Course) -> None:
    toy.submit(course, "cleo", toy.SOLUTION)


def change_the_tests(course: Course) -> None:
    path = course.root / "probes" / f"{toy.NAME}.py"
    path.write_text(path.read_text() + "# stricter\n")


def change_the_notebook(course: Course) -> None:
    path = course.source(toy.NAME)
    path.write_text(path.read_text().replace("A part", "One part"))


def change_a_setting(course: Course) -> None:
    toy.configured(course, 'c.NeuralCourse.delegated_work = "warn"')


def damage_a_graded_notebook(course: Course) -> None:
    path = course.autograded("ben", toy.NAME)
    path.chmod(0o644)
    path.write_text("{")


def lose_the_gradebook(course: Course) -> None:
    (course.root / "gradebook.db").unlink()


CHANGES = [hand_in_again, hand_in_again_in_the_same_instant, hand_in_late, somebody_new, change_the_tests, change_the_notebook,
           change_a_setting, damage_a_graded_notebook, lose_the_gradebook]


@pytest.mark.parametrize("change", CHANGES)
def test_after_any_change_there_is_something_to_grade(graded: Course, change: Any) -> None:
    assert before(graded) is not None
    change(graded)
    assert before(Course.open(graded.root)) is None


def test_a_gradebook_that_was_lost_is_filled_again(graded: Course, sandbox: Sandbox) -> None:
    lose_the_gradebook(graded)
    toy.graded(graded, sandbox)
    assert toy.scores(graded, "ada")["test_double"] == (2.5, None, False)
