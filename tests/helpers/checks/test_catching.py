"""The instant check of a test: right ones must pass it, and a few obvious slips must not; the rest is left to be found."""

from types import ModuleType
from typing import Any

import pytest

from grading.probes.source_text import as_cell
from helpers.checks import ps2_softmax_jacobian, ps4_numpy_backprop
from tests.helpers.checks.trying import report
from tests.problem_sets import problem_set

SETS = {"catches_wrong_softmax": ("ps2_softmax_jacobian", ps2_softmax_jacobian.check),
        "catches_wrong_gradients": ("ps4_numpy_backprop", ps4_numpy_backprop.check)}
LEFT_TO_FIND = {"catches_wrong_softmax": {"ordinary_logits_only", "order_and_sum"},
                "catches_wrong_gradients": {"weights_only", "without_biases", "label_of_the_guess", "flat_samples_only"}}


def said(exercise: str, mistake: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What the check prints about a mistake, in a notebook whose other answers are right."""
    name, check = SETS[exercise]
    known = problem_set(name)
    module = ModuleType("notebook")
    exec("import numpy as np\nfrom helpers.gradcheck import numerical_gradient\ndef tqdm(items, **_): return items", vars(module))
    for probe in known.probes:
        answer: Any = probe.variants[-1]
        if probe.id == exercise and mistake:
            answer = next(one for one in probe.mistakes if one.id == mistake)
        exec(as_cell(probe, answer), vars(module))
    return report(check, vars(module), exercise, capsys)


@pytest.mark.parametrize("exercise", SETS)
def test_obvious_slips_are_found_and_others_are_left_to_find(exercise: str, capsys: pytest.CaptureFixture[str]) -> None:
    mistakes = [mistake.id for mistake in problem_set(SETS[exercise][0]).find(exercise).mistakes]
    passed = {mistake for mistake in mistakes if "✗" not in said(exercise, mistake, capsys)}
    assert passed == LEFT_TO_FIND[exercise]
    assert "✗" not in said(exercise, "", capsys)


def test_the_words_name_what_was_called_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    text = said("catches_wrong_softmax", "rejects_everything", capsys)
    assert "✗ it says True of your softmax" in text
    text = said("catches_wrong_softmax", "only_the_sum", capsys)
    assert "✗ it says False of your softmax of −z" in text
    assert "✓ it says False of your softmax, doubled" in text
