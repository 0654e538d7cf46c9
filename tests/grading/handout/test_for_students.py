"""What a course's settings change in released notebooks."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from grading.course.folder import Course
from grading.errors import CourseError
from grading.handout.for_students import ForStudents
from tests.hostile.classroom import ROOT

WHEEL = "https://example.org/nn/neural_course_helpers-0.2.0-py3-none-any.whl"


def released(**settings: object) -> nbformat.NotebookNode:
    source = nbformat.read(Course.open(ROOT).source("ps1_box_functions"), as_version=4)
    notebook, _ = ForStudents(config=Config({"NeuralCourse": settings})).preprocess(source, {})
    return notebook


def setup(notebook: nbformat.NotebookNode) -> str:
    return next(cell.source for cell in notebook.cells if cell.id == "ps1-start")


def test_the_address_of_the_hand_out_stands_in_the_set_up_cell() -> None:
    assert f"\n- Colab or Kaggle: run  %pip install {WHEEL}  in a new cell, then this cell again.\n" in setup(released(handout_url=WHEEL))
    assert "upload neural-course.zip" not in setup(released(handout_url=WHEEL))


def test_without_an_address_students_upload_the_zip() -> None:
    assert "- Colab or Kaggle: upload neural-course.zip, run  %pip install neural-course.zip  in" in setup(released())


def test_colabs_generative_ai_is_turned_off_where_a_course_asks_for_it() -> None:
    assert released(colab_ai=False).metadata.colab == {"generative_ai_disabled": True}
    assert "colab" not in released().metadata


def test_both_are_a_step_of_a_release() -> None:
    steps = Course.open(ROOT).config.GenerateAssignment.preprocessors
    assert steps[-3] == "grading.handout.for_students.ForStudents"  # then checksums, then a last look at the metadata


@pytest.mark.parametrize("address", ["neural-course.zip", "https://example.org/a b.whl", "https://example.org/handout", "ftp://example.org/h.whl"])
def test_an_address_that_pip_could_not_install_is_refused(address: str) -> None:
    with pytest.raises(CourseError, match="handout_url must be the address of the hand-out's wheel or zip"):
        released(handout_url=address)


def test_a_source_without_that_cell_is_left_as_it_is() -> None:
    plain = new_notebook(cells=[new_code_cell("x = 1")])
    notebook, _ = ForStudents(config=Config({"NeuralCourse": {"handout_url": WHEEL}})).preprocess(plain, {})
    assert notebook.cells[0].source == "x = 1"
