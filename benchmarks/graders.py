"""The graders that are compared, each as one command for a whole class."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import otter, scratch
from benchmarks.measure import Cost, run
from benchmarks.scratch import BIN, BUILD, ENVIRONMENT

OTTER_COPIES = 10  # at most: it is slow


@dataclass(frozen=True)
class Grader:
    """`make(name, count)` builds a class; `grade(root, name, count)` grades it and says what that cost."""

    id: str
    title: str
    make: Callable[[str, int], Path]
    grade: Callable[[Path, str, int], Cost]
    most: int = 1_000_000


def _plain(root: Path, name: str, count: int) -> Cost:
    return run([BIN / "nbgrader", "autograde", name], root, ENVIRONMENT, BUILD / "logs" / f"plain-{name}.log", count)


def ours(root: Path, name: str, count: int, workers: int = 1) -> Cost:
    """`course grade` on a class."""
    command: list[str | Path] = [BIN / "course", "grade", name, "--force", "--root", root, "--workers", str(workers)]
    return run(command, root, ENVIRONMENT, BUILD / "logs" / f"ours-{workers}-{name}.log", count)


def _ours_two(root: Path, name: str, count: int) -> Cost:
    return ours(root, name, count, workers=2)


def graders(with_otter: bool) -> list[Grader]:
    """All that can run here, in the order in which they take turns."""
    found = [Grader("plain", "plain nbgrader", scratch.make_plain, _plain),
             Grader("ours-1", "course grade, 1 worker", scratch.make_ours, ours)]
    if len(os.sched_getaffinity(0)) > 1:
        found.append(Grader("ours-2", "course grade, 2 workers", scratch.make_ours, _ours_two))
    if with_otter:
        title = f"Otter-Grader {otter.VERSION}, Python API"
        found.append(Grader("otter", title, otter.make, otter.grade, OTTER_COPIES))
    with_figures = [("plain-figures", "plain nbgrader, with figures", scratch.make_plain, _plain),
                    ("ours-figures", "course grade, 1 worker, with figures", scratch.make_ours, ours)]
    return [*found, *(Grader(name, title, partial(make, figures=True), grade)
                      for name, title, make, grade in with_figures)]
