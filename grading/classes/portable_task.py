"""A problem set as plain data, for a process on another machine that has this package and nothing of the course."""

import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import nbformat

import grading
import helpers
from grading.course.assignment import Assignment, Exercise
from grading.course.folder import Course
from grading.course.limits import Limits
from grading.course.settings import Settings
from grading.handin.collect import Handed
from grading.probes import loading, places
from grading.run.submission import Graded, Task, grade_submission
from grading.sandbox.client import Sandbox


@dataclass(frozen=True)
class PortableTask:
    """What a worker needs before the first submission."""

    name: str
    notebook: str
    solutions: Mapping[str, str]  # for the second look
    exercises: Sequence[Exercise]
    fingerprint: str
    files: Mapping[str, str]  # path in the course → text: the source notebook, and hidden tests of its own
    settings: Settings
    secret: bytes
    limits: Limits
    own_checks: Mapping[str, str]
    hidden: Sequence[Path]  # covered where a worker runs on the machine that holds the course
    isolate: bool


def pack(course: Course, task: Task, isolate: bool) -> PortableTask:
    """Make a task fit to travel."""
    assignment, tests = task.assignment, places.folder(course.root)
    files = {f"source/{assignment.name}/{assignment.name}.ipynb": course.source(assignment.name)}
    if tests != places.HERE:
        files |= {f"probes/{file.relative_to(tests).as_posix()}": file for file in tests.rglob("*.py")}
    texts = {name: file.read_text(encoding="utf-8") for name, file in files.items()}
    return PortableTask(assignment.name, nbformat.writes(assignment.notebook), assignment.solutions,
                        assignment.exercises, assignment.fingerprint, texts, task.settings, task.secret,
                        course.limits, assignment.own_checks, course.private_paths, isolate)


def unpack(portable: PortableTask) -> Task:
    """A task that has travelled, with the hidden tests that came along or else those of this package."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in portable.files.items():
            (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / name).write_text(text, encoding="utf-8")
        problem_set = loading.load(portable.name, Path(folder))
    notebook = nbformat.reads(portable.notebook, as_version=4)
    assignment = Assignment(portable.name, notebook, dict(portable.solutions), portable.exercises, problem_set,
                            portable.fingerprint, portable.own_checks)
    return Task(assignment, portable.settings, portable.secret)


class _Station:
    """What this worker process grades with: the task that came last."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.portable: PortableTask | None = None

    def prepare(self, portable: PortableTask) -> tuple[Task, Sandbox]:
        with self.lock:  # a worker may have several threads
            if portable != self.portable:
                self.task = unpack(portable)
                imports = self.task.assignment.imports
                self.sandbox = Sandbox(portable.limits, portable.hidden, portable.isolate, imports,
                                       portable.own_checks)
                self.portable = portable
            return self.task, self.sandbox


_station = _Station()


def grade_portable(portable: PortableTask, student: str, handed: Handed) -> Graded:
    """Grade one submission in this process."""
    return grade_submission(*_station.prepare(portable), student, handed)


@cache
def package_version() -> str:
    """Differs wherever a line of this package does."""
    roots = [Path(package.__file__ or "").parent for package in (grading, helpers)]
    files = [file for root in roots for file in sorted(root.rglob("*.py"))]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
