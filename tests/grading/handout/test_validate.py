"""nbgrader's Validate counts what our checks say, in a release as students get it."""

from pathlib import Path

import nbformat
import pytest
from nbgrader.validator import Validator

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from tests.problem_sets import ROOT

NAME = "ps2_softmax_jacobian"
SLIP = "def softmax(z):\n    e = np.exp(z - np.max(z))\n    return e / np.max(e)"


def failed(folder: Path, answers: dict[str, str]) -> dict[str, str]:
    """Validate the release with these answers: the first line of each cell that fails, and why."""
    notebook = nbformat.read(ROOT / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in answers and cell.metadata["nbgrader"]["solution"]:
            cell.source = answers[name]
    path = folder / f"{NAME}.ipynb"
    nbformat.write(notebook, path)
    results = Validator().validate(str(path))
    assert results.keys() <= {"failed"}
    return {cell["source"].split("\n")[0]: cell["raw_error"] for cell in results.get("failed", [])}


@pytest.mark.slow
def test_a_notebook_of_stubs_fails_at_every_check_and_at_the_written_answer(tmp_path: Path) -> None:
    found = failed(tmp_path, {})
    assert len(found) == 10
    assert found['check("softmax", softmax)'].startswith("○ Exercise 2.1 is still a stub")
    assert found["YOUR ANSWER HERE"] == "You did not provide a response."


@pytest.mark.slow(10)
def test_one_slip_fails_where_it_is_seen_in_the_words_of_the_check(tmp_path: Path) -> None:
    solutions = load_assignment(Course.open(ROOT), NAME).solutions
    found = failed(tmp_path, {**solutions, "softmax": SLIP})
    assert found['check("softmax", softmax)'].startswith("softmax\n")
    assert "✗" in found['check("softmax", softmax)']
    assert "Traceback" not in "".join(found.values())
    assert 'check("numerical_jacobian", numerical_jacobian)' not in found
    assert failed(tmp_path, dict(solutions)) == {}
