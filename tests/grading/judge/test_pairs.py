"""A known mistake with a relation, two slips at once, and wrong answers that nobody wrote down."""

from itertools import islice
from random import Random
from typing import Any

import numpy as np
import pytest

from grading.course.folder import Course
from grading.judge.case_outcome import run
from grading.judge.comparison import equal
from grading.judge.steps import ALL, ONE, Steps, TooLong
from grading.probes.model import Probe, Slip
from grading.probes.mutations import mutations
from grading.probes.pairs import both
from tests.grading.shipping import cases_for, graded, known_mistake
from tests.problem_sets import ROOT, problem_set, right_answers

NUMPY_SETS = [problem_set(name) for name in Course.open(ROOT).problem_sets() if not name.startswith("ps8")]
FUNCTIONS = [pytest.param(probe, id=f"{s.name}-{probe.id}") for s in NUMPY_SETS for probe in s.probes
             if cases_for(probe, "ada")[0].inputs and not isinstance(probe.reference, type)]


def outcome_is_right(probe: Probe, answer: Any, student: str) -> bool:
    return all(equal(probe, case, run(probe, answer, case), run(probe, probe.reference, case))
               for case in cases_for(probe, student))


@pytest.mark.slow
@pytest.mark.parametrize("probe", FUNCTIONS)
def test_two_slips_at_once_are_named(probe: Probe) -> None:
    pairs = [one for one in islice(probe.further, 2000) if one.hint.startswith("Two slips at once")]
    for pair in Random(3).sample(pairs, min(2, len(pairs))):
        verdict = graded(probe, pair.answer)
        if outcome_is_right(probe, pair.answer, "ada"):
            assert verdict.kind == "right"
        elif not any(run(probe, pair.answer, case).error for case in cases_for(probe, "ada")):
            assert verdict.kind in ("mistake", "wrong")


def test_a_pair_has_both_names_and_both_hints() -> None:
    probe = problem_set("ps4_numpy_backprop").find("gradients")
    pair = next(one for one in probe.further if one.id == "label_minus_guess + biases_left_out")
    verdict = graded(probe, pair.answer)
    assert verdict.mistake in (pair.id, "biases_left_out + negated")
    assert verdict.hint.startswith("Two slips at once: ")


def test_a_mistake_times_a_factor() -> None:
    ps7 = problem_set("ps7_momentum_letters")
    slip = known_mistake(ps7, "grad_ce", "logits_minus_target").answer
    assert callable(slip)
    verdict = graded(ps7.find("grad_ce"), lambda target, logits: len(target) * slip(target, logits))
    assert verdict.mistake == "logits_minus_target + scaled"


@pytest.mark.parametrize("factor", [-1.0, pytest.param(2.0, marks=pytest.mark.slow)])
@pytest.mark.parametrize("probe", FUNCTIONS)
def test_a_slip_times_a_factor_is_never_taken_for_right_nor_for_the_slip(probe: Probe, factor: float) -> None:
    for mistake in probe.mistakes[:2]:
        def times(*inputs: Any, answer: Any = mistake.answer) -> Any:
            value = answer(*inputs)
            return factor * value if isinstance(value, np.ndarray | float) else value
        if probe.use is None and probe.observe is None and isinstance(run(
                probe, times, cases_for(probe, "ada")[0]).leaves, dict):
            verdict = graded(probe, times)
            assert (verdict.kind == "right") == outcome_is_right(probe, times, "ada") or verdict.points < verdict.max_points


def test_a_slip_of_a_called_exercise_is_named_where_it_is_made_again() -> None:
    ps4 = problem_set("ps4_numpy_backprop")
    gradients = known_mistake(ps4, "gradients", "slope_of_activated").answer
    assert callable(gradients)

    def train_one_sample(sample: Any, label: int, weights: Any, biases: Any, rate: float) -> Any:
        dW, db = gradients(sample, label, weights, biases)
        return ([W - rate * d for W, d in zip(weights, dW, strict=True)],
                [b - rate * d for b, d in zip(biases, db, strict=True)])
    assert graded(ps4.find("train_one_sample"), train_one_sample).mistake == "slope_of_activated in gradients"


def test_one_part_of_a_known_mistake() -> None:
    ps7 = problem_set("ps7_momentum_letters")
    slip, right = known_mistake(ps7, "backpropagation", "value_instead_of_slope").answer, right_answers(ps7.name)
    assert callable(slip)
    verdict = graded(ps7.find("backpropagation"),
                     lambda *inputs: (*right.backpropagation(*inputs)[:3], slip(*inputs)[3]))
    assert verdict.mistake == "value_instead_of_slope"
    assert verdict.hint.startswith("In the fourth value you return: ")


def test_two_names_of_a_box_that_are_wrong_in_known_ways() -> None:
    probe = problem_set("ps1_box_functions").find("ps1_shapes")
    verdict = graded(probe, {"shape_X": (3, 50), "shape_y": (50,), "shape_loss": (1,)})
    assert (verdict.points, verdict.mistake) == (0.5, "loss_has_one_axis + X_is_transposed")
    assert graded(probe, {"shape_X": (3, 50), "shape_y": (50,), "shape_loss": (7,)}).mistake == ""


def test_a_box_with_one_number_is_told_no_relation() -> None:
    exact = problem_set("ps3_worked_network").find("ps3_loss").reference()["loss"]
    for other in (2 * exact, exact + 1, 1 / exact):
        assert graded(problem_set("ps3_worked_network").find("ps3_loss"), {"loss": other}).kind == "wrong"


def test_brackets_that_are_missing() -> None:
    verdict = graded(problem_set("ps5_modular_layers").find("sigmoid"), lambda x: 1 / 1 + np.exp(-x))
    assert verdict.mistake == "brackets_left_out"
    assert verdict.hint == ("These are the values that come out where the brackets around a denominator are missing on "
                            "the way.")


def test_edits_that_touch_the_same_text_make_no_pair() -> None:
    a, b, c = (Slip(name, old, new, "") for name, old, new in (("a", "x + y", "x"), ("b", "+ y * 2", ""), ("c", "2", "3")))
    assert both("x + y * 2", a, b) == ""
    assert both("x + y * 2", a, c) == both("x + y * 2", c, a) == "x * 3"


def test_mutations_change_one_place_each() -> None:
    found = mutations("def f(x):\n    return np.log(x) / 2", {})
    assert {one.id for one in found} >= {"log_left_out", "division_left_out", "log10_for_log"}
    assert "def f(x):\n    return x / 2" in {one.source for one in found}
    assert mutations("def f(x):\n    while x > 1:\n        x = x / 2\n    return x", {}) == []


def test_a_computation_without_end_is_given_up() -> None:
    def endless() -> None:
        while True:
            try:
                sum(range(3))
            except Exception:
                continue
    steps = Steps()
    with pytest.raises(TooLong), steps.counted():
        endless()
    assert ALL - 2 * ONE < steps.left < ALL


def test_the_same_answer_is_told_the_same_twice() -> None:
    probe = problem_set("ps2_softmax_jacobian").find("softmax_vjp")
    first, second = (graded(probe, lambda z, g: z * g + 1) for _ in range(2))
    assert first == second
