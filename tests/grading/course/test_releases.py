"""What students have been given is written down, and a hand-out holds that and nothing else."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from grading.cli.main import main
from grading.course.folder import Course
from grading.course.releases import fingerprint, read_releases, record_releases, require_released
from grading.errors import CourseError
from tests import toy


@pytest.fixture
def generated(course: Course) -> Course:
    """The toy course with notebooks of two sets in release/, where nbgrader puts them."""
    for name in (toy.NAME, "another_set"):
        for folder in ("source", "release"):
            path = course.root / folder / name / f"{name}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(course.source(toy.NAME).read_bytes())
    return course


def test_a_notebook_in_release_is_no_released_set(generated: Course) -> None:
    assert read_releases(generated) == {}
    with pytest.raises(CourseError, match=f"^{toy.NAME} has not been released: course release {toy.NAME}$"):
        require_released(generated, [toy.NAME])


def test_releases_add_up_and_say_when_and_what(generated: Course) -> None:
    record_releases(generated, [toy.NAME])
    record_releases(generated, ["another_set"])
    first, second = generated.releases_file.read_text().splitlines()[1:]
    assert re.fullmatch(r"another_set,\d{4}-\d\d-\d\d,[0-9a-f]{16}", first)
    assert second.startswith(f"{toy.NAME},")
    require_released(generated, [toy.NAME, "another_set"])


def test_what_is_no_longer_what_was_released_is_an_error(generated: Course) -> None:
    record_releases(generated, [toy.NAME])
    notebook = generated.release(toy.NAME)
    before = fingerprint(generated, toy.NAME)
    notebook.write_bytes(notebook.read_bytes().replace(b"\n", b"\r\n"))
    require_released(generated, [toy.NAME])
    assert fingerprint(generated, toy.NAME) == before
    notebook.write_text(notebook.read_text().replace("A toy", "Another toy"))
    with pytest.raises(CourseError, match=rf"is not what was released on \d+-\d+-\d+\. If the change is meant: course release {toy.NAME}$"):
        require_released(generated, [toy.NAME])
    notebook.unlink()
    with pytest.raises(CourseError, match=r"is gone since it was released"):
        require_released(generated, [toy.NAME])


@pytest.mark.parametrize("content", [b"", b"name\ntoy_set\n", b"problem_set,released,fingerprint\ntoy_set\n", b"\xff\xfe\x00"])
def test_a_list_that_cannot_be_read_is_named(generated: Course, content: bytes) -> None:
    generated.releases_file.write_bytes(content)
    with pytest.raises(CourseError, match=re.escape(str(generated.releases_file))):
        read_releases(generated)


def test_a_set_that_is_gone_from_the_course_is_passed_over(generated: Course) -> None:
    record_releases(generated, [toy.NAME, "another_set"])
    for path in (generated.source("another_set"), Path(generated.source("another_set").parent)):
        path.rmdir() if path.is_dir() else path.unlink()
    assert list(read_releases(generated)) == [toy.NAME]


def test_the_command_hands_out_nothing_that_was_not_released(generated: Course) -> None:
    done = CliRunner().invoke(main, ["bundle", toy.NAME, "--root", str(generated.root)])
    assert done.output == f"Error: {toy.NAME} has not been released: course release {toy.NAME}\n"
    assert not (generated.root / "build").exists()
