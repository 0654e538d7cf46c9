"""An ordinary assignment gets the scores that `nbgrader autograde` gives, and what students do stays in the sandbox."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from grading.cli.main import main
from grading.course.folder import Course
from grading.judge.verdict import Result
from grading.ordinary.assignments import imports_of, is_ordinary
from grading.ordinary.grade import grade_ordinary
from tests import toy
from tests.commands import forked
from tests.problem_sets import ROOT

PS = "hw1"
Change = Callable[[dict[str, Any], list[Any]], None]
pytestmark = [pytest.mark.sandbox, pytest.mark.slow]


def label(name: str, **changes: Any) -> dict[str, Any]:
    plain = {"grade": False, "grade_id": name, "locked": False, "schema_version": 3, "solution": False, "task": False}
    return {"nbgrader": {**plain, **changes}}


def code(source: str, name: str, **changes: Any) -> Any:
    return new_code_cell(source, id=name.replace("_", "-"), metadata=label(name, **changes))


def checked(source: str, name: str, points: float) -> Any:
    return code(source, name, grade=True, locked=True, points=points)


FIRST = [
    new_code_cell("import os\nimport warnings\n\nimport numpy as np", id="imports"),
    code("def square(x):\n    ### BEGIN SOLUTION\n    return x * x\n    ### END SOLUTION", "square", solution=True),
    checked("assert square(3) == 9", "test_square", 2),
    checked("### BEGIN HIDDEN TESTS\nassert square(-2) == 4\n### END HIDDEN TESTS", "test_square_hidden", 1),
    checked("right = [square(n) == n * n for n in range(4)]\nsum(right) / 2", "partial", 2),
    checked("open('table.csv').read().count(',')\nassert os.environ.get('NBGRADER_EXECUTION') == 'autograde'", "test_file_beside", 1),
    checked("assert square(1) == 1\nprint('fine')", "prints_only", 1),
    checked("pass", "no_points", 0),
    code("answer = None", "manual_code", grade=True, solution=True, points=3),
]
SECOND = [
    new_markdown_cell("Why?", id="question"),
    new_markdown_cell("YOUR ANSWER HERE", id="why", metadata=label("why", grade=True, solution=True, points=4)),
    new_markdown_cell("A task.", id="a-task", metadata=label("a_task", task=True, locked=True, points=5)),
    checked("import helper_of_the_course\nassert helper_of_the_course.seven() == 7", "test_module_beside", 1),
]


def write(path: Path, cells: list[Any]) -> None:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


def _stubs(cells: dict[str, Any], all_of_them: list[Any]) -> None:
    pass


def _right(cells: dict[str, Any], all_of_them: list[Any]) -> None:
    cells["square"].source = "def square(x):\n    return x ** 2"


def _all_written(cells: dict[str, Any], all_of_them: list[Any]) -> None:
    _right(cells, all_of_them)
    cells["manual_code"].source = "answer = 42"


def _wrong_where_hidden(cells: dict[str, Any], all_of_them: list[Any]) -> None:
    cells["square"].source = "def square(x):\n    return abs(x) * x"


def _half_right(cells: dict[str, Any], all_of_them: list[Any]) -> None:
    cells["square"].source = "def square(x):\n    return x * x if x < 2 else 0"


def _warns(cells: dict[str, Any], all_of_them: list[Any]) -> None:
    cells["square"].source = "def square(x):\n    warnings.warn('slow')\n    return x * x"


def _tests_edited(cells: dict[str, Any], all_of_them: list[Any]) -> None:
    cells["test_square"].source = "assert True"
    cells["partial"].source = "2.0"


def _tests_gone(cells: dict[str, Any], all_of_them: list[Any]) -> None:
    _right(cells, all_of_them)
    all_of_them[:] = [cell for cell in all_of_them if cell.id != "test-square"]


def _cells_added(cells: dict[str, Any], all_of_them: list[Any]) -> None:
    _right(cells, all_of_them)
    all_of_them.insert(3, new_code_cell("mine = open('mine.txt').read()\nassert mine == 'data of mine'", id="mine"))
    all_of_them.insert(4, new_code_cell("1 / 0", id="fails"))


def _syntax_error(cells: dict[str, Any], all_of_them: list[Any]) -> None:
    cells["square"].source = "def square(x:\n    return"


def _magics(cells: dict[str, Any], all_of_them: list[Any]) -> None:
    cells["square"].source = "%matplotlib inline\ndef square(x):\n    return x * x"


CLASS: dict[str, Change] = {change.__name__.strip("_"): change for change in (
    _stubs, _right, _all_written, _wrong_where_hidden, _half_right, _warns, _tests_edited, _tests_gone, _cells_added, _syntax_error, _magics)}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course as `nbgrader quickstart` makes it, with one assignment of two notebooks, and two students."""
    root = tmp_path_factory.mktemp("generated") / "course"
    write(root / "source" / PS / "one.ipynb", FIRST)
    write(root / "source" / PS / "two.ipynb", SECOND)
    (root / "source" / PS / "table.csv").write_text("a,b,c\n")
    (root / "source" / PS / "helper_of_the_course.py").write_text("def seven():\n    return 7\n")
    (root / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'plain'\n")
    assert forked(root, ENVIRONMENT, "nbgrader", "generate_assignment", PS).returncode == 0
    for student in ("half_right", "right"):
        hand_in(root, student, CLASS[student])
    return root


@pytest.fixture
def plain(generated: Path, tmp_path: Path) -> Course:
    """Such a course for one test alone."""
    return Course.open(shutil.copytree(generated, tmp_path / "course"))


ENVIRONMENT = {"PATH": f"{os.environ['PATH']}", "HOME": os.environ.get("HOME", "/")}


def hand_in(root: Path, student: str, change: Change) -> None:
    folder = root / "submitted" / student / PS
    shutil.copytree(root / "release" / PS, folder, dirs_exist_ok=True)
    if student not in ("stubs", "all_written"):
        (folder / "two.ipynb").unlink()  # forgotten
    (folder / "mine.txt").write_text("data of mine")
    notebook = nbformat.read(folder / "one.ipynb", as_version=4)
    change({cell.metadata.get("nbgrader", {}).get("grade_id", cell.id): cell for cell in notebook.cells}, notebook.cells)
    (folder / "one.ipynb").chmod(0o644)
    nbformat.write(notebook, folder / "one.ipynb")


def in_gradebook(course: Course) -> dict[tuple[str, str, str], tuple[float | None, bool]]:
    with Gradebook(course.db_url, course.course_id) as gradebook:
        return {(submission.student.id, notebook.name, grade.name): (grade.auto_score, bool(grade.needs_manual_grade))
                for submission in gradebook.assignment_submissions(PS) for notebook in submission.notebooks for grade in notebook.grades}


def graded(course: Course, **options: Any) -> dict[str, Result]:
    return {result.student: result for result in grade_ordinary(course, PS, course.students(PS), **options)}


def test_scores_are_those_of_nbgrader_autograde(plain: Course, tmp_path: Path) -> None:
    for student, change in CLASS.items():
        hand_in(plain.root, student, change)
    other = Course.open(shutil.copytree(plain.root, tmp_path / "other"))
    done = forked(other.root, ENVIRONMENT, "nbgrader", "autograde", PS)
    assert done.returncode == 0, done.stderr
    done = forked(plain.root, ENVIRONMENT, "course", "grade", PS)
    assert done.returncode == 0, done.stderr
    assert "Asserts run beside the students' code and can be fooled" in done.stdout
    theirs, ours = in_gradebook(other), in_gradebook(plain)
    assert len(theirs) == 10 * len(CLASS)
    assert {key: (ours.get(key), theirs[key]) for key in theirs if ours.get(key) != theirs[key]} == {}
    assert ours["half_right", "one", "partial"] == (1.0, False)
    assert ours["all_written", "two", "a_task"] == (None, True)
    assert {ours[student, "one", "test_square"][0] for student in CLASS} == {0.0, 2.0, None}
    assert forked(plain.root, ENVIRONMENT, "nbgrader", "generate_feedback", PS).returncode == 0


def test_the_command_of_a_course_that_is_configured_for_both_does_the_same(plain: Course) -> None:
    configured = toy.configured(plain, "from grading.classes.nbgrader_commands import configure\nconfigure(c)\nc.CourseDirectory.course_id = 'plain'")
    assert graded(plain)["right"].points == 7.0
    before = in_gradebook(plain)
    done = forked(configured.root, ENVIRONMENT, "nbgrader", "autograde", PS, "--force")
    assert done.returncode == 0, done.stderr
    assert "right: " in done.stderr
    assert in_gradebook(configured) == before


def test_nobody_reaches_the_gradebook_or_a_neighbour(plain: Course) -> None:
    def attack(cells: dict[str, Any], all_of_them: list[Any]) -> None:
        cells["square"].source = (f"import os, shutil, sqlite3\nfor path in ({str(plain.root)!r} + '/gradebook.db', {str(plain.root)!r} + '/submitted/right'):\n"
                                  "    try:\n        os.chmod(path, 0); os.unlink(path)\n    except OSError as error:\n        pass\n"
                                  f"print(os.path.exists({str(plain.root)!r} + '/gradebook.db'))\nopen('left_behind', 'w').write('x')\nos._exit(0)")
    hand_in(plain.root, "attacker", attack)
    hand_in(plain.root, "zz_after", _right)
    results = graded(plain)
    assert (plain.root / "gradebook.db").stat().st_size > 0
    assert results["right"].points == results["zz_after"].points == 7.0
    assert results["attacker"].points <= 1.0
    assert list(plain.root.rglob("left_behind")) == []


@pytest.mark.parametrize(("spoil", "said"), [
    (lambda path: path.write_text('{"cells": ['), "nbgrader could not grade it"),
    (lambda path: (path.unlink(), path.symlink_to(path.parents[3] / "source" / PS / "one.ipynb")), "'one.ipynb' is a link or a device"),
    (lambda path: (path.unlink(), os.mkfifo(path)), "'one.ipynb' is a link or a device"),
    (lambda path: path.write_text(path.read_text().replace('"language": "python"', '"language": "R"').replace('"name": "python3"', '"name": "ir"')), ""),
], ids=["cut off", "a link to the solution", "a pipe", "another kernel"])
def test_one_bad_hand_in_is_one_students_outcome(plain: Course, spoil: Callable[[Path], Any], said: str) -> None:
    assert graded(plain)["right"].points == 7.0
    path = plain.root / "submitted" / "right" / PS / "one.ipynb"
    spoil(path)
    results = graded(plain)
    assert said in results["right"].problem
    assert results["right"].points == (0.0 if said else 7.0)
    assert results["half_right"].points == 4.0


def test_what_has_not_changed_is_not_run_again(plain: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    first = graded(plain)
    ran: list[str] = []
    from grading.ordinary import grade
    autograde = grade._autograde
    monkeypatch.setattr(grade, "_autograde", lambda *words: (ran.append(words[2]), autograde(*words)))
    assert {student: result.points for student, result in graded(plain).items()} == {student: result.points for student, result in first.items()}
    assert ran == []
    hand_in(plain.root, "half_right", _right)
    assert graded(plain)["half_right"].points == 7.0
    assert ran == ["half_right"]


def test_an_endless_loop_costs_its_own_cell(plain: Course) -> None:
    def loop(cells: dict[str, Any], all_of_them: list[Any]) -> None:
        _right(cells, all_of_them)
        all_of_them.append(new_code_cell("while True: pass", id="loop"))
    hand_in(plain.root, "loop", loop)
    assert graded(toy.configured(plain, "c.NeuralCourse.cell_seconds = 1.0"))["loop"].points == 7.0


def test_what_is_ordinary_is_told_from_what_has_probes(plain: Course) -> None:
    assert is_ordinary(plain, PS)
    assert not is_ordinary(plain, "hw2")
    assert not is_ordinary(Course.open(ROOT), "ps2_softmax_jacobian")
    assert imports_of(plain, PS) == ("os", "warnings", "numpy", "helper_of_the_course")


@pytest.mark.parametrize(("words", "said"), [
    (("grade", PS, "--watch"), "Leave out --watch, --workers and --cluster."),
    (("grade", PS, "--student", "zoe"), "No submission by zoe"),
    (("read", PS), "hw1 is an ordinary assignment of nbgrader's: `course grade` grades it"),
    (("report", PS), "hw1 is an ordinary assignment of nbgrader's: `course grade` grades it"),
    (("grade", "hw2"), "There is no problem set 'hw2'")])
def test_what_does_not_go_is_said(plain: Course, words: tuple[str, ...], said: str) -> None:
    done = CliRunner().invoke(main, [*words, "--root", str(plain.root)])
    assert done.exit_code != 0
    assert said in done.output


def test_an_assignment_that_was_never_generated_is_said(plain: Course) -> None:
    (plain.root / "gradebook.db").unlink()
    done = CliRunner().invoke(main, ["grade", PS, "--root", str(plain.root)])
    assert f"The gradebook does not know {PS} yet: nbgrader generate_assignment {PS}" in done.output
