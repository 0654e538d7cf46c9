"""Problem set 3's instant checks: forms of written answers, and properties of functions that catch known mistakes."""

from typing import Any

import numpy as np
import pytest

from grading.probes.source_text import as_cell
from helpers.checks.ps3_worked_network import BOXES, CHECKS, check
from tests.problem_sets import problem_set

SET = problem_set("ps3_worked_network")

PROBES = {probe.id: probe for probe in SET.probes}
FUNCTIONS = [name for name in PROBES if name not in BOXES]


def notebook(exercise: str = "", answer: Any = None) -> dict[str, Any]:
    """A notebook's names: a right answer to every function, with one of them replaced."""
    names: dict[str, Any] = {"np": np}
    for name in FUNCTIONS:
        exec(as_cell(PROBES[name], answer if name == exercise else PROBES[name].variants[-1]), names)
    return names


def report(names: dict[str, Any], exercise: str, capsys: pytest.CaptureFixture[str]) -> str:
    with np.errstate(all="ignore"):
        check(exercise, names if exercise in BOXES else names[exercise])
    return capsys.readouterr().out


def test_every_exercise_has_a_check() -> None:
    assert CHECKS.keys() == PROBES.keys()


@pytest.mark.parametrize("exercise", FUNCTIONS)
def test_right_answers_pass(exercise: str, capsys: pytest.CaptureFixture[str]) -> None:
    for variant in PROBES[exercise].variants:
        assert "✗" not in report(notebook(exercise, variant), exercise, capsys), variant


@pytest.mark.parametrize("exercise", FUNCTIONS)
def test_no_known_mistake_passes(exercise: str, capsys: pytest.CaptureFixture[str]) -> None:
    for mistake in PROBES[exercise].mistakes:
        text = report(notebook(exercise, mistake), exercise, capsys)
        assert text.count("✗") == 1, mistake.id
        assert "make sense of" not in text, mistake.id


@pytest.mark.parametrize("exercise", FUNCTIONS)
def test_strange_values_are_described_and_never_raise(exercise: str, capsys: pytest.CaptureFixture[str]) -> None:
    names = notebook()
    exec(f"def {exercise}(*arguments): return value", names)
    for value in (None, 3.0, "text", [], {}, {"a": 1}, (1, 2), [[1.0], [2.0, 3.0]], np.zeros((2, 2, 2))):
        names["value"] = value
        assert "✗" in report(names, exercise, capsys), value


@pytest.mark.parametrize("exercise", FUNCTIONS)
def test_a_stub_is_named_by_its_number(exercise: str, capsys: pytest.CaptureFixture[str]) -> None:
    names = notebook()
    exec(f"def {exercise}(*arguments): raise NotImplementedError('3.7')", names)
    assert report(names, exercise, capsys).startswith("○ Exercise 3.7 is still a stub")


@pytest.mark.parametrize("box", BOXES)
def test_a_box_without_an_answer_is_a_stub_and_a_right_one_has_the_right_form(box: str,
                                                                              capsys: pytest.CaptureFixture[str]) -> None:
    assert report({}, box, capsys).startswith(f"○ Exercise {BOXES[box][0]} is still a stub")
    shown = {name: round(value, 4) if isinstance(value, float) else value
             for name, value in PROBES[box].reference().items()}
    text = report(shown, box, capsys)
    assert "✗" not in text
    assert "judged later" in text


@pytest.mark.parametrize("box", BOXES)
def test_a_wrong_answer_of_the_right_form_is_not_given_away(box: str, capsys: pytest.CaptureFixture[str]) -> None:
    for mistake in PROBES[box].mistakes:
        assert isinstance(mistake.answer, dict)
        shown = {name: round(float(value), 4) if isinstance(value, float) else value
                 for name, value in mistake.answer.items()}
        text = report(shown, box, capsys)
        assert "✗" not in text or "is 1, 2 or 3" in text  # a class counted from 0 has no form


@pytest.mark.parametrize("box", BOXES)
def test_strange_answers_in_a_box_are_described(box: str, capsys: pytest.CaptureFixture[str]) -> None:
    for value in (None, "0.5", [0.5], {"1"}, {0, 9}, float("nan"), object(), (1, "2")):
        text = report(dict.fromkeys(BOXES[box][1], value), box, capsys)
        if value == float("nan") or not isinstance(value, float) or box != "ps3_init_first":
            assert "✗" in text, value
        assert "make sense of" not in text, value


@pytest.mark.parametrize(("value", "holds"), [(0.1235, True), (-3, True), (2.0, True), (0.0001, True), (0.12345, False),
                                              (1e-5, False), (209.4557, True), (np.float64(0.4799), True)])
def test_numbers_have_at_most_four_decimals(value: float, holds: bool, capsys: pytest.CaptureFixture[str]) -> None:
    assert ("✗" not in report({"z1": value}, "ps3_z1", capsys)) is holds


def test_a_box_with_two_names_wants_both(capsys: pytest.CaptureFixture[str]) -> None:
    assert "✗ shape_dbeta, shape_dalpha: assigned" in report({"shape_dbeta": (3, 5)}, "ps3_shapes", capsys)
