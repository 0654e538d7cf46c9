"""docs/author.md, followed to the letter: what stands there makes an exercise that works."""

import re
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.handout.verify import verify
from grading.sandbox.client import Sandbox
from tests.hostile.classroom import ROOT

GUIDE = (ROOT / "docs" / "author.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
SETUP, ANSWER, TEST, CHECKS, RELU, SET, AVERAGED = BLOCKS[:7]
CATCHING_ANSWER, CATCHING, CATCHING_CHECK = BLOCKS[-3:]
NAME = "ps9_example"


def cell(source: str, name: str, **label: Any) -> Any:
    plain = {"grade": False, "grade_id": name, "locked": False, "schema_version": 3, "solution": False, "task": False}
    return new_code_cell(source.rstrip(), id=name.replace("_", "-"), metadata={"nbgrader": {**plain, **label}})


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course with nothing in it but what the guide says; its check lies in helpers/, which is not this folder's."""
    for folder in (f"source/{NAME}", f"probes/{NAME}", "release", "submitted"):
        (tmp_path / folder).mkdir(parents=True)
    setup = SETUP.replace(f"from helpers.checks.{NAME} import check, progress, submit_check", "check = print")
    assert setup != SETUP
    cells = [new_markdown_cell("# An example\n\n### Exercise 9.1 · `relu` (1 point)", id="goal"), cell(setup, "ps9_setup", locked=True),
             cell(ANSWER, "relu", solution=True), cell(TEST, "test_relu", grade=True, locked=True, points=1.0)]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), tmp_path / "source" / NAME / f"{NAME}.ipynb")
    (tmp_path / "probes" / NAME / "relu.py").write_text(RELU)
    (tmp_path / "probes" / NAME / "__init__.py").write_text(SET)
    (tmp_path / "nbgrader_config.py").write_text("from grading.classes.nbgrader_commands import configure\nc = get_config()\nconfigure(c)\n")
    return Course.open(tmp_path)


def test_the_exercise_of_the_guide_holds(course: Course, sandbox: Sandbox) -> None:
    [row] = verify(load_assignment(course, NAME), sandbox)
    assert row.problems == []
    assert (row.exercise, row.mistakes, row.mistakes_named, row.variants) == ("relu", 2, 2, 1)


def test_a_mistake_of_its_own_is_caught_and_named_beside_the_slip(course: Course, sandbox: Sandbox) -> None:
    path = course.root / "probes" / NAME / "relu.py"
    text = RELU.replace("import Cases, Point, Probe, Slip", "import Cases, Point, Probe, Slip, mistake")
    text = text.replace("PROBE = ", f"{AVERAGED}\n\nPROBE = ").replace("    slips=[", "    slips=[averaged, ")
    path.write_text(text)
    [row] = verify(load_assignment(course, NAME), sandbox)
    assert (row.problems, row.mistakes_named) == ([], 3)


def test_a_test_as_an_answer_holds_beside_the_exercise_that_it_tests(course: Course, sandbox: Sandbox) -> None:
    source = course.source(NAME)
    notebook = nbformat.read(source, as_version=4)
    notebook.cells += [cell(CATCHING_ANSWER, "catches_wrong_relu", solution=True),
                       cell(TEST.replace("relu", "catches_wrong_relu"), "test_catches_wrong_relu", grade=True, locked=True, points=1.5)]
    nbformat.write(notebook, source)
    probes = course.root / "probes" / NAME
    (probes / "catches_wrong_relu.py").write_text(CATCHING)
    (probes / "__init__.py").write_text(SET.replace("import relu", "import catches_wrong_relu, relu").replace("in (relu,)", "in (relu, catches_wrong_relu)"))
    assignment = load_assignment(course, NAME)
    rows = {row.exercise: row for row in verify(assignment, sandbox)}
    assert {name: row.problems for name, row in rows.items()} == {"relu": [], "catches_wrong_relu": []}
    assert (rows["catches_wrong_relu"].mistakes, rows["catches_wrong_relu"].mistakes_named, rows["catches_wrong_relu"].variants) == (2, 2, 1)
    assert [(point.name, point.worth) for point in assignment.problem_set.find("catches_wrong_relu").points] == [
        ("says True of every right one, and not of everything", 1), ("says False of one that keeps what is negative", 0.25),
        ("says False of one that takes the absolute value", 0.25)]


def test_its_check_is_made_of_the_students_own_answer(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {"__name__": f"helpers.checks.{NAME}"}
    exec(CHECKS + CATCHING_CHECK, names)
    student: dict[str, Any] = {"np": np}
    exec(ANSWER + CATCHING_ANSWER, student)
    names["check"]("catches_wrong_relu", student["catches_wrong_relu"])
    told = capsys.readouterr().out
    assert "✗" not in told
    assert all(f"✓ it says {said}" in told for said in ("True of your relu", "False of your relu, turned", "False of one that changes nothing"))
    exec("def catches_wrong_relu(relu): return True", student)
    names["check"]("catches_wrong_relu", student["catches_wrong_relu"])
    assert "✗ it says False of your relu, turned" in capsys.readouterr().out


def test_its_check_is_content_with_the_solution_and_not_with_the_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {"__name__": f"helpers.checks.{NAME}"}
    exec(CHECKS, names)
    names["check"]("relu", lambda x: np.maximum(x, 0))
    assert "✓ nothing is negative" in capsys.readouterr().out
    names["check"]("relu", lambda x: x)
    assert "✗ nothing is negative\n    Hint: look at what happens to negative inputs." in capsys.readouterr().out


def test_an_exercise_takes_fewer_than_eighty_lines() -> None:
    assert sum(len(block.splitlines()) for block in BLOCKS[:6]) < 80
