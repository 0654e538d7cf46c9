"""What pages call an exercise: the heading above its answer."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grading.course.assignment import Exercise, load_assignment
from grading.course.folder import Course
from grading.course.headings import anchor, exercise_titles, heading
from tests.hostile.classroom import ROOT


@pytest.mark.parametrize("text", ["### Exercise 9.1 · `relu` (2 points)\n\nText.", "Some words first.\n\n## A. Part\n\n### Exercise 9.1 · `relu` (2 points)\n\nText.",
                                  "### Exercise 9.1 · `relu` (2 points)\n```python\n# not a heading\n```",
                                  "### Exercise 9.1 · `relu` (2 points)\n### BEGIN MARK SCHEME\n## a rubric\n### END MARK SCHEME"])
def test_the_last_heading_of_the_cell_counts_wherever_it_stands(text: str) -> None:
    cells = [new_markdown_cell("# Problem set 9"), new_markdown_cell(text), new_code_cell("def relu(x): ...")]
    notebook, exercise = new_notebook(cells=cells), Exercise("relu", 2, 2, 2.0)
    assert heading(notebook, exercise) == 1
    assert anchor(notebook, exercise) == "Exercise-9.1-%C2%B7-relu-%282-points%29"


@pytest.mark.parametrize("name", ["ps4_numpy_backprop"])
def test_every_exercise_is_called_by_its_own_heading(name: str) -> None:
    assignment = load_assignment(Course.open(ROOT), name)
    titles = exercise_titles(assignment.notebook, assignment)
    assert titles[0] == "Exercise 4.1 · sigmoid"
    assert [title for title in titles if not title.startswith("Exercise 4.")] == []
