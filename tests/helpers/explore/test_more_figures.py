"""Figures that make something of a student's own functions: what they show is what these functions say."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from helpers.explore import (
    box_figures,
    decision_border,
    filter_figures,
    probability_triangle,
    recurrent_depth,
    softened_steps,
    tape_figure,
    two_losses,
)
from tests.problem_sets import right_answers

ps1, ps2, ps3, ps5 = (right_answers(name) for name in (
    "ps1_box_functions", "ps2_softmax_jacobian", "ps3_worked_network", "ps5_modular_layers"))


def stub(*arguments: Any, **more: Any) -> Any:
    raise NotImplementedError("9.9")


@pytest.mark.parametrize("draw", [
    lambda: box_figures.draw_dimensions(stub), lambda: softened_steps.softened_steps(stub),
    lambda: filter_figures.draw_filters(stub), lambda: recurrent_depth.recurrent_depth(stub),
    lambda: probability_triangle.probability_triangle(stub, stub), lambda: two_losses.draw_two_losses(stub),
    lambda: decision_border.decision_border(stub, stub, {"ReLU": ps5.ReLU})])
def test_what_is_not_written_yet_is_waited_for(draw: Callable[[], None], capsys: pytest.CaptureFixture[str]) -> None:
    draw()
    assert capsys.readouterr().out == "Exercise 9.9 is still a stub; this part appears once it is written.\n"
    assert plt.get_fignums() == []


@pytest.mark.parametrize(("module", "arguments"), [
    (softened_steps, (ps1.boxes_parameters,)), (recurrent_depth, (ps3.recurrent_norms,)),
    (probability_triangle, (ps2.softmax, ps2.softmax_jacobian))])
def test_with_a_kernel_there_are_sliders_and_they_draw(module: ModuleType, arguments: tuple[Any, ...],
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(module, "widgets_work", lambda: True)
    monkeypatch.setattr(module, "display", shown.append)
    getattr(module, module.__name__.rsplit(".", 1)[1])(*arguments)
    assert len(shown[0].children) >= 2
    assert plt.get_fignums()


def test_boxes_against_dimensions_are_those_of_the_student() -> None:
    box_figures.draw_dimensions(ps1.boxes_needed_d)
    coarse, fine = plt.gcf().axes[0].lines[:2]
    assert coarse.get_ydata()[:3].tolist() == [2, 4, 8]
    assert fine.get_ydata()[2] == 1000


def test_hard_steps_make_an_error_of_pieces_and_soft_ones_a_smooth_one() -> None:
    params = {name: np.asarray(value, dtype=float) for name, value in ps1.boxes_parameters(np.sin, 3.0, 8).items()}
    x, moves = np.linspace(-3, 3, 25), np.linspace(-0.7, 0.7, 281)
    hard, soft = ([softened_steps._error(params, k, move, x) for move in moves] for k in (np.inf, 4.0))
    assert np.mean(np.diff(hard) == 0) > 0.9
    assert np.mean(np.diff(soft) == 0) < 0.1
    np.testing.assert_allclose(softened_steps.soft_network(x, params, np.inf), ps1.network(x, params))


def test_the_filters_are_laid_on_a_digit() -> None:
    filter_figures.draw_filters(ps3.conv2d_same)
    digit, edge, blur, sharp = (np.asarray(ax.images[0].get_array()) for ax in plt.gcf().axes)
    np.testing.assert_allclose(edge[14, 1:-1], digit[14, 2:] - digit[14, :-2])
    np.testing.assert_allclose(sharp, 2 * digit - blur)


def test_a_gradient_vanishes_with_small_weights_and_explodes_with_large_ones() -> None:
    recurrent_depth.recurrent_depth(ps3.recurrent_norms)
    small, four, large = (line.get_ydata() for line in plt.gcf().axes[0].lines[:6:2])
    np.testing.assert_allclose(small[1:] / small[:-1], 0.24, atol=0.02)
    assert 1e-4 < four[-1] < 1e-2
    assert large[-1] > 100


def test_arrows_in_the_triangle_are_columns_of_the_jacobian_and_heat_moves_to_the_middle() -> None:
    probability_triangle.draw(ps2.softmax, ps2.softmax_jacobian, (1.0, 2.0, 0.0), (0.4, 4.0))
    middle = probability_triangle.place(np.full(3, 1 / 3))
    cold, hot = ([np.array(text.xy) - text.xyann for text in ax.texts if hasattr(text, "arrowprops")] for ax in plt.gcf().axes)
    np.testing.assert_allclose(sum(cold), 0, atol=1e-12)
    np.testing.assert_allclose(hot[1], probability_triangle.place(ps2.softmax_jacobian(np.array([0.25, 0.5, 0.0]))[:, 1]))
    points = [ax.lines[-1].get_xydata()[0] for ax in plt.gcf().axes]
    assert np.linalg.norm(points[1] - middle) < np.linalg.norm(points[0] - middle)


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def test_who_is_sure_and_wrong_learns_from_cross_entropy_and_not_from_the_squared_error() -> None:
    entropy, squared = two_losses.race(sigmoid, squared=False), two_losses.race(sigmoid, squared=True)
    assert entropy[6] < 0.5 < entropy[7]
    assert squared[60] < 0.01
    two_losses.draw_two_losses(sigmoid)
    assert len(plt.gcf().axes) == 2


@pytest.mark.slow
def test_networks_learn_where_the_border_runs_and_a_layer_that_does_not_fit_is_told_of() -> None:
    class Halving(ps5.ReLU):  # type: ignore[misc,name-defined]
        def forward(self, x: Any) -> Any:
            return super().forward(x)[:, ::2]
    x, y = decision_border.spirals()
    looks, errors = decision_border.borders(ps5.define_network, ps5.train_network, ps5.ReLU, x, y)
    assert errors[0] > 0.3
    assert errors[decision_border.EPOCHS[-1]] < 0.1
    assert looks[0].shape == (70, 70)
    assert decision_border.borders(ps5.define_network, ps5.train_network, Halving, x, y) == ({}, {})


def test_points_stand_out_from_the_ground_of_either_class() -> None:
    _, ax = plt.subplots()
    x, y = decision_border.spirals()
    decision_border._draw_panel(ax, "sure", {0: np.outer(np.ones(70), np.linspace(-50, 50, 70))}, {0: 0.0}, 0, x, y)
    def light(colour: Any) -> float:
        return float(np.dot(to_rgb(colour), (0.2126, 0.7152, 0.0722)))
    grounds = [light(colour) for colour in ax.collections[0].get_facecolor()[[0, -1], :3]]
    for line in ax.lines:
        face, edge = light(line.get_markerfacecolor()), light(line.get_markeredgecolor())
        assert all(max(abs(face - ground), abs(edge - ground)) > 0.3 for ground in grounds)
        assert abs(face - edge) > 0.5


def test_a_layer_that_does_not_fit_has_a_panel_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decision_border, "borders", lambda *arguments: ({}, {}))
    decision_border.decision_border(ps5.define_network, ps5.train_network, {"Halving": None})
    assert "another number of" in plt.gcf().axes[0].get_title()


class Number:
    def __init__(self, data: float, parents: Any = ()) -> None:
        self.data, self.grad, self.parents = data, 0.0, parents

    def __mul__(self, other: "Number") -> "Number":
        return Number(self.data * other.data, (self, other))

    def backward(self) -> None:
        self.grad = 1.0


def test_the_tape_has_a_box_for_each_value_and_a_line_to_each_parent() -> None:
    tape_figure.draw_tape(Number, {"a": 2.0, "b": 3.0}, lambda a, b: a * b * a)
    [ax] = plt.gcf().axes
    values = [text.get_text().split("\n")[0] for text in ax.texts]
    assert sorted(values) == ["12", "6", "a = 2", "b = 3"]
    assert len(ax.lines) == 4
