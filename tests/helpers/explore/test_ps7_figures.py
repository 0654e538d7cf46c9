"""The explorers and figures of ps7 draw what they are given, and wait for what is not written yet."""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.explore import first_layer, layer_health, letter_figures, ravine
from tests.problem_sets import right_answers

momentum_update = right_answers("ps7_momentum_letters").momentum_update


def stub(*arguments: Any) -> Any:
    raise NotImplementedError("7.12")


# The ravine

def test_without_momentum_the_path_is_that_of_gradient_descent() -> None:
    path = ravine.path(momentum_update, 0.0, 0.02)
    factors = (1 - 0.02 * ravine.CURVATURES) ** np.arange(ravine.STEPS + 1)[:, None]
    np.testing.assert_allclose(path, ravine.START * factors, atol=1e-12)


def test_momentum_gets_a_thousand_times_lower_at_the_settings_of_the_caption() -> None:
    plain, heavy = (ravine.height(ravine.path(momentum_update, gamma, 0.03)[-1]) for gamma in (0.0, 0.8))
    assert heavy < plain / 1000


def test_plain_descent_flies_out_beyond_two_over_the_curvature() -> None:
    def last(alpha: float) -> float:
        return float(ravine.height(ravine.path(momentum_update, 0.0, alpha)[-1]))
    start = float(ravine.height(ravine.START))
    assert last(0.066) < start < last(0.068)


@pytest.mark.parametrize("gamma", [0.0, 0.5, 0.9])
def test_the_largest_step_with_momentum_is_what_the_caption_says(gamma: float) -> None:
    limit, start = 2 * (1 + gamma) / 30, float(ravine.height(ravine.START))
    low, high = (float(ravine.height(ravine.path(momentum_update, gamma, alpha, ravine.MANY)[-1]))
                 for alpha in (0.985 * limit, 1.015 * limit))
    assert low < start < high


def test_the_curves_of_the_largest_step_cross_the_height_of_the_start_at_the_limits() -> None:
    ravine.draw_largest_step(momentum_update)
    left, right = plt.gcf().axes
    across = {line.get_label(): np.abs(line.get_ydata()) for line in left.lines}
    assert across["α = 0.06"][-1] < 0.2 < across["α = 0.06"][0]
    assert across["α = 0.0667"] == pytest.approx(1.4)
    assert across["α = 0.07"][-1] > 9
    *curves, level = right.lines
    assert [line.get_label() for line in curves] == ["γ = 0", "γ = 0.5", "γ = 0.9"]
    above = [line.get_xdata()[line.get_ydata() > level.get_ydata()[0]].min() for line in curves]
    np.testing.assert_allclose(above, [2 / 30, 3 / 30, 3.8 / 30], atol=0.002)


def test_the_largest_step_waits_for_the_exercise(capsys: pytest.CaptureFixture[str]) -> None:
    ravine.draw_largest_step(stub)
    assert capsys.readouterr().out == "Exercise 7.12 is still a stub; this part appears once it is written.\n"
    assert plt.get_fignums() == []


def test_without_a_kernel_there_is_one_figure_with_two_paths_and_two_heights() -> None:
    ravine.ravine(momentum_update)
    [number] = plt.get_fignums()
    left, right = plt.figure(number).axes
    assert [line.get_label() for line in left.lines[:2]] == ["γ = 0", "γ = 0.8"]
    assert [len(line.get_ydata()) for line in right.lines] == [ravine.STEPS + 1] * 2
    assert all(ax.get_title() and ax.get_xlabel() and ax.get_ylabel() for ax in (left, right))


def test_with_a_kernel_two_sliders_move_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    drawn: list[Any] = []
    monkeypatch.setattr(ravine, "widgets_work", lambda: True)
    monkeypatch.setattr(ravine, "display", shown.append)
    monkeypatch.setattr(ravine, "draw", lambda update, gamma, alpha: drawn.append((gamma, alpha)))
    ravine.ravine(momentum_update)
    gamma, _alpha, _ = shown[0].children
    gamma.value = 0.5
    assert drawn == [(0.8, 0.03), (0.5, 0.03)]


def test_a_stub_gets_a_sentence_and_no_figure(capsys: pytest.CaptureFixture[str]) -> None:
    ravine.ravine(stub)
    assert capsys.readouterr().out == "Exercise 7.12 is still a stub; this part appears once it is written.\n"
    assert plt.get_fignums() == []


# The first layer

RECORDED = {epoch: np.outer(np.arange(784.0), np.arange(1, 12)) * epoch for epoch in (1, 20, 5)}


def test_every_unit_is_a_tile_of_its_own_weights() -> None:
    first_layer.draw(RECORDED[1], 1, 5.0)
    image, _ = plt.gcf().axes
    sheet = np.array(image.images[0].get_array())
    assert sheet.shape == (60, 270)
    for unit in (0, 8, 9, 10):
        row, column = divmod(unit, 9)
        tile = sheet[30 * row + 1:30 * row + 29, 30 * column + 1:30 * column + 29]
        np.testing.assert_array_equal(tile, RECORDED[1][:, unit].reshape(28, 28))
    assert image.get_title() == "weights of 11 hidden units after 1 epoch"


def test_without_a_kernel_the_first_and_the_last_epoch_are_drawn() -> None:
    first_layer.first_layer(RECORDED)
    assert [plt.figure(number).axes[0].get_title()[-8:] for number in plt.get_fignums()] == [" 1 epoch", "0 epochs"]


def test_with_a_kernel_a_slider_runs_through_the_epochs_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    drawn: list[int] = []
    monkeypatch.setattr(first_layer, "widgets_work", lambda: True)
    monkeypatch.setattr(first_layer, "display", shown.append)
    monkeypatch.setattr(first_layer, "draw", lambda weights, epoch, bound: drawn.append(epoch))
    first_layer.first_layer(RECORDED)
    slider = shown[0].children[0]
    assert list(slider.options) == [1, 5, 20]
    slider.value = 5
    assert drawn == [20, 5]


# Letters and curves

def test_letters_stand_in_columns() -> None:
    labels = np.array([1, 0, 1, 0, 2, 2])
    images = np.arange(6)[:, None, None] * np.ones((6, 28, 28))
    letter_figures.draw_letters(images, labels, ("A", "B", "C"), each=2)
    ax = plt.gca()
    sheet = np.array(ax.images[0].get_array())
    np.testing.assert_array_equal(sheet[::28, ::28], [[1, 0, 4], [3, 2, 5]])
    assert [label.get_text() for label in ax.get_xticklabels()] == ["A", "B", "C"]


def test_a_history_has_loss_and_accuracy_of_both_sets_from_epoch_one() -> None:
    history = {"train_loss": [2.0, 1.0], "valid_loss": [2.1, 1.5], "train_accuracy": [0.5, 0.7],
               "valid_accuracy": [0.4, 0.6]}
    letter_figures.draw_history(history, "letters")
    left, right = plt.gcf().axes
    assert [(ax.get_title(), ax.get_xlabel(), ax.get_ylabel()) for ax in (left, right)] == [
        ("letters: loss", "epoch", "cross-entropy"), ("letters: accuracy", "epoch", "fraction right")]
    assert [list(line.get_ydata()) for line in (*left.lines, *right.lines)] == list(history.values())
    assert list(left.lines[0].get_xdata()) == [1, 2]


def test_runs_are_one_curve_each() -> None:
    letter_figures.draw_runs({"slow": {"train_loss": [2.0, 1.9]}, "fast": {"train_loss": [2.0, 1.0]}}, "train_loss", "two")
    ax = plt.gca()
    assert [line.get_label() for line in ax.lines] == ["slow", "fast"]
    assert (ax.get_title(), ax.get_ylabel()) == ("two", "train loss")


# The layers from inside

def test_the_legend_tells_which_share_is_on_and_which_share_of_a_gradient_is_zero() -> None:
    layer_health.draw_layers({"early": np.array([-1.0, 0.0, 2.0, -3.0]), "late": np.array([1.0, 2.0])},
                             {"dwh": np.array([[0.0, 0.01], [-1.0, 0.0]]), "dwo": np.array([0.1])},
                             {"wh": {1: 0.02, 5: 0.03}, "wo": {1: 0.01, 5: 0.02}})
    left, middle, right = plt.gcf().axes
    assert [text.get_text() for text in left.get_legend().get_texts()] == ["early: 25% on", "late: 100% on"]
    assert [text.get_text() for text in middle.get_legend().get_texts()] == ["dwh: 50% zeros", "dwo: 0% zeros"]
    lowest, highest = middle.patches[0].get_xy()[:, 0].min(), middle.patches[0].get_xy()[:, 0].max()
    assert (lowest, highest) == pytest.approx((-2, 0))
    assert [list(line.get_ydata()) for line in right.lines[:2]] == [[0.02, 0.03], [0.01, 0.02]]
    assert right.get_yscale() == "log"


@pytest.mark.filterwarnings("error")
def test_layers_without_a_finite_value_or_a_gradient_still_give_a_figure() -> None:
    nothing = np.full(3, np.nan)
    layer_health.draw_layers({"early": nothing, "late": nothing}, {"dwh": np.zeros(3), "dwo": nothing},
                             {"wh": {1: np.nan}, "wo": {1: np.nan}})
    assert plt.gcf().axes[1].get_legend().get_texts()[0].get_text() == "dwh: 100% zeros"
