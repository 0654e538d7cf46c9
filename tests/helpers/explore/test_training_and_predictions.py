"""Figures of training and of predictions show what they are given; the browser finds what is asked for."""

from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.explore import misclassified, prediction_figures, training_figures
from tests.problem_sets import right_answers

ps5 = right_answers("ps5_modular_layers")

LABELS, GUESSES = np.array([0, 1, 2, 0, 1, 2]), np.array([0, 2, 2, 1, 1, 2])
SURE = np.array([0.9, 0.6, 0.8, 0.7, 0.5, 0.4])
IMAGES = np.arange(6)[:, None, None] * np.ones((6, 28, 28))
HISTORY = {"train_loss": [2.0, 1.0], "test_loss": [2.1, 1.5], "train_error": [0.5, 0.25], "test_error": [0.6, 0.5]}


def test_an_activation_is_drawn_with_the_slope_of_its_backward_pass() -> None:
    training_figures.draw_activations(ps5.Sigmoid, ps5.ReLU)
    left, right = plt.gcf().axes
    assert (left.get_title(), right.get_title()) == ("Sigmoid", "ReLU")
    assert np.max(left.lines[1].get_ydata()) == pytest.approx(0.25)
    assert set(np.unique(np.asarray(right.lines[1].get_ydata()))) == {0.0, 1.0}


def test_a_stub_leaves_a_sentence_and_no_empty_figure(capsys: pytest.CaptureFixture[str]) -> None:
    class Stub(ps5.ReLU):
        def forward(self, x: Any) -> Any:
            raise NotImplementedError("5.3")

    training_figures.draw_activations(Stub)
    assert capsys.readouterr().out == "Exercise 5.3 is still a stub; this part appears once it is written.\n"
    assert not plt.get_fignums()


def test_histories_are_drawn_against_epochs_from_one_in_percent() -> None:
    training_figures.draw_histories({"first": HISTORY, "second": HISTORY})
    left, right = plt.gcf().axes
    assert [text.get_text() for text in left.get_legend().get_texts()] == ["first", "second"]
    assert [text.get_text() for text in right.get_legend().get_texts()] == ["training set", "test set"]
    np.testing.assert_array_equal(right.lines[1].get_xydata(), [[1, 60], [2, 50]])
    assert (left.get_xlabel(), right.get_ylabel()) == ("epoch", "error (%)")


def test_images_are_selected_by_class_and_by_whether_they_were_read_rightly() -> None:
    assert misclassified.select(LABELS, GUESSES, None, True).tolist() == [1, 3]
    assert misclassified.select(LABELS, GUESSES, 2, False).tolist() == [2, 5]
    assert misclassified.select(LABELS, GUESSES, 2, True).tolist() == []


def test_without_a_kernel_the_browser_shows_the_first_wrong_image() -> None:
    misclassified.misclassified(IMAGES, LABELS, GUESSES, SURE, "abc")
    [ax] = plt.gcf().axes
    assert ax.get_title() == "label b, read as c\nwith probability 0.600"
    assert ax.get_xlabel() == "1 of 2"
    assert np.asarray(ax.images[0].get_array())[0, 0] == 1.0


def test_a_class_without_mistakes_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    misclassified.misclassified(IMAGES, LABELS, LABELS, SURE, "abc")
    assert capsys.readouterr().out == "There is no such image.\n"
    assert not plt.get_fignums()


def test_arrays_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^6 images need as many labels, predictions and probabilities; these have the "
                                         r"shapes \(6,\), \(5,\) and \(6,\)\.$"):
        misclassified.misclassified(IMAGES, LABELS, GUESSES[:5], SURE, "abc")


def test_with_a_kernel_menu_switch_and_slider_choose_the_image(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    drawn: list[Any] = []
    monkeypatch.setattr(misclassified, "widgets_work", lambda: True)
    monkeypatch.setattr(misclassified, "display", shown.append)
    monkeypatch.setattr(misclassified, "draw_image", lambda *rest: drawn.append((rest[-2].tolist(), rest[-1])))
    misclassified.misclassified(IMAGES, LABELS, GUESSES, SURE, "abc")
    menu, switch, slider, _ = shown[0].children
    assert isinstance(slider, ipywidgets.IntSlider)
    assert (menu.value, switch.value, slider.max) == ("all classes", "wrong", 1)
    switch.value = "right"
    assert slider.max == 3
    slider.value = 2
    assert drawn[-1] == ([0, 2, 4, 5], 2)
    menu.value = "c"
    assert slider.max == slider.value == 1
    assert drawn[-1] == ([2, 5], 1)


def test_examples_name_what_each_image_was_read_as() -> None:
    prediction_figures.draw_examples(IMAGES, LABELS, GUESSES, "abc", title="test set")
    right, wrong = plt.gcf().axes
    assert [text.get_text() for text in right.texts] == ["a", "b", "c", "c"]
    assert [text.get_text() for text in wrong.texts] == ["b", "c"]
    assert [label.get_text() for label in wrong.get_yticklabels()] == ["a", "b", "c"]
    assert wrong.get_title() == "test set, read wrongly"


def test_confusions_are_counted_with_labels_as_rows() -> None:
    assert prediction_figures.confusion(LABELS, GUESSES, 3).tolist() == [[1, 1, 0], [0, 1, 1], [0, 0, 2]]
    prediction_figures.draw_confusion(LABELS, GUESSES, "abc", title="all")
    ax = plt.gcf().axes[0]
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_title()) == ("read as", "label", "all")
    assert [text.get_text() for text in ax.texts] == ["1", "1", "1", "1", "2"]
