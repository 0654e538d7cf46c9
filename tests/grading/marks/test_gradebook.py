"""The gradebook: made once however many begin at once, and what is said of one that cannot be used."""

import re
import signal
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.errors import CourseError
from grading.interrupts import remembered_interrupts
from grading.marks.gradebook import Ledger
from tests import toy


def open_and_register(root: Path) -> str:
    try:
        course = Course.open(root)
        assignment = load_assignment(course, toy.NAME)
        with Ledger(course, toy.NAME) as ledger:
            ledger.register(assignment)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


@pytest.mark.slow
def test_several_first_commands_at_once_make_one_gradebook(course: Course) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("fork")) as pool:  # everything is imported already
        for _ in range(6):
            (course.root / "gradebook.db").unlink(missing_ok=True)
            assert list(pool.map(open_and_register, [course.root] * 4)) == [""] * 4
    with sqlite3.connect(course.root / "gradebook.db") as database:
        assert database.execute("select count(*) from assignment").fetchone() == (1,)
        assert database.execute("select count(*) from alembic_version").fetchone() == (1,)


def _of_an_older_nbgrader(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("drop table if exists assignment")
        database.execute("create table assignment (id varchar(32) primary key, name varchar(128))")


def _text(path: Path) -> None:
    path.write_text("student,score\n" * 100)


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize("moment", ["do_execute", "do_commit", "do_rollback", "do_close"])
def test_ctrl_c_at_any_moment_is_no_error_of_the_gradebook(course: Course, moment: str, monkeypatch: pytest.MonkeyPatch,
                                                           caplog: pytest.LogCaptureFixture) -> None:
    from sqlalchemy.engine.default import DefaultDialect
    work = getattr(DefaultDialect, moment)
    (course.root / "gradebook.db").unlink()

    def interrupted(*arguments: object) -> object:
        monkeypatch.undo()
        signal.raise_signal(signal.SIGINT)
        return work(*arguments)
    with pytest.raises(KeyboardInterrupt), remembered_interrupts(), Ledger(course, toy.NAME) as ledger:
        monkeypatch.setattr(DefaultDialect, moment, interrupted)
        ledger.register(load_assignment(course, toy.NAME))
    assert not caplog.records
    assert open_and_register(course.root) == ""


@pytest.mark.parametrize(("spoil", "remedy"), [
    (_of_an_older_nbgrader, "It was made by an older nbgrader: copy it to a safe place and run `nbgrader db upgrade` in this folder."),
    (_text, "The file is damaged, or something else: restore it from a backup, or move it away and grade again."),
    (_cut_short, "The file is damaged, or something else: restore it from a backup, or move it away and grade again."),
])
def test_a_gradebook_that_cannot_be_used_is_named_with_what_to_do(course: Course, spoil: object, remedy: str) -> None:
    path = course.root / "gradebook.db"
    open_and_register(course.root)
    spoil(path)  # type: ignore[operator]
    said = open_and_register(course.root)
    assert said.startswith(f"CourseError: The gradebook sqlite:///{path} cannot be used: ")
    assert said.endswith(remedy)


@pytest.mark.parametrize("name", ["a course", "what?", "50%25", "%2e", "a#b", "Übung", "it's", "a&b=c", "?x=1&y", "a%20b?"])
def test_a_course_may_lie_in_any_folder(course: Course, name: str) -> None:
    root = course.root.rename(course.root.with_name(name))
    assert open_and_register(root) == ""
    with sqlite3.connect(root / "gradebook.db") as database:
        assert database.execute("select name from assignment").fetchall() == [(toy.NAME,)]
    assert [path.name for path in root.parent.iterdir() if re.search("gradebook", path.name)] == []


def test_a_folder_that_cannot_be_locked_is_no_obstacle(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no locks here")
    monkeypatch.setattr("fcntl.flock", refuse)
    assert open_and_register(course.root) == ""


def test_other_errors_of_a_database_keep_their_advice(course: Course) -> None:
    (course.root / "gradebook.db").unlink(missing_ok=True)
    (course.root / "gradebook.db").mkdir()
    with pytest.raises(CourseError, match=r"unable to open database file.*check the folder's permissions and space"):
        Ledger(course, toy.NAME).__enter__()
