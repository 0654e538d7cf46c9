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
from grading import probes
from grading.course.assignment import Assignment, Exercise
from grading.course.folder import Course
from grading.course.limits import Limits
from grading.course.settings import Settings
from grading.handin.collect import Handed
from grading.run.submission import Graded, Task, grade_submission
from grading.sandbox.client import Sandbox


@dataclass(frozen=True)
class PortableTask:
    """What a worker needs before the first submission."""

    name: str
    notebook: str
    exercises: Sequence[Exercise]
    fingerprint: str
    probes: Mapping[str, str]  # file name → source, where a course has hidden tests of its own
    settings: Settings
    secret: bytes
    limits: Limits
    hidden: Sequence[Path]  # covered where a worker runs on the machine that holds the course
    isolate: bool


def pack(course: Course, task: Task, isolate: bool) -> PortableTask:
    """Make a task fit to travel."""
    folder, assignment = probes.folder(course.root), task.assignment
    own = {} if folder == probes.HERE else {file.name: file.read_text() for file in folder.glob("*.py")}
    return PortableTask(assignment.name, nbformat.writes(assignment.notebook), assignment.exercises,
                        assignment.fingerprint, own, task.settings, task.secret, course.limits, course.private_paths,
                        isolate)


def unpack(portable: PortableTask) -> Task:
    """A task that has travelled, with the hidden tests that came along or else those of this package."""
    with tempfile.TemporaryDirectory() as folder:
        if portable.probes:
            (Path(folder) / "probes").mkdir()
        for name, source in portable.probes.items():
            (Path(folder) / "probes" / name).write_text(source)
        problem_set = probes.load(portable.name, Path(folder))
    notebook = nbformat.reads(portable.notebook, as_version=4)
    assignment = Assignment(portable.name, notebook, {}, portable.exercises, problem_set, portable.fingerprint)
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
                self.sandbox = Sandbox(portable.limits, portable.hidden, portable.isolate, imports)
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
