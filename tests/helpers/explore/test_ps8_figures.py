"""The figures of ps8 draw what they are given."""


import matplotlib.pyplot as plt
import numpy as np

from helpers.explore import torch_figures
from helpers.plotting import GREEN, VERMILLION

NAMES = ("Shirt", "Bag", "Coat")


def test_articles_stand_in_rows_with_name_and_number() -> None:
    labels = np.array([1, 0, 1, 0, 2, 2])
    images = np.arange(6)[:, None, None] * np.ones((6, 28, 28))
    torch_figures.draw_articles(images, labels, NAMES, each=2)
    left, right = plt.gcf().axes
    np.testing.assert_array_equal(np.array(left.images[0].get_array())[::28, ::28], [[1, 3], [0, 2]])
    np.testing.assert_array_equal(np.array(right.images[0].get_array())[::28, ::28], [[4, 5]])
    assert [label.get_text() for label in (*left.get_yticklabels(), *right.get_yticklabels())] == [
        "Shirt  0", "Bag  1", "Coat  2"]


def test_a_prediction_shows_class_probability_and_label_and_says_whether_it_is_right() -> None:
    torch_figures.draw_predictions(np.zeros((2, 28, 28)), [0, 2], NAMES, [0, 1], [0.9, 0.456])
    one, two = plt.gcf().axes
    assert [ax.get_title() for ax in (one, two)] == ["Shirt?\n90.0 %", "Bag?\n45.6 %"]
    assert [ax.title.get_color() for ax in (one, two)] == [GREEN, VERMILLION]
    assert [ax.get_xlabel() for ax in (one, two)] == ["label: Shirt", "label: Coat"]


def test_confidence_compares_how_often_with_how_sure() -> None:
    probabilities = np.repeat([0.55, 0.95, 0.3], [20, 40, 3])
    right = np.concatenate([np.arange(20) % 2, np.ones(40), np.zeros(3)])
    torch_figures.draw_confidence(right, probabilities)
    left, counts = plt.gcf().axes
    np.testing.assert_allclose(left.lines[1].get_xdata(), [0.55, 0.95])  # three images are too few for a dot
    np.testing.assert_allclose(left.lines[1].get_ydata(), [0.5, 1.0])
    assert sum(bar.get_height() for bar in counts.patches) == 63
    assert all(ax.get_title() and ax.get_xlabel() and ax.get_ylabel() for ax in (left, counts))
