"""Through nbgrader's exchange and back: a student fetches, hands in, and finds the feedback to the newest hand-in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeFetchAssignment, ExchangeFetchFeedback, ExchangeSubmit
from traitlets.config import Config

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.marks.gradebook import Ledger
from grading.pages.feedback import write_feedback
from grading.sandbox.client import Sandbox
from tests import toy

HALVES = "def double(x):\n    return x / 2"


class Side:
    """What a person can do at one side of the exchange."""

    def __init__(self, config: Config) -> None:
        self.config, self.directory, self.person = config, CourseDirectory(config=config), Authenticator(config=config)
        self.api = NbGraderAPI(self.directory, self.person, config=config)

    def student(self, step: type[Any]) -> None:
        self.directory.assignment_id = toy.NAME
        step(coursedir=self.directory, authenticator=self.person, config=self.config).start()


@pytest.fixture
def exchange(tmp_path: Path, course: Course, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """nbgrader's own parts in a course's folder or a student's home, with one exchange folder for both."""
    shared = tmp_path / "exchange"
    shared.mkdir()
    shared.chmod(0o777)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("USER", "ada")

    def at(folder: Path) -> Side:
        monkeypatch.chdir(folder)
        config = Config()
        if folder == course.root:
            config.merge(course.config)
        config.Exchange.root = str(shared)
        config.Exchange.cache = str(tmp_path / "cache")
        config.Exchange.assignment_dir = str(folder)
        config.CourseDirectory.root = str(folder)
        config.CourseDirectory.course_id = course.config.CourseDirectory.course_id
        return Side(config)
    yield at


def ok(result: dict[str, Any]) -> None:
    assert result["success"], result.get("error") or result.get("log")


def hand_in(exchange: Any, home: Path, course: Course, **answers: str) -> None:
    """Answer in the fetched notebook, submit, and collect on the other side."""
    path = home / toy.NAME / f"{toy.NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = answers.get(name, cell.source) if cell.metadata.get("nbgrader", {}).get("solution") else cell.source
    nbformat.write(notebook, path)
    exchange(home).student(ExchangeSubmit)
    ok(exchange(course.root).api.collect(toy.NAME, update=True))


def grade_and_release(exchange: Any, course: Course, sandbox: Sandbox, with_our_pages: bool) -> None:
    toy.graded(course, sandbox)
    if with_our_pages:
        assignment = load_assignment(course, toy.NAME)
        with Ledger(course, toy.NAME) as ledger:
            for student in course.students(toy.NAME):
                write_feedback(course, assignment, ledger, student)
    else:
        ok(exchange(course.root).api.generate_feedback(toy.NAME, force=True))
    ok(exchange(course.root).api.release_feedback(toy.NAME))


def fetched(exchange: Any, home: Path) -> list[str]:
    """The pages that a student has, the oldest hand-in's first."""
    exchange(home).student(ExchangeFetchFeedback)
    pages = sorted((home / toy.NAME / "feedback").glob(f"*/{toy.NAME}.html"))
    return [page.read_text(encoding="utf-8") for page in pages]


@pytest.mark.sandbox
@pytest.mark.slow
@pytest.mark.parametrize("with_our_pages", [True, False], ids=["course feedback", "nbgrader generate_feedback"])
def test_feedback_comes_back_to_the_newest_hand_in(exchange: Any, tmp_path: Path, course: Course, sandbox: Sandbox, with_our_pages: bool) -> None:
    home = tmp_path / "home"
    ok(exchange(course.root).api.generate_assignment(toy.NAME))
    ok(exchange(course.root).api.release_assignment(toy.NAME))
    exchange(home).student(ExchangeFetchAssignment)
    hand_in(exchange, home, course, **{**toy.SOLUTION, "double": HALVES})
    grade_and_release(exchange, course, sandbox, with_our_pages)
    [first] = fetched(exchange, home)
    assert "Twice, not half." in first
    hand_in(exchange, home, course, **toy.SOLUTION)
    grade_and_release(exchange, course, sandbox, with_our_pages)
    again = fetched(exchange, home)
    assert len(again) == 2
    assert "Twice, not half." not in again[-1]


@pytest.mark.sandbox
def test_what_a_student_puts_in_the_place_of_the_secret_is_not_carried_on(course: Course, sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "other").write_text("a" * 128)
    folder = toy.submit(course, "ada", toy.SOLUTION).parent
    for made in (lambda path: path.symlink_to(tmp_path / "other"), lambda path: path.write_text("../../x"), lambda path: path.mkdir(),
                 lambda path: path.write_text("a" * 5000), lambda path: path.write_bytes(b"\xff\xfe")):
        path = folder / "submission_secret.txt"
        made(path)
        assert toy.graded(course, sandbox, force=True)["ada"].points > 0
        assert not course.autograded("ada", toy.NAME).with_name("submission_secret.txt").exists()
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
