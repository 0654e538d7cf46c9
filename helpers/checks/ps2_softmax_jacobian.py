"""Instant checks of ps2. Derivatives are judged against small steps in the student's own functions."""

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.checks.catching import catches
from helpers.checks.checker import Examine, checker
from helpers.checks.report import Report
from helpers.gradcheck import numerical_gradient
from helpers.handin import handing_in

Array = NDArray[np.float64]
Function = Callable[..., Any]

Z = np.array([0.5, -1.2, 2.0, 0.3])
V = np.array([0.4, 1.0, -0.7, 0.2])  # a direction in which to move Z
G = np.array([1.0, -2.0, 0.5, 3.0])
HUGE = np.array([1e4, 0.0, -1e4])
EXAMPLE = np.log([1.0, 2.0, 5.0])  # the worked example of the text: probabilities 1/8, 2/8, 5/8
NUDGES = np.identity(4)  # one logit each


def softmax(report: Report, function: Function) -> None:
    """`function` is the student's `softmax`, and so on below."""
    y = report.shape(report.call(function, Z), (4,), "one probability for each logit")
    report.holds("every probability is positive", bool(np.all(y > 0)), "the exponential of any number is positive")
    report.close("the probabilities sum to one", y.sum(), 1.0, "divide by what they add up to")
    report.close("y[i] / y[0] is exp(z[i] − z[0])", y / y[0], np.exp(Z - Z[0]),
                 "each probability is proportional to the exponential of its logit")
    report.close("the same number added to all logits changes nothing", report.call(function, Z + 3), y,
                 "only differences between logits matter")
    report.close("the worked example", report.call(function, EXAMPLE), [0.125, 0.25, 0.625])
    hint = "exp overflows: which number could be taken away from all logits first"
    for level in (1e4, -1e4):
        huge = report.shape(report.call(function, level + Z), (4,), hint)
        report.close(f"adding {level:g} to all logits changes nothing either", huge, y, hint)
    report.close("logits of ±10000", report.shape(report.call(function, HUGE), (3,), hint), [1.0, 0.0, 0.0], hint)


def softmax_batch(report: Report, function: Function) -> None:
    row = report.partner(function, "softmax")
    for title, batch in (("two rows, four classes", np.stack([Z, V])), ("a square batch", np.stack([Z, V, G, -Z])),
                         ("rows near ±10000", np.stack([9000 + Z, -9000 + Z]))):
        hint = "each row is shifted and divided by numbers of its own, kept as a column (N, 1)"
        Y = report.shape(report.call(function, batch), batch.shape, hint)
        report.close(f"{title}: each row sums to one", Y.sum(axis=1), np.ones(len(batch)), hint)
        report.close(f"{title}: each row is what your softmax gives", Y, [report.call(row, z) for z in batch], hint)


def numerical_jacobian(report: Report, function: Function) -> None:
    A = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 4.0]])

    def linear(z: Array) -> Array:
        return A @ z

    def product(z: Array) -> Array:
        return np.array([z[0] ** 2, z[0] * z[1], 3 * z[1]])

    def curved(z: Array) -> Array:
        return np.array([np.exp(z[0]) * z[1], np.sin(z @ z)])

    hint = "one row for each output, one column for each input"
    J = report.shape(report.call(function, linear, V[:2], 1e-4), (3, 2), hint)
    report.close("the Jacobian of z → A z is A", J, A, "nudge one input, and see by how much each output moves")
    J = report.call(function, product, np.array([2.0, 5.0]), 1e-4)
    report.close("the worked example", J, [[4, 0], [5, 2], [0, 3]], "nudge one input, leave the others where they are")
    J = report.shape(report.call(function, curved, Z[:3], 1e-4), (2, 3), hint)
    report.close("J v is how fast f changes along v", J @ V[:3], _change_along(curved, Z[:3], V[:3]))
    J = report.call(function, lambda z: z**3, np.zeros(1), 0.5)
    report.close("z → z³ at 0 with eps = 0.5 gives eps²", J, [[0.25]], "use both neighbours, and the eps you are given")


def softmax_jacobian(report: Report, function: Function) -> None:
    softmax = _own(report, function, "softmax", (4,))
    J = report.shape(report.call(function, Z), (4, 4), "one row for each probability, one column for each logit")
    measured = np.stack([_change_along(softmax, Z, nudge) for nudge in NUDGES], axis=1)
    report.holds("the diagonal is positive", bool(np.all(np.diag(J) > 0)), "a class gains when its own logit rises")
    report.close("the diagonal: how a probability answers to its own logit, measured", np.diag(J), np.diag(measured),
                 "this is your case i = j")
    beside = NUDGES == 0
    report.close("beside it: how a probability answers to another's logit, measured", J[beside], measured[beside],
                 "this is your case i ≠ j")
    report.close("each row sums to zero", J.sum(axis=1), np.zeros(4), "add up one row of yours by hand")
    report.close("J equals its transpose", J, J.T,
                 "logit j moves probability i exactly as much as logit i moves probability j")
    report.close("J v is how fast your softmax changes along v", J @ V, _change_along(softmax, Z, V),
                 "compare one entry of each kind, i = j and i ≠ j, with your derivation")
    example = report.shape(report.call(function, EXAMPLE), (3, 3), "one row and one column for each class")
    report.close("the worked example, times 64", 64 * example, [[7, -2, -5], [-2, 12, -10], [-5, -10, 15]])


def softmax_vjp(report: Report, function: Function) -> None:
    softmax = _own(report, function, "softmax", (4,))
    vjp = report.shape(report.call(function, Z, G), (4,), "one number for each logit")
    one = report.call(function, Z, np.array([0.0, 1.0, 0.0, 0.0]))
    row = np.array([_change_along(softmax, Z, nudge)[1] for nudge in NUDGES])
    report.close("where g is 1 at one place, the entry there is what was measured", np.asarray(one)[1], row[1],
                 "this is the term with i = j")
    report.close("and so are the others", np.asarray(one)[[0, 2, 3]], row[[0, 2, 3]], "these are the terms with i ≠ j")
    report.close("the entries sum to zero", vjp.sum(), 0.0, "add them up by hand")
    report.close("it is the gradient of g · softmax(z)", vjp, numerical_gradient(lambda z: G @ softmax(z), Z),
                 "write out (Jᵀg)_j as a sum over i, and split it at δ_ij")
    report.holds("K = 1000 needs no array of K × K numbers", _peak_bytes(report, function, 1000) < 4e6,
                 "do the sum over i first: it is one number, whatever j is")


def log_softmax(report: Report, function: Function) -> None:
    log_y = report.shape(report.call(function, Z), (4,), "one logarithm for each logit")
    report.close("the exponentials sum to one", np.exp(log_y).sum(), 1.0, "the term taken away is a logarithm of a sum")
    report.close("differences are those of the logits", log_y - log_y[0], Z - Z[0],
                 "log of a quotient: the logit itself stays, and all logits lose the same number")
    hint = "form no probability: take the largest logit out of the sum before the exponential"
    huge = report.shape(report.call(function, HUGE), (3,), hint)
    report.close("logits of ±10000", huge, [0.0, -1e4, -2e4], hint)


def cross_entropy(report: Report, function: Function) -> None:
    hint = "one example has one loss"
    losses = np.array([report.shape(report.call(function, Z, label), (), hint) for label in range(4)])
    report.holds("every loss is positive", bool(np.all(losses > 0)), "the logarithm of a probability is negative")
    report.close("exp(−loss) over all labels sums to one", np.exp(-losses).sum(), 1.0,
                 "exp(−loss) is the probability of the label, with the natural logarithm")
    report.close("another label changes the loss by the difference of the logits", losses - losses[0], Z[0] - Z,
                 "labels count from 0")
    hint = "start from logarithms of probabilities that never underflow"
    report.close("logits of ±10000, the least likely label",
                 report.shape(report.call(function, HUGE, 2), (), hint), 2e4, hint)


def cross_entropy_grad(report: Report, function: Function) -> None:
    for label in (0, 2):
        loss = _own(report, function, "cross_entropy", (), label)
        gradient = report.shape(report.call(function, Z, label), (4,), "one number for each logit")
        report.close(f"label {label}: the entries sum to zero", gradient.sum(), 0.0,
                     "the same nudge to every logit changes no loss")
        report.close(f"label {label}: small steps in your cross_entropy agree", gradient,
                     numerical_gradient(loss, Z), "more of the right logit makes the loss smaller")


def catches_wrong_softmax(report: Report, function: Function) -> None:
    softmax = report.partner(function, "softmax")

    def own(z: Array) -> Array:
        return np.asarray(softmax(z))
    catches(report, function,
            right={"your softmax": softmax, "your softmax with other last digits": lambda z: own(z) * (1 + 1e-14)},
            wrong={"your softmax, doubled": lambda z: 2 * own(z), "your softmax of −z": lambda z: own(-z),
                   "the logistic function": lambda z: 1 / (1 + np.exp(-z))})


def _own(report: Report, function: Function, name: str, shape: tuple[int, ...], *after: Any) -> Function:
    """The student's own `name` as a function of z alone, with an answer of this shape."""
    partner = report.partner(function, name)

    def call(z: Array) -> Array:
        value = report.call(partner, z, *after)
        if np.shape(value) != shape:
            report.fail(f"this check builds on your {name}, which gives shape {np.shape(value)} instead of {shape}",
                        f"make the check of {name} pass first")
        return np.asarray(value, dtype=float)
    return call


def _change_along(f: Function, z: Array, v: Array, eps: float = 1e-5) -> Array:
    return np.asarray((f(z + eps * v) - f(z - eps * v)) / (2 * eps))


def _peak_bytes(report: Report, function: Function, K: int) -> int:
    """The most memory that numpy and Python held at one time during a call with K logits."""
    tracemalloc.start()
    try:
        report.call(function, np.zeros(K), np.zeros(K))
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


CHECKS: dict[str, Examine] = {
    function.__name__: function for function in (
        softmax, softmax_batch, numerical_jacobian, softmax_jacobian, softmax_vjp, log_softmax, cross_entropy,
        cross_entropy_grad, catches_wrong_softmax)}
check = checker(CHECKS)
progress, submit_check = handing_in("ps2_softmax_jacobian")
