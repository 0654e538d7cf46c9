"""The demo works in a folder of its own and deletes nothing that it did not make."""

from pathlib import Path

import pytest

from grading.cli.demo import make_scratch, run_demo
from grading.course.folder import Course
from grading.errors import CourseError
from tests import toy


def test_a_folder_that_the_demo_did_not_make_is_left_alone(course: Course, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(CourseError, match="exists and was not made by the demo: name another folder"):
        make_scratch(course, tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


def test_the_scratch_course_is_made_anew_and_the_real_one_is_only_read(course: Course, tmp_path: Path) -> None:
    toy.submit(course, "ada", toy.SOLUTION)
    before = {path: path.read_bytes() for path in course.root.rglob("*") if path.is_file()}
    scratch = make_scratch(course, tmp_path / "demo")
    (scratch.root / "submitted" / "left-over").mkdir()
    again = make_scratch(course, tmp_path / "demo")
    assert again.problem_sets() == [toy.NAME]
    assert not list((again.root / "submitted").iterdir())
    assert {path: path.read_bytes() for path in course.root.rglob("*") if path.is_file()} == before


@pytest.mark.sandbox
def test_the_demo_goes_the_whole_way_and_says_where_to_look(course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_demo(course, tmp_path / "demo")
    said = capsys.readouterr().out
    assert "perfect" in said
    assert f"{toy.NAME}.ipynb is not complete JSON" in " ".join(said.split())
    where = {line.split()[-1] for line in said.split("\n") if str(tmp_path) in line and "and open" not in line}
    assert len(where) == 6
    assert [path for path in where if not Path(path).exists()] == []
