"""Problem set 7's instant checks: right answers pass, known mistakes are caught, stubs and strange values are met."""

import inspect
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest

from grading.probes.model import Probe
from grading.probes.source_text import as_cell
from helpers.checks import ps7_momentum_letters as checks
from helpers.checks.ps7_momentum_letters import CHECKS, check
from tests.helpers.checks.trying import (
    assert_no_known_mistake_passes,
    assert_right_answers_pass,
    each,
    report,
    report_on_a_stub,
)
from tests.problem_sets import problem_set

SET = problem_set("ps7_momentum_letters")

PROBES = {probe.id: probe for probe in SET.probes}
NOTEBOOK = Path(__file__).parents[3] / "source" / "ps7_momentum_letters" / "ps7_momentum_letters.ipynb"
CELLS = [cell.source for cell in nbformat.read(NOTEBOOK, 4).cells if cell.cell_type == "code"
         and "nbgrader" in cell.metadata and not cell.metadata.nbgrader.grade]


def notebook(exercise: str = "", answer: Any = None) -> dict[str, Any]:
    """A notebook's names: the solution of every exercise, with one of them replaced."""
    names: dict[str, Any] = {}
    for source in CELLS:
        exec(source, names)
    if answer:
        exec(as_cell(PROBES[exercise], answer), names)
    return names


def test_every_exercise_has_a_check() -> None:
    assert CHECKS.keys() == PROBES.keys()


@pytest.mark.parametrize("exercise", PROBES)
def test_the_solution_passes(exercise: str, capsys: pytest.CaptureFixture[str]) -> None:
    names = notebook()
    text = report(check, names, exercise, capsys)
    assert text.startswith(f"{exercise}\n  ✓ ")
    assert "✗" not in text


@pytest.mark.parametrize("probe", each(PROBES.values()))
def test_right_answers_in_another_form_pass(probe: Probe, capsys: pytest.CaptureFixture[str]) -> None:
    assert_right_answers_pass(check, notebook, probe, capsys)


@pytest.mark.parametrize("probe", each(PROBES.values()))
def test_no_known_mistake_passes(probe: Probe, capsys: pytest.CaptureFixture[str]) -> None:
    assert_no_known_mistake_passes(check, notebook, probe, capsys)


@pytest.mark.parametrize("exercise", PROBES)
def test_strange_values_are_described_and_never_raise(exercise: str, capsys: pytest.CaptureFixture[str]) -> None:
    for value in (None, 3.0, "text", [], {}, [[1.0], [2.0, 3.0]], np.zeros((2, 2, 2)), np.nan, object()):
        names = notebook()
        names[exercise] = lambda *arguments, value=value: value
        names[exercise].__globals__.update({name: names[name] for name in names if name in PROBES})
        assert "✗" in report(check, names, exercise, capsys), value


@pytest.mark.parametrize("exercise", PROBES)
def test_a_stub_is_named_by_its_number(exercise: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert report_on_a_stub(check, notebook(), exercise, "7.9", capsys) == (
        "○ Exercise 7.9 is still a stub: write your answer in the cell above, run it, then run this cell.\n")


def test_a_missing_mask_meets_small_steps(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = next(m for m in PROBES["backpropagation"].mistakes if m.id == "mask_missing_on_the_bias")
    text = report(check, notebook("backpropagation", wrong), "backpropagation", capsys)
    assert "  ✓ dwh: small steps in your loss agree\n" in text
    assert "  ✗ dbh: small steps in your loss agree\n    got " in text


def test_a_loss_that_is_no_number_is_not_blamed_on_the_gradient(capsys: pytest.CaptureFixture[str]) -> None:
    names = notebook()
    exec("def average_ce(target, prediction): return target", names)
    assert ("  ✗ this check builds on your average_ce, which does not give a single number\n"
            "    Hint: make the check of average_ce pass first.\n") in report(check, names, "grad_ce", capsys)


def test_the_checks_hold_no_answer() -> None:
    source = inspect.getsource(checks)
    assert not any(word in source for word in ("np.maximum", "-np.mean", ".max(", "@ w", "np.eye(10)"))
