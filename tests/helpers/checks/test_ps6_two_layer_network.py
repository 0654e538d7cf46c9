"""Problem set 6's instant checks: right answers pass, known mistakes are caught, and nothing gives the answer away."""

import inspect
from typing import Any

import numpy as np
import pytest

from grading.probes.model import Probe
from grading.probes.source_text import as_cell
from helpers.checks import ps6_two_layer_network as checks
from helpers.checks.ps6_two_layer_network import CHECKS, check
from tests.helpers.checks.trying import (
    assert_no_known_mistake_passes,
    assert_right_answers_pass,
    each,
    report,
    report_on_a_stub,
)
from tests.problem_sets import problem_set

SET = problem_set("ps6_two_layer_network")

PROBES = {probe.id: probe for probe in SET.probes}
RIGHT = {probe.id: compile(as_cell(probe, probe.variants[-1]), probe.id, "exec") for probe in PROBES.values()}

# The checks train for an epoch or two, at one rate: a history that is a mean over epochs, or a rate that is divided again, looks right there.
MEANS = {f"running_mean_of_{what}{sister}" for what in ("training_loss", "training", "losses", "everything") for sister in ("", "_multi")}
ONLY_GRADING_TELLS = {*MEANS, "rate_divided_again", "first_above_one_half_multi"}


def notebook(exercise: str = "", answer: Any = None) -> dict[str, Any]:
    """A notebook's names: a right answer to every exercise, with one of them replaced."""
    names: dict[str, Any] = {"np": np, "trange": lambda count, **_: range(count)}
    for probe in PROBES.values():
        exec(as_cell(probe, answer) if probe.id == exercise else RIGHT[probe.id], names)
    return names


def test_every_exercise_has_a_check() -> None:
    assert CHECKS.keys() == PROBES.keys()


@pytest.mark.parametrize("probe", each(PROBES.values()))
def test_right_answers_pass(probe: Probe, capsys: pytest.CaptureFixture[str]) -> None:
    assert_right_answers_pass(check, notebook, probe, capsys)


@pytest.mark.parametrize("probe", each(PROBES.values()))
def test_no_known_mistake_passes(probe: Probe, capsys: pytest.CaptureFixture[str]) -> None:
    assert_no_known_mistake_passes(check, notebook, probe, capsys, but=ONLY_GRADING_TELLS)


@pytest.mark.parametrize("exercise", PROBES)
def test_strange_values_are_described_and_never_raise(exercise: str, capsys: pytest.CaptureFixture[str]) -> None:
    names = notebook()
    exec(f"def {exercise}(*arguments): return value", names)
    for value in (None, 3.0, "text", [], {}, (1.0, 2.0), np.zeros((2, 2, 2)), np.nan, object()):
        names["value"] = value
        assert "✗" in report(check, names, exercise, capsys), value


@pytest.mark.parametrize("exercise", PROBES)
def test_a_stub_is_named_by_its_number(exercise: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert report_on_a_stub(check, notebook(), exercise, "6.9", capsys) == (
        "○ Exercise 6.9 is still a stub: write your answer in the cell above, run it, then run this cell.\n")


def test_a_sum_where_the_mean_is_asked_meets_small_steps(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = next(m for m in PROBES["backward"].mistakes if m.id == "summed_gradients")
    text = report(check, notebook("backward", wrong), "backward", capsys)
    assert "✗ w1: small steps in your CrossEntropyLoss agree\n    got" in text
    assert text.endswith("Hint: the loss is a mean; follow the error from δ2 back to this parameter.\n")


def test_the_checks_hold_no_answer() -> None:
    source = inspect.getsource(checks)
    assert not any(word in source for word in ("np.eye", ".T", "np.max(", "1 - Y1)\n", "argmax"))
