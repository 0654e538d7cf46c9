"""A class is graded whole: every submission gets an outcome, and nothing graded is lost or changed."""

import errno
import json
import os
import re
import sqlite3
import stat
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.utils import determine_grade

from grading.classes.faults import faults_in_words
from grading.classes.graded_before import stored_result
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.errors import CourseError
from grading.judge.verdict import Result
from grading.marks.gradebook import Ledger
from grading.sandbox.client import Sandbox
from grading.whole_files import write_text
from tests import toy
from tests.toy import graded, scores


def kinds(result: Result) -> list[str]:
    return [verdict.kind for verdict in result.verdicts]


def test_a_class_gets_points_verdicts_and_reasons(course: Course, sandbox: Sandbox) -> None:
    toy.submit(course, "perfect", toy.SOLUTION)
    toy.submit(course, "mistaken", {**toy.SOLUTION, "double": "def double(x):\n    return x / 2"})
    toy.submit(course, "empty", {})
    toy.submit(course, "crashing", {**toy.SOLUTION, "double": "import os; os._exit(1)"})
    toy.submit_text(course, "truncated", '{"cells": [')
    results = graded(course, sandbox)
    assert {student: (result.points, kinds(result)) for student, result in results.items()} == {
        "perfect": (7.5, ["right", "right", "right", "manual"]),
        "mistaken": (5.0, ["mistake", "right", "right", "manual"]),
        "empty": (0.0, ["missing"] * 4),
        "crashing": (5.0, ["error", "right", "right", "manual"]),
        "truncated": (0.0, ["malformed"] * 4),
    }
    assert results["mistaken"].verdicts[0].mistake == "halves"
    assert results["truncated"].verdicts[0].hint.startswith("toy_set.ipynb is not complete JSON")
    assert results["crashing"].verdicts[0].hint == ("This answer's cell did not come to an end: the Python process ended "
                                                    "(os._exit, a crash, or too much memory).")


def test_the_same_submission_graded_twice_gets_the_same_grade(course: Course, sandbox: Sandbox) -> None:
    toy.submit(course, "ada", {**toy.SOLUTION, "centre": "def centre(x):\n    return x + x.mean()"})
    first, again = (graded(course, sandbox, force=True)["ada"] for _ in range(2))
    assert [(v.points, v.kind, v.hint) for v in first.verdicts] == [(v.points, v.kind, v.hint) for v in again.verdicts]


def test_what_is_graded_and_unchanged_is_not_run_again(course: Course, sandbox: Sandbox) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    graded(course, sandbox)
    written = course.autograded("ada", toy.NAME).stat().st_mtime_ns
    assert graded(course, sandbox)["ada"].points == 7.5
    assert course.autograded("ada", toy.NAME).stat().st_mtime_ns == written
    path.write_text(path.read_text().replace("x + x", "x * 3"))
    assert graded(course, sandbox)["ada"].points == 5.0


def test_a_changed_hidden_test_grades_everyone_again(course: Course, sandbox: Sandbox) -> None:
    toy.submit(course, "ada", toy.SOLUTION)
    graded(course, sandbox)
    probes = course.root / "probes" / f"{toy.NAME}.py"
    probes.write_text(probes.read_text().replace("def double(x): return 2 * x", "def double(x): return 3 * x"))
    assert graded(course, sandbox)["ada"].points == 5.0


def test_manual_scores_survive_a_regrade_and_count(course: Course, sandbox: Sandbox) -> None:
    toy.submit(course, "ada", toy.SOLUTION)
    graded(course, sandbox)
    toy.grade_by_hand(course, "ada", 1.5)
    assert graded(course, sandbox)["ada"].points == 9.0
    assert graded(course, sandbox, force=True)["ada"].points == 9.0
    assert scores(course, "ada")["toy_why"][:2] == (None, 1.5)


def test_a_regrade_takes_points_away_when_the_answer_is_gone(course: Course, sandbox: Sandbox) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    graded(course, sandbox)
    toy.edit(path, lambda notebook: notebook.update(cells=[]))
    assert graded(course, sandbox)["ada"].points == 0.0
    assert {score for score, _, _ in scores(course, "ada").values()} == {0.0}


def test_the_gradebook_says_which_answers_a_person_must_grade(course: Course, sandbox: Sandbox) -> None:
    toy.submit(course, "written", toy.SOLUTION)
    toy.submit(course, "blank", {name: text for name, text in toy.SOLUTION.items() if name != "toy_why"})
    graded(course, sandbox)
    assert scores(course, "written")["toy_why"] == (None, None, True)
    assert scores(course, "blank")["toy_why"] == (0.0, None, False)


def test_nbgrader_reads_the_same_scores_from_the_graded_notebook(course: Course, sandbox: Sandbox) -> None:
    toy.submit(course, "ada", {**toy.SOLUTION, "centre": "def centre(x):\n    x -= x.mean()\n    return x"})
    result = graded(course, sandbox)["ada"]
    notebook = nbformat.read(course.autograded("ada", toy.NAME), as_version=4)
    nbformat.validate(notebook)
    read = {cell.metadata.nbgrader.grade_id: determine_grade(cell)[0] for cell in notebook.cells
            if cell.metadata.get("nbgrader", {}).get("grade")}
    assert read == {"test_double": 2.5, "test_centre": 2.5, "test_toy_numbers": 2.0, "toy_why": None}
    assert result.points == 7.0
    assert {name: auto for name, (auto, _, _) in scores(course, "ada").items()} == read


def test_graded_notebooks_are_read_only_and_hold_the_students_figures_where_that_is_asked_for(
        course: Course, sandbox: Sandbox) -> None:
    toy.submit(course, "ada", toy.SOLUTION)
    graded(course, sandbox)
    path = course.autograded("ada", toy.NAME)
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    assert '"image/png"' not in path.read_text()
    graded(toy.configured(course, "c.NeuralCourse.figures = True"), sandbox)
    assert '"image/png"' in path.read_text()


def test_an_interrupted_run_is_continued_by_the_next(course: Course, sandbox: Sandbox,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    import grading.run.submission
    for student in ("ada", "ben", "cem"):
        toy.submit(course, student, toy.SOLUTION)
    real, calls = grading.run.submission.run_notebook, list[str]()

    def interrupted(*arguments: Any, **options: Any) -> Any:
        calls.append("run")
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*arguments, **options)
    monkeypatch.setattr(grading.run.submission, "run_notebook", interrupted)
    with pytest.raises(KeyboardInterrupt):
        graded(course, sandbox)
    assert scores(course, "ada")["test_double"][0] == 2.5
    assert not course.autograded("ben", toy.NAME).exists()
    assert {student: result.points for student, result in graded(course, sandbox).items()} == dict.fromkeys(
        ("ada", "ben", "cem"), 7.5)
    assert len(calls) == 4  # ada once, ben twice, cem once


def test_a_crash_between_gradebook_and_notebook_means_graded_again(course: Course, sandbox: Sandbox,
                                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    import grading.classes.batch
    toy.submit(course, "ada", toy.SOLUTION)
    with monkeypatch.context() as patch:
        patch.setattr(grading.classes.batch, "write_text", lambda *a, **k: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(CourseError, match="disk full"):
            graded(course, sandbox)
    assert graded(course, sandbox)["ada"].points == 7.5


def test_a_damaged_graded_notebook_is_made_anew(course: Course, sandbox: Sandbox) -> None:
    toy.submit(course, "ada", toy.SOLUTION)
    graded(course, sandbox)
    course.autograded("ada", toy.NAME).chmod(0o644)
    course.autograded("ada", toy.NAME).write_text("{")
    assert graded(course, sandbox)["ada"].points == 7.5
    assert json.loads(course.autograded("ada", toy.NAME).read_text())["nbformat"] == 4


def test_strange_student_names_are_only_names(course: Course, sandbox: Sandbox) -> None:
    for student in ("o'brien; drop table grade", "<b>bold</b>", "née", "a b"):
        toy.submit(course, student, toy.SOLUTION)
    assert {result.points for result in graded(course, sandbox).values()} == {7.5}


@pytest.mark.parametrize("name", [b"caf\xe9", b"a\x1b[31m", b"y" * 200])
def test_a_folder_that_no_gradebook_can_name_is_said_and_stops_nobody(course: Course, sandbox: Sandbox, name: bytes) -> None:
    os.makedirs(os.path.join(os.fsencode(course.root), b"submitted", name, toy.NAME.encode()))  # noqa: PTH103, PTH118
    toy.submit(course, "ada", toy.SOLUTION)
    results = graded(course, sandbox)
    assert list(results) == ["ada"]
    assert re.match(r"^Not graded: 1 in .*submitted whose names the gradebook cannot hold .*Rename the folders\.$",
                    faults_in_words(course, toy.NAME, list(results.values())))


def test_a_time_that_is_corrected_or_removed_counts_at_the_next_run(course: Course, sandbox: Sandbox) -> None:
    timestamp = toy.submit(course, "ada", toy.SOLUTION).with_name("timestamp.txt")
    for text, stored in (("2026-03-01 12:00:00 UTC", "2026-03-01 12:00:00.000000"),
                         ("2026-03-02 13:30:00 +0100", "2026-03-02 12:30:00.000000"),
                         ("2026-07-02 13:30:00 Europe/Berlin", "2026-07-02 11:30:00.000000"), ("", None)):
        timestamp.write_text(text) if text else timestamp.unlink()
        graded(course, sandbox)
        with sqlite3.connect(course.root / "gradebook.db") as database:
            assert database.execute("select timestamp from submitted_assignment").fetchall() == [(stored,)]
        assert course.autograded("ada", toy.NAME).with_name("timestamp.txt").exists() == bool(text)


def test_an_extension_that_is_withdrawn_is_no_longer_in_force(course: Course, sandbox: Sandbox) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    extensions = course.root / "extensions.csv"
    assignment = load_assignment(course, toy.NAME)
    with Ledger(course, toy.NAME) as ledger:
        ledger.register(assignment)
        ledger.gradebook.update_or_create_assignment(toy.NAME, duedate="2026-03-01 00:00:00 UTC")
    for hours, stored in (("24", True), ("", False)):
        extensions.write_text("student,problem_set,hours\n" + (f"ada,{toy.NAME},{hours}\n" if hours else ""))
        path.with_name("timestamp.txt").write_text(f"2026-03-02 1{bool(hours):d}:00:00 UTC")
        graded(course, sandbox)
        with sqlite3.connect(course.root / "gradebook.db") as database:
            [(extension,)] = database.execute("select extension from submitted_assignment").fetchall()
            assert bool(extension) is stored


def test_a_full_disk_is_said_and_what_is_graded_stays(course: Course, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for student in ("ada", "ben"):
        toy.submit(course, student, toy.SOLUTION)

    def full(path: Path, text: str, mode: int = 0o644) -> None:
        if "ben" in path.parts:
            raise OSError(errno.ENOSPC, "No space left on device")
        write_text(path, text, mode)
    monkeypatch.setattr("grading.classes.batch.write_text", full)
    with pytest.raises(CourseError, match=r"ben.*could not be written: No space left on device\. Grades so far are saved"):
        graded(course, sandbox)
    monkeypatch.undo()
    assert stored_result(course, "ada", toy.NAME) is not None
    assert {result.points for result in graded(course, sandbox).values()} == {7.5}


def test_late_hand_in_times_reach_the_gradebook(course: Course, sandbox: Sandbox) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    path.with_name("timestamp.txt").write_text("2026-03-01 12:00:00 UTC")
    toy.submit(course, "ben", toy.SOLUTION).with_name("timestamp.txt").write_text("yesterday, I think")
    graded(course, sandbox)
    with sqlite3.connect(course.root / "gradebook.db") as database:
        times = dict(database.execute("select student_id, timestamp from submitted_assignment").fetchall())
    assert times["ada"].startswith("2026-03-01 12:00:00")
    assert times["ben"] is None


def test_a_fault_of_ours_stops_grading_and_costs_nobody_points(course: Course, sandbox: Sandbox) -> None:
    toy.submit(course, "ada", toy.SOLUTION)
    path = course.source(toy.NAME)
    path.write_text(path.read_text().replace("import numpy as np", "import nampy as np"))
    with pytest.raises(CourseError, match=r"^Nothing was graded: cell setup of toy_set runs before any student's code, and "
                                          r"it stopped \(ModuleNotFoundError: No module named 'nampy'\)\."):
        graded(course, sandbox)
    assert not course.autograded("ada", toy.NAME).exists()


def test_course_files_are_untouched_by_grading(course: Course, sandbox: Sandbox) -> None:
    def snapshot() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for folder in ("source", "submitted", "probes")
                for path in sorted(Path(course.root / folder).rglob("*")) if path.is_file()}
    toy.submit(course, "eve", {**toy.SOLUTION, "double": f"import shutil; shutil.rmtree({str(course.root)!r})"})
    before = snapshot()
    graded(course, sandbox)
    assert snapshot() == before
