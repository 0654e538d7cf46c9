"""The loss of one example. Among extreme logits the label is the class whose probability underflows to 0."""

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import EXTREME_POINTS, extreme_logits, logits, with_label

LOWEST = {"near +10000": Cases(with_label(extreme_logits(9900.0), lowest=True), 2),
          "near -10000": Cases(with_label(extreme_logits(-4900.0), lowest=True), 2)}


def cross_entropy(z: np.ndarray, label: int) -> float:
    return float(np.logaddexp.reduce(z - z[label]))


def loss_with_one_hot(z: np.ndarray, label: int) -> float:
    shifted = z - z.max()
    log_y = shifted - np.log(np.exp(shifted).sum())
    return float(-np.sum(np.eye(len(z))[label] * log_y))


def loss_as_array(z: np.ndarray, label: int) -> np.ndarray:
    return np.array(np.logaddexp.reduce(z) - z[label])


PROBE = Probe(
    "cross_entropy", cross_entropy,
    cases={"ordinary": Cases(with_label(logits), 5), **LOWEST},
    points=(Point("loss of one example", 2), *EXTREME_POINTS),
    unchanged=0.25,
    slips=[
        Slip("minus_forgotten", "-log_softmax", "log_softmax",
             "The size is right, but a loss is positive and shrinks as the right class gets likelier."),
        Slip("probability_of_the_label", "-log_softmax", "softmax",
             "That is the probability of the label. The loss is a logarithm of it, and should fall as the "
             "probability rises."),
        Slip("one_minus_probability", "-log_softmax", "1 - softmax",
             "1 − y is another way to punish errors, but not the cross-entropy: it hardly tells bad from hopeless."),
        Slip("loss_of_all_the_others", "-log_softmax(z)[label]", "-np.log(1 - softmax(z)[label])",
             "You take the logarithm of what the other classes have together, so a good guess costs much. Which "
             "probability should be near 1?"),
        Slip("label_counted_from_one", "[label]", "[label - 1]",
             "You look at the neighbour of the class that is meant: labels count from 0."),
        Slip("measured_in_bits", "[label]", "[label] / np.log(2)",
             "That is the loss in bits. The natural logarithm is meant."),
        Slip("mean_over_classes", "[label]", "[label] / len(z)",
             "You divide by the number of classes. For one example the one-hot target picks a single term, with "
             "nothing to average."),
        Slip("every_class_counted", "log_softmax(z)[label]", "np.sum(log_softmax(z))",
             "You add up all classes. Which of the terms does the one-hot target let through?"),
        Slip("logit_as_probability", "log_softmax(z)[label]", "np.log(z[label])",
             "You take the logarithm of a logit. Logits are not probabilities yet."),
        Slip("softmax_twice_in_loss", "log_softmax(z)", "log_softmax(softmax(z))",
             "Softmax has been applied twice. The argument z holds logits; once is enough."),
        Slip("one_against_the_rest", "return -log_softmax(z)[label]",
             "y = softmax(z)\n    return -np.log(y[label]) - np.sum(np.log(1 - np.delete(y, label)))",
             "That is the sum of K separate yes-or-no losses. With softmax, the label's term alone carries the loss."),
        Slip("loss_of_underflow", "log_softmax(z)[label]", "np.log(softmax(z)[label])",
             "Right until the probability underflows to 0, whose logarithm is −∞. You have a function that gets the "
             "logarithm without forming the probability."),
        Slip("small_number_in_loss", "log_softmax(z)[label]", "np.log(softmax(z)[label] + 1e-12)",
             "The small constant hides the ∞ but caps the loss near 27.6. You have a function that gets the "
             "logarithm without forming the probability."),
        Slip("loss_without_shift", "-log_softmax(z)", "np.log(np.sum(np.exp(z))) - z",
             "The formula is right, but exp leaves the range of float64 for logits of large size. You have a "
             "function that takes care of that."),
    ],
    variants=[loss_with_one_hot, loss_as_array],
)
