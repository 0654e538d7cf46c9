"""The tester is tested: planted faults in a problem set must be found."""

import re

import pytest

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.handout.verify import Row, verify
from grading.sandbox.client import Sandbox
from tests import toy


def rows(course: Course, sandbox: Sandbox) -> dict[str, Row]:
    return {row.exercise: row for row in verify(load_assignment(course, toy.NAME), sandbox)}


def plant(course: Course, old: str, new: str) -> None:
    path = course.root / "probes" / f"{toy.NAME}.py"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def plant_in_notebook(course: Course, old: str, new: str) -> None:
    path = course.source(toy.NAME)
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_a_sound_problem_set_has_no_problems(course: Course, sandbox: Sandbox) -> None:
    found = rows(course, sandbox)
    assert [row.problems for row in found.values()] == [[], [], [], []]
    assert (found["double"].mistakes_named, found["double"].mistakes, found["centre"].variants_right) == (2, 2, 1)


@pytest.mark.parametrize(("old", "new", "exercise", "problem"), [
    ("def double(x): return 2 * x", "def double(x): return 3 * x", "double", "solution: expected right with 2.5 points"),
    ("def squares(x): return x ** 2", "def squares(x): return x + x", "double", "mistake squares: got right"),
    ("def squares(x): return x ** 2", "def squares(x): return x * 0.5", "double", "mistake squares: got mistake halves"),
    ("def by_sum(x): return x + x", "def by_sum(x): return x + x + 1", "double", "correct variant by_sum: got mistake"),
    ("def halves(x): return x / 2", "def halves(x): return x / undefined", "double",
     "mistake halves: uses a name that is not defined"),
    ("def adds_the_mean(x): return x + x.mean()", "def adds_the_mean(x): return x - x.mean() if x[0] > -0.5 else x",
     "centre", "mistake adds_the_mean: depends on the student's name ("),
    ("def with_a_loop(x): return [", "def with_a_loop(x): return x if x[0] < -1.5 else [", "centre",
     "correct variant with_a_loop: depends on the student's name ("),
])
def test_a_planted_fault_is_found(course: Course, sandbox: Sandbox, old: str, new: str, exercise: str,
                                  problem: str) -> None:
    plant(course, old, new)
    found = rows(course, sandbox)[exercise].problems
    assert any(text.startswith(problem) for text in found), found


def test_a_solution_that_stops_is_found(course: Course, sandbox: Sandbox) -> None:
    plant_in_notebook(course, "plt.plot([1, 2]);", "plt.plot([1, 2]); 1 / 0")
    assert all(re.match("the solved notebook does not run to its end: cell figure: ZeroDivisionError", row.problems[0])
               for row in rows(course, sandbox).values())


def test_a_release_that_gives_the_answer_away_is_found(course: Course, sandbox: Sandbox) -> None:
    plant_in_notebook(course, "raise NotImplementedError(\\\"0.1\\\")", "return 2 * x")
    assert rows(course, sandbox)["double"].problems == ["release: expected 0 points, got 2.5: the stub gives answers"]
