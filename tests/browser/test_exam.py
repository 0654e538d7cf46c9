"""Sheets of an exam, printed by a real browser: two pages for each student."""

import re
from pathlib import Path

import pytest

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.exams.roster import Student
from grading.exams.sheets import write_exam
from tests.problem_sets import ROOT

SETS = ("ps2_softmax_jacobian", "ps4_numpy_backprop", "ps5_modular_layers", "ps6_two_layer_network", "ps7_momentum_letters")


@pytest.mark.parametrize("name", SETS)
def test_a_sheet_prints_on_two_pages(name: str, tmp_path: Path) -> None:
    students = [Student(f"student-{number}", f"Student Number {number}") for number in range(12)]
    made = write_exam(Course(tmp_path), load_assignment(Course.open(ROOT), name), students, "printed")
    assert made.pdf
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", made.pdf.read_bytes())) == 2 * len(students)
