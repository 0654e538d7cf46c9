"""Pages go back under the names that hand-ins were downloaded by."""

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grading.cli.main import main
from grading.course.folder import Course
from grading.errors import CourseError
from grading.pages.feedback_zip import zip_feedback
from tests import toy

PS = toy.NAME


def download(course: Course, *names: str) -> None:
    """Files as the system's zip of the class holds them."""
    folder = course.root / "downloaded" / PS / "archive"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "class.zip", "w") as archive:
        for name in names:
            archive.writestr(name, "{}")


def page(course: Course, student: str) -> None:
    toy.submit_text(course, student, "{}")
    path = course.feedback(student, PS)
    path.parent.mkdir(parents=True)
    path.write_text(f"for {student}")


def packed(course: Course, system: str) -> dict[str, str]:
    path, _, _ = zip_feedback(course, PS, system)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize(("system", "name", "back"), [
    ("moodle", "Ada Lovelace_4711_assignsubmission_file_/ps.ipynb", "Ada Lovelace_4711_assignsubmission_file_toy_set.html"),
    ("moodle", "Ada Lovelace_4711_assignsubmission_file_ps.ipynb", "Ada Lovelace_4711_assignsubmission_file_toy_set.html"),
    ("moodle", "Ada Lovelace_4711_assignsubmission_file/my/ps.ipynb", "Ada Lovelace_4711_assignsubmission_file_toy_set.html"),
    ("canvas", "lovelaceada_4711_890123_ps-2.ipynb", "lovelaceada_4711_890123_ps-2.html"),
    ("canvas", "lovelaceada_LATE_4711_890123_ps.ipynb", "lovelaceada_LATE_4711_890123_ps.html"),
    ("canvas", "lovelaceada_4711_890123_my.work.ipynb.txt", "lovelaceada_4711_890123_my.html")])
def test_each_page_bears_the_name_of_its_hand_in(course: Course, system: str, name: str, back: str) -> None:
    download(course, name, name.replace("4711", "4712").replace("890123", "890124"))
    page(course, "4711")
    assert packed(course, system) == {back: "for 4711"}


def test_who_is_not_among_the_downloads_is_named(course: Course) -> None:
    download(course, "Ada_4711_assignsubmission_file_/ps.ipynb")
    page(course, "4711")
    page(course, "by-mail")
    assert zip_feedback(course, PS, "moodle")[1:] == (["4711"], ["by-mail"])


def test_of_several_hand_ins_it_is_the_one_that_was_graded(course: Course) -> None:
    download(course, "lovelaceada_4711_1_other.ipynb", f"lovelaceada_4711_2_{PS}.ipynb")
    page(course, "4711")
    assert list(packed(course, "canvas")) == [f"lovelaceada_4711_2_{PS}.html"]


def test_what_is_missing_is_said(course: Course) -> None:
    with pytest.raises(CourseError, match="the zip needs the names by which hand-ins were downloaded"):
        zip_feedback(course, PS, "moodle")
    download(course, "lovelaceada_4711_1_ps.ipynb")
    with pytest.raises(CourseError, match=f"There are no pages of feedback yet: course feedback {PS}"):
        zip_feedback(course, PS, "moodle")
    page(course, "4711")
    with pytest.raises(CourseError, match=r"No file in .* carries a name of Moodle's"):
        zip_feedback(course, PS, "moodle")
    assert not (course.root / "exports").exists()


def run(course: Course, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--root", str(course.root)])


@pytest.mark.sandbox
def test_the_command_writes_and_packs(course: Course) -> None:
    toy.submit(course, "4711", toy.SOLUTION)
    download(course, "lovelaceada_4711_1_ps.ipynb")
    assert run(course, "grade", PS, "--workers", "1").exit_code == 0
    done = run(course, "feedback", PS, "--zip", "canvas")
    assert done.output.splitlines()[-1] == f"Pages under Canvas's names: 1, in {course.root}/exports/{PS}-feedback-canvas.zip"
    with zipfile.ZipFile(Path(course.root / "exports" / f"{PS}-feedback-canvas.zip")) as archive:
        assert b"Feedback for 4711" in archive.read("lovelaceada_4711_1_ps.html")
