"""Numbers of one's own, in problem set 3 and in a toy: drawn from the submission folder, whatever the notebook says."""

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
from tests import toy
from tests.toy import graded

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


PERSONAL = '''
from dataclasses import replace

def personal(student):
    own = box("toy_numbers", {"a": len(student), "b": 0.1235}, PROBLEM_SET.probes[2].points)
    return replace(PROBLEM_SET, probes=(*PROBLEM_SET.probes[:2], own))

PROBLEM_SET = replace(PROBLEM_SET, personal=personal)
'''


def test_numbers_of_ones_own_come_from_the_submission_folder_and_only_where_it_is_switched_on(
        course: Course, sandbox: Sandbox) -> None:
    probes = course.root / "probes" / f"{toy.NAME}.py"
    probes.write_text(probes.read_text() + PERSONAL)
    toy.submit(course, "ada", toy.SOLUTION)  # a = 3, as many as the letters of "ada"
    toy.submit(course, "berta", {**toy.SOLUTION, "toy_numbers": "a = 5\nb = 0.1235"})
    assert {name: result.verdicts[2].points for name, result in graded(course, sandbox).items()} == {"ada": 2, "berta": 1}
    own = toy.configured(course, "c.NeuralCourse.personal_numbers = True")
    assert {name: result.verdicts[2].points for name, result in graded(own, sandbox).items()} == {"ada": 2, "berta": 2}
