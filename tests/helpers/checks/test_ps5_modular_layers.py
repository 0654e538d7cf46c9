"""Problem set 5's instant checks: right answers pass, known mistakes are caught, and nothing gives the answer away."""

import inspect
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from grading.probes.model import Probe
from grading.probes.source_text import as_cell
from helpers.checks import ps5_modular_layers as checks
from helpers.checks.ps5_modular_layers import CHECKS, check
from helpers.modules import Module
from tests.helpers.checks.trying import assert_no_known_mistake_passes, assert_right_answers_pass, each, report
from tests.problem_sets import problem_set

SET = problem_set("ps5_modular_layers")

PROBES = {probe.id: probe for probe in SET.probes}
HEADER = "import numpy as np\nfrom helpers.modules import Module, init_params\n"
NAME = "notebook_of_ps5"
RIGHT = {probe.id: compile(as_cell(probe, probe.variants[-1]), probe.id, "exec") for probe in PROBES.values()}


@pytest.fixture
def notebook() -> Iterator[Any]:
    """Makes a notebook's names: a right answer to every exercise, with one of them replaced."""
    def make(exercise: str = "", answer: Any = None) -> dict[str, Any]:
        module = sys.modules[NAME] = ModuleType(NAME)
        exec(HEADER, vars(module))
        for probe in PROBES.values():
            exec(as_cell(probe, answer) if probe.id == exercise else RIGHT[probe.id], vars(module))
        return vars(module)
    yield make
    sys.modules.pop(NAME, None)


def test_every_exercise_has_a_check() -> None:
    assert CHECKS.keys() == PROBES.keys()


@pytest.mark.parametrize("probe", each(PROBES.values()))
def test_right_answers_pass(probe: Probe, notebook: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert_right_answers_pass(check, notebook, probe, capsys)


@pytest.mark.parametrize("probe", each(PROBES.values()))
def test_no_known_mistake_passes(probe: Probe, notebook: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert_no_known_mistake_passes(check, notebook, probe, capsys)


@pytest.mark.parametrize("exercise", PROBES)
def test_strange_values_are_described_and_never_raise(exercise: str, notebook: Any, capsys: pytest.CaptureFixture[str]) -> None:
    names = notebook()

    def strange(*arguments: Any) -> Any:
        return value

    strange.__module__ = NAME
    names[exercise] = strange
    for value in (None, 3.0, "text", [], {}, np.zeros((2, 2, 2)), np.nan, object()):
        assert "✗" in report(check, names, exercise, capsys), value


@pytest.mark.parametrize("exercise", PROBES)
def test_a_stub_is_named_by_its_number(exercise: str, notebook: Any, capsys: pytest.CaptureFixture[str]) -> None:
    names = notebook()
    exec(f"def {exercise}(*arguments): raise NotImplementedError('5.9')", names)
    assert report(check, names, exercise, capsys) == (
        "○ Exercise 5.9 is still a stub: write your answer in the cell above, run it, then run this cell.\n")


def test_sums_in_place_of_means_are_met_with_the_convention(notebook: Any, capsys: pytest.CaptureFixture[str]) -> None:
    names = notebook("Linear", next(m for m in PROBES["Linear"].mistakes if m.id == "SummedGradients"))
    assert report(check, names, "Linear", capsys).endswith(
        "  ✗ N · d_weights is what small steps in the weights measure\n    got 4.2 at index (0, 0), expected 1.05; every entry is 4 times what is expected\n"
        "    Hint: d_weights and d_biases are set by backward, in the shapes of weights and biases, as means over the "
        "batch.\n")


class DividedByUnits(Module):
    def __init__(self, parameters: Any) -> None:
        self.weights, self.biases = parameters

    def forward(self, x: Any) -> Any:
        self.in_x = x
        return x @ self.weights + self.biases

    def backward(self, g: Any) -> Any:
        self.d_weights, self.d_biases = self.in_x.T @ g / g.shape[1], g.sum(axis=0, keepdims=True) / g.shape[1]
        return g @ self.weights.T


def test_a_mean_over_the_wrong_axis_does_not_pass(notebook: Any, capsys: pytest.CaptureFixture[str]) -> None:
    text = report(check, notebook("Linear", DividedByUnits), "Linear", capsys)
    assert "every entry is 2 times what is expected" in text


def test_the_checks_hold_no_answer() -> None:
    source = inspect.getsource(checks)
    assert not any(word in source for word in ("logaddexp", "np.eye", ".T", "np.maximum", "axis=0", "/ len("))
