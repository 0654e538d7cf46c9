"""Slips are edits of the model answer, and whatever does not fit is said."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grading.probes.edits import ModelAnswers, read_model_answers, with_edits
from grading.probes.model import Cases, Mistake, Point, Probe, ProblemSet, Slip, mistake

SETUP = """
import numpy as np
from tqdm.auto import tqdm
from a_library_that_nobody_has import what_no_answer_uses

draw_something()

def measure(x):
    return np.mean(x)
"""
ANSWERS = ModelAnswers({
    "centre": "def centre(x):\n    return x - measure(x)",
    "spread": "def spread(x):\n    return np.sqrt(measure(centre(x) ** 2))",
    "steps": "def steps(n):\n    return [k for k in tqdm(range(n), leave=False)]",
    "Layer": "class Layer:\n    def forward(self, x):\n        return spread(x) + 1"}, SETUP)


def probe(id: str, *slips: Slip | Mistake) -> Probe:
    return Probe(id, lambda x: x, {"ordinary": Cases(lambda rng: {"x": rng.normal(size=3)})}, [Point("all", 1)],
                 slips=slips)


def edited(id: str, old: str, new: str) -> Any:
    [found] = with_edits(ProblemSet("s", [probe(id, Slip("wrong", old, new, "Look again."))]), ANSWERS).probes
    assert not found.misfits
    [wrong] = found.mistakes
    assert (wrong.id, wrong.hint) == ("wrong", "Look again.")
    return wrong


def test_an_edit_computes_what_the_edited_solution_would() -> None:
    wrong = edited("centre", "x - ", "x + ")
    assert wrong.answer(np.array([1.0, 3.0])).tolist() == [3.0, 5.0]
    assert wrong.source == "def centre(x):\n    return x + measure(x)"


def test_other_exercises_are_right_around_an_edit() -> None:
    assert edited("spread", "np.sqrt", "").answer(np.array([1.0, 5.0])) == 4.0  # centre, unedited, was called
    edited("centre", "x - ", "x + ")
    assert edited("Layer", "+ 1", "+ 2").answer().forward(np.array([1.0, 5.0])) == 4.0


def test_a_solution_s_progress_bar_stays_silent(capfd: pytest.CaptureFixture[str]) -> None:
    assert edited("steps", "k for", "-k for").answer(3) == [0, -1, -2]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("old", "times"), [("x * ", 0), ("x", 3)])
def test_an_old_text_that_does_not_occur_once_is_no_slip_and_is_said(old: str, times: int) -> None:
    [found] = with_edits(ProblemSet("s", [probe("centre", Slip("wrong", old, "y", "Look again."))]), ANSWERS).probes
    assert found.mistakes == []
    assert found.misfits == [f"slip wrong: its old text must occur exactly once in the solution, not {times} times: "
                             f"{old!r}"]


def test_an_edit_that_is_no_python_is_said() -> None:
    [found] = with_edits(ProblemSet("s", [probe("centre", Slip("wrong", "x - ", "x - (", "Look again."))]), ANSWERS).probes
    assert found.mistakes == []
    assert found.misfits[0].startswith("slip wrong: the edited solution does not run: SyntaxError")


def test_slips_keep_their_order_whether_they_are_edits_or_programs() -> None:
    @mistake("No.")
    def program(x: Any) -> Any:
        return x
    slips = Slip("first", "x - ", "x + ", "Look."), program, Slip("third", "x - ", "x * ", "Look.")
    [found] = with_edits(ProblemSet("s", [probe("centre", *slips)]), ANSWERS).probes
    assert [known.id for known in found.mistakes] == ["first", "program", "third"]
    assert found.mistakes[1].answer(7) == 7


def test_a_personal_problem_set_has_its_edits_too() -> None:
    own = ProblemSet("s", [probe("centre", Slip("wrong", "x - ", "x + ", "Look again."))])
    loaded = with_edits(replace(own, personal=lambda student: own), ANSWERS)
    assert loaded.personal is not None
    assert loaded.personal("ada").find("centre").mistakes[0].id == "wrong"


def test_mistakes_of_a_set_that_is_not_loaded_are_refused() -> None:
    with pytest.raises(ValueError, match="centre: the slip 'wrong' is an edit of a solution that has not been read"):
        _ = probe("centre", Slip("wrong", "x - ", "x + ", "Look again.")).mistakes


def test_solutions_are_read_without_markers_and_stubs(tmp_path: Path) -> None:
    def cell(source: str, **label: Any) -> dict[str, Any]:
        return {"cell_type": "code", "source": source.splitlines(keepends=True), "metadata": {"nbgrader": label}}
    answer = ("def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION\n"
              "    raise NotImplementedError(\"1.1\")")
    cells = [cell("import numpy as np", grade_id="setup", solution=False, grade=False),
             cell(answer, grade_id="f", solution=True), cell("check(f)", grade_id="test_f", solution=False, grade=True),
             {"cell_type": "markdown", "source": ["# Title"], "metadata": {}}]
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": cells}))
    read = read_model_answers(path)
    assert read.solutions == {"f": "def f(x):\n    return x"}
    assert read.setup == "import numpy as np"
