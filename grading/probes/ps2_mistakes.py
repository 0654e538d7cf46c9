"""Wrong answers to ps2's exercises on probabilities and losses, each with the hint that helps.

Every function stands alone (`course verify` puts its source into a notebook), except that it may call `softmax`, as a
cell of the notebook may; so repetition is on purpose.
"""

import numpy as np

from grading.probes.model import Mistake


def softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


# softmax

def no_shift(z: np.ndarray) -> np.ndarray:
    e = np.exp(z)
    return e / np.sum(e)


def clipped_logits(z: np.ndarray) -> np.ndarray:
    e = np.exp(np.clip(z, -500, 500))
    return e / np.sum(e)


def no_exponential(z: np.ndarray) -> np.ndarray:
    return z / np.sum(z)


def divided_by_length(z: np.ndarray) -> np.ndarray:
    return z / np.linalg.norm(z)


def not_normalised(z: np.ndarray) -> np.ndarray:
    return np.exp(z - np.max(z))


def logistic_each(z: np.ndarray) -> np.ndarray:
    return 0.5 * (1 + np.tanh(z / 2))


def upside_down(z: np.ndarray) -> np.ndarray:
    e = np.exp(np.min(z) - z)
    return e / np.sum(e)


def divided_by_count(z: np.ndarray) -> np.ndarray:
    return np.exp(z - np.max(z)) / len(z)


def shifted_in_place(z: np.ndarray) -> np.ndarray:
    z -= np.max(z)
    e = np.exp(z)
    return e / np.sum(e)


SOFTMAX = (
    Mistake(no_shift, "The formula is right, but exp leaves the range of float64 for large logits. Which number can "
                      "you take away from all logits without changing the probabilities?"),
    Mistake(clipped_logits, "Clipping the logits avoids the overflow but changes the answer: two logits beyond the "
                            "limit come out equal. Look for a shift that leaves the probabilities as they are."),
    Mistake(no_exponential, "Dividing the logits by their sum skips the exponential, so some values come out "
                            "negative."),
    Mistake(divided_by_length, "That gives a vector of length 1 (squares sum to one). Probabilities themselves sum "
                               "to one."),
    Mistake(not_normalised, "Your values are in the right ratios but do not sum to one."),
    Mistake(divided_by_count, "Your values are divided by how many there are. To sum to one they need to be divided "
                              "by something that depends on the values."),
    Mistake(logistic_each, "That is the logistic function of each logit alone. In softmax every class competes with "
                           "every other, so the values sum to one."),
    Mistake(upside_down, "The largest logit should get the largest probability; yours gets the smallest."),
    Mistake(shifted_in_place, "The probabilities are right, but the caller's z has been changed on the way."),
)


# softmax_batch

def one_softmax_for_all(Z: np.ndarray) -> np.ndarray:
    E = np.exp(Z - np.max(Z))
    return E / np.sum(E)


def summed_over_everything(Z: np.ndarray) -> np.ndarray:
    E = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return E / np.sum(E)


def columns_instead_of_rows(Z: np.ndarray) -> np.ndarray:
    E = np.exp(Z - np.max(Z, axis=0))
    return E / np.sum(E, axis=0)


def summed_down_columns(Z: np.ndarray) -> np.ndarray:
    E = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return E / np.sum(E, axis=0)


def one_maximum_for_all(Z: np.ndarray) -> np.ndarray:
    E = np.exp(Z - np.max(Z))
    return E / np.sum(E, axis=1, keepdims=True)


def batch_without_shift(Z: np.ndarray) -> np.ndarray:
    E = np.exp(Z)
    return E / np.sum(E, axis=1, keepdims=True)


def sums_not_kept_as_a_column(Z: np.ndarray) -> np.ndarray:
    E = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return E / np.sum(E, axis=1)


def maxima_not_kept_as_a_column(Z: np.ndarray) -> np.ndarray:
    E = np.exp(Z - np.max(Z, axis=1))
    return E / np.sum(E, axis=1, keepdims=True)


def neither_kept_as_a_column(Z: np.ndarray) -> np.ndarray:
    E = np.exp(Z - np.max(Z, axis=1))
    return E / np.sum(E, axis=1)


def batch_shifted_in_place(Z: np.ndarray) -> np.ndarray:
    Z -= np.max(Z, axis=1, keepdims=True)
    E = np.exp(Z)
    return E / np.sum(E, axis=1, keepdims=True)


SOFTMAX_BATCH = (
    Mistake(one_softmax_for_all, "All entries of your result sum to one together. Each row is a sample with "
                                 "probabilities of its own."),
    Mistake(summed_over_everything, "You divide every row by one and the same total. Each row needs its own."),
    Mistake(columns_instead_of_rows, "Your columns sum to one. A sample is a row, so it is the rows that should."),
    Mistake(summed_down_columns, "Your maximum goes along the rows and your sum down the columns. Which axis runs "
                                 "through the classes of one sample?"),
    Mistake(one_maximum_for_all, "One maximum for the whole batch pushes the rows far below it to 0/0. How far a row "
                                 "is shifted should depend on that row."),
    Mistake(batch_without_shift, "Right for moderate logits, but exp leaves the range of float64 for large ones. "
                                 "Each row may be shifted without changing its probabilities."),
    Mistake(sums_not_kept_as_a_column, "The row sums have shape (N,), which numpy lines up with the columns; it only "
                                       "goes unnoticed when N = K. They should be a column, (N, 1)."),
    Mistake(maxima_not_kept_as_a_column, "The row maxima have shape (N,), which numpy lines up with the columns; it "
                                         "only goes unnoticed when N = K. They should be a column, (N, 1)."),
    Mistake(neither_kept_as_a_column, "Row maxima and row sums have shape (N,), which numpy lines up with the "
                                      "columns; it only goes unnoticed when N = K. They should be columns, (N, 1)."),
    Mistake(batch_shifted_in_place, "The probabilities are right, but the caller's Z has been changed on the way."),
)


# log_softmax

def log_of_softmax(z: np.ndarray) -> np.ndarray:
    return np.log(softmax(z))


def small_number_added(z: np.ndarray) -> np.ndarray:
    return np.log(softmax(z) + 1e-12)


def log_sum_without_shift(z: np.ndarray) -> np.ndarray:
    return z - np.log(np.sum(np.exp(z)))


def logarithm_forgotten(z: np.ndarray) -> np.ndarray:
    return z - np.max(z) - np.sum(np.exp(z - np.max(z)))


def shift_not_undone(z: np.ndarray) -> np.ndarray:
    return z - np.log(np.sum(np.exp(z - np.max(z))))


def shift_undone_twice(z: np.ndarray) -> np.ndarray:
    return z - 2 * np.max(z) - np.log(np.sum(np.exp(z - np.max(z))))


def base_ten(z: np.ndarray) -> np.ndarray:
    return np.log10(softmax(z))


def plain_probabilities(z: np.ndarray) -> np.ndarray:
    return softmax(z)


def negated_logarithms(z: np.ndarray) -> np.ndarray:
    m = np.max(z)
    return m + np.log(np.sum(np.exp(z - m))) - z


def log_shifted_in_place(z: np.ndarray) -> np.ndarray:
    z -= np.max(z)
    return z - np.log(np.sum(np.exp(z)))


LOG_SOFTMAX = (
    Mistake(log_of_softmax, "Right until a probability underflows to 0, whose logarithm is −∞. Simplify log(e^a / b) "
                            "on paper first: then no small number is ever formed."),
    Mistake(small_number_added, "The small constant hides the −∞ but puts a wrong number there. Simplify log(e^a / "
                                "b) on paper first: then no small number is ever formed."),
    Mistake(log_sum_without_shift, "The formula is right, but exp leaves the range of float64 for logits of large "
                                   "size. Shift the logits before the exponential, as in softmax."),
    Mistake(logarithm_forgotten, "What is subtracted is the sum itself; its logarithm is what the quotient turns "
                                 "into."),
    Mistake(shift_not_undone, "The maximum is taken away inside the sum only, so the two terms belong to different "
                              "logits and the probabilities behind your result do not sum to one."),
    Mistake(shift_undone_twice, "The maximum is taken away once too often, so the probabilities behind your result "
                                "do not sum to one."),
    Mistake(base_ten, "These are logarithms to base 10. The natural logarithm, which undoes exp, is meant."),
    Mistake(plain_probabilities, "These are the probabilities; their logarithms are asked for."),
    Mistake(negated_logarithms, "The signs are the other way round: the logarithm of a probability is at most 0."),
    Mistake(log_shifted_in_place, "The logarithms are right, but the caller's z has been changed on the way."),
)


# cross_entropy

def minus_forgotten(z: np.ndarray, label: int) -> float:
    return z[label] - np.max(z) - np.log(np.sum(np.exp(z - np.max(z))))


def probability_of_the_label(z: np.ndarray, label: int) -> float:
    return softmax(z)[label]


def one_minus_probability(z: np.ndarray, label: int) -> float:
    return 1 - softmax(z)[label]


def label_counted_from_one(z: np.ndarray, label: int) -> float:
    return np.log(np.sum(np.exp(z - np.max(z)))) + np.max(z) - z[label - 1]


def measured_in_bits(z: np.ndarray, label: int) -> float:
    return (np.log(np.sum(np.exp(z - np.max(z)))) + np.max(z) - z[label]) / np.log(2)


def mean_over_classes(z: np.ndarray, label: int) -> float:
    return (np.log(np.sum(np.exp(z - np.max(z)))) + np.max(z) - z[label]) / len(z)


def every_class_counted(z: np.ndarray, label: int) -> float:
    return np.sum(np.log(np.sum(np.exp(z - np.max(z)))) + np.max(z) - z)


def logit_as_probability(z: np.ndarray, label: int) -> float:
    return -np.log(z[label])


def softmax_twice_in_loss(z: np.ndarray, label: int) -> float:
    return -np.log(softmax(softmax(z))[label])


def one_against_the_rest(z: np.ndarray, label: int) -> float:
    y = softmax(z)
    return -np.log(y[label]) - np.sum(np.log(1 - np.delete(y, label)))


def loss_of_underflow(z: np.ndarray, label: int) -> float:
    return -np.log(softmax(z)[label])


def small_number_in_loss(z: np.ndarray, label: int) -> float:
    return -np.log(softmax(z)[label] + 1e-12)


def loss_without_shift(z: np.ndarray, label: int) -> float:
    return np.log(np.sum(np.exp(z))) - z[label]


CROSS_ENTROPY = (
    Mistake(minus_forgotten, "The size is right, but a loss is positive and shrinks as the right class gets likelier."),
    Mistake(probability_of_the_label, "That is the probability of the label. The loss is a logarithm of it, and "
                                      "should fall as the probability rises."),
    Mistake(one_minus_probability, "1 − y is another way to punish errors, but not the cross-entropy: it hardly "
                                   "tells bad from hopeless."),
    Mistake(label_counted_from_one, "You look at the neighbour of the class that is meant: labels count from 0."),
    Mistake(measured_in_bits, "That is the loss in bits. The natural logarithm is meant."),
    Mistake(mean_over_classes, "You divide by the number of classes. For one example the one-hot target picks a "
                               "single term, with nothing to average."),
    Mistake(every_class_counted, "You add up all classes. Which of the terms does the one-hot target let through?"),
    Mistake(logit_as_probability, "You take the logarithm of a logit. Logits are not probabilities yet."),
    Mistake(softmax_twice_in_loss, "Softmax has been applied twice. The argument z holds logits; once is enough."),
    Mistake(one_against_the_rest, "That is the sum of K separate yes-or-no losses. With softmax, the label's term "
                                  "alone carries the loss."),
    Mistake(loss_of_underflow, "Right until the probability underflows to 0, whose logarithm is −∞. You have a "
                               "function that gets the logarithm without forming the probability."),
    Mistake(small_number_in_loss, "The small constant hides the ∞ but caps the loss near 27.6. You have a function "
                                  "that gets the logarithm without forming the probability."),
    Mistake(loss_without_shift, "The formula is right, but exp leaves the range of float64 for logits of large size. "
                                "You have a function that takes care of that."),
)
