"""Problem set 4's instant checks: right answers pass, known mistakes are caught, and nothing gives the answer away."""

import inspect
from typing import Any

import numpy as np
import pytest

from grading.probes.model import Probe
from grading.probes.source_text import as_cell
from helpers.checks import ps4_numpy_backprop as checks
from helpers.checks.ps4_numpy_backprop import CHECKS, check
from tests.grading.shipping import known_mistake
from tests.helpers.checks.trying import (
    assert_no_known_mistake_passes,
    assert_right_answers_pass,
    each,
    report,
    report_on_a_stub,
)
from tests.problem_sets import problem_set

SET = problem_set("ps4_numpy_backprop")

PROBES = {probe.id: probe for probe in SET.probes}


def notebook(exercise: str = "", answer: Any = None) -> dict[str, Any]:
    """A notebook's names: a right answer to every exercise, with one of them replaced."""
    names: dict[str, Any] = {"np": np, "tqdm": lambda items, **_: items}
    for probe in PROBES.values():
        exec(as_cell(probe, answer if probe.id == exercise else probe.variants[-1]), names)
    return names


def test_every_exercise_has_a_check() -> None:
    assert CHECKS.keys() == PROBES.keys()


@pytest.mark.parametrize("probe", each(PROBES.values()))
def test_right_answers_pass(probe: Probe, capsys: pytest.CaptureFixture[str]) -> None:
    assert_right_answers_pass(check, notebook, probe, capsys)


@pytest.mark.parametrize("probe", each(PROBES.values()))
def test_no_known_mistake_passes(probe: Probe, capsys: pytest.CaptureFixture[str]) -> None:
    assert_no_known_mistake_passes(check, notebook, probe, capsys)


@pytest.mark.parametrize("exercise", PROBES)
def test_strange_values_are_described_and_never_raise(exercise: str, capsys: pytest.CaptureFixture[str]) -> None:
    names = notebook()
    exec(f"def {exercise}(*arguments): return value", names)
    for value in (None, 3.0, "text", [], {}, (1, 2), [[1.0], [2.0, 3.0]], np.zeros((2, 2, 2)), np.nan):
        names["value"] = value
        assert "✗" in report(check, names, exercise, capsys), value


@pytest.mark.parametrize("exercise", PROBES)
def test_a_stub_is_named_by_its_number(exercise: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert report_on_a_stub(check, notebook(), exercise, "4.9", capsys).startswith("○ Exercise 4.9 is still a stub")


@pytest.mark.parametrize(("exercise", "partner"), [
    ("dsigmoid", "sigmoid"), ("feed_forward_dataset", "feed_forward_sample"), ("gradients", "feed_forward_sample"),
    ("train_one_sample", "gradients"), ("train_one_epoch", "train_one_sample")])
def test_a_partner_that_is_missing_is_named(exercise: str, partner: str, capsys: pytest.CaptureFixture[str]) -> None:
    names = notebook()
    del names[partner]
    assert f"✗ this check needs your {partner}, which is not defined" in report(check, names, exercise, capsys)


def test_a_wrong_slope_is_found_in_the_layer_below_the_output(capsys: pytest.CaptureFixture[str]) -> None:
    text = report(check, notebook("gradients", known_mistake(SET, "gradients", "slope_of_activated")), "gradients", capsys)
    assert "✓ dW[2]: small steps in your own loss agree" in text
    assert "✗ dW[1]: small steps in your own loss agree" in text
    assert text.endswith(
        "    Hint: the layers above this one are right; what happens to the error on its way here.\n")


def test_the_checks_hold_no_backward_pass() -> None:
    source = inspect.getsource(checks)
    assert not any(word in source for word in ("np.outer(a", "1 - ", ".T", "np.maximum", "np.exp(z"))
