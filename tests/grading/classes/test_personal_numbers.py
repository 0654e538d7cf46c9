"""Problem set 3 with numbers of one's own: drawn from the submission folder, whatever the notebook says."""

from pathlib import Path

import nbformat
import numpy as np
import pytest

from grading.classes.batch import grade_class
from grading.classes.pool import InTurn
from grading.cli.demo import make_scratch
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.probes.boxes import rounded
from grading.sandbox.client import Sandbox
from helpers.worked_network import numbers

ROOT = Path(__file__).parents[3]
NAME = "ps3_worked_network"


@pytest.fixture
def own_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.setattr("grading.cli.demo.SHOWN", (NAME,))
    course = make_scratch(Course.open(ROOT), tmp_path / "course")
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nc.NeuralCourse.personal_numbers = True\n")
    return Course.open(course.root)


def hand_in(course: Course, student: str, **answers: str) -> None:
    assignment = load_assignment(course, NAME)
    path = course.root / "submitted" / student / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(nbformat.writes(assignment.with_answers({**assignment.solutions, **answers})))


def test_the_numbers_that_count_are_those_of_the_folder(own_numbers: Course, sandbox: Sandbox) -> None:
    net = numbers("ada")
    a1 = float(net.alpha[0] @ [1, *net.x])
    z1 = rounded(1 / (1 + np.exp(-a1)))
    hand_in(own_numbers, "ada", ps3_a1=f"a1 = {a1}", ps3_z1=f"z1 = {z1}", ps3_student='student_id = "somebody else"')
    hand_in(own_numbers, "ben")
    results = {result.student: {verdict.id: verdict for verdict in result.verdicts} for result in
               grade_class(own_numbers, load_assignment(own_numbers, NAME), ["ada", "ben"], InTurn(sandbox))}
    assert (results["ada"]["ps3_a1"].kind, results["ada"]["ps3_z1"].kind) == ("right", "right")
    ben = results["ben"]["ps3_loss"]
    assert (ben.kind, ben.points) == ("mistake", 0.0)
    assert ben.hint == ("That is the answer for the standard network. Put the name of your hand-in folder into student_id, "
                        "and use the numbers that are printed then.")
    assert results["ben"]["forward"].kind == "right"
