"""An answer that is itself a test is tried on implementations that are known to be right and wrong."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grading.probes.implementations import Implementation, implementation_among, with_implementations
from grading.probes.loading import load
from grading.probes.model import Catches, Probe, ProblemSet
from tests.grading.shipping import graded

ROOT = Path(__file__).resolve().parents[3]
SETS = {"catches_wrong_softmax": load("ps2_softmax_jacobian", ROOT), "catches_wrong_gradients": load("ps4_numpy_backprop", ROOT)}
EXERCISES = sorted(SETS)


def probe(exercise: str) -> Probe:
    return SETS[exercise].find(exercise)


def exercise_under(exercise: str) -> Probe:
    catches = probe(exercise).catches
    assert catches
    return SETS[exercise].find(catches.exercise)


def implementations(exercise: str, group: str) -> list[Implementation]:
    cases = probe(exercise).cases[group]
    found = [implementation_among(cases.drawn(index, np.random.default_rng(0))) for index in range(cases.count)]
    return [one for one in found if one]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_what_is_called_right_gets_full_points_in_its_own_exercise(exercise: str) -> None:
    *right, obvious = implementations(exercise, "ordinary")
    assert len(right) >= 4
    assert not obvious.right
    for one in right:
        assert one.right
        assert graded(exercise_under(exercise), one.answer).kind == "right"


@pytest.mark.parametrize("exercise", EXERCISES)
def test_ten_slips_are_wrong_and_known_in_their_own_exercise(exercise: str) -> None:
    groups = [group for group in probe(exercise).cases if group != "ordinary"]
    assert len(groups) == 10
    for group in groups:
        [one] = implementations(exercise, group)
        verdict = graded(exercise_under(exercise), one.answer)
        assert (one.right, verdict.mistake) == (False, group)
        assert verdict.points < verdict.max_points


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_answer_that_always_says_the_same_gets_nothing(exercise: str) -> None:
    for same in (True, False):
        verdict = graded(probe(exercise), lambda f, same=same: same)
        assert (verdict.points, verdict.mistake) == (0.0, "accepts_everything" if same else "rejects_everything")


def test_stopping_is_as_good_as_false_for_a_wrong_one_and_not_for_a_right_one() -> None:
    def raising(softmax: Any) -> bool:
        for level in (0.0, 1e4, -1e4):
            np.testing.assert_allclose(softmax(np.log([1.0, 3.0]) + level), [0.25, 0.75], rtol=1e-6)
        return True

    def fussy(softmax: Any) -> bool:
        raise ValueError("never again")
    assert graded(probe("catches_wrong_softmax"), raising).kind == "right"
    verdict = graded(probe("catches_wrong_softmax"), fussy)
    assert (verdict.points, verdict.kind) == (0.0, "error")
    assert "and not of everything: catches_wrong_softmax stopped with ValueError: never again" in verdict.hint


def test_feedback_names_the_slips_that_got_through_by_their_idea() -> None:
    def sums_to_one(softmax: Any) -> bool:
        return bool(np.isclose(softmax(np.array([0.3, -1.0, 2.0])).sum(), 1))
    verdict = graded(probe("catches_wrong_softmax"), sums_to_one)
    missed = {point.name for point in verdict.named if not point.earned}
    assert "says False of one with powers of 2 instead of e" in missed
    assert "says False of one that forgets to divide by the total" not in missed


def test_what_gets_through_and_what_is_rejected_have_names() -> None:
    def finite(softmax: Any) -> bool:
        y = softmax(np.array([0.0, np.log(3.0), np.log(2.0)]))
        return bool(np.allclose(y, [1 / 6, 1 / 2, 1 / 3]) and np.isfinite(softmax(np.array([800.0, 0.0]))).all())

    def exact(softmax: Any) -> bool:
        z = np.array([0.3, -1.2, 2.7, 0.1])
        e = np.exp(z - z.max())
        return bool((softmax(z) == e / e.sum()).all() and np.isfinite(softmax(z + 1e4)).all())
    verdict = graded(probe("catches_wrong_softmax"), finite)
    assert verdict.mistake == "lets_some_through"
    assert verdict.hint == ("`catches_wrong_softmax` says True of one that clips large logits. For which arguments would that show?")
    verdict = graded(probe("catches_wrong_softmax"), exact)
    assert (verdict.mistake, verdict.points) == ("rejects_right_ones", 0.0)
    assert verdict.hint.startswith("`catches_wrong_softmax` does not say True of some implementations that are right.")


@pytest.mark.parametrize("said", [np.array([True, False]), np.zeros((0, 2)), None, "True", [1, 2, 3]])
def test_whatever_a_test_says_is_a_wrong_answer_and_no_fault_of_ours(said: Any) -> None:
    assert graded(probe("catches_wrong_softmax"), lambda softmax: said).points == 0


def test_what_an_implementation_does_to_its_arguments_is_not_seen() -> None:
    def spoils(z: Any) -> Any:
        z *= 0
        return z
    z = np.ones(3)
    Implementation(spoils, False)(z)
    np.testing.assert_array_equal(z, np.ones(3))


def made_of(catches: Catches, problem_set: ProblemSet) -> Probe:
    softmax = problem_set.find("softmax")
    return with_implementations(replace(probe("catches_wrong_softmax"), catches=catches), [softmax], {"softmax": softmax.reference})


def test_a_slip_or_a_right_answer_that_nobody_has_tried_is_refused() -> None:
    known = probe("catches_wrong_softmax").catches
    assert known
    with pytest.raises(ValueError, match="softmax has no slip no_such"):
        made_of(replace(known, slips={"no_such": "one"}), SETS["catches_wrong_softmax"])
    with pytest.raises(ValueError, match="must be among the variants of softmax"):
        made_of(replace(known, right=[np.exp]), SETS["catches_wrong_softmax"])
