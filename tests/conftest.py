"""Fixtures that tests of the grading machinery share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grading.course import Course
from grading.sandbox.client import Sandbox
from grading.sandbox.limits import Limits
from tests import toy


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One fork server for the whole run, with limits short enough to test them."""
    with Sandbox(Limits(cell_seconds=2, total_seconds=15, memory_bytes=1 << 30, scratch_bytes=8 << 20,
                        file_bytes=4 << 20)) as running:
        yield running


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """An empty course with the toy problem set."""
    return toy.make_course(tmp_path / "course")
