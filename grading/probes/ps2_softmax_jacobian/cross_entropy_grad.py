"""The gradient of the loss with respect to the logits, softmax(z) minus the one-hot target."""

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import logits, with_label
from .reference import softmax, softmax_vjp


def cross_entropy_grad(z: np.ndarray, label: int) -> np.ndarray:
    """The chain rule: Jᵀ times the gradient of −log y_label with respect to y."""
    g = np.zeros(z.size)
    g[label] = -1 / softmax(z)[label]
    return softmax_vjp(z, g)


def gradient_in_a_copy(z: np.ndarray, label: int) -> np.ndarray:
    gradient = softmax(z).copy()
    gradient[label] -= 1
    return gradient


def gradient_by_the_chain_rule(z: np.ndarray, label: int) -> np.ndarray:
    y = softmax(z)
    J = np.diag(y) - np.outer(y, y)
    g = np.zeros(len(y))
    g[label] = -1 / y[label]
    return g @ J


PROBE = Probe(
    "cross_entropy_grad", cross_entropy_grad,
    cases={"ordinary": Cases(with_label(logits), 5)},
    points=(Point("gradient with respect to the logits", 3.75),),
    unchanged=0.25,
    slips=[
        Slip("target_minus_prediction", "softmax(z) - one_hot", "one_hot - softmax(z)",
             "Every sign is the other way round: more of the right logit should make the loss smaller, so its entry is "
             "negative."),
        Slip("target_forgotten", " - one_hot", "",
             "These are the probabilities. The target does not appear, so the gradient cannot know which class is "
             "right."),
        Slip("one_taken_everywhere", "- one_hot", "- 1",
             "You take 1 away from every class. Only one of them is the right one; the entries should sum to zero."),
        Slip("gradient_at_probabilities", "softmax(z) - one_hot", "-one_hot / softmax(z)",
             "That is the gradient with respect to y. The chain rule still has to carry it through softmax to z."),
        Slip("gradient_of_the_probability", "return softmax(z) - one_hot",
             "y = softmax(z)\n    return y[label] * (one_hot - y)",
             "That is how the probability of the label moves. The loss is its negative logarithm, which brings one "
             "more factor."),
        Slip("gradient_over_classes", "softmax(z) - one_hot", "(softmax(z) - one_hot) / len(z)",
             "Right direction, but divided by the number of classes, and nothing is averaged over them here."),
        Slip("logits_minus_target", "softmax(z)", "z",
             "You compare the logits with the target. Which vector lives on the same scale as a one-hot vector?"),
        Slip("softmax_twice_in_gradient", "softmax(z)", "softmax(softmax(z))",
             "Softmax has been applied twice. The argument z holds logits; once is enough."),
        Slip("entry_of_the_label_only", "softmax(z) - one_hot", "(softmax(z) - 1) * one_hot",
             "Only the label's entry is filled. Raising another logit takes probability from the label, so it changes "
             "the loss too."),
        Slip("gradient_label_from_one", "[label]", "[label - 1]",
             "You mark the neighbour of the class that is meant: labels count from 0."),
    ],
    variants=[gradient_in_a_copy, gradient_by_the_chain_rule],
)
