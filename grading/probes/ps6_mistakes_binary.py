"""Wrong answers to ps6's exercises on two classes, each with the hint that helps.

Every function stands alone, apart from names that the notebook defines: repetition is on purpose.
"""

from typing import Any

import numpy as np

from grading.probes.model import Mistake
from grading.probes.ps6_reference import forward, sigmoid

# TwoLayerNetwork

def w2_drawn_first(layer_dims: Any, seed: int) -> Any:
    d, h, o = layer_dims
    np.random.seed(seed)
    w2 = np.random.normal(0, 0.01, (o, h))
    return {"w1": np.random.normal(0, 0.01, (h, d)), "b1": np.zeros(h), "w2": w2, "b2": np.zeros(o)}


def variance_for_deviation(layer_dims: Any, seed: int) -> Any:
    d, h, o = layer_dims
    np.random.seed(seed)
    return {"w1": np.random.normal(0, 0.01**2, (h, d)), "b1": np.zeros(h),
            "w2": np.random.normal(0, 0.01**2, (o, h)), "b2": np.zeros(o)}


def deviation_a_tenth(layer_dims: Any, seed: int) -> Any:
    d, h, o = layer_dims
    np.random.seed(seed)
    return {"w1": np.random.normal(0, 0.1, (h, d)), "b1": np.zeros(h), "w2": np.random.normal(0, 0.1, (o, h)),
            "b2": np.zeros(o)}


def not_seeded(layer_dims: Any, seed: int) -> Any:
    d, h, o = layer_dims
    return {"w1": np.random.normal(0, 0.01, (h, d)), "b1": np.zeros(h), "w2": np.random.normal(0, 0.01, (o, h)),
            "b2": np.zeros(o)}


def seeded_twice(layer_dims: Any, seed: int) -> Any:
    d, h, o = layer_dims
    np.random.seed(seed)
    w1 = np.random.normal(0, 0.01, (h, d))
    np.random.seed(seed)
    return {"w1": w1, "b1": np.zeros(h), "w2": np.random.normal(0, 0.01, (o, h)), "b2": np.zeros(o)}


def uniform_numbers(layer_dims: Any, seed: int) -> Any:
    d, h, o = layer_dims
    np.random.seed(seed)
    return {"w1": 0.01 * np.random.rand(h, d), "b1": np.zeros(h), "w2": 0.01 * np.random.rand(o, h), "b2": np.zeros(o)}


def inputs_as_rows(layer_dims: Any, seed: int) -> Any:
    d, h, o = layer_dims
    np.random.seed(seed)
    return {"w1": np.random.normal(0, 0.01, (d, h)), "b1": np.zeros(h), "w2": np.random.normal(0, 0.01, (h, o)),
            "b2": np.zeros(o)}


def biases_as_columns(layer_dims: Any, seed: int) -> Any:
    d, h, o = layer_dims
    np.random.seed(seed)
    return {"w1": np.random.normal(0, 0.01, (h, d)), "b1": np.zeros((h, 1)), "w2": np.random.normal(0, 0.01, (o, h)),
            "b2": np.zeros((o, 1))}


def random_biases(layer_dims: Any, seed: int) -> Any:
    d, h, o = layer_dims
    np.random.seed(seed)
    return {"w1": np.random.normal(0, 0.01, (h, d)), "w2": np.random.normal(0, 0.01, (o, h)),
            "b1": np.random.normal(0, 0.01, h), "b2": np.random.normal(0, 0.01, o)}


TWO_LAYER_NETWORK = (
    Mistake(w2_drawn_first, "The random numbers are the right ones, in the wrong order: w1 is drawn before w2."),
    Mistake(variance_for_deviation, "Your weights are a hundred times too small: numpy's normal takes the standard "
                                    "deviation, and 0.01² is the variance."),
    Mistake(deviation_a_tenth, "Your weights are ten times too large: 0.01² is the variance, so the standard "
                               "deviation is its square root."),
    Mistake(not_seeded, "The seed has no effect: numpy's generator has to be set before anything is drawn."),
    Mistake(seeded_twice, "Seeding again before w2 makes it repeat the numbers of w1. Once, at the start, is enough."),
    Mistake(uniform_numbers, "Your weights are all positive, between 0 and 0.01. A normal distribution around 0 is "
                             "asked for."),
    Mistake(inputs_as_rows, "Your weight matrices lie on their side: samples are columns here, so a weight matrix has "
                            "a row for every unit it leads to."),
    Mistake(biases_as_columns, "The biases have a second dimension. Their shape is just the number of units."),
    Mistake(random_biases, "The weights are right; the biases start at zero."),
)


# extract_binary_classification_dataset

def labels_exchanged(x: Any, y: Any, label1: int, label2: int, num_samples: int) -> Any:
    first, second = x[y == label1][:num_samples], x[y == label2][:num_samples]
    return np.concatenate([first, second]), np.concatenate([np.ones(len(first)), np.zeros(len(second))])


def second_label_first(x: Any, y: Any, label1: int, label2: int, num_samples: int) -> Any:
    first, second = x[y == label1][:num_samples], x[y == label2][:num_samples]
    return np.concatenate([second, first]), np.concatenate([np.ones(len(second)), np.zeros(len(first))])


def classes_mixed(x: Any, y: Any, label1: int, label2: int, num_samples: int) -> Any:
    ones, twos = np.flatnonzero(y == label1)[:num_samples], np.flatnonzero(y == label2)[:num_samples]
    chosen = np.sort(np.concatenate([ones, twos]))
    return x[chosen], np.where(y[chosen] == label2, 1, 0)


def labels_kept(x: Any, y: Any, label1: int, label2: int, num_samples: int) -> Any:
    first, second = np.flatnonzero(y == label1)[:num_samples], np.flatnonzero(y == label2)[:num_samples]
    chosen = np.concatenate([first, second])
    return x[chosen], y[chosen]


def samples_in_all(x: Any, y: Any, label1: int, label2: int, num_samples: int) -> Any:
    first, second = x[y == label1][:num_samples // 2], x[y == label2][:num_samples // 2]
    return np.concatenate([first, second]), np.concatenate([np.zeros(len(first)), np.ones(len(second))])


def last_samples(x: Any, y: Any, label1: int, label2: int, num_samples: int) -> Any:
    first, second = x[y == label1][-num_samples:], x[y == label2][-num_samples:]
    return np.concatenate([first, second]), np.concatenate([np.zeros(len(first)), np.ones(len(second))])


def all_samples(x: Any, y: Any, label1: int, label2: int, num_samples: int) -> Any:
    first, second = x[y == label1], x[y == label2]
    return np.concatenate([first, second]), np.concatenate([np.zeros(len(first)), np.ones(len(second))])


def as_many_as_asked(x: Any, y: Any, label1: int, label2: int, num_samples: int) -> Any:
    first, second = x[y == label1][:num_samples], x[y == label2][:num_samples]
    return np.concatenate([first, second]), np.concatenate([np.zeros(num_samples), np.ones(num_samples)])


def signs_as_labels(x: Any, y: Any, label1: int, label2: int, num_samples: int) -> Any:
    first, second = x[y == label1][:num_samples], x[y == label2][:num_samples]
    return np.concatenate([first, second]), np.concatenate([-np.ones(len(first)), np.ones(len(second))])


BINARY_EXTRACTION = (
    Mistake(labels_exchanged, "The images are right, but their labels are exchanged: the first class is 0."),
    Mistake(second_label_first, "The classes come in the wrong order: first all of label1, then all of label2."),
    Mistake(classes_mixed, "The right images in file order. All of label1 should come before all of label2."),
    Mistake(labels_kept, "The images are right; their labels are still the digits. This network knows only 0 and 1."),
    Mistake(samples_in_all, "You take num_samples images in all. It is the number of each class."),
    Mistake(last_samples, "You take the last images of each class. The first ones are asked for."),
    Mistake(all_samples, "Every image of the two classes is there. Only the first num_samples of each are asked for."),
    Mistake(as_many_as_asked, "Where a class has fewer images than asked for, there are more labels than images."),
    Mistake(signs_as_labels, "Your labels are −1 and 1. The loss of this problem set wants 0 and 1."),
)


# CrossEntropyLoss

def divided_by_one(Y_true: Any, Y2: Any) -> Any:
    return -np.sum(Y_true * np.log(Y2) + (1 - Y_true) * np.log(1 - Y2)) / len(Y2)


def sign_forgotten(Y_true: Any, Y2: Any) -> Any:
    return np.mean(Y_true * np.log(Y2) + (1 - Y_true) * np.log(1 - Y2))


def only_ones_count(Y_true: Any, Y2: Any) -> Any:
    return -np.mean(Y_true * np.log(Y2))


def columns_against_rows(Y_true: Any, Y2: Any) -> Any:
    y = Y_true.reshape(-1, 1)
    return -np.mean(y * np.log(Y2) + (1 - y) * np.log(1 - Y2))


def half_squared_distance(Y_true: Any, Y2: Any) -> Any:
    return np.mean((Y_true - Y2) ** 2)


def logarithm_to_base_two(Y_true: Any, Y2: Any) -> Any:
    return -np.mean(Y_true * np.log2(Y2) + (1 - Y_true) * np.log2(1 - Y2))


def classes_exchanged(Y_true: Any, Y2: Any) -> Any:
    return -np.mean((1 - Y_true) * np.log(Y2) + Y_true * np.log(1 - Y2))


def number_of_a_global(Y_true: Any, Y2: Any) -> Any:
    return -np.sum(Y_true * np.log(Y2) + (1 - Y_true) * np.log(1 - Y2)) / 2000


def zero_times_infinity(Y_true: Any, Y2: Any) -> Any:
    return -np.mean(Y_true * np.log(Y2) + (1 - Y_true) * np.log(1 - Y2))


CROSS_ENTROPY = (
    Mistake(divided_by_one, "That is the sum. If you meant to divide by the number of samples: the length of an array "
                            "(1, N) is 1."),
    Mistake(sign_forgotten, "Your loss is negative: logarithms of probabilities are."),
    Mistake(only_ones_count, "Samples with label 0 cost nothing in your loss. What should they pay when the network "
                             "says 1?"),
    Mistake(columns_against_rows, "Every label has met every prediction: a column of labels and a row of predictions "
                                  "make a square. The mean is over N pairs."),
    Mistake(half_squared_distance, "That is a squared distance. The cross-entropy is minus a logarithm."),
    Mistake(logarithm_to_base_two, "Right up to a constant factor: the natural logarithm is asked for."),
    Mistake(classes_exchanged, "The two classes are exchanged: the output is the probability of label 1."),
    Mistake(number_of_a_global, "You divide by a fixed number of samples. How many there are can be seen from the "
                                "arguments."),
    Mistake(zero_times_infinity, "Fine until a prediction is exactly 0 or 1: then 0 · log 0 is not a number, although "
                                 "that sample costs nothing."),
)


# forward

def hidden_not_activated(X: Any, params: Any) -> Any:
    z1 = params["w1"] @ X + params["b1"][:, None]
    z2 = params["w2"] @ z1 + params["b2"][:, None]
    return sigmoid(z2), {"X": X, "z1": z1, "Y1": z1, "z2": z2}


def output_not_activated(X: Any, params: Any) -> Any:
    z1 = params["w1"] @ X + params["b1"][:, None]
    z2 = params["w2"] @ sigmoid(z1) + params["b2"][:, None]
    return z2, {"X": X, "z1": z1, "Y1": sigmoid(z1), "z2": z2}


def without_biases(X: Any, params: Any) -> Any:
    z1 = params["w1"] @ X
    z2 = params["w2"] @ sigmoid(z1)
    return sigmoid(z2), {"X": X, "z1": z1, "Y1": sigmoid(z1), "z2": z2}


def without_second_biases(X: Any, params: Any) -> Any:
    z1 = params["w1"] @ X + params["b1"][:, None]
    z2 = params["w2"] @ sigmoid(z1)
    return sigmoid(z2), {"X": X, "z1": z1, "Y1": sigmoid(z1), "z2": z2}


def activated_kept_as_z(X: Any, params: Any) -> Any:
    Y1 = sigmoid(params["w1"] @ X + params["b1"][:, None])
    Y2 = sigmoid(params["w2"] @ Y1 + params["b2"][:, None])
    return Y2, {"X": X, "z1": Y1, "Y1": Y1, "z2": Y2}


def relu_inside(X: Any, params: Any) -> Any:
    z1 = params["w1"] @ X + params["b1"][:, None]
    Y1 = np.maximum(z1, 0)
    z2 = params["w2"] @ Y1 + params["b2"][:, None]
    return sigmoid(z2), {"X": X, "z1": z1, "Y1": Y1, "z2": z2}


def output_flattened(X: Any, params: Any) -> Any:
    z1 = params["w1"] @ X + params["b1"][:, None]
    z2 = params["w2"] @ sigmoid(z1) + params["b2"][:, None]
    return sigmoid(z2)[0], {"X": X, "z1": z1, "Y1": sigmoid(z1), "z2": z2}


FORWARD = (
    Mistake(hidden_not_activated, "The hidden layer has no activation, so the two layers together are one linear map."),
    Mistake(output_not_activated, "The output is z2 itself, which can be any number. A probability lies between 0 and "
                                  "1."),
    Mistake(without_biases, "The biases of both layers are left out."),
    Mistake(without_second_biases, "The biases of the second layer are left out."),
    Mistake(activated_kept_as_z, "The output is right. What you keep as z1 and z2 has already been activated."),
    Mistake(relu_inside, "The hidden activation here is the sigmoid, not a ramp."),
    Mistake(output_flattened, "The values are right, the shape is not: one row with a column for every sample."),
)


# GD

def uphill(params: Any, grads: Any, learning_rate: float) -> Any:
    return {name: params[name] + learning_rate * grads[name] for name in params}


def rate_left_out(params: Any, grads: Any, learning_rate: float) -> Any:
    return {name: params[name] - grads[name] for name in params}


def weights_only(params: Any, grads: Any, learning_rate: float) -> Any:
    return {name: params[name] - learning_rate * grads[name] * (name in ("w1", "w2")) for name in params}


def output_layer_only(params: Any, grads: Any, learning_rate: float) -> Any:
    return {name: params[name] - learning_rate * grads[name] * (name in ("w2", "b2")) for name in params}


def loop_variable_moved(params: Any, grads: Any, learning_rate: float) -> Any:
    for name, value in params.items():
        value = value - learning_rate * grads[name]
    return params


def gradient_as_parameter(params: Any, grads: Any, learning_rate: float) -> Any:
    return {name: -learning_rate * grads[name] for name in params}


GRADIENT_DESCENT = (
    Mistake(uphill, "The parameters move along the gradient, uphill. Descent goes the other way."),
    Mistake(rate_left_out, "The step has the full length of the gradient: the learning rate does not appear."),
    Mistake(weights_only, "The weights move and the biases stay. Biases are learned too."),
    Mistake(output_layer_only, "Only the second layer moves. Both layers have parameters."),
    Mistake(loop_variable_moved, "The parameters come back as they were. A new array under a local name does not "
                                 "change the dict."),
    Mistake(gradient_as_parameter, "The step replaces the old parameters. It should be added to them."),
)


# predict

def above_one_half(x: Any, params: Any) -> Any:
    return 1 * (forward(x, params)[0] > 0.5)


def probabilities_themselves(x: Any, params: Any) -> Any:
    return forward(x, params)[0]


def threshold_on_z(x: Any, params: Any) -> Any:
    return 1 * (forward(x, params)[1]["z2"] >= 0.5)


def upside_down(x: Any, params: Any) -> Any:
    return 1 * (forward(x, params)[0] < 0.5)


def above_the_mean(x: Any, params: Any) -> Any:
    Y2 = forward(x, params)[0]
    return np.where(np.mean(Y2) > Y2, 0, 1)


def index_of_the_largest(x: Any, params: Any) -> Any:
    return np.argmax(forward(x, params)[0], axis=0)


PREDICT = (
    Mistake(above_one_half, "Right but for one value: a probability of exactly ½ counts as label 1."),
    Mistake(probabilities_themselves, "These are the probabilities. A prediction is a label, 0 or 1."),
    Mistake(threshold_on_z, "The threshold ½ belongs to the probability. You compare z2 with it."),
    Mistake(upside_down, "The two labels are exchanged: a large output speaks for label 1."),
    Mistake(above_the_mean, "You compare with the mean of the batch, so a prediction depends on the other samples."),
    Mistake(index_of_the_largest, "The largest of one row is always row 0. With a single output unit a threshold "
                                  "decides."),
)


# accuracy

def in_percent(y: Any, y_pred: Any) -> Any:
    return 100 * np.mean(np.ravel(y) == np.ravel(y_pred))


def number_right(y: Any, y_pred: Any) -> Any:
    return np.sum(np.ravel(y) == np.ravel(y_pred))


def fraction_wrong(y: Any, y_pred: Any) -> Any:
    return np.mean(np.ravel(y) != np.ravel(y_pred))


def divided_by_length(y: Any, y_pred: Any) -> Any:
    return np.sum(y == y_pred) / len(y_pred)


def everybody_with_everybody(y: Any, y_pred: Any) -> Any:
    return np.mean(np.reshape(y, (-1, 1)) == np.reshape(y_pred, (1, -1)))


def two_classes_only(y: Any, y_pred: Any) -> Any:
    return 1 - np.mean(np.abs(np.ravel(y) - np.ravel(y_pred)))


ACCURACY = (
    Mistake(in_percent, "That is a percentage. A fraction between 0 and 1 is asked for."),
    Mistake(number_right, "That is how many are right. Which fraction of all is it?"),
    Mistake(fraction_wrong, "That is the fraction of wrong predictions."),
    Mistake(divided_by_length, "For predictions in one row, (1, N), you divide by 1: that is the length of such an "
                               "array."),
    Mistake(everybody_with_everybody, "Every label is compared with every prediction. Each should meet its own."),
    Mistake(two_classes_only, "That works for 0 and 1, but with ten classes a distance between labels means nothing."),
)
