"""Wrong answers to ps4's first exercises, each with the hint that helps.

Every function stands alone (`course verify` puts its source into a notebook), except that it may call `sigmoid`.
"""

import numpy as np

from grading.probes.model import Mistake
from grading.probes.ps4_reference import sigmoid

# sigmoid

def overflowing(x: np.ndarray) -> np.ndarray:
    return np.exp(x) / (1 + np.exp(x))


def clipped_input(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(x, -10, 10)))


def sign_lost(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(x))


def tangent(x: np.ndarray) -> np.ndarray:
    return np.tanh(x)


def half_tangent(x: np.ndarray) -> np.ndarray:
    return np.tanh(x / 2)


def one_forgotten(x: np.ndarray) -> np.ndarray:
    return 1 / np.exp(-x)


def hard_step(x: np.ndarray) -> np.ndarray:
    return np.where(x > 0, 1.0, 0.0)


def softmax_instead(x: np.ndarray) -> np.ndarray:
    return np.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x)))


def sigmoid_in_place(x: np.ndarray) -> np.ndarray:
    x *= -1
    return np.asarray(1 / (1 + np.exp(x)))


SIGMOID = (
    Mistake(overflowing,
            "The formula is right, but for large x both exponentials overflow and their quotient is not a number. "
            "Can you write it with an exponential that never grows?"),
    Mistake(clipped_input,
            "Clipping x avoids the overflow and changes the answer: everything beyond the limit comes out equal, "
            "although the sigmoid goes on."),
    Mistake(sign_lost, "Your curve falls where it should rise: look at the sign in the exponent."),
    Mistake(tangent, "That is the hyperbolic tangent, which runs from −1 to 1. The sigmoid runs from 0 to 1."),
    Mistake(half_tangent,
            "Your curve has the right shape and runs from −1 to 1. The sigmoid runs from 0 to 1 and is one half at "
            "0."),
    Mistake(one_forgotten, "The denominator lacks a term, so your values grow without bound."),
    Mistake(hard_step, "That is a step. The sigmoid climbs smoothly, so that it has a slope to learn from."),
    Mistake(softmax_instead,
            "Your values sum to one. The sigmoid looks at each number alone and knows nothing of the others."),
    Mistake(sigmoid_in_place, "The values are right, but the caller's x has been changed on the way."),
)


# dsigmoid

def already_activated(x: np.ndarray) -> np.ndarray:
    return x * (1 - x)


def activated_twice(x: np.ndarray) -> np.ndarray:
    s = sigmoid(sigmoid(x))
    return s * (1 - s)


def the_sigmoid_itself(x: np.ndarray) -> np.ndarray:
    return sigmoid(x)


def plus_for_minus(x: np.ndarray) -> np.ndarray:
    s = sigmoid(x)
    return s * (1 + s)


def squared(x: np.ndarray) -> np.ndarray:
    return sigmoid(x) ** 2


def falling(x: np.ndarray) -> np.ndarray:
    s = sigmoid(x)
    return s * (s - 1)


def slope_of_the_tangent(x: np.ndarray) -> np.ndarray:
    return 1 - np.tanh(x) ** 2


def slope_from_exponentials(x: np.ndarray) -> np.ndarray:
    return np.exp(x) / (1 + np.exp(x)) ** 2


DSIGMOID = (
    Mistake(already_activated,
            "This formula is for numbers that have been through the sigmoid already. Here x is the number before it."),
    Mistake(activated_twice, "You apply the sigmoid twice: the slope is wanted at x, not at the sigmoid of x."),
    Mistake(the_sigmoid_itself,
            "That is the value of the sigmoid. Its slope is largest at 0 and vanishes far out on both sides."),
    Mistake(plus_for_minus,
            "There is a sign wrong in a bracket: the slope has to vanish where the sigmoid reaches 1."),
    Mistake(squared, "The square is what the quotient rule leaves below the line. The numerator belongs to it too."),
    Mistake(falling, "The sigmoid rises everywhere, so its slope is positive everywhere; yours is negative."),
    Mistake(slope_of_the_tangent,
            "That is the slope of the hyperbolic tangent. The sigmoid is a quarter as steep at 0."),
    Mistake(slope_from_exponentials,
            "The formula is right, but for large x its exponentials overflow and their quotient is not a number. Can "
            "you use your sigmoid instead?"),
)


# cross_entropy_loss

def no_minus(y: np.ndarray, yhat: np.ndarray) -> float:
    return np.sum(y * np.log(yhat + (y == 0)))


def mean_over_classes(y: np.ndarray, yhat: np.ndarray) -> float:
    return -np.mean(y * np.log(yhat + (y == 0)))


def zero_times_infinity(y: np.ndarray, yhat: np.ndarray) -> float:
    return -np.sum(y * np.log(yhat))


def whatever_the_label(y: np.ndarray, yhat: np.ndarray) -> float:
    return -np.sum(np.log(yhat))


def two_for_e(y: np.ndarray, yhat: np.ndarray) -> float:
    return -np.log2(np.sum(y * yhat))


def ten_for_e(y: np.ndarray, yhat: np.ndarray) -> float:
    return -np.log10(np.sum(y * yhat))


def both_sides(y: np.ndarray, yhat: np.ndarray) -> float:
    return -np.sum(np.log(np.where(y > 0, yhat, 1 - yhat)))


def squared_error(y: np.ndarray, yhat: np.ndarray) -> float:
    return np.sum((y - yhat) ** 2)


def probability_not_logarithm(y: np.ndarray, yhat: np.ndarray) -> float:
    return 1 - np.sum(y * yhat)


CROSS_ENTROPY_LOSS = (
    Mistake(no_minus, "Logarithms of probabilities are negative, and a loss should not be: a sign is missing."),
    Mistake(mean_over_classes, "You divide by the number of classes. The formula is a sum."),
    Mistake(zero_times_infinity,
            "The formula is right, but 0 times log 0 is not a number in floating point. Only the class with y = 1 "
            "has to be looked at."),
    Mistake(whatever_the_label,
            "Every class adds its logarithm here, whatever the label says. Only one of them should count."),
    Mistake(two_for_e, "You use the logarithm to base 2; the natural one is asked for."),
    Mistake(ten_for_e, "You use the logarithm to base 10; the natural one is asked for."),
    Mistake(both_sides,
            "You also add a term for each wrong class. Cross-entropy with softmax looks at the right class only: the "
            "others had their say in the denominator."),
    Mistake(squared_error,
            "That is the squared error, which stays small however wrong the network is. A logarithm is asked for."),
    Mistake(probability_not_logarithm,
            "The probability of the label is the right number to look at; the loss is a logarithm of it."),
)


# integer_to_one_hot

def always_ten(x: int, max: int) -> np.ndarray:
    one_hot = np.zeros(10)
    one_hot[x] = 1
    return one_hot


def counted_from_one(x: int, max: int) -> np.ndarray:
    one_hot = np.zeros(max)
    one_hot[x - 1] = 1
    return one_hot


def one_place_too_many(x: int, max: int) -> np.ndarray:
    one_hot = np.zeros(max + 1)
    one_hot[x] = 1
    return one_hot


def one_as_a_row(x: int, max: int) -> np.ndarray:
    one_hot = np.zeros((1, max))
    one_hot[0, x] = 1
    return one_hot


def the_number_itself(x: int, max: int) -> np.ndarray:
    one_hot = np.zeros(max)
    one_hot[x] = x
    return one_hot


def all_but_one(x: int, max: int) -> np.ndarray:
    one_hot = np.ones(max)
    one_hot[x] = 0
    return one_hot


def ones_up_to_here(x: int, max: int) -> np.ndarray:
    one_hot = np.zeros(max)
    one_hot[:x + 1] = 1
    return one_hot


ONE_HOT = (
    Mistake(always_ten, "The length is the caller's choice: it comes in as an argument, and it is not always ten."),
    Mistake(counted_from_one, "Classes count from 0: the one stands a place too early."),
    Mistake(one_place_too_many, "Your answer is one place too long: max classes are numbered from 0 to max − 1."),
    Mistake(one_as_a_row, "Your answer is a matrix with one row. An array with a single axis is asked for."),
    Mistake(the_number_itself, "The place is right. What stands there is the number x, and it should be a one."),
    Mistake(all_but_one, "Ones and zeros have changed places."),
    Mistake(ones_up_to_here, "Every place up to x holds a one. There should be a single one, at place x."),
)
