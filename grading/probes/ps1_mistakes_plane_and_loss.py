"""Wrong answers to ps1's exercises on the plane and on the mean absolute error, each with the hint that helps.

Every function stands alone (`course verify` puts its source into a notebook), so repetition here is on purpose.
"""

from typing import Any

import numpy as np

from grading.probes.model import Mistake

Params = dict[str, Any]


def transposes_W2(X: np.ndarray, params: "Params") -> np.ndarray:
    first = np.where(X @ params["W1"].T + params["b1"] > 0, 1.0, 0.0)
    second = np.where(first @ params["W2"] + params["b2"] > 0, 1.0, 0.0)
    return second @ params["W3"] + params["b3"]


def no_step_in_first_layer(X: np.ndarray, params: "Params") -> np.ndarray:
    first = X @ params["W1"].T + params["b1"]
    second = np.where(first @ params["W2"].T + params["b2"] > 0, 1.0, 0.0)
    return second @ params["W3"] + params["b3"]


def no_step_in_second_layer(X: np.ndarray, params: "Params") -> np.ndarray:
    first = np.where(X @ params["W1"].T + params["b1"] > 0, 1.0, 0.0)
    return (first @ params["W2"].T + params["b2"]) @ params["W3"] + params["b3"]


def step_after_the_last_sum(X: np.ndarray, params: "Params") -> np.ndarray:
    first = np.where(X @ params["W1"].T + params["b1"] > 0, 1.0, 0.0)
    second = np.where(first @ params["W2"].T + params["b2"] > 0, 1.0, 0.0)
    return np.where(second @ params["W3"] + params["b3"] > 0, 1.0, 0.0)


def forgets_first_bias(X: np.ndarray, params: "Params") -> np.ndarray:
    first = np.where(X @ params["W1"].T > 0, 1.0, 0.0)
    second = np.where(first @ params["W2"].T + params["b2"] > 0, 1.0, 0.0)
    return second @ params["W3"] + params["b3"]


def forgets_second_bias(X: np.ndarray, params: "Params") -> np.ndarray:
    first = np.where(X @ params["W1"].T + params["b1"] > 0, 1.0, 0.0)
    second = np.where(first @ params["W2"].T > 0, 1.0, 0.0)
    return second @ params["W3"] + params["b3"]


def forgets_output_bias(X: np.ndarray, params: "Params") -> np.ndarray:
    first = np.where(X @ params["W1"].T + params["b1"] > 0, 1.0, 0.0)
    second = np.where(first @ params["W2"].T + params["b2"] > 0, 1.0, 0.0)
    return second @ params["W3"]


NETWORK2D = (
    Mistake(transposes_W2, "Row k of W2 holds the weights INTO neuron k of the second layer; you read its columns."),
    Mistake(no_step_in_first_layer, "Your first layer hands on raw sums. Both layers of neurons step."),
    Mistake(no_step_in_second_layer, "Your second layer hands on raw sums. Both layers of neurons step."),
    Mistake(step_after_the_last_sum, "Your output is 0 or 1. The two hidden layers step; the output neuron adds up."),
    Mistake(forgets_first_bias,
            "All your first-layer neurons jump on lines through the origin: their biases are missing."),
    Mistake(forgets_second_bias, "Your second layer compares its sums with 0: its own biases are missing."),
    Mistake(forgets_output_bias, "Your values are all off by the same number: the output has a bias of its own."),
)


def either_is_enough(h: float, delta_x: float, delta_y: float) -> "Params":
    return {"W1": np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]),
            "b1": np.array([0.0, -delta_x, 0.0, -delta_y]),
            "W2": np.array([[1.0, -1.0, 1.0, -1.0]]), "b2": np.array([-0.5]), "W3": np.array([h]), "b3": 0.0}


def never_fires(h: float, delta_x: float, delta_y: float) -> "Params":
    return {"W1": np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]),
            "b1": np.array([0.0, -delta_x, 0.0, -delta_y]),
            "W2": np.array([[1.0, -1.0, 1.0, -1.0]]), "b2": np.array([-2.0]), "W3": np.array([h]), "b3": 0.0}


def sides_swapped(h: float, delta_x: float, delta_y: float) -> "Params":
    return {"W1": np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]),
            "b1": np.array([0.0, -delta_y, 0.0, -delta_x]),
            "W2": np.array([[1.0, -1.0, 1.0, -1.0]]), "b2": np.array([-1.5]), "W3": np.array([h]), "b3": 0.0}


def unit_height_in_the_plane(h: float, delta_x: float, delta_y: float) -> "Params":
    return {"W1": np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]),
            "b1": np.array([0.0, -delta_x, 0.0, -delta_y]),
            "W2": np.array([[1.0, -1.0, 1.0, -1.0]]), "b2": np.array([-1.5]), "W3": np.array([1.0]), "b3": 0.0}


def open_quadrant(h: float, delta_x: float, delta_y: float) -> "Params":
    return {"W1": np.array([[1.0, 0.0], [0.0, 1.0]]), "b1": np.array([0.0, 0.0]),
            "W2": np.array([[1.0, 1.0]]), "b2": np.array([-1.5]), "W3": np.array([h]), "b3": 0.0}


def upright_strip(h: float, delta_x: float, delta_y: float) -> "Params":
    return {"W1": np.array([[1.0, 0.0], [1.0, 0.0]]), "b1": np.array([0.0, -delta_x]),
            "W2": np.array([[1.0, -1.0]]), "b2": np.array([-0.5]), "W3": np.array([h]), "b3": 0.0}


def lying_strip(h: float, delta_x: float, delta_y: float) -> "Params":
    return {"W1": np.array([[0.0, 1.0], [0.0, 1.0]]), "b1": np.array([0.0, -delta_y]),
            "W2": np.array([[1.0, -1.0]]), "b2": np.array([-0.5]), "W3": np.array([h]), "b3": 0.0}


def lifts_the_whole_plane(h: float, delta_x: float, delta_y: float) -> "Params":
    return {"W1": np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]),
            "b1": np.array([0.0, -delta_x, 0.0, -delta_y]),
            "W2": np.array([[1.0, -1.0, 1.0, -1.0]]), "b2": np.array([-1.5]), "W3": np.array([1.0]), "b3": h}


BOX2D_PARAMETERS = (
    Mistake(either_is_enough, "Your network draws a cross: it fires when x OR y is inside. It should take both."),
    Mistake(never_fires,
            "Your network is 0 everywhere. What does the second layer see inside the box, and is that strictly more "
            "than its threshold?"),
    Mistake(sides_swapped,
            "Your box is as wide as it should be high: δx belongs to the first input, δy to the second."),
    Mistake(unit_height_in_the_plane,
            "Your box stands in the right place, but its height is always 1. Where does h enter?"),
    Mistake(open_quadrant, "Your box has two sides only and runs on for ever to the right and upwards."),
    Mistake(upright_strip, "Your network draws a strip: the second input makes no difference yet."),
    Mistake(lying_strip, "Your network draws a strip: the first input makes no difference yet."),
    Mistake(lifts_the_whole_plane,
            "The output bias b3 lifts the whole plane, also outside the box. Which weight acts only inside?"),
)


def broadcasts_to_a_matrix(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.float64:
    return np.mean(np.abs((X @ w)[:, None] - y))


def mean_squared(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.float64:
    return np.mean((X @ w - y) ** 2)


def root_mean_squared(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.float64:
    return np.sqrt(np.mean((X @ w - y) ** 2))


def sums_the_errors(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.float64:
    return np.sum(np.abs(X @ w - y))


def errors_cancel(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.float64:
    return np.mean(X @ w - y)


def absolute_of_the_mean(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.float64:
    return np.abs(np.mean(X @ w - y))


def divides_by_features(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.float64:
    return np.sum(np.abs(X @ w - y)) / X.shape[1]


L1_LOSS = (
    Mistake(broadcasts_to_a_matrix,
            "You average n·n differences, every prediction against every target. Print the shape of your difference: "
            "an (n, 1) column minus an (n,) array is a table."),
    Mistake(mean_squared,
            "You square the errors. Here each counts by its size, so an outlier counts once, not squared."),
    Mistake(root_mean_squared, "That is the root mean square. Here each error counts by its size, without squares."),
    Mistake(sums_the_errors, "Your loss doubles when the same data come twice: a mean does not."),
    Mistake(errors_cancel, "Errors above and below cancel in your mean. How should an error of −2 count?"),
    Mistake(absolute_of_the_mean,
            "You take the mean first, so that errors above and below cancel before they are counted."),
    Mistake(divides_by_features, "You divide by the number of features; the mean is over the n samples."),
)


def sums_the_slopes(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.ndarray:
    return X.T @ np.sign(X @ w - y)


def points_downhill(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.ndarray:
    return X.T @ np.sign(y - X @ w) / len(y)


def slope_of_squares(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.ndarray:
    return 2 * X.T @ (X @ w - y) / len(y)


def residual_without_sign(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.ndarray:
    return X.T @ (X @ w - y) / len(y)


def size_of_the_residual(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.ndarray:
    return X.T @ np.abs(X @ w - y) / len(y)


def slope_over_features(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.ndarray:
    return X.T @ np.sign(X @ w - y) / X.shape[1]


def forgets_the_features(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.full(X.shape[1], np.mean(np.sign(X @ w - y)))


L1_SUBGRADIENT = (
    Mistake(sums_the_slopes, "You add the slopes of all samples. The loss is a mean, so its slope is a mean too."),
    Mistake(points_downhill,
            "Your vector points downhill. A gradient points to where the loss grows; the minus comes with the step."),
    Mistake(slope_of_squares,
            "That is the slope of the squared error. The slope of |r| does not depend on how large r is."),
    Mistake(residual_without_sign,
            "You keep the size of each residual, as for squares. What is the slope of |r| at r = 5?"),
    Mistake(size_of_the_residual,
            "You carry |r| back. The chain rule wants the slope of |r|: which values can that take?"),
    Mistake(slope_over_features, "You divide by the number of features; the mean is over the n samples."),
    Mistake(forgets_the_features,
            "Your slope is the same for every weight. The chain rule brings in how the prediction depends on w."),
)

PS1_SHAPES = (
    Mistake({"shape_X": (50, 3), "shape_y": (50,), "shape_loss": (50,)},
            "One error per sample is what you have before the mean. What does the mean leave?",
            name="loss_per_sample"),
    Mistake({"shape_X": (50, 3), "shape_y": (50,), "shape_loss": (50, 1)},
            "A loss ranks two settings of w against each other, so it has to be a single number.",
            name="loss_is_a_column"),
    Mistake({"shape_X": (50, 3), "shape_y": (50,), "shape_loss": (1,)},
            "An array with one element still has one axis. How many axes does a plain number have?",
            name="loss_has_one_axis"),
    Mistake({"shape_X": (50, 3), "shape_y": (50, 1), "shape_loss": ()},
            "With y as a column, the difference from an (n,) prediction is a table. The text says y has one axis.",
            name="y_is_a_column"),
    Mistake({"shape_X": (3, 50), "shape_y": (50,), "shape_loss": ()},
            "With your X the product X w does not exist. In this course one row is one sample.",
            name="X_is_transposed"),
)
