"""Wrong backward passes of ps6, for two classes and for ten, each with the hint that helps.

Every function stands alone, apart from names that the notebook defines: repetition is on purpose.
"""

from typing import Any

import numpy as np

from grading.probes.model import Mistake
from grading.probes.ps6_reference import one_hot, sigmoid

# backward

def summed_gradients(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = Y2 - Y_true
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def error_turned_round(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (Y_true - Y2) / Y2.shape[1]
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def hidden_slope_forgotten(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (Y2 - Y_true) / Y2.shape[1]
    delta1 = params["w2"].T @ delta2
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def slope_of_activated_values(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (Y2 - Y_true) / Y2.shape[1]
    delta1 = params["w2"].T @ delta2 * sigmoid(Y1) * (1 - sigmoid(Y1))
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def half_of_the_slope(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (Y2 - Y_true) / Y2.shape[1]
    delta1 = params["w2"].T @ delta2 * Y1
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def other_half_of_the_slope(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (Y2 - Y_true) / Y2.shape[1]
    delta1 = params["w2"].T @ delta2 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def slope_of_tanh(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (Y2 - Y_true) / Y2.shape[1]
    delta1 = params["w2"].T @ delta2 * (1 - Y1**2)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def output_slope_kept(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (Y2 - Y_true) * Y2 * (1 - Y2) / Y2.shape[1]
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def inputs_of_the_activation(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (Y2 - Y_true) / Y2.shape[1]
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ intermediate["z1"].T, "b2": np.sum(delta2, axis=1)}


def biases_summed(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (Y2 - Y_true) / Y2.shape[1]
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1) * Y2.shape[1],
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1) * Y2.shape[1]}


def one_number_for_all_biases(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (Y2 - Y_true) / Y2.shape[1]
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1) + np.zeros(len(delta1)),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def divided_twice(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (Y2 - Y_true) / Y2.shape[1]
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T / Y2.shape[1], "b1": np.mean(delta1, axis=1),
            "w2": delta2 @ Y1.T / Y2.shape[1], "b2": np.mean(delta2, axis=1)}


def number_of_a_global(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (Y2 - Y_true) / 2000
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


BACKWARD = (
    Mistake(summed_gradients, "Your gradients are sums over the samples. The loss is a mean, and so are its "
                              "gradients."),
    Mistake(error_turned_round, "Every sign is the other way round: the error is the prediction minus the target."),
    Mistake(hidden_slope_forgotten, "The error comes back through w2, but the slope of the hidden sigmoid is missing."),
    Mistake(slope_of_activated_values, "The hidden slope applies the sigmoid to values that are already activated. "
                                       "Write it in terms of Y1."),
    Mistake(half_of_the_slope, "Half of the hidden slope is missing: it should be small at both ends of the S."),
    Mistake(other_half_of_the_slope, "Half of the hidden slope is missing: it should also vanish where Y1 is near 0."),
    Mistake(slope_of_tanh, "1 − Y1² is the slope of tanh. What is that of the sigmoid?"),
    Mistake(output_slope_kept, "The error is multiplied by the slope of the output once more. In your derivation that "
                               "slope has cancelled."),
    Mistake(inputs_of_the_activation, "The gradient of w2 uses z1. The second layer was fed with the activated "
                                      "values."),
    Mistake(biases_summed, "The weights' gradients are means over the samples, those of the biases still sums."),
    Mistake(one_number_for_all_biases, "All units of the hidden layer get the same number: a sum without an axis runs "
                                       "over units too."),
    Mistake(divided_twice, "The mean has been taken twice: once in the error, and once more in the gradients."),
    Mistake(number_of_a_global, "You divide by a fixed number of samples. How many there are can be seen from the "
                                "arguments."),
)


# backward_multi

def summed_gradients_multi(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = probs - one_hot(Y_true, len(probs))
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def error_turned_round_multi(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (one_hot(Y_true, len(probs)) - probs) / probs.shape[1]
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def hidden_slope_forgotten_multi(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (probs - one_hot(Y_true, len(probs))) / probs.shape[1]
    delta1 = params["w2"].T @ delta2
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def slope_of_activated_values_multi(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (probs - one_hot(Y_true, len(probs))) / probs.shape[1]
    delta1 = params["w2"].T @ delta2 * sigmoid(Y1) * (1 - sigmoid(Y1))
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def half_of_the_slope_multi(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (probs - one_hot(Y_true, len(probs))) / probs.shape[1]
    delta1 = params["w2"].T @ delta2 * Y1
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def other_half_of_the_slope_multi(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (probs - one_hot(Y_true, len(probs))) / probs.shape[1]
    delta1 = params["w2"].T @ delta2 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def slope_of_tanh_multi(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (probs - one_hot(Y_true, len(probs))) / probs.shape[1]
    delta1 = params["w2"].T @ delta2 * (1 - Y1**2)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def output_slope_kept_multi(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (probs - one_hot(Y_true, len(probs))) * probs * (1 - probs) / probs.shape[1]
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def prediction_without_target_multi(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = probs / probs.shape[1]
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def inputs_of_the_activation_multi(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (probs - one_hot(Y_true, len(probs))) / probs.shape[1]
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ intermediate["z1"].T, "b2": np.sum(delta2, axis=1)}


def biases_summed_multi(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (probs - one_hot(Y_true, len(probs))) / probs.shape[1]
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1) * probs.shape[1],
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1) * probs.shape[1]}


def one_number_for_all_biases_multi(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (probs - one_hot(Y_true, len(probs))) / probs.shape[1]
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1) + np.zeros(len(delta1)),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


def divided_twice_multi(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (probs - one_hot(Y_true, len(probs))) / probs.shape[1]
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T / probs.shape[1], "b1": np.mean(delta1, axis=1),
            "w2": delta2 @ Y1.T / probs.shape[1], "b2": np.mean(delta2, axis=1)}


def number_of_a_global_multi(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    Y1 = intermediate["Y1"]
    delta2 = (probs - one_hot(Y_true, len(probs))) / 2000
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T, "b1": np.sum(delta1, axis=1),
            "w2": delta2 @ Y1.T, "b2": np.sum(delta2, axis=1)}


BACKWARD_MULTI = (
    Mistake(summed_gradients_multi, "Your gradients are sums over the samples. The loss is a mean, and so are its "
                                    "gradients."),
    Mistake(error_turned_round_multi, "Every sign is the other way round: the error is the prediction minus the "
                                      "target."),
    Mistake(hidden_slope_forgotten_multi, "The error comes back through w2, but the slope of the hidden sigmoid is "
                                          "missing."),
    Mistake(slope_of_activated_values_multi, "The hidden slope applies the sigmoid to values that are already "
                                             "activated. Write it in terms of Y1."),
    Mistake(half_of_the_slope_multi, "Half of the hidden slope is missing: it should be small at both ends of the S."),
    Mistake(other_half_of_the_slope_multi, "Half of the hidden slope is missing: it should also vanish where Y1 is "
                                           "near 0."),
    Mistake(slope_of_tanh_multi, "1 − Y1² is the slope of tanh. What is that of the sigmoid?"),
    Mistake(output_slope_kept_multi, "The error is multiplied by p(1 − p) once more. In your derivation the slope of "
                                     "softmax has cancelled already."),
    Mistake(prediction_without_target_multi, "The error is the prediction alone. The target does not appear, so the "
                                             "network cannot know what is right."),
    Mistake(inputs_of_the_activation_multi, "The gradient of w2 uses z1. The second layer was fed with the activated "
                                            "values."),
    Mistake(biases_summed_multi, "The weights' gradients are means over the samples, those of the biases still sums."),
    Mistake(one_number_for_all_biases_multi, "All units of the hidden layer get the same number: a sum without an "
                                             "axis runs over units too."),
    Mistake(divided_twice_multi, "The mean has been taken twice: once in the error, and once more in the gradients."),
    Mistake(number_of_a_global_multi, "You divide by a fixed number of samples. How many there are can be seen from "
                                      "the arguments."),
)
