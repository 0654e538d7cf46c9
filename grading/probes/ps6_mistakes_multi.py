"""Wrong answers to ps6's exercises on ten classes, each with the hint that helps.

Every function stands alone, apart from names that the notebook defines: repetition is on purpose.
"""

from typing import Any

import numpy as np

from grading.probes.model import Mistake
from grading.probes.ps6_reference import forward, forward_multi, sigmoid, softmax

# one_hot

def samples_as_rows(labels: Any, K: int) -> Any:
    return np.eye(K)[np.asarray(labels).astype(int)]


def classes_counted_from_one(labels: Any, K: int) -> Any:
    return np.eye(K)[:, np.asarray(labels).astype(int) - 1]


def classes_that_occur(labels: Any, K: int) -> Any:
    labels = np.asarray(labels).astype(int)
    return np.eye(np.max(labels) + 1)[:, labels]


def integers_only(labels: Any, K: int) -> Any:
    return np.eye(K)[:, labels]


def labels_in_place_of_ones(labels: Any, K: int) -> Any:
    return np.eye(K)[:, np.asarray(labels).astype(int)] * np.asarray(labels)


def plus_and_minus(labels: Any, K: int) -> Any:
    return 2 * np.eye(K)[:, np.asarray(labels).astype(int)] - 1


ONE_HOT = (
    Mistake(samples_as_rows, "Your samples are rows. In this problem set every sample is a column, with a row for "
                             "each class."),
    Mistake(classes_counted_from_one, "The ones stand one row too high: classes count from 0."),
    Mistake(classes_that_occur, "The number of rows should be K, whether or not the last classes occur among the "
                                "labels."),
    Mistake(integers_only, "Right for integers. Labels may also be floats such as 3.0, which cannot be indices as "
                           "they are."),
    Mistake(labels_in_place_of_ones, "Where a 1 belongs you have written the label."),
    Mistake(plus_and_minus, "Outside the label a one-hot column is 0, not −1."),
)


# extract_multiclass_dataset

def file_order(x: Any, y: Any, num_samples: int) -> Any:
    chosen = np.sort(np.concatenate([np.flatnonzero(y == label)[:num_samples] for label in range(10)]))
    return x[chosen], y[chosen]


def first_images(x: Any, y: Any, num_samples: int) -> Any:
    return x[:10 * num_samples], y[:10 * num_samples]


def nine_classes(x: Any, y: Any, num_samples: int) -> Any:
    chosen = np.concatenate([np.flatnonzero(y == label)[:num_samples] for label in range(9)])
    return x[chosen], y[chosen]


def samples_in_all(x: Any, y: Any, num_samples: int) -> Any:
    chosen = np.concatenate([np.flatnonzero(y == label)[:num_samples // 10] for label in range(10)])
    return x[chosen], y[chosen]


def classes_downwards(x: Any, y: Any, num_samples: int) -> Any:
    chosen = np.concatenate([np.flatnonzero(y == label)[:num_samples] for label in range(9, -1, -1)])
    return x[chosen], y[chosen]


def labels_left_in_file_order(x: Any, y: Any, num_samples: int) -> Any:
    chosen = np.concatenate([np.flatnonzero(y == label)[:num_samples] for label in range(10)])
    return x[chosen], y[:len(chosen)]


MULTICLASS_EXTRACTION = (
    Mistake(file_order, "The right images in file order. First all of class 0, then all of class 1, and so on."),
    Mistake(first_images, "These are the first images of the file, whatever their class. Each class should come "
                          "num_samples times."),
    Mistake(nine_classes, "One class is missing: a range ends before its last number."),
    Mistake(samples_in_all, "num_samples is the number of images of each class, not of all classes together."),
    Mistake(classes_downwards, "The classes come in the wrong order: 0 is first."),
    Mistake(labels_left_in_file_order, "The images have been put in a new order, their labels have not."),
)


# softmax

def softmax_of_rows(Z: Any) -> Any:
    e = np.exp(Z - np.max(Z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def sum_without_axis(Z: Any) -> Any:
    e = np.exp(Z - np.max(Z, axis=0))
    return e / np.sum(e)


def global_maximum(Z: Any) -> Any:
    e = np.exp(Z - np.max(Z))
    return e / np.sum(e, axis=0)


def no_shift(Z: Any) -> Any:
    e = np.exp(Z)
    return e / np.sum(e, axis=0)


def global_maximum_and_sum(Z: Any) -> Any:
    e = np.exp(Z - np.max(Z))
    return e / np.sum(e)


def sigmoid_of_each(Z: Any) -> Any:
    return sigmoid(Z)


def not_normalised(Z: Any) -> Any:
    return np.exp(Z - np.max(Z, axis=0))


def without_exponential(Z: Any) -> Any:
    return Z / np.sum(Z, axis=0)


SOFTMAX = (
    Mistake(softmax_of_rows, "Your rows sum to one. Here a sample is a column, so columns should."),
    Mistake(sum_without_axis, "Each column has its own maximum, but the sum runs over the whole array: a sum without "
                              "an axis adds all samples up."),
    Mistake(global_maximum, "One maximum is taken away from the whole batch, so columns far below it underflow to 0 / "
                            "0. Each column needs its own."),
    Mistake(no_shift, "The formula is right, but exp leaves the range of float64 for large entries. What can be taken "
                      "away from a column first?"),
    Mistake(global_maximum_and_sum, "All samples together sum to one. Every column should: maximum and sum both need "
                                    "an axis."),
    Mistake(sigmoid_of_each, "That is the sigmoid of each entry. In softmax the classes of a sample compete, and sum "
                             "to one."),
    Mistake(not_normalised, "The ratios are right, but columns do not sum to one yet."),
    Mistake(without_exponential, "Dividing by the sum alone leaves negative numbers. The exponential is missing."),
)


# MultiClassCrossEntropyLoss

def summed_loss(Y_true: Any, probs: Any) -> Any:
    return -np.sum(np.log(probs[Y_true.astype(int), np.arange(len(Y_true))]))


def mean_over_classes_too(Y_true: Any, probs: Any) -> Any:
    return -np.mean((np.arange(len(probs))[:, None] == Y_true) * np.log(probs))


def divided_by_classes(Y_true: Any, probs: Any) -> Any:
    return -np.sum(np.log(probs[Y_true.astype(int), np.arange(len(Y_true))])) / len(probs)


def sign_forgotten(Y_true: Any, probs: Any) -> Any:
    return np.mean(np.log(probs[Y_true.astype(int), np.arange(len(Y_true))]))


def every_class_yes_or_no(Y_true: Any, probs: Any) -> Any:
    T = np.arange(len(probs))[:, None] == Y_true
    return -np.sum(T * np.log(probs) + (1 - T) * np.log(1 - probs)) / len(Y_true)


def logarithm_of_the_mean(Y_true: Any, probs: Any) -> Any:
    return -np.log(np.mean(probs[Y_true.astype(int), np.arange(len(Y_true))]))


def whole_rows(Y_true: Any, probs: Any) -> Any:
    return -np.mean(np.log(probs[Y_true.astype(int)]))


MULTICLASS_LOSS = (
    Mistake(summed_loss, "That is the sum over the samples. The mean is asked for."),
    Mistake(mean_over_classes_too, "Your mean runs over the classes too. A sample has one loss, however many classes "
                                   "there are."),
    Mistake(divided_by_classes, "You divide by the number of classes: the length of an array (K, N) is K. How many "
                                "samples are there?"),
    Mistake(sign_forgotten, "Your loss is negative: logarithms of probabilities are."),
    Mistake(every_class_yes_or_no, "You add up a yes-or-no loss for each class. Only the probability of the label "
                                   "counts here."),
    Mistake(logarithm_of_the_mean, "The mean is taken before the logarithm. Every sample's loss is a logarithm of its "
                                   "own."),
    Mistake(whole_rows, "For each label you take the class's probabilities for all samples. Each sample needs only "
                        "its own."),
)


# forward_multi

def sigmoid_at_the_output(X: Any, params: Any) -> Any:
    return forward(X, params)


def softmax_over_samples(X: Any, params: Any) -> Any:
    _, intermediate = forward(X, params)
    return softmax(intermediate["z2"].T).T, intermediate


def softmax_of_probabilities(X: Any, params: Any) -> Any:
    Y2, intermediate = forward(X, params)
    return softmax(Y2), intermediate


def softmax_twice(X: Any, params: Any) -> Any:
    _, intermediate = forward(X, params)
    return softmax(softmax(intermediate["z2"])), intermediate


def logits_returned(X: Any, params: Any) -> Any:
    _, intermediate = forward(X, params)
    return intermediate["z2"], intermediate


def hidden_not_activated(X: Any, params: Any) -> Any:
    z1 = params["w1"] @ X + params["b1"][:, None]
    z2 = params["w2"] @ z1 + params["b2"][:, None]
    return softmax(z2), {"X": X, "z1": z1, "Y1": z1, "z2": z2}


FORWARD_MULTI = (
    Mistake(sigmoid_at_the_output, "The outputs are sigmoids, which do not know of each other. Ten classes share one "
                                   "probability: their column sums to one."),
    Mistake(softmax_over_samples, "Softmax runs along the samples. It belongs to the classes of each sample."),
    Mistake(softmax_of_probabilities, "Softmax is applied to values that have been through a sigmoid. It wants z2."),
    Mistake(softmax_twice, "Softmax has been applied twice; once is enough."),
    Mistake(logits_returned, "The output is z2 itself. Probabilities are asked for."),
    Mistake(hidden_not_activated, "The hidden layer has no activation, so the two layers together are one linear map."),
)


# predict_multi

def likeliest_sample(X: Any, params: Any) -> Any:
    return np.argmax(forward_multi(X, params)[0], axis=1)


def likeliest_entry(X: Any, params: Any) -> Any:
    return np.argmax(forward_multi(X, params)[0])


def least_likely(X: Any, params: Any) -> Any:
    return np.argmin(forward_multi(X, params)[0], axis=0)


def largest_probability(X: Any, params: Any) -> Any:
    return np.max(forward_multi(X, params)[0], axis=0)


def counted_from_one(X: Any, params: Any) -> Any:
    return 1 + np.argmax(forward_multi(X, params)[0], axis=0)


def above_one_half(X: Any, params: Any) -> Any:
    return 1 * (forward_multi(X, params)[0] >= 0.5)


PREDICT_MULTI = (
    Mistake(likeliest_sample, "For every class you look for a sample. It is the other way round: one class for each "
                              "column."),
    Mistake(likeliest_entry, "That is one number for the whole batch. Without an axis the array is taken as one long "
                             "row."),
    Mistake(least_likely, "That is the least likely class."),
    Mistake(largest_probability, "That is how large the largest probability is. Which class has it?"),
    Mistake(counted_from_one, "The right classes, counted from 1. Digits start at 0."),
    Mistake(above_one_half, "A threshold decides between two classes. With ten, the likeliest wins, even with less "
                            "than ½."),
)
