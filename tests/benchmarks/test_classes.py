from pathlib import Path

import pytest

from benchmarks import classes, otter, scratch, stages
from grading.course.assignment import Assignment, filled, grade_id, load_assignment
from grading.course.folder import Course


@pytest.fixture(scope="module")
def assignment() -> Assignment:
    return load_assignment(Course.open(scratch.REPOSITORY), "ps5_modular_layers")


def test_every_third_has_a_slip(assignment: Assignment) -> None:
    kinds = [classes.kind(number) for number in range(60)]
    assert (kinds.count("solved"), kinds.count("one-mistake"), kinds.count("half-done")) == (30, 20, 10)
    assert classes.answers(assignment, 0) == assignment.solutions


def test_one_answer_differs_where_a_mistake_was_made(assignment: Assignment) -> None:
    [first, second] = [classes.answers(assignment, classes.KINDS.index("one-mistake") + turn * len(classes.KINDS))
                       for turn in range(2)]
    for answers in (first, second):
        assert sum(answers[name] != assignment.solutions[name] for name in answers) == 1
    assert first != second


def test_a_copy_leaves_the_notebook_as_it_was(assignment: Assignment) -> None:
    before = [cell.source for cell in assignment.notebook.cells]
    copy = filled(assignment.notebook, assignment.solutions)
    assert [cell.source for cell in assignment.notebook.cells] == before
    assert {grade_id(cell): cell.source for cell in copy.cells}.items() >= assignment.solutions.items()


def test_plain_nbgrader_gets_the_instant_checks_and_no_hidden_test(assignment: Assignment) -> None:
    text = scratch.plain_notebook(assignment, figures=True)
    assert "probe" not in text
    assert text.count('check(\\"') == sum(not exercise.manual for exercise in assignment.exercises)
    assert "MARK SCHEME" not in text
    assert "### BEGIN SOLUTION" in text
    assert "draw_activations(Sigmoid" in text
    assert "N_TRAIN" not in text  # of the long experiment


def test_without_figures_all_run_the_same_cells(assignment: Assignment) -> None:
    text = scratch.plain_notebook(assignment)
    assert "draw_activations(Sigmoid" not in text
    for exercise in assignment.exercises:
        assert f'"grade_id": "{exercise.id}"' in text


def test_otter_runs_each_test_after_its_answer(assignment: Assignment) -> None:
    notebook = otter.for_otter(filled(assignment.notebook, assignment.solutions), assignment)
    named = [cell.metadata["otter"]["tests"] for cell in notebook.cells if cell.metadata["otter"]["tests"]]
    assert named == [[exercise.id] for exercise in assignment.exercises if not exercise.manual]


@pytest.mark.parametrize("place", [place for places in stages.STAGES.values() for place in places])
def test_every_function_of_the_table_of_stages_is_there(place: str) -> None:
    owner, name = stages.find(place)
    assert callable(getattr(owner, name))


def test_a_function_that_is_no_more_is_named() -> None:
    with pytest.raises(LookupError, match=r"names grading\.classes\.batch\.no_such_thing, which is no more"):
        stages.find("grading.classes.batch.no_such_thing")


def test_the_repository_is_found() -> None:
    assert (Path(scratch.REPOSITORY) / "source").is_dir()
