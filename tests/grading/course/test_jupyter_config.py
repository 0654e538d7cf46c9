"""What stands in somebody's own Jupyter configuration holds for `course` as it does for `nbgrader`."""

import os
from pathlib import Path
from typing import Any

import pytest

from grading.course.folder import Course
from grading.course.nbgrader_settings import FOLDERS
from grading.errors import CourseError


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's Jupyter folder, empty so far."""
    folder = tmp_path / "own"
    folder.mkdir()
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(folder))
    return folder


def of_nbgrader(course: Course, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The folders and the gradebook that plain nbgrader commands take."""
    from nbgrader.apps import NbGraderApp
    from nbgrader.coursedir import CourseDirectory
    monkeypatch.chdir(course.root)
    NbGraderApp.clear_instance()
    app = NbGraderApp()
    app.load_config_file()
    return CourseDirectory(parent=app, config=app.config)


@pytest.mark.parametrize(("file", "text"), [
    ("nbgrader_config.py", "c = get_config()\nc.CourseDirectory.db_url = 'sqlite:////elsewhere/all.db'"),
    ("nbgrader_config.json", '{"CourseDirectory": {"db_url": "sqlite:////elsewhere/all.db"}}'),
])
def test_a_gradebook_for_all_courses_is_the_gradebook_of_every_command(
        course: Course, own: Path, monkeypatch: pytest.MonkeyPatch, file: str, text: str) -> None:
    (own / file).write_text(text)
    assert Course.open(course.root).db_url == "sqlite:////elsewhere/all.db"
    assert of_nbgrader(course, monkeypatch).db_url == "sqlite:////elsewhere/all.db"


def test_the_courses_own_file_comes_last(course: Course, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (own / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.db_url = 'sqlite:////elsewhere/all.db'")
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write("c.CourseDirectory.db_url = 'sqlite:////here.db'\n")
    assert Course.open(course.root).db_url == of_nbgrader(course, monkeypatch).db_url == "sqlite:////here.db"


def test_folders_of_other_courses_are_not_those_of_this_one(course: Course, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"c.CourseDirectory.{name} = 'elsewhere'" for name in FOLDERS if name != "directory_structure"]
    (own / "nbgrader_config.py").write_text("\n".join(["c = get_config()", *lines, "c.CourseDirectory.directory_structure = "
                                                       "'{nbgrader_step}/{assignment_id}/{student_id}'"]))
    directory = of_nbgrader(course, monkeypatch)
    assert {name: getattr(directory, name) for name in FOLDERS} == FOLDERS
    assert Course.open(course.root).config.CourseDirectory.submitted_directory == "submitted"
    assert os.path.normpath(directory.format_path("submitted", "ada", "ps")) == str(course.root / "submitted" / "ada" / "ps")


def test_a_course_that_moves_its_own_folders_is_told_so(course: Course) -> None:
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write("c.CourseDirectory.submitted_directory = 'hand-ins'\n")
    with pytest.raises(CourseError, match=r"c\.CourseDirectory\.submitted_directory is 'hand-ins'; this course needs 'submitted'\. "
                                          r"Take that line out of nbgrader_config\.py\."):
        _ = Course.open(course.root).config


def test_a_file_that_cannot_be_read_is_named(course: Course, own: Path) -> None:
    (own / "nbgrader_config.py").write_text("c = get_config(\n")
    with pytest.raises(CourseError, match=rf"{own}/nbgrader_config.py cannot be read: SyntaxError"):
        _ = Course.open(course.root).config
