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
from grading.assignment import Assignment, Exercise
from grading.collect import Handed
from grading.course import Course, Settings
from grading.sandbox.client import Sandbox
from grading.sandbox.limits import Limits
from grading.submission import Graded, Task, grade_submission


@dataclass(frozen=True)
class Parcel:
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


def pack(course: Course, task: Task, isolate: bool) -> Parcel:
    """Put a task into a parcel."""
    folder, assignment = probes.folder(course.root), task.assignment
    own = {} if folder == probes.HERE else {file.name: file.read_text() for file in folder.glob("*.py")}
    return Parcel(assignment.name, nbformat.writes(assignment.notebook), assignment.exercises, assignment.fingerprint,
                  own, task.settings, task.secret, course.limits, course.private_paths, isolate)


def unpack(parcel: Parcel) -> Task:
    """The task in a parcel, with the hidden tests that came along or else those of this package."""
    with tempfile.TemporaryDirectory() as folder:
        if parcel.probes:
            (Path(folder) / "probes").mkdir()
        for name, source in parcel.probes.items():
            (Path(folder) / "probes" / name).write_text(source)
        problem_set = probes.load(parcel.name, Path(folder))
    notebook = nbformat.reads(parcel.notebook, as_version=4)
    assignment = Assignment(parcel.name, notebook, {}, parcel.exercises, problem_set, parcel.fingerprint)
    return Task(assignment, parcel.settings, parcel.secret)


class _Station:
    """What this worker process grades with: the parcel that came last."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.parcel: Parcel | None = None

    def prepare(self, parcel: Parcel) -> tuple[Task, Sandbox]:
        with self.lock:  # a worker may have several threads
            if parcel != self.parcel:
                self.task = unpack(parcel)
                imports = self.task.assignment.imports
                self.sandbox = Sandbox(parcel.limits, parcel.hidden, parcel.isolate, imports)
                self.parcel = parcel
            return self.task, self.sandbox


_station = _Station()


def grade_parcel(parcel: Parcel, student: str, handed: Handed) -> Graded:
    """Grade one submission in this process."""
    return grade_submission(*_station.prepare(parcel), student, handed)


@cache
def package_version() -> str:
    """Differs wherever a line of this package does."""
    roots = [Path(package.__file__ or "").parent for package in (grading, helpers)]
    files = [file for root in roots for file in sorted(root.rglob("*.py"))]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
