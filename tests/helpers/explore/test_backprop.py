"""The explorer and the figures of ps4 draw what they are given, and wait for what is not written yet."""

from collections.abc import Callable
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.explore import backprop_figures, backprop_flow
from tests.problem_sets import right_answers

ps4 = right_answers("ps4_numpy_backprop")

WAITS = "Exercise 4.10 is still a stub; this part appears once it is written.\n"
RNG = np.random.default_rng(0)
IMAGES, LABELS = RNG.uniform(size=(4, 28, 28)), np.array([4, 1, 7, 0])
WEIGHTS, BIASES = ps4.initialize([784, 32, 32, 10], RNG)


def stub(*arguments: Any) -> Any:
    raise NotImplementedError("4.10")


def panels() -> list[Any]:
    return [ax for ax in plt.gcf().axes if ax.get_label() != "<colorbar>"]


def test_without_a_kernel_the_flow_is_one_figure_of_the_image_and_three_errors() -> None:
    backprop_flow.backprop_flow(ps4.gradients, IMAGES, LABELS, WEIGHTS, BIASES)
    image, *errors = panels()
    assert image.get_title() == "label 4"
    _, expected = ps4.gradients(IMAGES[0], 4, WEIGHTS, BIASES)
    for ax, error in zip(errors, expected, strict=True):
        np.testing.assert_allclose([bar.get_height() for bar in ax.patches], error)
    assert [ax.get_title() for ax in errors] == ["first hidden layer", "second hidden layer", "output"]


def test_with_a_kernel_a_slider_chooses_the_image(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    drawn: list[Any] = []
    monkeypatch.setattr(backprop_flow, "widgets_work", lambda: True)
    monkeypatch.setattr(backprop_flow, "display", shown.append)
    monkeypatch.setattr(backprop_flow, "draw", lambda gradients, image, label, weights, biases: drawn.append(label))
    backprop_flow.backprop_flow(ps4.gradients, IMAGES, LABELS, WEIGHTS, BIASES)
    slider, _ = shown[0].children
    assert isinstance(slider, ipywidgets.IntSlider)
    assert (slider.min, slider.max) == (0, 3)
    slider.value = 2
    assert drawn == [4, 7]


def test_errors_that_are_all_zero_are_drawn_too() -> None:
    backprop_flow.draw(lambda *arguments: (None, [np.zeros(32), np.zeros(32), np.zeros(10)]), IMAGES[0], 3, WEIGHTS,
                       BIASES)
    assert len(panels()) == 4


@pytest.mark.parametrize("draw", [
    lambda f: backprop_figures.draw_sigmoid(ps4.sigmoid, f or ps4.dsigmoid),
    lambda f: backprop_figures.draw_slope_of_activated(ps4.sigmoid, f or ps4.dsigmoid),
    lambda f: backprop_figures.draw_saturation(f or ps4.dsigmoid, {"raw": 300 * RNG.normal(size=(9, 4)),
                                                                   "scaled": RNG.normal(size=(9, 4))}),
    lambda f: backprop_flow.draw(f or ps4.gradients, IMAGES[0], 4, WEIGHTS, BIASES)])
def test_a_figure_has_titles_and_labels_and_waits_for_its_function(draw: Callable[..., None],
                                                                   capsys: pytest.CaptureFixture[str]) -> None:
    draw(None)
    assert all(ax.get_title() and ax.get_xlabel() for ax in panels())
    assert any(ax.get_ylabel() for ax in panels())
    plt.close("all")
    draw(stub)
    assert (capsys.readouterr().out, plt.get_fignums()) == (WAITS, [])


def test_slopes_too_small_for_the_axis_are_counted_in_the_first_bar() -> None:
    backprop_figures.draw_saturation(ps4.dsigmoid, {"raw": np.array([[0.0, 800.0, -800.0, 40.0]])})
    [ax] = panels()
    heights = [bar.get_height() for bar in ax.patches]
    assert (heights[0], sum(heights)) == (75, 100)


def test_loss_curves_keep_their_points_and_names() -> None:
    backprop_figures.draw_loss_curves({"slow": [(0, 2.3), (200, 2.0)], "fast": [(0, 2.3), (200, 1.0)]})
    [ax] = panels()
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["slow", "fast"]
    np.testing.assert_allclose(ax.lines[1].get_xydata(), [[0, 2.3], [200, 1.0]])


def test_the_race_is_drawn_in_percent_one_panel_for_each_setting() -> None:
    backprop_figures.draw_race({"raw": {"right": [0.1, 0.5], "wrong": [0.2, 0.6]}, "scaled": {"right": [0.3, 0.9]}})
    left, right = panels()
    assert (left.get_title(), right.get_title()) == ("raw", "scaled")
    np.testing.assert_allclose(left.lines[1].get_ydata(), [20, 60])


def test_features_are_columns_of_the_first_weights() -> None:
    W = np.repeat(np.arange(32.0)[None, :], 784, axis=0)
    backprop_figures.draw_features(W)
    [ax] = panels()
    tiles = np.asarray(ax.images[0].get_array())
    assert [tiles[32 * (unit // 8) + 16, 32 * (unit % 8) + 16] for unit in range(32)] == list(range(32))


def test_cosines_are_means_over_samples_and_leave_zero_gradients_out() -> None:
    one, two, none = np.array([[1.0, 0.0]]), np.array([[1.0, 1.0]]), np.zeros((1, 2))
    assert backprop_figures.mean_cosines([[one], [one], [none]], [[one], [two], [one]]) == [
        pytest.approx((1 + np.sqrt(0.5)) / 2)]


def test_gradients_whose_squares_underflow_still_have_a_direction() -> None:
    tiny = np.array([[3e-200, 4e-200]])
    assert backprop_figures.mean_cosines([[tiny]], [[np.array([[1.0, 0.0]])]]) == [pytest.approx(0.6)]


def test_bars_of_cosines_stand_beside_each_other() -> None:
    backprop_figures.draw_cosines({"at the start": [0.9, 0.8, 1.0], "later": [0.5, 0.7, 1.0]})
    [ax] = panels()
    assert [bar.get_height() for bar in ax.patches] == [0.9, 0.8, 1.0, 0.5, 0.7, 1.0]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["W[0]", "W[1]", "W[2]"]
