"""Several processes give the grades one process gives, and losing them loses nothing."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from grading.classes.batch import grade_class
from grading.classes.pool import InTurn, Processes, Workers, spread
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.errors import SandboxError
from grading.handin.collect import Handed
from grading.judge.verdict import Result
from grading.run.submission import Graded
from grading.sandbox.client import Sandbox
from tests import toy

ANSWERS = {
    "perfect": toy.SOLUTION, "empty": {}, "halves": {**toy.SOLUTION, "double": "def double(x):\n    return x / 2"},
    "crash": {**toy.SOLUTION, "double": "import os; os._exit(1)"}, "mean": {**toy.SOLUTION, "centre": "centre = None"},
}


def points(course: Course, workers: Workers) -> dict[str, tuple[float, list[str]]]:
    results = grade_class(course, load_assignment(course, toy.NAME), course.students(toy.NAME), workers, force=True)
    return {result.student: (result.points, [verdict.kind for verdict in result.verdicts]) for result in results}


def test_two_processes_give_the_same_grades_as_one(course: Course, sandbox: Sandbox) -> None:
    for student, answers in ANSWERS.items():
        toy.submit(course, student, answers)
    toy.submit_text(course, "broken", "{")
    assert points(course, Processes(sandbox, 2)) == points(course, InTurn(sandbox))


def test_a_killed_worker_loses_nothing(course: Course, sandbox: Sandbox) -> None:
    for number in range(6):
        toy.submit(course, f"s{number}", toy.SOLUTION)
    results = grade_class(course, load_assignment(course, toy.NAME), course.students(toy.NAME), Processes(sandbox, 2))
    first = next(results)
    for process in multiprocessing.active_children():
        os.kill(process.pid or 0, signal.SIGKILL)
    graded = {result.student: result.points for result in (first, *results)}
    assert graded == {f"s{number}": 7.5 for number in range(6)}


def test_stopping_early_keeps_what_is_graded_and_leaves_no_process(course: Course, sandbox: Sandbox) -> None:
    for number in range(5):
        toy.submit(course, f"s{number}", toy.SOLUTION)
    results: Any = grade_class(course, load_assignment(course, toy.NAME), course.students(toy.NAME), Processes(sandbox, 2))
    first: Result = next(results)
    workers = [process.pid for process in multiprocessing.active_children()]
    results.close()
    assert len(workers) == 2
    assert [worker for worker in workers if Path(f"/proc/{worker}").exists()] == []
    assert course.autograded(first.student, toy.NAME).exists()
    graded = list(grade_class(course, load_assignment(course, toy.NAME), course.students(toy.NAME), InTurn(sandbox)))
    assert sorted(result.student for result in graded) == [f"s{number}" for number in range(5)]


def processes() -> Executor:
    return ProcessPoolExecutor(2, multiprocessing.get_context("fork"))


def echo(student: str, handed: Handed) -> Any:
    if handed.problem:
        os._exit(1)
    return Graded(Result(student, ()), "", {}, frozenset(), "")


def test_a_job_that_ends_every_worker_is_given_up_in_words_when_the_others_are_done() -> None:
    jobs = [(f"s{number}", Handed(problem="end" if number == 1 else "")) for number in range(6)]
    done = []
    with pytest.raises(SandboxError, match=r"ended 3 times in a row, while they worked on .*s1.* Is there enough memory\? "):
        done += [graded.result.student for graded in _collecting(spread(processes, echo, jobs, 3), done)]
    assert "s1" not in done


def _collecting(results: Iterator[Graded], done: list[str]) -> Iterator[Graded]:
    for graded in results:
        done.append(graded.result.student)
        yield graded


def test_jobs_are_taken_only_when_there_is_room() -> None:
    taken: list[int] = []

    def jobs() -> Iterator[tuple[str, Handed]]:
        for number in range(20):
            taken.append(number)
            yield f"s{number}", Handed()

    results = spread(processes, echo, jobs(), 4)
    next(results)
    assert len(taken) == 4
    assert len(list(results)) == 19


def test_an_error_in_a_worker_reaches_the_caller(course: Course, sandbox: Sandbox) -> None:
    from grading.errors import CourseError
    path = course.source(toy.NAME)
    path.write_text(path.read_text().replace("import numpy as np", "import nampy as np"))
    for number in range(3):
        toy.submit(course, f"s{number}", toy.SOLUTION)
    with pytest.raises(CourseError, match="Nothing was graded: cell setup of toy_set"):
        points(course, Processes(sandbox, 2))
    assert not Path(course.autograded("s0", toy.NAME)).exists()
