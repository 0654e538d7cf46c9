"""The instant checks of problem set 1 praise right answers, catch known mistakes, and wait for stubs."""

from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest

from grading.probes.model import Probe
from grading.probes.source_text import as_cell
from helpers.checks.ps1_box_functions import check
from tests.problem_sets import problem_set

SET = problem_set("ps1_box_functions")

PROBES = SET.probes
NOTEBOOK = Path(__file__).parents[3] / "source" / "ps1_box_functions" / "ps1_box_functions.ipynb"
# () against (1,) or (1, 1) is what the exercise asks; a check that told them apart would be the answer.
ONLY_GRADING_TELLS = {"loss_has_one_axis", "loss_is_a_table"}


@pytest.fixture
def notebook() -> dict[str, Any]:
    """The names that a notebook with right answers defines."""
    names: dict[str, Any] = {"np": np}
    for cell in nbformat.read(NOTEBOOK, 4).cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution"):
            exec(cell.source, names)
    return names


def report_on(name: str, notebook: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> str:
    check(name, notebook if name == "ps1_shapes" else notebook[name])
    return capsys.readouterr().out


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.id)
def test_a_right_answer_has_every_property(probe: Probe, notebook: dict[str, Any],
                                           capsys: pytest.CaptureFixture[str]) -> None:
    report = report_on(probe.id, notebook, capsys)
    assert report.startswith(f"{probe.id}\n  ✓ ")
    assert "✗" not in report


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.id)
def test_right_answers_in_another_form_have_every_property(probe: Probe, notebook: dict[str, Any],
                                                           capsys: pytest.CaptureFixture[str]) -> None:
    for variant in filter(callable, probe.variants):
        exec(as_cell(probe, variant), notebook)
        assert "✗" not in report_on(probe.id, notebook, capsys), variant


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.id)
def test_known_mistakes_lack_a_property(probe: Probe, notebook: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    for mistake in probe.mistakes:
        exec(as_cell(probe, mistake), names := dict(notebook))
        if mistake.id not in ONLY_GRADING_TELLS:
            assert report_on(probe.id, names, capsys).count("✗") == 1, mistake.id


@pytest.mark.parametrize(("number", "name"), list(enumerate(
    ["step", "network", "box_parameters", "boxes_parameters", "max_error_bound", "boxes_needed"], start=1)))
def test_a_stub_is_waited_for(number: int, name: str, notebook: dict[str, Any],
                              capsys: pytest.CaptureFixture[str]) -> None:
    exec(f"def {name}(*arguments):\n    raise NotImplementedError('1.{number}')", notebook)
    assert report_on(name, notebook, capsys).startswith(f"○ Exercise 1.{number} is still a stub")


def test_a_box_cannot_be_tried_out_before_there_is_a_network(notebook: dict[str, Any],
                                                             capsys: pytest.CaptureFixture[str]) -> None:
    exec("def network(x, params):\n    raise NotImplementedError('1.2')", notebook)
    assert report_on("box_parameters", notebook, capsys).startswith("○ Exercise 1.2 is still a stub")
    del notebook["network"]
    assert "✗ this check needs your network" in report_on("box_parameters", notebook, capsys)


def test_unassigned_shapes_are_a_stub_and_missing_ones_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert report_on("ps1_shapes", {}, capsys).startswith("○ Exercise 1.14 is still a stub")
    assert "assign all three names" in report_on("ps1_shapes", {"shape_X": (50, 3)}, capsys)


def test_fifty_in_brackets_is_no_tuple(notebook: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    notebook["shape_y"] = 50
    report = report_on("ps1_shapes", notebook, capsys)
    assert "✗ shape_y is a tuple" in report
    assert "Hint: (50) is just 50 in brackets; the comma in (50,) makes the tuple." in report


@pytest.mark.parametrize("name", [probe.id for probe in PROBES if probe.id != "ps1_shapes"])
def test_any_value_gets_a_report_and_never_a_traceback(name: str, notebook: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    for value in ("None", "'text'", "[[1.0], [2.0, 3.0]]", "float('nan')", "{'W1': None}", "print",
                  "{'W1': 'a', 'b1': [[1], [2, 3]], 'W2': 1j, 'b2': print, 'W3': None, 'b3': {}}", "np.ones((3, 3))"):
        exec(f"def {name}(*arguments):\n    return {value}", notebook)
        assert "✗" in report_on(name, notebook, capsys), value


def test_wrong_shapes_are_named_with_their_part(notebook: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    exec("def box_parameters(h, delta):\n    return {'W1': [1], 'b1': [0], 'W2': [h], 'b2': 0}", notebook)
    assert "✗ W1: shape: got (1,), expected (2,)" in report_on("box_parameters", notebook, capsys)
    exec("def box_parameters(h, delta):\n    return {'W1': [1, 1]}", notebook)
    assert "✗ the answer is a dict with the keys W1, b1, W2, b2" in report_on("box_parameters", notebook, capsys)


def test_the_broadcasting_trap_is_pointed_out(notebook: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    exec("def l1_loss(X, w, y):\n    return np.mean(np.abs((X @ w).reshape(-1, 1) - y))", notebook)
    report = report_on("l1_loss", notebook, capsys)
    assert "✗ a perfect fit costs nothing" in report
    assert "print the shape of your difference: it should be (n,)" in report
