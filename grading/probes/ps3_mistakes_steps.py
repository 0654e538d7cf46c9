"""Wrong answers to ps3's other exercises: a step, the regularised loss, and a convolution.

Every function stands alone (`course verify` puts its source into a notebook), except that it may call `forward`.
"""

from typing import Any

import numpy as np

from grading.probes.model import Mistake
from grading.probes.ps3_reference import forward

# sgd_step

def uphill(alpha: np.ndarray, beta: np.ndarray, grads: Any, eta: float) -> Any:
    return alpha + eta * grads["d_alpha"], beta + eta * grads["d_beta"]


def without_the_rate(alpha: np.ndarray, beta: np.ndarray, grads: Any, eta: float) -> Any:
    return alpha - grads["d_alpha"], beta - grads["d_beta"]


def rate_squared(alpha: np.ndarray, beta: np.ndarray, grads: Any, eta: float) -> Any:
    return alpha - eta ** 2 * grads["d_alpha"], beta - eta ** 2 * grads["d_beta"]


def beta_stays(alpha: np.ndarray, beta: np.ndarray, grads: Any, eta: float) -> Any:
    return alpha - eta * grads["d_alpha"], beta.copy()


def alpha_stays(alpha: np.ndarray, beta: np.ndarray, grads: Any, eta: float) -> Any:
    return alpha.copy(), beta - eta * grads["d_beta"]


def biases_stay(alpha: np.ndarray, beta: np.ndarray, grads: Any, eta: float) -> Any:
    new_alpha, new_beta = alpha.copy(), beta.copy()
    new_alpha[:, 1:] -= eta * grads["d_alpha"][:, 1:]
    new_beta[:, 1:] -= eta * grads["d_beta"][:, 1:]
    return new_alpha, new_beta


def step_alone(alpha: np.ndarray, beta: np.ndarray, grads: Any, eta: float) -> Any:
    return -eta * grads["d_alpha"], -eta * grads["d_beta"]


def beta_first(alpha: np.ndarray, beta: np.ndarray, grads: Any, eta: float) -> Any:
    return beta - eta * grads["d_beta"], alpha - eta * grads["d_alpha"]


def overwritten(alpha: np.ndarray, beta: np.ndarray, grads: Any, eta: float) -> Any:
    alpha -= eta * grads["d_alpha"]
    beta -= eta * grads["d_beta"]
    return alpha, beta


SGD_STEP = (
    Mistake(uphill, "Your step goes along the gradient, where the loss grows. Downhill is the other way."),
    Mistake(without_the_rate, "The gradient is subtracted in full. The learning rate says how much of it."),
    Mistake(rate_squared, "The learning rate comes in twice, so your steps have the wrong length."),
    Mistake(beta_stays, "α moves and β stays where it was. One step changes both."),
    Mistake(alpha_stays, "β moves and α stays where it was. One step changes both."),
    Mistake(biases_stay, "The weights move, the biases do not. A plain step treats all columns alike."),
    Mistake(step_alone, "You return the step. The new matrices are the old ones plus the step."),
    Mistake(beta_first, "Both matrices are right and have changed places: α comes first."),
    Mistake(overwritten,
            "The new values are right, but the old matrices were overwritten. New arrays are asked for."),
)


# regularized_loss

def biases_counted(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray, lam: float) -> Any:
    penalty = np.sum(alpha ** 2) + np.sum(beta ** 2)
    return forward(x, y, alpha, beta)["loss"] + lam * penalty


def half_the_penalty(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray, lam: float) -> Any:
    penalty = np.sum(alpha[:, 1:] ** 2) + np.sum(beta[:, 1:] ** 2)
    return forward(x, y, alpha, beta)["loss"] + lam / 2 * penalty


def absolute_values(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray, lam: float) -> Any:
    penalty = np.sum(np.abs(alpha[:, 1:])) + np.sum(np.abs(beta[:, 1:]))
    return forward(x, y, alpha, beta)["loss"] + lam * penalty


def root_of_the_squares(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray, lam: float) -> Any:
    penalty = np.linalg.norm(alpha[:, 1:]) + np.linalg.norm(beta[:, 1:])
    return forward(x, y, alpha, beta)["loss"] + lam * penalty


def beta_only(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray, lam: float) -> Any:
    penalty = np.sum(beta[:, 1:] ** 2)
    return forward(x, y, alpha, beta)["loss"] + lam * penalty


def alpha_only(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray, lam: float) -> Any:
    penalty = np.sum(alpha[:, 1:] ** 2)
    return forward(x, y, alpha, beta)["loss"] + lam * penalty


def mean_of_squares(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray, lam: float) -> Any:
    penalty = np.mean(alpha[:, 1:] ** 2) + np.mean(beta[:, 1:] ** 2)
    return forward(x, y, alpha, beta)["loss"] + lam * penalty


def penalty_alone(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray, lam: float) -> Any:
    penalty = np.sum(alpha[:, 1:] ** 2) + np.sum(beta[:, 1:] ** 2)
    return lam * penalty


def lambda_ignored(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray, lam: float) -> Any:
    penalty = np.sum(alpha[:, 1:] ** 2) + np.sum(beta[:, 1:] ** 2)
    return forward(x, y, alpha, beta)["loss"] + penalty


def last_column_left_out(x: np.ndarray, y: np.ndarray, alpha: np.ndarray, beta: np.ndarray, lam: float) -> Any:
    penalty = np.sum(alpha[:, :-1] ** 2) + np.sum(beta[:, :-1] ** 2)
    return forward(x, y, alpha, beta)["loss"] + lam * penalty


REGULARIZED_LOSS = (
    Mistake(biases_counted,
            "Your penalty counts the biases too. Only weights are asked for: the first columns stay out."),
    Mistake(half_the_penalty,
            "You put a ½ in front of the penalty, as many books do. In this formula there is none."),
    Mistake(absolute_values, "Your penalty adds sizes; squares are asked for."),
    Mistake(root_of_the_squares, "Your penalty takes the norms themselves. The formula has their squares."),
    Mistake(beta_only, "The weights of α are missing from your penalty."),
    Mistake(alpha_only, "The weights of β are missing from your penalty."),
    Mistake(mean_of_squares, "Your penalty takes means over the entries. The squared norm is a sum."),
    Mistake(penalty_alone, "That is the penalty alone; the loss of the network belongs to it."),
    Mistake(lambda_ignored, "The penalty comes in at full strength. λ says how much it counts."),
    Mistake(last_column_left_out, "You leave out the last columns. The biases, which stay out, are in the first."),
)


# conv2d_same

def filter_flipped(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded = np.pad(X, ((k // 2, k // 2), (m // 2, m // 2)))
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.sum(padded[i:i + k, j:j + m] * F[::-1, ::-1])
    return Y


def filter_transposed(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.T.shape
    padded = np.pad(X, ((k // 2, k // 2), (m // 2, m // 2)))
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.sum(padded[i:i + k, j:j + m] * F.T)
    return Y


def no_padding(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded, rows, columns = X, rows - k + 1, columns - m + 1
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.sum(padded[i:i + k, j:j + m] * F)
    return Y


def edges_repeated(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded = np.pad(X, ((k // 2, k // 2), (m // 2, m // 2)), "edge")
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.sum(padded[i:i + k, j:j + m] * F)
    return Y


def wrapped_around(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded = np.pad(X, ((k // 2, k // 2), (m // 2, m // 2)), "wrap")
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.sum(padded[i:i + k, j:j + m] * F)
    return Y


def padded_at_the_end(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded = np.pad(X, ((0, k - 1), (0, m - 1)))
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.sum(padded[i:i + k, j:j + m] * F)
    return Y


def padded_in_front(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded = np.pad(X, ((k - 1, 0), (m - 1, 0)))
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.sum(padded[i:i + k, j:j + m] * F)
    return Y


def border_left_at_zero(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded = np.pad(X, ((k // 2, k // 2), (m // 2, m // 2)))
    Y = np.zeros((rows, columns))
    for i in range(k // 2, rows - k // 2):
        for j in range(m // 2, columns - m // 2):
            Y[i, j] = np.sum(padded[i:i + k, j:j + m] * F)
    return Y


def mean_for_sum(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded = np.pad(X, ((k // 2, k // 2), (m // 2, m // 2)))
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.mean(padded[i:i + k, j:j + m] * F)
    return Y


def largest_product(X: np.ndarray, F: np.ndarray) -> np.ndarray:
    (rows, columns), (k, m) = X.shape, F.shape
    padded = np.pad(X, ((k // 2, k // 2), (m // 2, m // 2)))
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.max(padded[i:i + k, j:j + m] * F)
    return Y


CONV2D_SAME = (
    Mistake(filter_flipped,
            "You turn the filter by half a turn, as the convolution of mathematics does. Here it is laid on as it is "
            "(cross-correlation)."),
    Mistake(filter_transposed, "You lay the transposed filter on: rows and columns of F have changed places."),
    Mistake(no_padding, "Your result is smaller than X. Zeros around X let the filter sit on the border, too."),
    Mistake(edges_repeated, "Beyond the border you repeat the last pixel; zeros are asked for."),
    Mistake(wrapped_around, "Beyond the border you go on at the opposite side; zeros are asked for."),
    Mistake(padded_at_the_end,
            "All your zeros are below and to the right, so the filter's corner sits on the pixel. Its centre belongs "
            "there."),
    Mistake(padded_in_front,
            "All your zeros are above and to the left, so the filter's last corner sits on the pixel. Its centre "
            "belongs there."),
    Mistake(border_left_at_zero,
            "The inside is right, but the border stays at zero. There, too, the filter covers some pixels."),
    Mistake(mean_for_sum, "You take the mean of the products; their sum is asked for."),
    Mistake(largest_product,
            "You take the largest product, which would be a kind of pooling. Their sum is asked for."),
)
