"""Wrong answers to ps7's exercises on the loss and its gradient: average_ce, grad_ce."""

import numpy as np

from grading.probes.model import Mistake
from grading.probes.ps7_reference import softmax

# average_ce


def mean_over_classes_too(target: np.ndarray, prediction: np.ndarray) -> float:
    return -np.mean(target * np.log(np.maximum(prediction, 1e-15)))


def summed(target: np.ndarray, prediction: np.ndarray) -> float:
    return -np.sum(target * np.log(np.maximum(prediction, 1e-15)))


def minus_forgotten(target: np.ndarray, prediction: np.ndarray) -> float:
    return np.sum(target * np.log(np.maximum(prediction, 1e-15))) / len(target)


def zero_times_minus_infinity(target: np.ndarray, prediction: np.ndarray) -> float:
    return -np.sum(target * np.log(prediction)) / len(target)


def infinite_at_a_zero(target: np.ndarray, prediction: np.ndarray) -> float:
    return -np.mean(np.log(np.sum(target * prediction, axis=1)))


def softmax_again(target: np.ndarray, prediction: np.ndarray) -> float:
    return -np.sum(target * np.log(softmax(prediction))) / len(target)


def logarithm_forgotten(target: np.ndarray, prediction: np.ndarray) -> float:
    return -np.sum(target * prediction) / len(target)


def ten_yes_or_no_questions(target: np.ndarray, prediction: np.ndarray) -> float:
    p = np.clip(prediction, 1e-15, 1 - 1e-15)
    return -np.sum(target * np.log(p) + (1 - target) * np.log(1 - p)) / len(target)


def likeliest_class(target: np.ndarray, prediction: np.ndarray) -> float:
    return -np.mean(np.log(prediction.max(axis=1)))


def base_ten(target: np.ndarray, prediction: np.ndarray) -> float:
    return -np.sum(target * np.log10(np.maximum(prediction, 1e-15))) / len(target)


def logarithm_of_the_mean(target: np.ndarray, prediction: np.ndarray) -> float:
    return -np.log(np.maximum(np.sum(target * prediction) / len(target), 1e-15))


def clipped_in_place(target: np.ndarray, prediction: np.ndarray) -> float:
    prediction[prediction == 0] = 1e-15
    return -np.sum(target * np.log(prediction)) / len(target)


AVERAGE_CE = (
    Mistake(mean_over_classes_too, "You divide by N·K. Each sample has one loss, the sum over its classes, and it is "
                                   "the N samples that are averaged."),
    Mistake(summed, "That is the sum over all samples. The average was asked for."),
    Mistake(minus_forgotten, "The logarithm of a probability is negative, but a loss should be positive."),
    Mistake(zero_times_minus_infinity, "Right for positive predictions. Where one is 0, its logarithm is −∞, and 0 · "
                                       "(−∞) is not a number: keep the logarithm away from zero."),
    Mistake(infinite_at_a_zero, "Right unless the target's own probability is 0: then the loss is infinite. Keep the "
                                "logarithm away from zero."),
    Mistake(softmax_again, "The predictions are probabilities already; softmax has been applied to them once more."),
    Mistake(logarithm_forgotten, "You average the target's probability. The loss is minus its logarithm."),
    Mistake(ten_yes_or_no_questions, "The other classes enter too, as log(1 − p). Here only the logarithm at the "
                                     "target counts; softmax has already made the classes compete."),
    Mistake(likeliest_class, "You look at the class with the largest probability. The target says which class counts."),
    Mistake(base_ten, "Your values are log 10 ≈ 2.30 times too small. Which logarithm undoes exp?"),
    Mistake(logarithm_of_the_mean, "You average probabilities and take one logarithm at the end. Each sample has its "
                                   "own logarithm, and those are averaged."),
    Mistake(clipped_in_place, "The loss is right, but the caller's prediction has been written into on the way."),
)


# grad_ce

def unscaled(target: np.ndarray, logits: np.ndarray) -> np.ndarray:
    return softmax(logits) - target


def divided_by_classes_too(target: np.ndarray, logits: np.ndarray) -> np.ndarray:
    return (softmax(logits) - target) / target.size


def target_minus_prediction(target: np.ndarray, logits: np.ndarray) -> np.ndarray:
    return (target - softmax(logits)) / len(target)


def softmax_twice_in_gradient(target: np.ndarray, logits: np.ndarray) -> np.ndarray:
    return (softmax(softmax(logits)) - target) / len(target)


def logits_minus_target(target: np.ndarray, logits: np.ndarray) -> np.ndarray:
    return (logits - target) / len(target)


def target_forgotten(target: np.ndarray, logits: np.ndarray) -> np.ndarray:
    return softmax(logits) / len(target)


def gradient_at_probabilities(target: np.ndarray, logits: np.ndarray) -> np.ndarray:
    return -target / softmax(logits) / len(target)


def diagonal_only(target: np.ndarray, logits: np.ndarray) -> np.ndarray:
    return -target * (1 - softmax(logits)) / len(target)


def norm_instead_of_softmax(target: np.ndarray, logits: np.ndarray) -> np.ndarray:
    return (logits / np.linalg.norm(logits, axis=1, keepdims=True) - target) / len(target)


def samples_averaged_away(target: np.ndarray, logits: np.ndarray) -> np.ndarray:
    return np.mean(softmax(logits) - target, axis=0)


def squared_error(target: np.ndarray, logits: np.ndarray) -> np.ndarray:
    y = softmax(logits)
    return (y - target) * y * (1 - y) / len(target)


def one_softmax_for_all(target: np.ndarray, logits: np.ndarray) -> np.ndarray:
    e = np.exp(logits - logits.max())
    return (e / e.sum() - target) / len(target)


GRAD_CE = (
    Mistake(unscaled, "The right direction, but for the sum over the samples. The loss is a mean over N of them, and "
                      "so is its gradient."),
    Mistake(divided_by_classes_too, "The right direction, divided by N·K. The loss is a mean over samples, and a sum "
                                    "over classes."),
    Mistake(target_minus_prediction, "Every sign is the other way round: more of the right logit makes the loss "
                                     "smaller, so its entry is negative."),
    Mistake(softmax_twice_in_gradient, "Softmax has been applied twice. The argument holds logits; once is enough."),
    Mistake(logits_minus_target, "You compare logits with the target. What lives on the same scale as a one-hot row?"),
    Mistake(target_forgotten, "These are probabilities over N. The target does not appear, so the gradient cannot "
                              "know which class is right."),
    Mistake(gradient_at_probabilities, "That is the gradient with respect to the probabilities. The chain rule still "
                                       "has to carry it through softmax."),
    Mistake(diagonal_only, "Only the entry of the target is filled. Raising any other logit takes probability from "
                           "the target too."),
    Mistake(norm_instead_of_softmax, "The logits are divided by their Euclidean norm. Probabilities come from "
                                     "softmax."),
    Mistake(samples_averaged_away, "You average over the samples, so their rows are gone. The gradient has a row for "
                                   "each sample, in the shape of the logits."),
    Mistake(squared_error, "There is one derivative too many. With cross-entropy, the slope of softmax cancels "
                           "against the slope of the logarithm."),
    Mistake(one_softmax_for_all, "All your probabilities sum to one together. Each row is a sample of its own."),
)
