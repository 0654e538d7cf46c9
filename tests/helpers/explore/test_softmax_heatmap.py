"""The explorer and the figures of ps2 draw what they are given, and wait for what is not written yet."""

from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.explore import softmax_figures, softmax_heatmap
from tests.problem_sets import right_answers

ps2 = right_answers("ps2_softmax_jacobian")

WAITS = "Exercise 2.5 is still a stub; this part appears once it is written.\n"


def stub(*arguments: Any) -> Any:
    raise NotImplementedError("2.5")


def test_without_a_kernel_there_is_one_figure_with_jacobian_and_row_sums() -> None:
    softmax_heatmap.softmax_heatmap(ps2.softmax, ps2.softmax_jacobian)
    [number] = plt.get_fignums()
    bars, matrix, sums, _ = plt.figure(number).axes
    y = ps2.softmax(np.array(softmax_heatmap.START))
    np.testing.assert_allclose([bar.get_height() for bar in bars.patches], y)
    np.testing.assert_allclose(matrix.images[0].get_array(), ps2.softmax_jacobian(np.array(softmax_heatmap.START)))
    np.testing.assert_allclose(sums.lines[1].get_ydata(), np.zeros(4), atol=1e-15)


def test_a_stub_gets_a_sentence_and_no_figure(capsys: pytest.CaptureFixture[str]) -> None:
    softmax_heatmap.softmax_heatmap(ps2.softmax, stub)
    assert (capsys.readouterr().out, plt.get_fignums()) == (WAITS, [])


def test_with_a_kernel_there_is_a_slider_for_every_logit(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    drawn: list[Any] = []
    monkeypatch.setattr(softmax_heatmap, "widgets_work", lambda: True)
    monkeypatch.setattr(softmax_heatmap, "display", shown.append)
    monkeypatch.setattr(softmax_heatmap, "draw", lambda softmax, jacobian, logits: drawn.append(logits))
    softmax_heatmap.softmax_heatmap(ps2.softmax, ps2.softmax_jacobian)
    *sliders, _ = shown[0].children
    assert [(slider.description, slider.value) for slider in sliders] == [
        ("z[0]", 1.0), ("z[1]", 2.0), ("z[2]", 0.0), ("z[3]", -1.0)]
    assert all(isinstance(slider, ipywidgets.FloatSlider) for slider in sliders)
    sliders[2].value = 3.0
    assert drawn == [[1.0, 2.0, 0.0, -1.0], [1.0, 2.0, 3.0, -1.0]]


Z = np.array([1.0, 2.0, 0.0])


@pytest.mark.parametrize("draw", [
    lambda f: softmax_figures.draw_probabilities(f or ps2.softmax),
    lambda f: softmax_figures.draw_measured(ps2.softmax, f or ps2.numerical_jacobian, Z),
    lambda f: softmax_figures.draw_cost(f or ps2.softmax_jacobian, ps2.softmax_vjp),
    lambda f: softmax_figures.draw_gradient(ps2.softmax, f or ps2.cross_entropy_grad, Z, 1),
])
def test_a_figure_has_titles_and_labels_and_waits_for_its_function(draw: Any, capsys: pytest.CaptureFixture[str]) -> None:
    draw(None)
    axes = [ax for ax in plt.gcf().axes if ax.get_label() != "<colorbar>"]
    assert axes
    assert all(ax.get_title() and ax.get_xlabel() for ax in axes)
    assert axes[0].get_ylabel()
    plt.close("all")
    draw(stub)
    assert (capsys.readouterr().out, plt.get_fignums()) == (WAITS, [])


def test_steps_to_both_sides_are_more_exact_until_rounding_takes_over() -> None:
    softmax_figures.draw_step_sizes()
    one_side, both_sides = plt.gca().lines
    eps, error = np.array(one_side.get_xdata()), np.array(one_side.get_ydata())
    error_both = np.array(both_sides.get_ydata())
    coarse = eps > 1e-4
    assert np.all(error_both[coarse] < error[coarse])
    assert error_both.min() < 1e-10 < 1e-9 < error.min()
    assert error_both[0] > 1e-7


def test_the_weights_of_ten_digits_are_ten_tiles_in_order() -> None:
    W = np.repeat(np.arange(10.0)[None, :], 784, axis=0)
    softmax_figures.draw_weights(W, np.ones(500))
    curve, images = plt.gcf().axes
    tiles = np.array(images.images[0].get_array())
    assert tiles.shape == (56, 140)
    assert [tiles[28 * (d // 5) + 5, 28 * (d % 5) + 5] for d in range(10)] == list(range(10))
    np.testing.assert_allclose(curve.lines[0].get_ydata(), np.ones(301))
