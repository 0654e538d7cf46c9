"""What would cost points is found in the saved file, in words that say what to do."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from helpers.handin.outline import Cell, Outline, Part, digest, read_outline
from helpers.handin.submit import SubmitCheck, look
from helpers.handin.where import Place
from tests.hostile.classroom import ROOT

SETUP, STUB, TEST, WHY = "import numpy as np", "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError('1.1')", "check('double', double)", "YOUR ANSWER HERE"
ANSWER = "def double(x):\n    return 2 * x"
OUTLINE = Outline("ps0", 20.0, (
    Part("setup", "given", "the notebook's set-up", 0.0, digest(SETUP)), Part("double", "answer", "Exercise 1.1 · double", 0.0, digest(STUB), ("double",)),
    Part("test_double", "test", "Exercise 1.1 · double", 2.0, digest(TEST)), Part("why", "written", "Exercise 1.2 · Why?", 3.0, digest(WHY))))


PASSED = "double\n  ✓ twice the argument\n"


def save(folder: Path, name: str = "ps0", printed: str = PASSED, answered: int | None = 2, checked: int | None = 3, own: tuple[str, ...] = (), **changes: Any) -> None:
    """A saved notebook with everything written, but for `changes`: a text, None for a missing cell, a list for copies.

    `printed` stands under the check; `answered` and `checked` are when answer and check ran last; `own` are cells of one's own.
    """
    texts: dict[str, Any] = {"setup": SETUP, "double": ANSWER, "test_double": TEST, "why": "Because.", **changes}
    counts = {"double": answered, "test_double": checked}
    outputs = {"test_double": [{"output_type": "stream", "name": "stdout", "text": printed.splitlines(keepends=True)}, {"output_type": "display_data", "data": {}}]}
    cells = [{"cell_type": "code", "id": f"{label}-cell", "metadata": {"nbgrader": {"grade_id": label}}, "source": text.splitlines(keepends=True),
              "execution_count": counts.get(label), "outputs": outputs.get(label, [])}
             for label, given in texts.items() if given is not None for text in (given if isinstance(given, list) else [given])]
    cells.append({"cell_type": "markdown", "metadata": {}, "source": ["a note of my own"]})
    cells += [{"cell_type": "code", "metadata": {}, "source": text, "outputs": [], "execution_count": 1} for text in own]
    (folder / f"{name}.ipynb").write_text(json.dumps({"cells": cells}))


def found(folder: Path, seconds: dict[str, float] | None = None, ran: tuple[str, ...] = ()) -> list[str]:
    return look(OUTLINE, seconds or {}, [Cell("", text) for text in ran], Place(folder)).found


def test_a_finished_notebook_has_no_problems(tmp_path: Path) -> None:
    save(tmp_path)
    assert found(tmp_path, {digest(ANSWER): 0.1}, (SETUP, ANSWER, TEST)) == []
    assert repr(look(OUTLINE, {}, [], Place(tmp_path))) == "✓ Nothing missing, nothing changed; 2 of 5 points have a check that passes."


def test_spaces_that_an_editor_leaves_or_takes_away_change_nothing(tmp_path: Path) -> None:
    save(tmp_path, setup=SETUP + "  \n", double=ANSWER + "\n")
    assert found(tmp_path, ran=(ANSWER,)) == []


@pytest.mark.parametrize(("change", "words"), [
    ({"double": None}, "Exercise 1.1 · double: its answer cell is not in the saved notebook, so it would count as not written. Copy it from a fresh copy of the hand-out."),
    ({"why": None}, "Exercise 1.2 · Why?: its answer cell is not in the saved notebook, so it would count as not written. Copy it from a fresh copy of the hand-out."),
    ({"double": [ANSWER, ANSWER]}, "Exercise 1.1 · double: the answer cell is there 2 times. The pieces of a cell that was split are joined, "
     "and of two versions the last one counts: empty those that should not."),
    ({"double": STUB}, "Not written yet: Exercise 1.1 · double."),
    ({"double": "", "why": WHY}, "Not written yet: Exercise 1.1 · double; Exercise 1.2 · Why?."),
    ({"test_double": TEST + "\n"}, None),
    ({"test_double": "pass"}, "A locked cell of Exercise 1.1 · double was changed (test_double). Grading uses the original, so an answer that needs the change would fail."),
    ({"setup": None}, "A locked cell of the notebook's set-up is gone (setup). Grading puts the original back; nothing of yours should depend on its absence."),
])
def test_every_problem_is_a_sentence_with_a_way_out(tmp_path: Path, change: dict[str, Any], words: str | None) -> None:
    save(tmp_path, **change)
    assert found(tmp_path) == ([words] if words else [])


@pytest.mark.parametrize(("answer", "words"), [
    ("def double(x):\n    return 2 * flat(x)", "it uses `flat`, which only a cell of your own defines, and such cells are not taken. Copy it into the answer cell."),
    ("def double(x):\n    return 2 * np.ravel(jnp(x))", "it uses `jnp`, which only a cell of your own defines, and such cells are not taken. Copy it into the answer cell."),
    ("def double(x):\n    return x * N", "it uses `N`, which no cell of the saved file defines."),
    ("def double(x):\n    return x * factor", None),
    ("%time\ndef double(x):\n    return np.sum([y for y in x]) + np.sum(x)", None),
    ('def double(x):\n    y = 2 * x\n    raise NotImplementedError("1.1")\n    return y',
     'delete the line `raise NotImplementedError("1.1")` in its answer cell: it is left over.'),
    ('def double(x):\n    return 2 * x\n    raise NotImplementedError("1.1")', None),
    ("def duble(x):\n    return 2 * x", "its answer cell defines `duble`, and `double` is asked for."),
    ("2 * 3", "its answer cell defines nothing, and `double` is asked for."),
    ("double = lambda x: 2 * x", None),
    ("def double(x):\n    return 2 x", "line 2 of its answer cell is not Python (invalid syntax), so nothing in the cell would run."),
    ("def double(x):\n    import scipy.special\n    return scipy.special.xlogy(x, 1)",
     "This problem set is written from scratch, and line 3 of your cell uses scipy.special.xlogy. Write that step yourself; numpy is all it needs."),
])
def test_what_the_answers_source_would_cost_is_read_off_it(tmp_path: Path, answer: str, words: str | None) -> None:
    save(tmp_path, double=answer, own=("def flat(x):\n    return x", "import jax.numpy as jnp\nfactor = 3", "def ("))
    outline = replace(OUTLINE, examples=("factor",))
    assert look(outline, {}, [], Place(tmp_path)).found == ([f"Exercise 1.1 · double: {words}"] if words else [])


def test_a_library_may_be_called_where_the_set_is_not_from_scratch(tmp_path: Path) -> None:
    save(tmp_path, double="import torch\ndef double(x):\n    return torch.add(x, x)")
    assert look(replace(OUTLINE, from_scratch=False), {}, [], Place(tmp_path)).found == []


@pytest.mark.parametrize("body", ["pass", "...", "return None", "raise NotImplemented", "raise NotImplementedError  # soon"])
def test_a_stub_of_another_form_is_not_written(tmp_path: Path, body: str) -> None:
    save(tmp_path, double=f"def double(x):\n    {body}", printed="○ still a stub")
    assert found(tmp_path) == ["Not written yet: Exercise 1.1 · double."]


NOT_RUN = "The check has not been run since the last change: Exercise 1.1 · double."


@pytest.mark.parametrize(("change", "words"), [
    ({"printed": "double\n  ✓ shape ()\n  ✗ twice the argument\n"}, "The check does not pass: Exercise 1.1 · double."),
    ({"printed": "○ Exercise 1.0 is still a stub: write"}, "The check does not pass: Exercise 1.1 · double."),
    ({"printed": ""}, NOT_RUN), ({"printed": "Traceback"}, NOT_RUN), ({"checked": None}, NOT_RUN), ({"answered": None}, NOT_RUN),
    ({"answered": 4}, NOT_RUN),
])
def test_a_check_counts_when_it_passed_after_the_last_change(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    save(tmp_path, **change)
    assert repr(look(OUTLINE, {}, [], Place(tmp_path))) == f"✗ {words}\n0 of 5 points have a check that passes."


def test_what_ran_but_was_not_saved_is_found(tmp_path: Path) -> None:
    save(tmp_path)
    newer = "def double(x):\n    return x + x"
    assert found(tmp_path, ran=(ANSWER, newer, TEST)) == [
        "Exercise 1.1 · double: what you ran last is not what the saved file holds. Save (Ctrl+S, on a Mac ⌘S), run the cell again, then repeat this check."]
    assert found(tmp_path, ran=(newer, ANSWER)) == []


def test_numbers_that_ran_but_were_not_saved_are_found_by_their_cell(tmp_path: Path) -> None:
    save(tmp_path, double="double = 3")
    ran = [Cell("double-cell", "double = 3"), Cell("double-cell", "double = 4"), Cell("mine", "a = 5")]
    [words] = look(OUTLINE, {}, ran, Place(tmp_path)).found
    assert words.startswith("Exercise 1.1 · double: what you ran last is not what the saved file holds.")
    assert look(OUTLINE, {}, ran[::-2], Place(tmp_path)).found == []


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
    assert repr(SubmitCheck(["One.", "Two."], 2.5, 6)) == "✗ One.\n✗ Two.\n2.5 of 6 points have a check that passes."


def test_the_planted_problems_are_not_found_in_the_outline_itself() -> None:
    """The outline tells a student's kernel nothing but names, points and digests."""
    check: Callable[[str], bool] = lambda text: text in repr(OUTLINE)  # noqa: E731
    assert check(digest(STUB))
    assert not check("return 2")


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "source").iterdir()))
def test_a_solved_notebook_lacks_nothing_but_the_runs_of_its_checks(name: str, tmp_path: Path) -> None:
    assignment = load_assignment(Course.open(ROOT), name)
    notebook = json.loads((ROOT / "release" / name / f"{name}.ipynb").read_text())
    for cell in notebook["cells"]:
        label = cell["metadata"].get("nbgrader", {})
        cell["source"] = assignment.solutions.get(label.get("grade_id", ""), cell["source"])
    (tmp_path / f"{name}.ipynb").write_text(json.dumps(notebook))
    [words] = look(read_outline(name), {}, [], Place(tmp_path)).found
    assert words.startswith("The check has not been run since the last change: ")
