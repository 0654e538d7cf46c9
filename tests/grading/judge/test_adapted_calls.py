"""What a wrong answer is right for, found by calling it on other arguments than its own."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grading.handout.shipped_here import ship_here
from grading.judge.adapted_calls import adapted_calls, recognise
from grading.judge.adapted_inputs import ADAPTED
from grading.judge.evidence import SIZES, Named
from grading.judge.nested import arrays_in
from grading.probes.edits import read_model_answers
from grading.probes.model import Answer, Probe
from grading.run.slips_of_arguments import numbers_beside
from tests.grading.shipping import cases_for
from tests.problem_sets import ROOT, problem_set

ROWS = [json.loads(line) for line in (Path(__file__).parent / "written_for_other_arguments.jsonl").read_text(encoding="utf-8").splitlines()]
NAMES = sorted(path.name for path in (ROOT / "source").iterdir())


def named(probe: Probe, answer: Answer, lines: dict[int, int] | None = None, student: str = "ada") -> Named | None:
    calls = adapted_calls(probe, cases_for(probe, student), lines or {})
    return recognise(probe, calls, {call.case.number: ship_here(probe, answer, call.case.inputs) for call in calls})


def row_named(row: dict[str, Any], student: str) -> Named | None:
    answers = read_model_answers(ROOT / "source" / row["set"] / f"{row['set']}.ipynb")
    exercise, code = row["exercise"], row["code"]
    return named(problem_set(row["set"]).find(exercise), answers.answer(exercise, code), numbers_beside(code, answers.solutions[exercise]),
                 student)


@pytest.mark.parametrize("student", ["ada", *(pytest.param(name, marks=pytest.mark.slow) for name in ("ben", "cem"))])
@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['set'][:3]}-{row['exercise']}-{number}") for number, row in enumerate(ROWS)])
def test_what_an_answer_was_written_for_is_found(row: dict[str, Any], student: str) -> None:
    found = row_named(row, student)
    assert found
    assert (found.id, row["words"] in found.hint) == (row["called"], True), found.hint


def test_every_form_is_found_in_some_answer() -> None:
    called = {row["called"] for row in ROWS}
    assert called == {*ADAPTED, SIZES, "z_and_g_exchanged"}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_an_answer_is_called_a_bounded_number_of_times_on_a_bounded_number_of_entries(name: str) -> None:
    if name == "ps8_pytorch_mlp":
        pytest.importorskip("torch")
    for probe in problem_set(name).probes:
        calls = adapted_calls(probe, cases_for(probe, "ada"), {10: 1, 64: 2, 1000: 3, 784: 4})
        assert len(calls) <= 400, probe.id
        assert sum(array.size for call in calls for array in arrays_in(call.case.inputs)) < 7_000_000, probe.id


@pytest.mark.parametrize("lines", [{10**9: 1, 10**12: 2}, {number: 1 for number in range(4, 3000)}])
def test_numbers_that_are_no_sizes_cost_neither_memory_nor_time(lines: dict[int, int]) -> None:
    probe = problem_set("ps7_momentum_letters").find("backpropagation")
    calls = adapted_calls(probe, cases_for(probe, "ada"), lines)
    assert len(calls) <= 500
    assert sum(array.size for call in calls for array in arrays_in(call.case.inputs)) < 7_000_000


def test_nothing_is_called_for_a_box() -> None:
    probe = problem_set("ps3_worked_network").find("ps3_shapes")
    assert adapted_calls(probe, cases_for(probe, "ada"), {10: 1}) == []


@pytest.mark.parametrize(("exercise", "answer"), [
    ("softmax", lambda x: np.random.default_rng(1).uniform(size=x.shape)),
    ("softmax", lambda x: 1 / 0),
    ("relu", lambda x: np.zeros_like(x)),
    ("compute_layer", lambda x, w, b: 0.0),
    ("grad_ce", lambda target, logits: np.nan * logits),
])
def test_an_answer_that_is_right_for_nothing_is_called_nothing(exercise: str, answer: Answer) -> None:
    assert named(problem_set("ps7_momentum_letters").find(exercise), answer, {10: 1}) is None


def test_right_on_some_of_the_calls_is_not_right() -> None:
    probe = problem_set("ps7_momentum_letters").find("compute_layer")
    first = cases_for(probe, "ada")[0].inputs["x"]

    def but_for_one(x: Any, w: Any, b: Any) -> Any:
        return w @ x + b + 0.01 * any(one.size == first.size and np.allclose(one, first) for one in (x.T, w))
    assert named(probe, lambda x, w, b: w @ x + b)
    assert named(probe, but_for_one) is None


def test_a_size_that_explains_nothing_is_not_spoken_of() -> None:
    """A 42 that stands somewhere, beside a 10 that is the slip."""
    row = {"set": "ps7_momentum_letters", "exercise": "softmax",
           "code": "def softmax(x):\n    best = 42\n    e = np.exp(x)\n    return e / np.repeat(e.sum(1)[:, None], 10, axis=1)"}
    found = row_named(row, "ada")
    assert found is not None
    assert found.hint == ("Right where the number of columns of `x` is 10, and only there: sizes are written into your cell (10 in line 4). "
                          "Take them from the arguments, by their `shape`. A part of the points is yours.")


def test_an_exercise_can_switch_a_form_off() -> None:
    probe = problem_set("ps7_momentum_letters").find("compute_layer")
    off = replace(probe, no_relations=("samples_the_other_way", "x_and_w_exchanged"))
    assert named(off, lambda x, w, b: w @ x + b) is None
