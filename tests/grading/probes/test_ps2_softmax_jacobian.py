"""Problem set 2's references agree with torch, and its points and hints say what the text promises."""


import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from helpers.targets import TARGETS, neighbour_waves, polar_to_cartesian, torus_point
from tests.grading.shipping import cases_for, graded, known_mistake
from tests.problem_sets import problem_set, right_answers

SET = problem_set("ps2_softmax_jacobian")
ps2 = right_answers("ps2_softmax_jacobian")

PROBES = SET.probes
STUDENTS = ("ada", "ben", "cleo", "dan", "eve", "finn")
# torch takes a second over its first call, which is no fault of an example.
slow_start = settings(deadline=None)
logits = arrays(np.float64, st.integers(1, 8), elements=st.floats(-30, 30))


def test_an_answer_without_the_shift_keeps_the_points_for_ordinary_logits() -> None:
    verdict = graded(SET.find("softmax"), known_mistake(SET, "softmax", "no_shift"))
    assert (verdict.points, verdict.max_points) == (2.25, 3)


def test_forward_differences_keep_the_points_for_the_bookkeeping() -> None:
    verdict = graded(SET.find("numerical_jacobian"), known_mistake(SET, "numerical_jacobian", "forward_difference"))
    assert (verdict.points, verdict.max_points) == (3.5, 5)


def test_a_changed_argument_costs_a_quarter_of_a_point() -> None:
    verdict = graded(SET.find("softmax"), known_mistake(SET, "softmax", "shifted_in_place"))
    assert (verdict.points, verdict.max_points) == (2.75, 3)


def test_a_sign_slip_off_the_diagonal_is_answered_with_the_row_sums() -> None:
    verdict = graded(SET.find("softmax_jacobian"), known_mistake(SET, "softmax_jacobian", "plus_off_the_diagonal"))
    assert verdict.hint == ("Raising one logit takes probability away from the other classes, so look at the sign "
                            "where i ≠ j. Each row of J should sum to zero.")


def test_hints_hold_no_code() -> None:
    for probe in PROBES:
        for mistake in probe.mistakes:
            assert not any(word in mistake.hint for word in ("np.", "(z)", "return", "@", "=="))
            assert mistake.hint.endswith((".", "?"))


# The references against torch

@slow_start
@given(logits)
def test_softmax_agrees_with_torch(z: np.ndarray) -> None:
    np.testing.assert_allclose(ps2.softmax(z), torch.softmax(torch.tensor(z), 0).numpy(), rtol=1e-10, atol=1e-15)


@pytest.mark.parametrize("level", [1e4, -1e4])
def test_softmax_and_its_logarithm_survive_huge_logits(level: float) -> None:
    z = level + np.array([0.0, np.log(3.0), -2000.0])
    np.testing.assert_allclose(ps2.softmax(z), [0.25, 0.75, 0.0], rtol=1e-9)
    np.testing.assert_allclose(ps2.log_softmax(z), np.log([0.25, 0.75, 0.25]) + np.array([0, 0, -2000]), rtol=1e-9)
    assert ps2.cross_entropy(z, 2) == pytest.approx(2000 + np.log(4))


@slow_start
@given(st.integers(1, 5).flatmap(lambda K: arrays(np.float64, (3, K), elements=st.floats(-30, 30))))
def test_softmax_batch_agrees_with_torch(Z: np.ndarray) -> None:
    np.testing.assert_allclose(ps2.softmax_batch(Z), torch.softmax(torch.tensor(Z), 1).numpy(), rtol=1e-10, atol=1e-15)


@slow_start
@given(logits)
def test_the_jacobian_agrees_with_autograd_is_symmetric_and_has_zero_row_sums(z: np.ndarray) -> None:
    J = ps2.softmax_jacobian(z)
    autograd = torch.autograd.functional.jacobian(lambda t: torch.softmax(t, 0), torch.tensor(z))
    np.testing.assert_allclose(J, autograd.numpy(), rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(J, J.T, atol=1e-15)
    np.testing.assert_allclose(J.sum(axis=1), 0, atol=1e-14)


@slow_start
@given(logits, st.integers(0, 2**32 - 1))
def test_the_vjp_agrees_with_autograd(z: np.ndarray, seed: int) -> None:
    g = np.random.default_rng(seed).normal(size=z.size)
    t = torch.tensor(z, requires_grad=True)
    torch.softmax(t, 0).backward(torch.tensor(g))
    assert t.grad is not None
    np.testing.assert_allclose(ps2.softmax_vjp(z, g), t.grad.numpy(), rtol=1e-9, atol=1e-14)


@slow_start
@given(logits, st.data())
def test_loss_and_gradient_agree_with_autograd(z: np.ndarray, data: st.DataObject) -> None:
    label = data.draw(st.integers(0, z.size - 1))
    t = torch.tensor(z, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(t[None], torch.tensor([label]))
    loss.backward()
    assert t.grad is not None
    np.testing.assert_allclose(ps2.cross_entropy(z, label), loss.item(), rtol=1e-9, atol=1e-13)
    np.testing.assert_allclose(ps2.cross_entropy_grad(z, label), t.grad.numpy(), rtol=1e-8, atol=1e-13)
    np.testing.assert_allclose(ps2.cross_entropy_grad(z, label), ps2.softmax(z) - np.eye(z.size)[label], atol=1e-13)
    np.testing.assert_allclose(ps2.log_softmax(z), torch.log_softmax(torch.tensor(z), 0).numpy(), rtol=1e-9, atol=1e-13)


def test_the_numerical_jacobian_agrees_with_jacobians_worked_out_by_hand() -> None:
    r, theta = p = np.array([1.5, 0.7])
    by_hand = [[np.cos(theta), -r * np.sin(theta)], [np.sin(theta), r * np.cos(theta)]]
    np.testing.assert_allclose(ps2.numerical_jacobian(polar_to_cartesian, p, 1e-5), by_hand, atol=1e-9)

    a, b = p
    R = 2 + np.cos(b)
    by_hand = [[-R * np.sin(a), -np.sin(b) * np.cos(a)], [R * np.cos(a), -np.sin(b) * np.sin(a)], [0, np.cos(b)]]
    np.testing.assert_allclose(ps2.numerical_jacobian(torus_point, p, 1e-5), by_hand, atol=1e-9)

    z = np.array([0.5, -1.2, 2.0])
    by_hand = [[2 * z[0] * np.sin(z[1]), z[0] ** 2 * np.cos(z[1]), 0],
               [0, 2 * z[1] * np.sin(z[2]), z[1] ** 2 * np.cos(z[2])]]
    np.testing.assert_allclose(ps2.numerical_jacobian(neighbour_waves, z, 1e-5), by_hand, atol=1e-9)


# The inputs

@pytest.mark.parametrize("student", STUDENTS)
def test_inputs_show_every_mistake(student: str) -> None:
    for probe in (probe for probe in PROBES if not probe.catches):
        for case in cases_for(probe, student):
            z = case.inputs["Z" if probe.id == "softmax_batch" else "z"]
            assert z.dtype == np.float64
            assert np.abs(z).max() <= 1e4
            assert all(type(case.inputs[key]) is int for key in case.inputs.keys() & {"label"})
            if "f" in case.inputs:
                assert TARGETS[case.inputs["f"].__name__] is case.inputs["f"]
            elif case.group == "ordinary":
                assert z.shape[-1] >= 3
            if probe.id == "softmax_batch":
                assert (z.shape[0] == z.shape[1]) is (case.group == "square")


def test_huge_logits_underflow_a_probability_and_ask_for_the_loss_of_just_that_class() -> None:
    probe = SET.find("cross_entropy")
    extreme = [case.inputs for case in cases_for(probe, "ada") if case.group != "ordinary"]
    assert len(extreme) == 4
    assert {np.sign(inputs["z"].max()) for inputs in extreme} == {1.0, -1.0}
    for inputs in extreme:
        assert ps2.softmax(inputs["z"])[inputs["label"]] == 0.0
