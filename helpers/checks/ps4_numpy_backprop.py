"""Instant checks of ps4: closed values, properties, and small steps in the student's own loss."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.checks.catching import catches
from helpers.checks.checker import Examine, checker
from helpers.checks.ps2_softmax_jacobian import softmax
from helpers.checks.report import Report
from helpers.gradcheck import numerical_gradient
from helpers.handin import handing_in

Array = NDArray[np.float64]
Function = Callable[..., Any]

X = np.array([[0.5, -1.2, 2.0], [0.0, 3.0, -4.0]])
HUGE = np.array([-1e4, -800.0, 800.0, 1e4])
SIZES = (6, 3, 4, 10)
IMAGE = np.array([[0, 250, 30], [125, 0, 200]], dtype=np.uint8)


def sigmoid(report: Report, function: Function) -> None:
    """`function` is the student's `sigmoid`, and so on below."""
    y = report.shape(report.call(function, X), X.shape, "one value for each number")
    report.holds("every value lies between 0 and 1", bool(np.all((y > 0) & (y < 1))), "the denominator is above 1")
    report.close("σ(x) + σ(−x) is 1", y + report.call(function, -X), np.ones(X.shape), "the sigmoid rises from 0 to 1")
    report.close("σ(x) / σ(−x) is exp(x)", y / report.call(function, -X), np.exp(X), "compare with the formula")
    hint = "exp of a large number overflows, exp of a very negative one is just 0"
    report.close("numbers up to ±10000", report.shape(report.call(function, HUGE), (4,), hint), [0, 0, 1, 1], hint)


def dsigmoid(report: Report, function: Function) -> None:
    own = report.partner(function, "sigmoid")
    slope = report.shape(report.call(function, X), X.shape, "one slope for each number")
    report.close("at 0 the slope is a quarter", slope[1, 0], 0.25, "put x = 0 into the formula")
    report.close("it is how fast your sigmoid grows at x", slope,
                 numerical_gradient(lambda x: np.sum(report.call(own, x)), X),
                 "x is the number before the sigmoid, not after it")
    hint = "far out the sigmoid is flat"
    report.close("numbers up to ±10000", report.shape(report.call(function, HUGE), (4,), hint), np.zeros(4), hint)


def cross_entropy_loss(report: Report, function: Function) -> None:
    y, yhat = np.array([0.0, 0.0, 1.0]), np.array([0.125, 0.25, 0.625])
    loss = report.shape(report.call(function, y, yhat), (), "one sample has one loss")
    report.close("the worked example", loss, np.log(1.6), "only the class with y = 1 counts; natural logarithm")
    uniform = report.call(function, np.eye(10)[3], np.full(10, 0.1))
    report.close("ten equal probabilities cost log 10", uniform, np.log(10))
    hint = "0 · log 0 is not a number: leave out the classes with y = 0"
    zero = report.shape(report.call(function, y, np.array([0.0, 0.375, 0.625])), (), hint)
    report.close("a probability of 0 beside the label changes nothing", zero, np.log(1.6), hint)


def integer_to_one_hot(report: Report, function: Function) -> None:
    for x, length in ((2, 10), (2, 5), (0, 3)):
        one_hot = report.shape(report.call(function, x, length), (length,), "the second argument is the length")
        report.close(f"({x}, {length}): the entries sum to one", one_hot.sum(), 1.0, "a single one, zeros elsewhere")
        report.close(f"({x}, {length}): the one is at place {x}", one_hot[x], 1.0, "places count from 0")


def initialize(report: Report, function: Function) -> None:
    sizes, rng = [140, 50, 90, 10], np.random.default_rng(3)
    parameters = report.call(function, sizes, rng)
    if not isinstance(parameters, tuple | list) or len(parameters) != 2 or {len(part) for part in parameters} != {3}:
        report.fail("two lists of three arrays are expected", "one matrix and one vector for each layer but the input")
    weights, biases = parameters
    for l, W in enumerate(weights):
        shape, scale = (sizes[l], sizes[l + 1]), np.sqrt(max(sizes[l:l + 2]))
        W = report.shape(W, shape, f"W[{l}] has a row for each input, a column for each output") * scale
        report.close(f"W[{l}] has mean 0", W.mean(), 0.0, atol=0.15)
        report.close(f"W[{l}] has variance 1/{max(shape)}", W.std(), 1.0,
                     "v is the variance, and it belongs to the larger side", atol=0.1)
        report.close(f"the entries of W[{l}] form a bell", np.mean(W**4) / np.mean(W**2) ** 2, 3.0,
                     "draw from a normal distribution", atol=0.9)
    for l, b in enumerate(biases):
        report.close(f"b[{l}] is zero", report.shape(b, (sizes[l + 1],), "one bias for each output"), 0 * b)
    again, same = (report.call(function, sizes, generator)[0][0] for generator in (rng, np.random.default_rng(3)))
    hint = "draw every number from the generator you are given"
    report.holds("the same seed gives the same network", np.array_equal(same, weights[0]), hint)
    report.holds("a second network differs from the first", not np.array_equal(again, weights[0]), hint)


def feed_forward_sample(report: Report, function: Function) -> None:
    weights, biases = _network()
    none, silent, b = [0 * W for W in weights[:2]], [0 * b for b in biases[:2]], biases[2]
    hint = "hidden layers: product, then bias, then sigmoid"
    losses, guess = _losses(report, function, np.zeros(6), [*none, 0 * weights[2]], biases)
    report.close("with weights of zero, losses differ as the last biases do", _from_first(losses), _of_logits(b),
                 "the last layer is W[2] and b[2], then softmax")
    report.close("the guess has a single one, at the largest logit", guess, np.eye(10)[np.argmax(b)],
                 "turn the most probable class into one-hot form")
    report.close("losses differ as they do with hidden units of one half",
                 _from_first(_losses(report, function, np.ones(6), [*none, weights[2]], [*silent, b])[0]),
                 _of_logits(0.5 * weights[2].sum(axis=0) + b), hint)
    first, second = np.array([1, -1, 1]), np.array([1, -1, -1, 1])
    driven = [30.0 * np.tile(first, (6, 1)), 1e3 * np.outer([1, -6, 1], second), weights[2]]
    expected = _of_logits((second > 0) @ weights[2] + b)
    report.close("losses differ as they do with hidden units driven to 0 or 1 by weights",
                 _from_first(_losses(report, function, np.ones(6), driven, biases)[0]), expected, hint)
    report.close("losses differ as they do with hidden units driven to 0 or 1 by biases",
                 _from_first(_losses(report, function, np.ones(6), [*none, weights[2]],
                                     [silent[0], 1e3 * second, b])[0]), expected, hint)
    weights[0] = weights[0] / 255
    flat, image = (_losses(report, function, sample, weights, biases) for sample in (IMAGE.ravel(), IMAGE))
    report.close("an image is flattened", image[0], flat[0], "make one long vector of the sample, whatever its shape")
    moved = _losses(report, function, 0.5 * IMAGE, weights, biases)
    report.holds("the pixels matter", not np.allclose(moved[0], image[0]), "the sample goes into the first product")


def feed_forward_dataset(report: Report, function: Function) -> None:
    own = report.partner(function, "feed_forward_sample")
    weights, biases = _network()
    x = np.random.default_rng(1).uniform(size=(7, 2, 3))
    guesses = [int(np.argmax(report.call(own, sample, 0, weights, biases)[1])) for sample in x]
    y = np.array([*guesses[:4], *(9 - guess for guess in guesses[4:])])
    losses = [report.call(own, sample, int(label), weights, biases)[0] for sample, label in zip(x, y, strict=True)]
    for title, samples in (("samples as vectors", x.reshape(7, 6)), ("samples as images", x)):
        mean_loss, accuracy = _pair(report, report.call(function, samples, y, weights, biases), "mean_loss, accuracy")
        report.close(f"{title}: the mean loss is the mean of your feed_forward_sample's",
                     report.shape(mean_loss, (), "one number for the whole set"), np.mean(losses),
                     "each row has a softmax and a label of its own")
        report.close(f"{title}: the accuracy is the fraction of right guesses",
                     report.shape(accuracy, (), "one number for the whole set"), np.mean(y == guesses),
                     "a fraction from 0 to 1: how many guesses equal their label")


def gradients(report: Report, function: Function) -> None:
    own = report.partner(function, "feed_forward_sample")
    weights, biases = _network()
    parameters, sample = [*weights, *biases], IMAGE.ravel() / 255
    # The output layer first: an error made there spoils everything below.
    for l in (2, 1, 0):
        hint = "what is the derivative with respect to the logits"
        if l < 2:
            hint = "the layers above this one are right; what happens to the error on its way here"
        for name, place in ((f"dW[{l}]", l), (f"db[{l}]", 3 + l)):

            def loss(value: Array, place: int = place) -> Any:
                moved = [*parameters[:place], value, *parameters[place + 1:]]
                return report.call(own, sample, 4, moved[:3], moved[3:])[0]
            got = _gradients(report, function, sample)[place]
            report.close(f"{name}: small steps in your own loss agree",
                         report.shape(got, parameters[place].shape, f"{name} has the shape of what it belongs to"),
                         numerical_gradient(loss, parameters[place]), hint)
    flat, image = (_gradients(report, function, pixels)[0] for pixels in (sample, IMAGE / 255))
    report.close("an image is flattened", image, flat, "make one long vector of the sample, whatever its shape")


def _gradients(report: Report, function: Function, sample: Array) -> Any:
    dW, db = _pair(report, report.call(function, sample, 4, *_network()), "weight_gradients, bias_gradients")
    if {len(dW), len(db)} != {3}:
        report.fail("two lists of three arrays are expected", "one gradient for each weight matrix and each bias")
    return [*dW, *db]


def train_one_sample(report: Report, function: Function) -> None:
    own = report.partner(function, "gradients")
    weights, biases = _network()
    sample = np.array([0.1, 0.9, 0.0, 0.4, 0.7, 1.0])
    dW, db = report.call(own, sample, 4, weights, biases)
    for rate in (0.1, 0.7):
        new = _pair(report, report.call(function, sample, 4, weights, biases, rate), "weights, biases")
        for name, got, old, gradient in (("W", new[0], weights, dW), ("b", new[1], biases, db)):
            for l in (2, 1, 0):
                moved = report.shape(got[l], old[l].shape, "new values have the shape of the old ones")
                report.close(f"{name}[{l}] moved by rate times your gradient, downhill, rate {rate}",
                             old[l] - moved, rate * np.asarray(gradient[l]),
                             "all gradients are taken at the old weights, before anything moves")


def train_one_epoch(report: Report, function: Function) -> None:
    own = report.partner(function, "train_one_sample")
    x, y = np.random.default_rng(1).uniform(size=(5, 6)), np.array([3, 0, 9, 4, 1])
    expected = _network()
    for sample, label in zip(x, y, strict=True):
        expected = report.call(own, sample, int(label), *expected, 0.5)
    # Bound beforehand, since this one may change its arguments, which `call` would report.
    got = _pair(report, report.call(partial(function, x, y, *_network(), 0.5)), "weights, biases")
    for name, ours, theirs in (("W", expected[0], got[0]), ("b", expected[1], got[1])):
        for l in (2, 1, 0):
            report.close(f"{name}[{l}] is where five of your train_one_sample lead, in order",
                         report.shape(theirs[l], np.shape(ours[l])), ours[l],
                         "each step starts from where the one before ended, and every sample is used once")


def _network() -> tuple[list[Array], list[Array]]:
    rng = np.random.default_rng(12)
    return ([rng.normal(size=(SIZES[l], SIZES[l + 1])) for l in range(3)], [rng.normal(size=n) for n in SIZES[1:]])


def _pair(report: Report, value: Any, names: str) -> Any:
    if not isinstance(value, tuple | list) or len(value) != 2:
        report.fail(f"two values are expected: {names}", f"end with `return {names}`")
    return value


def _from_first(losses: Array) -> Array:
    """How much larger each label's loss is than the first one's, and the sum of the probabilities: 1."""
    return np.append(losses - losses[0], np.exp(-losses).sum())


def _of_logits(logits: Array) -> Array:
    """The same, as the logits say it."""
    return np.append(logits[0] - logits, 1.0)


def _losses(report: Report, function: Function, sample: Any, weights: list[Array], biases: list[Array]
            ) -> tuple[Array, Array]:
    """The loss for each of the ten labels, and the guess."""
    losses, guess = np.zeros(10), np.zeros(10)
    for label in range(10):
        loss, one_hot = _pair(report, report.call(function, sample, label, weights, biases), "loss, one_hot_guess")
        losses[label] = report.shape(loss, (), "one sample has one loss")
        guess = report.shape(one_hot, (10,), "the guess is in one-hot form")
    return losses, guess


def catches_wrong_gradients(report: Report, function: Function) -> None:
    own = report.partner(function, "gradients")

    def times(*factors: float) -> Function:
        """The student's own gradients, each layer's multiplied by a factor of its own."""
        def changed(*arguments: Any) -> Any:
            return tuple([factor * np.asarray(layer) for factor, layer in zip(factors, part, strict=True)]
                         for part in own(*arguments))
        return changed
    catches(report, function,
            right={"your gradients": own, "your gradients with other last digits": times(*[1 + 1e-14] * 3)},
            wrong={"your gradients with the other sign": times(-1, -1, -1),
                   "your gradients without those of the first layer": times(0, 1, 1),
                   "your gradients, doubled in the last layer": times(1, 1, 2)})


CHECKS: dict[str, Examine] = {
    function.__name__: function for function in (
        sigmoid, dsigmoid, softmax, cross_entropy_loss, integer_to_one_hot, initialize, feed_forward_sample,
        feed_forward_dataset, gradients, train_one_sample, train_one_epoch,
        catches_wrong_gradients)}
check = checker(CHECKS)
progress, submit_check = handing_in("ps4_numpy_backprop")
