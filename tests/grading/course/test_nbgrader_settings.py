"""File names as Moodle and Canvas give them to downloads."""

import re

import pytest

from grading.course.nbgrader_settings import FILE_NAMES

MOODLE = "Ada Lovelace_1234567_assignsubmission_file_"


@pytest.mark.parametrize(("name", "student", "file"), [
    (f"{MOODLE}/ps1_box_functions.ipynb", "1234567", "ps1_box_functions"),
    (f"{MOODLE}ps1_box_functions.ipynb", "1234567", "ps1_box_functions"),
    (f"{MOODLE}/ps1_box_functions (1).ipynb", "1234567", "ps1_box_functions"),
    (f"{MOODLE}/homework/my_work_2.ipynb", "1234567", "homework/my_work_2"),
    ("Anna_Lena van der Berg_77_assignsubmission_file_/ps1.ipynb", "77", "ps1"),
    ("lovelaceada_4711_890123_ps1_box_functions.ipynb", "4711", "ps1_box_functions"),
    ("lovelaceada_LATE_4711_890123_ps1_box_functions.ipynb", "4711", "ps1_box_functions"),
    ("lovelaceada_4711_890123_ps1_box_functions-2.ipynb", "4711", "ps1_box_functions"),
])
def test_student_and_notebook_are_read_from_the_name(name: str, student: str, file: str) -> None:
    found = re.match(FILE_NAMES, f"/course/downloaded/ps1/extracted/class/{name}")
    assert found is not None
    assert found["student_id"] == student
    assert found["file_id"].split("/")[-1] == file.split("/")[-1]


def test_a_name_without_a_number_is_nobodys() -> None:
    assert re.match(FILE_NAMES, "/course/extracted/class/ps1_box_functions.ipynb") is None
