"""Problem set 1's references are right, and its inputs keep away from where answers may differ."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from grading.probes.ps1_box_functions.box2d_parameters import box2d_values
from grading.probes.ps1_box_functions.box_parameters import box_values
from grading.probes.ps1_box_functions.boxes_parameters import excess_error
from helpers.targets import absolute_value, cubic, gaussian_bump, lipschitz_constant, sine
from tests.grading.shipping import cases_for, graded
from tests.problem_sets import problem_set, right_answers

SET = problem_set("ps1_box_functions")
ps1 = right_answers("ps1_box_functions")

STUDENTS = ("ada", "ben", "cleo", "dan", "eve", "finn")
TARGETS = (sine, gaussian_bump, absolute_value, cubic)


def inputs_of(name: str) -> list[dict[str, Any]]:
    return [case.inputs for student in STUDENTS for case in cases_for(SET.find(name), student)]


def test_the_step_agrees_with_torch() -> None:
    for inputs in inputs_of("step"):
        expected = torch.heaviside(torch.tensor(inputs["x"]), torch.tensor(0.0, dtype=torch.float64))
        np.testing.assert_array_equal(ps1.step(inputs["x"]), expected.numpy())


def test_the_networks_agree_with_one_neuron_at_a_time() -> None:
    for inputs in inputs_of("network"):
        p = inputs["params"]
        expected = [p["b2"] + sum(w2 for w1, b1, w2 in zip(p["W1"], p["b1"], p["W2"], strict=True) if w1 * x + b1 > 0)
                    for x in inputs["x"]]
        np.testing.assert_allclose(ps1.network(inputs["x"], p), expected, atol=1e-12)
    for inputs in inputs_of("network2d"):
        p = {key: torch.tensor(value, dtype=torch.float64) for key, value in inputs["params"].items()}
        for point, y in zip(torch.tensor(inputs["X"]), ps1.network2d(inputs["X"], inputs["params"]), strict=True):
            first = torch.stack([torch.dot(w, point) + b > 0 for w, b in zip(p["W1"], p["b1"], strict=True)]).double()
            second = torch.stack([torch.dot(w, first) + b > 0 for w, b in zip(p["W2"], p["b2"], strict=True)]).double()
            assert y == pytest.approx(float(torch.dot(second, p["W3"]) + p["b3"]))


def test_the_reference_boxes_are_h_inside_and_0_outside() -> None:
    x = np.array([-9.0, -0.01, 0.01, 0.4, 0.69, 0.71, 5.0])
    np.testing.assert_allclose(ps1.network(x, ps1.box_parameters(-2.5, 0.7)), [0, 0, -2.5, -2.5, -2.5, 0, 0])
    X = np.array([[0.1, 0.1], [0.6, 1.9], [-0.1, 1.0], [0.8, 1.0], [0.3, -0.1], [0.3, 2.1], [9.0, 9.0]])
    np.testing.assert_allclose(ps1.network2d(X, ps1.box2d_parameters(3.0, 0.7, 2.0)), [3, 3, 0, 0, 0, 0, 0])


def test_the_catalogue_s_box_and_its_scaled_forms_draw_the_same_function() -> None:
    inputs = {"h": 1.7, "delta": 0.6}
    expected = box_values(inputs, ps1.box_parameters(**inputs))
    for scale in (1.0, 2.0, 0.1):
        params = {"W1": scale * np.ones(2), "b1": scale * np.array([0, -0.6]), "W2": np.array([1.7, -1.7]), "b2": 0.0}
        np.testing.assert_allclose(box_values(inputs, params), expected, atol=1e-12)


@pytest.mark.parametrize("f", TARGETS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("n", [1, 2, 7, 40])
@pytest.mark.parametrize("B", [0.5, 2.0, 3.3])
def test_measured_errors_stay_within_the_bound_and_come_close_to_it(f: Callable[..., Any], B: float, n: int) -> None:
    x = -B + 2 * B * (np.arange(9973) + 0.5) / 9973
    bound = ps1.max_error_bound(lipschitz_constant(f, B), B, n)
    error = np.max(np.abs(ps1.network(x, ps1.boxes_parameters(f, B, n)) - f(x)))
    assert error <= bound + 1e-9
    assert error > 0.8 * bound or n < 40


@pytest.mark.parametrize("f", TARGETS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("B", [0.5, 2.0, 3.3])
def test_no_target_is_steeper_than_its_lipschitz_constant(f: Callable[..., Any], B: float) -> None:
    x = torch.linspace(-B, B, 4001, dtype=torch.float64).numpy()
    slopes = np.abs(np.diff(f(x)) / np.diff(x))
    assert slopes.max() <= lipschitz_constant(f, B) + 1e-9


def test_the_number_of_boxes_is_the_smallest_that_meets_eps() -> None:
    for inputs in inputs_of("boxes_needed"):
        n = ps1.boxes_needed(**inputs)
        assert type(n) is int
        assert inputs["lipschitz"] * inputs["B"] / n <= inputs["eps"] < inputs["lipschitz"] * inputs["B"] / (n - 1)


def test_the_l1_references_agree_with_torch_autograd() -> None:
    for inputs in inputs_of("l1_subgradient"):
        X, w, y = (torch.tensor(inputs[key]) for key in ("X", "w", "y"))
        w.requires_grad_()
        loss = torch.nn.functional.l1_loss(X @ w, y)
        loss.backward()  # type: ignore[no-untyped-call]
        assert w.grad is not None
        assert ps1.l1_loss(**inputs) == pytest.approx(loss.item())
        np.testing.assert_allclose(ps1.l1_subgradient(**inputs), w.grad.numpy(), atol=1e-12)


def test_no_input_sits_where_more_than_one_answer_is_right() -> None:
    for inputs in inputs_of("step"):
        assert np.abs(inputs["x"]).min() >= 0.1
    for inputs in inputs_of("l1_subgradient"):
        residual = inputs["X"] @ inputs["w"] - inputs["y"]
        assert np.abs(residual).min() > 0.09
        assert residual.min() < 0 < residual.max()
    for inputs in inputs_of("boxes_needed"):
        quotient = inputs["lipschitz"] * inputs["B"] / inputs["eps"]
        assert 0.09 < quotient % 1 < 0.91


@pytest.mark.parametrize("shift", [-1e-6, 1e-6])
def test_the_grids_stay_clear_of_the_edges_of_boxes(shift: float) -> None:
    for inputs in inputs_of("box_parameters"):
        params = ps1.box_parameters(**inputs)
        moved = {**params, "b1": params["b1"] + shift * params["W1"]}
        np.testing.assert_array_equal(box_values(inputs, moved), box_values(inputs, params))
    for inputs in inputs_of("box2d_parameters"):
        params = ps1.box2d_parameters(**inputs)
        moved = {**params, "b1": params["b1"] + shift * params["W1"].sum(axis=1)}
        np.testing.assert_array_equal(box2d_values(inputs, moved), box2d_values(inputs, params))
    for inputs in inputs_of("boxes_parameters"):
        params = ps1.boxes_parameters(**inputs)
        moved = {**params, "b1": params["b1"] + shift * params["W1"]}
        assert not excess_error(inputs, moved).any()


def test_first_layers_and_second_layers_of_unequal_width_are_tried() -> None:
    shapes = {np.shape(inputs["params"]["W2"]) for inputs in inputs_of("network2d")}
    assert any(K != H for K, H in shapes)
    assert all(K >= 3 for K, H in shapes)


def test_layers_that_do_not_fit_together_are_explained() -> None:
    def mismatched(h: float, delta_x: float, delta_y: float) -> dict[str, Any]:
        return {**ps1.box2d_parameters(h, delta_x, delta_y), "W2": np.ones((1, 3))}
    verdict = graded(SET.find("box2d_parameters"), mismatched)
    assert verdict.points == 0
    assert "with W2 of shape (1, 3), W1 should have shape (3, 2), yours has (4, 2)" in verdict.hint


def test_shapes_earn_their_points_one_by_one() -> None:
    wrong_twice = {"shape_X": (3, 50), "shape_y": (50,), "shape_loss": (50,)}
    assert graded(SET.find("ps1_shapes"), wrong_twice).points == 0.5
