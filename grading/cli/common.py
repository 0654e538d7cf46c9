"""What all commands share: options, opening a course, errors in words, progress."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grading.errors import CourseError, SandboxError

if TYPE_CHECKING:
    from grading.classes.pool import Workers
    from grading.course.assignment import Assignment
    from grading.course.folder import Course

root_option = click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path(),
                           help="Course folder, laid out like this repository.  [default: this folder]")


def _warn_if_unsafe(context: click.Context, parameter: click.Parameter, unsafe: bool) -> bool:
    if unsafe:
        click.echo("Warning: student code runs with your own rights (--unsafe).", err=True)
    return unsafe


unsafe_option = click.option("--unsafe", is_flag=True, callback=_warn_if_unsafe,
                             help="Run student code without isolation, with your own rights. Only for code you trust.")


def open_assignment(root: Path, problem_set: str) -> "tuple[Course, Assignment]":
    """The course and one of its problem sets. Raises CourseError."""
    from grading.course.assignment import load_assignment
    from grading.course.folder import Course
    course = Course.open(root)
    course.source(problem_set)
    return course, load_assignment(course, problem_set)


def sandbox(assignment: "Assignment", course: "Course", isolate: bool) -> Any:
    """A sandbox with the course's limits that hides this course and has what the problem set imports."""
    from grading.sandbox.client import Sandbox
    return Sandbox(course.limits, course.private_paths, isolate, assignment.imports)


@contextmanager
def hire(assignment: "Assignment", course: "Course", count: int | None, cluster: str | None, isolate: bool
         ) -> "Iterator[Workers]":
    """Whoever is to grade: a cluster, `count` processes, or this process where that is 1."""
    from grading.classes.pool import InTurn, Processes, cores
    if cluster:
        from grading.classes.cluster import Cluster
        with Cluster(course, cluster, isolate) as nodes:
            yield nodes
        return
    count = count or cores()
    with sandbox(assignment, course, isolate) as box:
        yield Processes(box, count) if count > 1 else InTurn(box)


@contextmanager
def errors_in_words() -> Iterator[None]:
    """Expected errors as one sentence and exit code 1, without a traceback."""
    try:
        yield
    except (CourseError, SandboxError) as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        raise SystemExit(stopped(0, 0)) from None
    except PermissionError as error:
        message = f"{error.filename} may not be read or written; check its owner and rights."
        raise click.ClickException(message) from None


def stopped(done: int, total: int) -> int:
    """Say how far a run came; returns the exit code that shells use for Ctrl-C."""
    so_far = f" after {done} of {total}. Grades so far are saved; run the same command to continue" if total else ""
    click.echo(f"\nStopped{so_far}.", err=True)
    return 130


@contextmanager
def progress_bar(label: str, total: int) -> Iterator[Any]:
    """A bar on stderr; yields the function that advances it by one."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
               TextColumn("{task.fields[rate]}"), TimeRemainingColumn(), TextColumn("left"))
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(label, total=total, rate="")

        def advance() -> None:
            progress.advance(task)
            progress.update(task, rate=f"{progress.tasks[0].speed or 0:.1f}/s")
        yield advance
