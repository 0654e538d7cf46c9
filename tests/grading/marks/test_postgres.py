"""The same grades in a PostgreSQL gradebook as in SQLite, through nbgrader's own db_url."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

pytest.importorskip("psycopg")

from grading.classes.batch import grade_class
from grading.classes.pool import InTurn
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.marks.gradebook import Ledger
from grading.sandbox.client import Sandbox
from tests import toy
from tests.grading.classes.test_pool import ANSWERS
from tests.grading.reading.classroom import opened, reading

NOBODY = 65534  # PostgreSQL refuses to run as root


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    program = shutil.which("initdb") or (str(found[-1]) if found else None)
    if program is None:
        pytest.skip("no PostgreSQL server is installed here")
    return Path(program).resolve().parent


@pytest.fixture(scope="module")
def db_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own, reached by a socket in its folder."""
    programs, folder = _programs(), Path(os.path.realpath(f"/tmp/pg-{os.getpid()}"))  # a socket's path must be short
    folder.mkdir(mode=0o700)
    user: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    if user:
        os.chown(folder, NOBODY, NOBODY)
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}

    def run(*words: Any) -> None:
        subprocess.run(words, check=True, capture_output=True, env=environment, cwd=folder, **user)
    try:
        run(programs / "initdb", "-D", folder / "data", "-U", "grader", "-A", "trust", "-E", "UTF8", "--no-sync")
        settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run(programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", settings, "start")
        run(programs / "createdb", "-h", folder, "-U", "grader", "grades")
        yield f"postgresql+psycopg://grader@/grades?host={folder}"
    finally:
        subprocess.run([programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], capture_output=True,
                       cwd=folder, **user)
        shutil.rmtree(folder)


def grades(course: Course) -> dict[str, list[tuple[str, float | None, float | None, bool]]]:
    with Gradebook(course.db_url, course.course_id) as gradebook:
        return {submission.student.id: sorted((grade.name, grade.auto_score, grade.manual_score, grade.needs_manual_grade)
                                              for grade in submission.notebooks[0].grades)
                for submission in gradebook.assignment_submissions(toy.NAME)}


def test_the_gradebook_may_be_in_postgresql(course: Course, sandbox: Sandbox, db_url: str) -> None:
    for student, answers in ANSWERS.items():
        toy.submit(course, student, answers)
    other = toy.configured(course, f"c.CourseDirectory.db_url = {db_url!r}")
    found = []
    for kept in (course, other):
        assignment = load_assignment(kept, toy.NAME)
        list(grade_class(kept, assignment, kept.students(toy.NAME), InTurn(sandbox), force=True))
        found.append(grades(kept))
    assert found[0] == found[1]
    assert set(found[1]) == set(ANSWERS)

    with Gradebook(other.db_url, other.course_id) as gradebook:
        grade = gradebook.find_grade("toy_why", toy.NAME, toy.NAME, "perfect")
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        gradebook.db.commit()
    [result] = grade_class(other, load_assignment(other, toy.NAME), ["perfect"], InTurn(sandbox), force=True)
    assert result.points == 9.0
    with Ledger(other, toy.NAME) as ledger:
        assert ledger.manual_scores("perfect") == {"toy_why": 1.5}
    with opened(other) as room:
        assert room.store.latest()["perfect"].typed == 1.5  # given in formgrader, and taken over
        room.keep(reading(room, "perfect", typed=0.75, comment="Because of what?"), None)
    with Ledger(other, toy.NAME) as ledger:
        assert ledger.manual_scores("perfect") == {"toy_why": 0.75}
        assert ledger.comments("perfect") == {"toy_why": "Because of what?"}
