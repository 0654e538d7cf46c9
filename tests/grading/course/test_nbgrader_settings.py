"""Where nbgrader's collector finds what this course's extractor took out of downloads (whose they are: tests/grading/handin)."""

import re

import pytest

from grading.course.nbgrader_settings import FILE_NAMES

EXTRACTED = "/course/downloaded/ps1/extracted"


@pytest.mark.parametrize(("name", "student", "moment"), [
    ("student_1234567_assignsubmission_file_/ps1_box_functions.ipynb", "1234567", None),
    ("student_ada@example.org_assignsubmission_file_/ps1_box_functions.ipynb", "ada@example.org", None),
    ("student_4711_assignsubmission_file_/at_2026-11-20 09:00:00 UTC/ps1_box_functions.ipynb", "4711", "2026-11-20 09:00:00 UTC"),
    ("student_a_b_assignsubmission_file_/ps1_box_functions.ipynb", "a_b", None),
])
def test_student_time_and_notebook_are_read_from_the_name(name: str, student: str, moment: str | None) -> None:
    found = re.match(FILE_NAMES, f"{EXTRACTED}/{name}")
    assert found is not None
    assert found.groupdict() == {"student_id": student, "timestamp": moment, "file_id": "ps1_box_functions"}


@pytest.mark.parametrize("name", ["ps1_box_functions.ipynb", "Ada_11_assignsubmission_file_/ps1.ipynb", "student_11_assignsubmission_file_/ps1.txt"])
def test_what_the_extractor_has_not_put_there_is_nobodys(name: str) -> None:
    assert re.match(FILE_NAMES, f"{EXTRACTED}/{name}") is None
