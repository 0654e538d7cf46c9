"""Fixtures that several packages share."""

import shutil
from pathlib import Path

import pytest

from grading.course.folder import Course
from tests import toy
from tests.grading.reading import classroom


@pytest.fixture(scope="session")
def answered(tmp_path_factory: pytest.TempPathFactory, new_gradebook: bytes) -> Path:
    """The folder of a toy course with a class whose written answers wait."""
    course = classroom.with_scheme(toy.make_course(tmp_path_factory.mktemp("answered") / "course"))
    (course.root / "gradebook.db").write_bytes(new_gradebook)
    classroom.hand_in(course, classroom.ANSWERS)
    return course.root


@pytest.fixture
def read_course(answered: Path, tmp_path: Path) -> Course:
    """A copy of it for one test."""
    return Course.open(Path(shutil.copytree(answered, tmp_path / "course")))
