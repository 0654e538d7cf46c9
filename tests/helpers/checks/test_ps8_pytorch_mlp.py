"""Problem set 8's instant checks: right answers pass, known mistakes are caught, stubs and strange values are met."""

from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
import torch

from grading.probes.model import Probe
from grading.probes.source_text import as_cell
from helpers.checks.ps8_pytorch_mlp import CHECKS, check
from tests.helpers.checks.trying import (
    assert_no_known_mistake_passes,
    assert_right_answers_pass,
    each,
    report,
    report_on_a_stub,
)
from tests.problem_sets import problem_set

SET = problem_set("ps8_pytorch_mlp")

torch.set_num_threads(1)
PROBES = {probe.id: probe for probe in SET.probes}
NOTEBOOK = Path(__file__).parents[3] / "source" / "ps8_pytorch_mlp" / "ps8_pytorch_mlp.ipynb"
CELLS = [cell.source for cell in nbformat.read(NOTEBOOK, 4).cells if cell.cell_type == "code"
         and "nbgrader" in cell.metadata and not cell.metadata.nbgrader.grade]
# Networks of ReLUs in the wrong places or with another slope keep a factor of 2 as well: a check that told them apart
# would have to be the network.
ONLY_GRADING_TELLS = {"leaky_relus", "activation_before_the_layer", "one_relu_missing"}


def notebook(exercise: str = "", answer: Any = None) -> dict[str, Any]:
    """A notebook's names: the solution of every exercise, with one of them replaced."""
    names: dict[str, Any] = {"__name__": "__main__"}
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
    assert_no_known_mistake_passes(check, notebook, probe, capsys, but=ONLY_GRADING_TELLS)


@pytest.mark.parametrize("exercise", PROBES)
def test_strange_values_are_described_and_never_raise(exercise: str, capsys: pytest.CaptureFixture[str]) -> None:
    names = notebook()
    exec("def strange(*arguments): return value", names)
    names[exercise] = names["strange"]
    for value in (None, 3.0, "text", [], {}, [[1.0], [2.0, 3.0]], np.zeros((2, 2, 2)), np.nan, object()):
        names["strange"].__globals__["value"] = value
        assert "✗" in report(check, names, exercise, capsys), value


@pytest.mark.parametrize("exercise", PROBES)
def test_a_stub_is_named_by_its_number(exercise: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert report_on_a_stub(check, notebook(), exercise, "8.9", capsys) == (
        "○ Exercise 8.9 is still a stub: write your answer in the cell above, run it, then run this cell.\n")


def test_a_missing_zero_grad_meets_the_gradient_of_the_second_batch(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = next(m for m in PROBES["train_one_epoch"].mistakes if m.id == "no_zero_grad")
    text = report(check, notebook("train_one_epoch", wrong), "train_one_epoch", capsys)
    assert "  ✓ step 1 uses the gradient of its own batch\n" in text
    assert "  ✗ step 2 uses the gradient of its own batch\n    got " in text
