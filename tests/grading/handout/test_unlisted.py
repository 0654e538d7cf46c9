"""Wrong answers that nobody listed are called something: planted faults of the judge must be found."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

import grading.judge.explaining as explaining
from grading.course.folder import Course
from grading.handout.unlisted import of_the_solution, try_unlisted
from grading.judge.relations import RELATIONS
from grading.probes.model import Cases, Mistake, Point, Probe
from tests.problem_sets import ROOT, problem_set

SECRET = b"s" * 32
# No change of a right value: tests/grading/judge, and tests/grading/probes for answers that are tests.
ELSEWHERE = {"cut_to_whole_numbers", "entry_not_taken", "first_sample_only", "held_back", "last_sample_only", "length_returned",
             "lets_some_through", "list_of_arrays", "not_finite", "other_the_second_time", "rejects_right_ones", "single_precision",
             "sizes_written_in", "square_only", "stops_on_other_shapes", "text_returned"}


@pytest.mark.slow
def test_every_relation_is_said_at_least_once() -> None:
    called: Counter[str] = Counter()
    for name, exercises in {"ps2_softmax_jacobian": ("softmax_batch", "softmax_vjp", "cross_entropy", "log_softmax"),
                            "ps4_numpy_backprop": ("sigmoid", "dsigmoid"), "ps6_two_layer_network": ("backward", "GD"),
                            "ps7_momentum_letters": ("momentum_update",)}.items():
        for exercise in exercises:
            tried = try_unlisted(problem_set(name).find(exercise), SECRET, name)
            called.update(word for one in tried for word in one.called.split(" + "))
    assert set(RELATIONS) - set(called) == ELSEWHERE


def test_a_mistake_with_a_factor_is_called_both_also_where_the_answer_is_one_number() -> None:
    tried = {one.what: one.called for one in try_unlisted(problem_set("ps1_box_functions").find("l1_loss"), SECRET, "ps1")}
    assert tried["mean_squared, negated"] == "mean_squared + negated"
    assert tried["mean_squared, scaled"] == "mean_squared + scaled"
    assert tried["negated"] == "negated"


def test_a_mistake_of_another_form_with_a_factor_is_called_both() -> None:
    probe = problem_set("ps3_worked_network").find("conv2d_same")
    assert {one.what: one.called for one in try_unlisted(probe, SECRET, "ps3")}["no_padding, negated"] == "no_padding + negated"


def test_two_mistakes_at_once_are_called_something() -> None:
    tried = list(try_unlisted(problem_set("ps2_softmax_jacobian").find("softmax_vjp"), SECRET, "ps2"))
    assert len([one for one in tried if one.what.count(" + ") and one.called]) == 3


def double(x: np.ndarray) -> np.ndarray:
    return 2 * x


def plus_square(x: np.ndarray) -> np.ndarray:
    return x + x * x


def toy(draw: str = "normal", **changes: object) -> Probe:
    cases = {"ordinary": Cases(lambda rng: {"x": getattr(rng, draw)(size=6)} if draw == "normal" else {"x": rng.integers(9, size=6)})}
    return replace(Probe("double", double, cases, [Point("twice", 1.0)], slips=[Mistake(plus_square, "Twice, not the square more.")],
                         further=[Mistake(lambda x: x / 3, "A third.")]), **changes)  # type: ignore[arg-type]


def test_a_judge_that_says_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(one.called for one in try_unlisted(toy(), SECRET, "toy"))
    monkeypatch.setattr(explaining, "related_to_mistake", lambda *evidence: None)
    assert [one.what for one in try_unlisted(toy(), SECRET, "toy") if not one.called] == ["plus_square, negated", "plus_square, scaled"]


def test_what_an_exercise_switches_off_is_not_asked_for() -> None:
    assert "shifted" in {one.what for one in try_unlisted(toy(), SECRET, "toy")}
    assert "shifted" not in {one.what for one in try_unlisted(toy(no_relations=["shifted"]), SECRET, "toy")}


def test_values_that_say_too_little_are_not_asked_for() -> None:
    assert list(try_unlisted(toy("integers"), SECRET, "toy")) == []


def test_every_change_is_a_change() -> None:
    for value in (np.arange(1.0, 7.0).reshape(2, 3) / 7, 0.123456, (np.arange(3.0) / 7, 2.123456), {"a": np.arange(3.0) / 7, "b": 0.123456}):
        for name, changed in of_the_solution(value).items():
            assert repr(changed) != repr(value) or name == "axis_dropped", name


@pytest.mark.parametrize("name", Course.open(ROOT).problem_sets())
def test_every_set_has_answers_to_try_or_none_that_can_be_changed(name: str) -> None:
    plain = [probe for probe in problem_set(name).probes if probe.use is None and probe.observe is None and probe.cases]
    found = any(any(True for _ in try_unlisted(probe, SECRET, name)) for probe in plain[:2])  # one will do
    assert name in ("ps3_worked_network", "ps8_pytorch_mlp") or found
