"""Fixtures that tests of the grading machinery share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

# Tests run side by side; libraries that start a thread for every core would wait for one another. Before numpy.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.course.limits import Limits
from grading.marks.gradebook import Ledger
from grading.sandbox.client import Sandbox
from tests import toy


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One fork server for the whole run, with limits small enough to test them."""
    with Sandbox(Limits(memory_bytes=1 << 30, scratch_bytes=8 << 20, file_bytes=4 << 20)) as running:
        yield running


@pytest.fixture(scope="session")
def impatient() -> Iterator[Sandbox]:
    """A fork server that gives a cell little time."""
    with Sandbox(Limits(cell_seconds=1.5, total_seconds=15)) as running:
        yield running


@pytest.fixture(scope="session")
def new_gradebook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A gradebook with the toy set registered: making one takes nbgrader a second, copying it takes nothing."""
    course = toy.make_course(tmp_path_factory.mktemp("template") / "course")
    with Ledger(course, toy.NAME) as ledger:
        ledger.register(load_assignment(course, toy.NAME))
    return (course.root / "gradebook.db").read_bytes()


@pytest.fixture
def course(tmp_path: Path, new_gradebook: bytes) -> Course:
    """A course with the toy problem set and nothing handed in."""
    made = toy.make_course(tmp_path / "course")
    (made.root / "gradebook.db").write_bytes(new_gradebook)
    return made
