"""Which course a server's page is about."""

from pathlib import Path

import pytest

from grading.course.folder import Course
from grading.errors import CourseError
from grading.reading.app import find_course


def test_the_folder_that_the_server_shows_is_the_course(course: Course) -> None:
    assert find_course(course.root).root == course.root


def test_a_server_elsewhere_finds_the_course_that_nbgrader_is_configured_for(
        course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, settings = tmp_path / "home", tmp_path / "settings"
    home.mkdir()
    settings.mkdir()
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(settings))
    (settings / "nbgrader_config.py").write_text(f"c = get_config()\nc.CourseDirectory.root = {str(course.root)!r}\n")
    assert find_course(home).root == course.root


def test_where_there_is_none_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="is not a course folder"):
        find_course(tmp_path)
