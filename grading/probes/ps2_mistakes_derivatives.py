"""Wrong answers to ps2's exercises on derivatives, each with the hint that helps.

Every function stands alone (`course verify` puts its source into a notebook), except that it may call `softmax`, as a
cell of the notebook may; so repetition is on purpose.
"""

from typing import Any

import numpy as np

from grading.probes.model import Mistake
from grading.probes.ps2_mistakes import softmax

# numerical_jacobian

def transposed(f: Any, z: np.ndarray, eps: float) -> np.ndarray:
    return np.stack([(f(z + step) - f(z - step)) / (2 * eps) for step in eps * np.eye(z.size)])


def forward_difference(f: Any, z: np.ndarray, eps: float) -> np.ndarray:
    return np.stack([(f(z + step) - f(z)) / eps for step in eps * np.eye(z.size)], axis=1)


def divided_by_one_step(f: Any, z: np.ndarray, eps: float) -> np.ndarray:
    return np.stack([(f(z + step) - f(z - step)) / eps for step in eps * np.eye(z.size)], axis=1)


def divided_twice_over(f: Any, z: np.ndarray, eps: float) -> np.ndarray:
    return np.stack([(f(z + step / 2) - f(z - step / 2)) / (2 * eps) for step in eps * np.eye(z.size)], axis=1)


def not_divided(f: Any, z: np.ndarray, eps: float) -> np.ndarray:
    return np.stack([f(z + step) - f(z - step) for step in eps * np.eye(z.size)], axis=1)


def minus_before_plus(f: Any, z: np.ndarray, eps: float) -> np.ndarray:
    return np.stack([(f(z - step) - f(z + step)) / (2 * eps) for step in eps * np.eye(z.size)], axis=1)


def all_at_once(f: Any, z: np.ndarray, eps: float) -> np.ndarray:
    return np.asarray((f(z + eps) - f(z - eps)) / (2 * eps))


def only_a_square(f: Any, z: np.ndarray, eps: float) -> np.ndarray:
    M = f(z).size
    J = np.zeros((M, z.size))
    for j in range(min(M, z.size)):
        step = np.zeros(z.size)
        step[j] = eps
        J[:, j] = (f(z + step) - f(z - step)) / (2 * eps)
    return J


def own_step(f: Any, z: np.ndarray, eps: float) -> np.ndarray:
    return np.stack([(f(z + step) - f(z - step)) / 2e-5 for step in 1e-5 * np.eye(z.size)], axis=1)


def never_moved_back(f: Any, z: np.ndarray, eps: float) -> np.ndarray:
    J = np.zeros((f(z).size, z.size))
    for j in range(z.size):
        z[j] += eps
        plus = f(z)
        z[j] -= 2 * eps
        J[:, j] = (plus - f(z)) / (2 * eps)
    return J


def two_names_for_one_array(f: Any, z: np.ndarray, eps: float) -> np.ndarray:
    J = np.zeros((f(z).size, z.size))
    for j in range(z.size):
        plus = minus = z.copy()
        plus[j] += eps
        minus[j] -= eps
        J[:, j] = (f(plus) - f(minus)) / (2 * eps)
    return J


NUMERICAL_JACOBIAN = (
    Mistake(transposed, "Your rows and columns have changed places: nudging one input should fill one column."),
    Mistake(forward_difference, "You step in one direction only, which is wrong by a multiple of eps. Stepping to "
                                "both sides makes that first error cancel."),
    Mistake(divided_by_one_step, "Your derivatives come out twice too large: how far apart are the two points at "
                                 "which you evaluate f?"),
    Mistake(divided_twice_over, "Your derivatives come out half as large as they should: how far apart are the two "
                                "points at which you evaluate f?"),
    Mistake(not_divided, "A derivative is a change per unit of input; yours is only the change."),
    Mistake(minus_before_plus, "Every derivative has the wrong sign: a value that grows with its input should give a "
                               "positive one."),
    Mistake(all_at_once, "You nudge all inputs at the same time and so add up the columns of J. Move one input, and "
                         "leave the others alone."),
    Mistake(only_a_square, "Some columns were never filled. There are as many columns as inputs, however many "
                           "outputs f has."),
    Mistake(own_step, "You use a step of your own. The step size is the caller's choice: it comes in as an argument."),
    Mistake(never_moved_back, "After an input has been nudged it is not put back, so later columns are taken at "
                              "another point."),
    Mistake(two_names_for_one_array, "Everything is zero, because both points are the same array under two names. "
                                     "Each needs a copy of its own."),
)


# softmax_jacobian

def plus_off_the_diagonal(z: np.ndarray) -> np.ndarray:
    y = softmax(z)
    J = np.outer(y, y)
    np.fill_diagonal(J, y * (1 - y))
    return J


def plus_everywhere(z: np.ndarray) -> np.ndarray:
    y = softmax(z)
    return np.diag(y) + np.outer(y, y)


def no_square_on_the_diagonal(z: np.ndarray) -> np.ndarray:
    y = softmax(z)
    J = -np.outer(y, y)
    np.fill_diagonal(J, y)
    return J


def first_case_forgotten(z: np.ndarray) -> np.ndarray:
    y = softmax(z)
    return -np.outer(y, y)


def each_class_alone(z: np.ndarray) -> np.ndarray:
    y = softmax(z)
    return np.diag(y * (1 - y))


def negated_jacobian(z: np.ndarray) -> np.ndarray:
    y = softmax(z)
    return np.outer(y, y) - np.diag(y)


def derivative_of_the_logarithm(z: np.ndarray) -> np.ndarray:
    y = softmax(z)
    return np.eye(len(y)) - y


def same_index_twice(z: np.ndarray) -> np.ndarray:
    y = softmax(z)
    return y[:, None] * (np.eye(len(y)) - y[:, None])


def softmax_applied_twice(z: np.ndarray) -> np.ndarray:
    y = softmax(softmax(z))
    return np.diag(y) - np.outer(y, y)


def inner_for_outer_product(z: np.ndarray) -> np.ndarray:
    y = softmax(z)
    return np.diag(y) - y @ y


def logits_for_probabilities(z: np.ndarray) -> np.ndarray:
    return np.diag(z) - np.outer(z, z)


SOFTMAX_JACOBIAN = (
    Mistake(plus_off_the_diagonal, "Raising one logit takes probability away from the other classes, so look at the "
                                   "sign where i ≠ j. Each row of J should sum to zero."),
    Mistake(plus_everywhere, "No probability can change faster than 1/4 per unit of a logit, and each row of J "
                             "should sum to zero. Look at the sign that comes from the denominator."),
    Mistake(no_square_on_the_diagonal, "Where i = j, numerator and denominator both change; only the numerator's "
                                       "part is there."),
    Mistake(first_case_forgotten, "Only the denominator's part is there: where i = j the numerator changes too, and "
                                  "a class gains from its own logit."),
    Mistake(each_class_alone, "That is the derivative of K separate sigmoids. Softmax shares one denominator, so "
                              "every logit moves every probability."),
    Mistake(negated_jacobian, "Every sign is the other way round: a class should gain when its own logit rises."),
    Mistake(derivative_of_the_logarithm, "That is how log y moves. The chain rule takes one more factor to get from "
                                         "log y to y."),
    Mistake(same_index_twice, "The two indices do different jobs: i is the probability that reacts, j the logit that "
                              "is nudged. Yours uses the same one twice, so J is not symmetric."),
    Mistake(softmax_applied_twice, "Softmax has been applied to its own output. J is to be written in y, and y comes "
                                   "from z in one step."),
    Mistake(inner_for_outer_product, "y · y is a single number, taken away from every entry alike. Entry (i, j) "
                                     "needs the pair y_i, y_j."),
    Mistake(logits_for_probabilities, "The right pattern, with logits where the probabilities belong."),
)


# softmax_vjp

def elementwise_only(z: np.ndarray, g: np.ndarray) -> np.ndarray:
    return softmax(z) * g


def plain_sum(z: np.ndarray, g: np.ndarray) -> np.ndarray:
    return softmax(z) * (g - np.sum(g))


def plain_mean(z: np.ndarray, g: np.ndarray) -> np.ndarray:
    return softmax(z) * (g - np.mean(g))


def factor_forgotten(z: np.ndarray, g: np.ndarray) -> np.ndarray:
    return g - softmax(z) @ g


def plus_the_mean(z: np.ndarray, g: np.ndarray) -> np.ndarray:
    y = softmax(z)
    return y * (g + y @ g)


def mean_before_g(z: np.ndarray, g: np.ndarray) -> np.ndarray:
    y = softmax(z)
    return y * (y @ g - g)


def own_term_forgotten(z: np.ndarray, g: np.ndarray) -> np.ndarray:
    y = softmax(z)
    return -y * (y @ g)


def diagonal_only(z: np.ndarray, g: np.ndarray) -> np.ndarray:
    y = softmax(z)
    return y * (1 - y) * g


def vjp_at_logits(z: np.ndarray, g: np.ndarray) -> np.ndarray:
    return z * (g - z @ g)


SOFTMAX_VJP = (
    Mistake(elementwise_only, "Only the δ part of J is there. The part that comes from the shared denominator is "
                              "missing, so your result does not sum to zero."),
    Mistake(plain_sum, "You take away the plain sum of g. In the sum over i each g_i still carries a weight."),
    Mistake(plain_mean, "You take away the mean of g with equal weights. In the sum over i the weights are not equal."),
    Mistake(factor_forgotten, "Almost: the difference is right, but every entry of J carries one more factor, which "
                              "belongs in front."),
    Mistake(plus_the_mean, "The part from the shared denominator enters with the wrong sign; your result should sum "
                           "to zero."),
    Mistake(mean_before_g, "Every sign is the other way round. Try g with a single 1 in it, and compare with a row "
                           "of J."),
    Mistake(own_term_forgotten, "Only the part from the shared denominator is there. What does δ contribute?"),
    Mistake(diagonal_only, "That uses the diagonal of J alone. Its other entries are not zero."),
    Mistake(vjp_at_logits, "The right pattern, with logits where the probabilities belong."),
)


# cross_entropy_grad

def target_minus_prediction(z: np.ndarray, label: int) -> np.ndarray:
    return np.eye(len(z))[label] - softmax(z)


def target_forgotten(z: np.ndarray, label: int) -> np.ndarray:
    return softmax(z)


def one_taken_everywhere(z: np.ndarray, label: int) -> np.ndarray:
    return softmax(z) - 1


def gradient_at_probabilities(z: np.ndarray, label: int) -> np.ndarray:
    return -np.eye(len(z))[label] / softmax(z)


def gradient_of_the_probability(z: np.ndarray, label: int) -> np.ndarray:
    y = softmax(z)
    return y[label] * (np.eye(len(z))[label] - y)


def gradient_over_classes(z: np.ndarray, label: int) -> np.ndarray:
    return (softmax(z) - np.eye(len(z))[label]) / len(z)


def logits_minus_target(z: np.ndarray, label: int) -> np.ndarray:
    return z - np.eye(len(z))[label]


def softmax_twice_in_gradient(z: np.ndarray, label: int) -> np.ndarray:
    return softmax(softmax(z)) - np.eye(len(z))[label]


def entry_of_the_label_only(z: np.ndarray, label: int) -> np.ndarray:
    return (softmax(z) - 1) * np.eye(len(z))[label]


def gradient_label_from_one(z: np.ndarray, label: int) -> np.ndarray:
    return softmax(z) - np.eye(len(z))[label - 1]


CROSS_ENTROPY_GRAD = (
    Mistake(target_minus_prediction, "Every sign is the other way round: more of the right logit should make the "
                                     "loss smaller, so its entry is negative."),
    Mistake(target_forgotten, "These are the probabilities. The target does not appear, so the gradient cannot know "
                              "which class is right."),
    Mistake(one_taken_everywhere, "You take 1 away from every class. Only one of them is the right one; the entries "
                                  "should sum to zero."),
    Mistake(gradient_at_probabilities, "That is the gradient with respect to y. The chain rule still has to carry it "
                                       "through softmax to z."),
    Mistake(gradient_of_the_probability, "That is how the probability of the label moves. The loss is its negative "
                                         "logarithm, which brings one more factor."),
    Mistake(gradient_over_classes, "Right direction, but divided by the number of classes, and nothing is averaged "
                                   "over them here."),
    Mistake(logits_minus_target, "You compare the logits with the target. Which vector lives on the same scale as a "
                                 "one-hot vector?"),
    Mistake(softmax_twice_in_gradient, "Softmax has been applied twice. The argument z holds logits; once is enough."),
    Mistake(entry_of_the_label_only, "Only the label's entry is filled. Raising another logit takes probability from "
                                     "the label, so it changes the loss too."),
    Mistake(gradient_label_from_one, "You mark the neighbour of the class that is meant: labels count from 0."),
)
