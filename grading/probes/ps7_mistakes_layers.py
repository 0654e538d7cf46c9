"""Wrong answers to ps7's exercises on the forward pass: relu, softmax, compute_layer."""

import numpy as np

from grading.probes.model import Mistake

# relu


def absolute(x: np.ndarray) -> np.ndarray:
    return np.abs(x)


def leaky(x: np.ndarray) -> np.ndarray:
    return np.where(x > 0, x, 0.01 * x)


def negative_part(x: np.ndarray) -> np.ndarray:
    return np.minimum(x, 0)


def slope_instead(x: np.ndarray) -> np.ndarray:
    return (x > 0).astype(float)


def largest_along_axis_0(x: np.ndarray) -> np.ndarray:
    return np.max(x, 0)


def cut_at_one(x: np.ndarray) -> np.ndarray:
    return np.clip(x, 0, 1)


def smooth(x: np.ndarray) -> np.ndarray:
    return np.logaddexp(0, x)


def zeroed_in_place(x: np.ndarray) -> np.ndarray:
    x[x < 0] = 0
    return x


RELU = (
    Mistake(absolute, "Negative inputs become zero; yours change their sign instead."),
    Mistake(leaky, "That is the leaky ReLU. The plain one lets nothing of a negative input through."),
    Mistake(negative_part, "It is the other way round: positive inputs pass, negative ones become zero."),
    Mistake(slope_instead, "That is the slope of ReLU, 0 or 1. The function itself keeps the size of a positive "
                           "input."),
    Mistake(largest_along_axis_0, "That looks for the largest entry along an axis. What is wanted compares each entry "
                                  "with zero."),
    Mistake(cut_at_one, "Right below zero, but large inputs should pass as they are: there is no upper limit."),
    Mistake(smooth, "That is softplus, the smooth relative of ReLU. ReLU itself has a corner at zero."),
    Mistake(zeroed_in_place, "The values are right, but the caller's x has been overwritten, and backpropagation will "
                             "need it as it was."),
)


# softmax

def columns_instead_of_rows(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(axis=0))
    return e / e.sum(axis=0)


def one_sum_for_all(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum()


def length_one(x: np.ndarray) -> np.ndarray:
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def exponentials_of_length_one(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / np.linalg.norm(e, axis=1, keepdims=True)


def not_normalised(x: np.ndarray) -> np.ndarray:
    return np.exp(x - x.max(axis=1, keepdims=True))


def without_shift(x: np.ndarray) -> np.ndarray:
    e = np.exp(x)
    return e / e.sum(axis=1, keepdims=True)


def one_maximum_for_all(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max())
    return e / e.sum(axis=1, keepdims=True)


def sums_not_kept_as_a_column(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1)


def softmax_twice(x: np.ndarray) -> np.ndarray:
    for _ in range(2):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        x = e / e.sum(axis=1, keepdims=True)
    return x


def shifted_in_place(x: np.ndarray) -> np.ndarray:
    x -= x.max(axis=1, keepdims=True)
    e = np.exp(x)
    return e / e.sum(axis=1, keepdims=True)


SOFTMAX = (
    Mistake(columns_instead_of_rows, "Your columns sum to one. A sample is a row, so it is the rows that should."),
    Mistake(one_sum_for_all, "You divide every row by one and the same total. Each row needs its own."),
    Mistake(length_one, "Dividing by the Euclidean norm gives rows of length one, with negative entries. Softmax has "
                        "exponentials, and its rows sum to one."),
    Mistake(exponentials_of_length_one, "The squares of your rows sum to one. Probabilities themselves should."),
    Mistake(not_normalised, "Your values are in the right ratios, but the rows do not sum to one."),
    Mistake(without_shift, "Right for moderate logits, but exp leaves the range of float64 for large ones. Each row "
                           "may be shifted without changing its probabilities."),
    Mistake(one_maximum_for_all, "One maximum for the whole batch pushes the rows far below it to 0/0. How far a row "
                                 "is shifted should depend on that row."),
    Mistake(sums_not_kept_as_a_column, "The row sums have shape (N,), which numpy lines up with the columns; it only "
                                       "goes unnoticed when N = K. They should be a column, (N, 1)."),
    Mistake(softmax_twice, "Softmax has been applied twice, so your probabilities are too much alike. Once is enough."),
    Mistake(shifted_in_place, "The probabilities are right, but the caller's logits have been changed on the way."),
)


# compute_layer

def bias_forgotten(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    return x @ w


def activation_included(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.maximum(x @ w + b, 0)


def bias_subtracted(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    return x @ w - b


def bias_inside(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    return x @ (w + b)


def samples_as_columns(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    return w.T @ x.T + b.T


def divided_by_samples(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    return x @ w / len(x) + b


def one_bias_for_all(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    return x @ w + b.sum()


COMPUTE_LAYER = (
    Mistake(bias_forgotten, "The product is right, and the bias is missing. Every unit has one of its own."),
    Mistake(activation_included, "A layer stops at x w + b here. The activation comes after it, in a function of its "
                                 "own, since backpropagation needs both."),
    Mistake(bias_subtracted, "The bias is added to the product; yours is taken away."),
    Mistake(bias_inside, "The bias is added once, after the product. Inside it, each input multiplies it again."),
    Mistake(samples_as_columns, "Everything is there, but lying on its side: samples are rows, units are columns."),
    Mistake(divided_by_samples, "A sample's outputs do not depend on how many other samples there are. What is "
                                "divided by N, and where?"),
    Mistake(one_bias_for_all, "Each unit adds its own entry of b; yours all add the same number."),
)
