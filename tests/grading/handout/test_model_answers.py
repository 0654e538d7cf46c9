"""What students get after the deadline: answers that run, and nothing of what stays hidden."""

from datetime import UTC, datetime, timedelta

import nbformat
import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook

from grading.cli.main import main
from grading.course.folder import Course
from tests import toy


def due(course: Course, when: datetime) -> None:
    with Gradebook(course.db_url, course.course_id) as gradebook:
        gradebook.update_or_create_assignment(toy.NAME, duedate=when.replace(tzinfo=None))


def solutions(course: Course, *words: str) -> str:
    done = CliRunner().invoke(main, ["solutions", toy.NAME, *words, "--root", str(course.root)])
    return done.output


@pytest.mark.slow
def test_model_answers_are_run_and_give_no_hidden_test_away(course: Course) -> None:
    path = course.root / "solution" / toy.NAME / f"{toy.NAME}.ipynb"
    assert solutions(course) == f"Written: {path}\n"
    text = path.read_text()
    for hidden in ("probe", "HIDDEN", "SOLUTION", "MARK SCHEME", "secret rubric", "NotImplementedError"):
        assert hidden not in text
    cells = {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}
    assert cells["double"].source == "def double(x):\n    return 2 * x"
    assert cells["toy-why"].source == "Because."
    assert cells["test-double"].outputs[0].text == "checking double\n"
    assert solutions(course) == f"Written: {path}\n"  # again


@pytest.mark.slow
def test_before_the_last_due_date_they_are_kept_back(course: Course) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    due(course, yesterday)
    (course.root / "extensions.csv").write_text(f"student,problem_set,hours\nada,{toy.NAME},48\n")
    said = solutions(course)
    assert said == (f"Error: {toy.NAME} is due on {yesterday + timedelta(hours=48):%Y-%m-%d %H:%M} UTC, the last extension included. With "
                    "--early its model answers are written all the same.\n")
    assert not (course.root / "solution").exists()
    (course.root / "extensions.csv").unlink()
    assert "is due on" not in solutions(course, "--early")
    due(course, datetime.now(UTC) + timedelta(hours=1))
    assert "is due on" in solutions(course)
