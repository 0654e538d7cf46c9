"""What would cost points is found in the saved file, in words that say what to do."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.handin.outline import Cell, Outline, Part, digest
from helpers.handin.submit import SubmitCheck, problems

SETUP, STUB, TEST, WHY = "import numpy as np", "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError('1.1')", "check('double', double)", "YOUR ANSWER HERE"
ANSWER = "def double(x):\n    return 2 * x"
OUTLINE = Outline("ps0", 20.0, (
    Part("setup", "given", "the notebook's set-up", 0.0, digest(SETUP)), Part("double", "answer", "Exercise 1.1 · double", 0.0, digest(STUB)),
    Part("test_double", "test", "Exercise 1.1 · double", 2.0, digest(TEST)), Part("why", "written", "Exercise 1.2 · Why?", 3.0, digest(WHY))))


def save(folder: Path, name: str = "ps0", **changes: Any) -> None:
    """A saved notebook with everything written, but for `changes`: a text, None for a missing cell, a list for copies."""
    texts: dict[str, Any] = {"setup": SETUP, "double": ANSWER, "test_double": TEST, "why": "Because.", **changes}
    cells = [{"cell_type": "code", "id": f"{label}-cell", "metadata": {"nbgrader": {"grade_id": label}}, "source": text.splitlines(keepends=True)}
             for label, given in texts.items() if given is not None for text in (given if isinstance(given, list) else [given])]
    cells.append({"cell_type": "markdown", "metadata": {}, "source": ["a note of my own"]})
    (folder / f"{name}.ipynb").write_text(json.dumps({"cells": cells}))


def found(folder: Path, seconds: dict[str, float] | None = None, ran: tuple[str, ...] = ()) -> list[str]:
    return problems(OUTLINE, seconds or {}, [Cell("", text) for text in ran], folder)


def test_a_finished_notebook_has_no_problems(tmp_path: Path) -> None:
    save(tmp_path)
    assert found(tmp_path, {digest(ANSWER): 0.1}, (SETUP, ANSWER, TEST)) == []
    assert repr(SubmitCheck([])) == "✓ Nothing found that would cost points. Hand in the saved file."


def test_spaces_that_an_editor_leaves_or_takes_away_change_nothing(tmp_path: Path) -> None:
    save(tmp_path, setup=SETUP + "  \n", double=ANSWER + "\n")
    assert found(tmp_path, ran=(ANSWER,)) == []


@pytest.mark.parametrize(("change", "words"), [
    ({"double": None}, "Exercise 1.1 · double: its answer cell is not in the saved notebook, so it would count as not written. Copy it from a fresh copy of the hand-out."),
    ({"why": None}, "Exercise 1.2 · Why?: its answer cell is not in the saved notebook, so it would count as not written. Copy it from a fresh copy of the hand-out."),
    ({"double": [ANSWER, ANSWER]}, "Exercise 1.1 · double: the answer cell is there 2 times. Delete the copies: only one can count."),
    ({"double": STUB}, "Not written yet: Exercise 1.1 · double."),
    ({"double": "", "why": WHY}, "Not written yet: Exercise 1.1 · double; Exercise 1.2 · Why?."),
    ({"test_double": TEST + "\n"}, None),
    ({"test_double": "pass"}, "A locked cell of Exercise 1.1 · double was changed (test_double). Grading uses the original, so an answer that needs the change would fail."),
    ({"setup": None}, "A locked cell of the notebook's set-up is gone (setup). Grading puts the original back; nothing of yours should depend on its absence."),
])
def test_every_problem_is_a_sentence_with_a_way_out(tmp_path: Path, change: dict[str, Any], words: str | None) -> None:
    save(tmp_path, **change)
    assert found(tmp_path) == ([words] if words else [])


def test_what_ran_but_was_not_saved_is_found(tmp_path: Path) -> None:
    save(tmp_path)
    newer = "def double(x):\n    return x + x"
    assert found(tmp_path, ran=(ANSWER, newer, TEST)) == [
        "Exercise 1.1 · double: what you ran last is not what the saved file holds. Save (Ctrl-S), run the cell again, then repeat this check."]
    assert found(tmp_path, ran=(newer, ANSWER)) == []


def test_numbers_that_ran_but_were_not_saved_are_found_by_their_cell(tmp_path: Path) -> None:
    save(tmp_path, double="a = 3")
    ran = [Cell("double-cell", "a = 3"), Cell("double-cell", "a = 4"), Cell("mine", "a = 5")]
    [words] = problems(OUTLINE, {}, ran, tmp_path)
    assert words.startswith("Exercise 1.1 · double: what you ran last is not what the saved file holds.")
    assert problems(OUTLINE, {}, ran[::-2], tmp_path) == []


def test_a_cell_that_takes_longer_than_grading_allows_is_found(tmp_path: Path) -> None:
    save(tmp_path)
    assert found(tmp_path, {digest(ANSWER): 31.4}) == [
        "Exercise 1.1 · double: this cell took 31 s here, and grading allows 20 s. Look for a loop that numpy could do at once."]


def test_another_file_name_is_found(tmp_path: Path) -> None:
    save(tmp_path, "my_homework")
    assert found(tmp_path) == ["There is no ps0.ipynb in this folder, only my_homework.ipynb. Grading expects that name: rename your "
                               "notebook (right-click on it in JupyterLab's file list)."]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 3}', "\x00"])
def test_a_file_that_is_no_notebook_is_found(tmp_path: Path, text: str) -> None:
    (tmp_path / "ps0.ipynb").write_text(text)
    [problem] = found(tmp_path)
    assert problem.startswith("ps0.ipynb cannot be read as a notebook (")
    assert problem.endswith("Save it again in JupyterLab.")


def test_problems_are_listed_one_a_line() -> None:
    assert repr(SubmitCheck(["One.", "Two."])) == "✗ One.\n✗ Two."


def test_the_planted_problems_are_not_found_in_the_outline_itself() -> None:
    """The outline tells a student's kernel nothing but names, points and digests."""
    check: Callable[[str], bool] = lambda text: text in repr(OUTLINE)  # noqa: E731
    assert check(digest(STUB))
    assert not check("return 2")
