"""Problem set 2's instant checks: right answers pass, known mistakes are caught, and nothing gives the answer away."""

import inspect
from typing import Any

import numpy as np
import pytest

from grading.probes.model import Probe
from grading.probes.source_text import as_cell
from helpers.checks import ps2_softmax_jacobian as checks
from helpers.checks.ps2_softmax_jacobian import CHECKS, check
from tests.grading.shipping import known_mistake
from tests.helpers.checks.trying import assert_no_known_mistake_passes, each, report
from tests.problem_sets import problem_set, right_answers

SET = problem_set("ps2_softmax_jacobian")
ps2 = right_answers("ps2_softmax_jacobian")

PROBES = {probe.id: probe for probe in SET.probes}
HEADER = "import numpy as np\n"


def notebook(exercise: str = "", answer: Any = None) -> dict[str, Any]:
    """A notebook's names: a right answer to every exercise, with one of them replaced."""
    names: dict[str, Any] = {}
    exec(HEADER, names)
    for probe in PROBES.values():
        chosen = answer if probe.id == exercise else probe.variants[-1]
        exec(as_cell(probe, chosen), names)
    return names


def test_every_exercise_has_a_check() -> None:
    assert CHECKS.keys() == PROBES.keys()


@pytest.mark.parametrize("probe", each(PROBES.values()))
def test_right_answers_pass(probe: Probe, capsys: pytest.CaptureFixture[str]) -> None:
    for variant in probe.variants:
        text = report(check, notebook(probe.id, variant), probe.id, capsys)
        if getattr(variant, "__name__", "") == "vjp_through_the_jacobian":  # right, and full marks, but not what the text asks for
            assert text.splitlines()[-2:] == ["  ✗ K = 1000 needs no array of K × K numbers",
                                              "    Hint: do the sum over i first: it is one number, whatever j is."]
        else:
            assert "✗" not in text, variant


@pytest.mark.parametrize("probe", each(PROBES.values()))
def test_no_known_mistake_passes(probe: Probe, capsys: pytest.CaptureFixture[str]) -> None:
    assert_no_known_mistake_passes(check, notebook, probe, capsys)


@pytest.mark.parametrize("exercise", PROBES)
def test_strange_values_are_described_and_never_raise(exercise: str, capsys: pytest.CaptureFixture[str]) -> None:
    names = notebook()
    for value in (None, 3.0, "text", [], {}, [[1.0], [2.0, 3.0]], np.zeros((2, 2, 2)), np.nan, object()):
        names[exercise] = lambda *arguments, value=value: value
        assert "✗" in report(check, names, exercise, capsys), value


@pytest.mark.parametrize("exercise", PROBES)
def test_a_stub_is_named_by_its_number(exercise: str, capsys: pytest.CaptureFixture[str]) -> None:
    names = notebook()
    exec(f"def {exercise}(*arguments): raise NotImplementedError('2.9')", names)
    assert report(check, names, exercise, capsys) == (
        "○ Exercise 2.9 is still a stub: write your answer in the cell above, run it, then run this cell.\n")


BUILDS_ON = [("softmax_batch", "softmax"), ("softmax_jacobian", "softmax"), ("softmax_vjp", "softmax"),
             ("cross_entropy_grad", "cross_entropy")]


@pytest.mark.parametrize(("exercise", "partner"), BUILDS_ON)
def test_a_partner_that_is_missing_or_a_stub_is_named(exercise: str, partner: str,
                                                      capsys: pytest.CaptureFixture[str]) -> None:
    names = notebook()
    names["softmax_of_the_answer"] = names["softmax"]
    exec(as_cell(PROBES[exercise], PROBES[exercise].variants[-1]).replace("softmax(z)", "softmax_of_the_answer(z)"), names)
    exec(f"def {partner}(*arguments): raise NotImplementedError('2.1')", names)
    assert report(check, names, exercise, capsys).startswith("○ Exercise 2.1 is still a stub")
    del names[partner]
    assert f"✗ this check needs your {partner}, which is not defined" in report(check, names, exercise, capsys)


def test_a_partner_of_the_wrong_shape_is_not_blamed_on_the_exercise(capsys: pytest.CaptureFixture[str]) -> None:
    names = notebook()
    exec("def cross_entropy(z, label): return z", names)
    assert ("  ✗ this check builds on your cross_entropy, which gives shape (4,) instead of ()\n"
            "    Hint: make the check of cross_entropy pass first.\n") in report(check, names, "cross_entropy_grad", capsys)


def test_a_sign_slip_off_the_diagonal_is_shown_there(capsys: pytest.CaptureFixture[str]) -> None:
    text = report(check, notebook("softmax_jacobian", known_mistake(SET, "softmax_jacobian", "plus_off_the_diagonal")), "softmax_jacobian", capsys)
    assert text == ("softmax_jacobian\n  ✓ shape (4, 4)\n  ✓ the diagonal is positive\n"
                    "  ✓ the diagonal: how a probability answers to its own logit, measured\n"
                    "  ✗ beside it: how a probability answers to another's logit, measured\n"
                    "    got 0.00434644 at index (0,), expected -0.00434644; every entry has the other sign\n"
                    "    Hint: this is your case i ≠ j.\n")


def test_no_check_tells_the_written_answer(capsys: pytest.CaptureFixture[str]) -> None:
    said = [report(check, notebook(name, mistake), name, capsys) for name in ("softmax_jacobian", "softmax_vjp")
            for mistake in PROBES[name].mistakes]
    assert not any("same nudge" in text for text in said)
    firsts = [next(line for line in text.splitlines() if "✗" in line) for text in said]
    assert max(firsts.count(line) for line in firsts) <= 8 < len(firsts)


def test_a_changed_argument_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    text = report(check, notebook("softmax", known_mistake(SET, "softmax", "shifted_in_place")), "softmax", capsys)
    assert text == "softmax\n  ✗ softmax changed its argument\n    Hint: work on a copy, or build a new array.\n"


def test_the_checks_hold_no_answer() -> None:
    source = inspect.getsource(checks)
    assert not any(word in source for word in ("np.outer", "np.diag(y", "logaddexp", "np.eye", "np.max(", ".max("))
