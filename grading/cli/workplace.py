"""What commands work with: a problem set of a course, and whoever is to grade."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from grading.errors import CourseError

if TYPE_CHECKING:
    from grading.classes.pool import Workers
    from grading.course.assignment import Assignment
    from grading.course.folder import Course


def open_course(root: Path) -> "Course":
    """The course in a folder; what is written there others of its group may write, too, where it says so."""
    from grading.course.folder import Course
    from grading.course.sharing import share_what_is_written
    course = Course.open(root)
    share_what_is_written(course)
    return course


def open_course_with(root: Path, problem_set: str) -> "Course":
    """The course, which has this problem set. Raises CourseError, also for an ordinary assignment of nbgrader's."""
    from grading.ordinary.assignments import is_ordinary
    course = open_course(root)
    if is_ordinary(course, problem_set):
        raise CourseError(f"{problem_set} is an ordinary assignment of nbgrader's: `course grade` grades it, and all "
                          "else is done with nbgrader's own commands (docs/ordinary.md).")
    course.source(problem_set)
    return course


def open_assignment(root: Path, problem_set: str) -> "tuple[Course, Assignment]":
    """The course and one of its problem sets, loaded. Raises CourseError, also for an ordinary one of nbgrader's."""
    course = open_course_with(root, problem_set)
    from grading.course.assignment import load_assignment
    return course, load_assignment(course, problem_set)


@contextmanager
def hire(course: "Course", problem_set: str, count: int | None, cluster: str | None, isolate: bool
         ) -> "Iterator[Workers]":
    """Whoever is to grade: a cluster, `count` processes, or this process where that is 1.

    The sandbox gets ready while the caller goes on.
    """
    if cluster:
        from grading.classes.cluster import Cluster
        with Cluster(course, cluster, isolate) as nodes:
            yield nodes
        return
    from grading.run.class_sandbox import class_sandbox
    # Before numpy and torch come: each core has a process of its own, and threads that worked in this process before it
    # forks are not there in its workers, which would wait for them for ever.
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with class_sandbox(course, problem_set, isolate) as box:
        box.launch()
        from grading.classes.pool import InTurn, Processes, cores
        count = count or cores()
        yield Processes(box, count) if count > 1 else InTurn(box)
