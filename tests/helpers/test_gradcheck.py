"""Numerical gradients are right to the digits they promise, and a comparison shows where two arrays differ."""

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from helpers.gradcheck import compare, numerical_gradient

matplotlib.use("agg")
points = arrays(np.float64, array_shapes(max_dims=3, max_side=4), elements=st.floats(-3, 3))


@given(points)
def test_the_gradient_of_a_sum_of_sines_is_a_cosine_in_the_shape_of_x(x: np.ndarray) -> None:
    np.testing.assert_allclose(numerical_gradient(lambda t: np.sum(np.sin(t)), x), np.cos(x), atol=1e-8)


@given(points)
def test_x_is_left_as_it_was(x: np.ndarray) -> None:
    before = x.copy()

    def careless(t: np.ndarray) -> float:
        t *= 2
        return float(t.sum())

    np.testing.assert_allclose(numerical_gradient(careless, x), 2 * np.ones(x.shape), atol=1e-8)
    np.testing.assert_array_equal(x, before)


def test_integers_and_single_numbers_are_points_too() -> None:
    np.testing.assert_allclose(numerical_gradient(lambda t: t[0] * t[1], [2, 5]), [5, 2], atol=1e-9)
    assert numerical_gradient(lambda t: t**2, 3.0) == pytest.approx(6.0)


def test_the_step_is_the_callers() -> None:
    assert numerical_gradient(lambda t: t**3, 0.0, eps=0.5) == pytest.approx(0.25)


@pytest.mark.parametrize("shape", [(3,), (1,), (1, 1)])
def test_a_function_with_more_than_a_number_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="needs a function that returns one number; this one returned an array of shape "):
        numerical_gradient(lambda t: np.zeros(shape), np.ones(2))


def test_arrays_that_agree_say_so() -> None:
    comparison = compare([[1, 2], [3, 4]], [[1, 2], [3, 4 + 2e-8]])
    assert repr(comparison) == "agree: 4 of 4 entries, largest difference 2.0e-08"
    assert repr(compare([], [])) == "agree: 0 of 0 entries, largest difference 0.0e+00"


def test_arrays_that_differ_show_the_first_place_and_a_map() -> None:
    assert repr(compare([[1, 2, 3], [3, 4, np.nan]], [[1, 2.5, 3], [3, 4, 5]])) == (
        "differ: 2 of 6 entries, first at index (0, 1): got 2, expected 2.5\n\n"
        "  · ✗ ·\n"
        "  · · ✗")


def test_vectors_numbers_and_large_matrices_have_no_map() -> None:
    assert repr(compare([1, 2], [1, 3])) == "differ: 1 of 2 entries, first at index (1,): got 2, expected 3"
    assert repr(compare(2, 3)) == "differ: 1 of 1 entries, first: got 2, expected 3"
    assert "\n" not in repr(compare(np.ones((21, 2)), np.zeros((21, 2))))


def test_the_tolerance_is_the_callers() -> None:
    assert not compare(1.0, 1.1, atol=0.2).wrong
    assert compare(1.0, 1.1).wrong


def test_different_shapes_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match=r"shapes differ: got \(3, 2\), expected \(2, 3\)\."):
        compare(np.zeros((3, 2)), np.zeros((2, 3)))


def test_the_figure_draws_the_difference() -> None:
    compare([[1.0, 2.0]], [[1.0, 1.5]]).figure()
    [numbers] = [[text.get_text() for text in ax.texts] for ax in plt.gcf().axes if ax.texts]
    plt.close("all")
    assert numbers == ["0", "0.5"]
