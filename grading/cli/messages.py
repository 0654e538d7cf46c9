"""What commands say on the way: errors in words, how far a run came, progress."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from grading.errors import CourseError, SandboxError


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
