"""Instant checks of ps7. Gradients are judged against small steps in the student's own forward pass and loss."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.checks.checker import Examine, checker
from helpers.checks.report import Report
from helpers.gradcheck import numerical_gradient
from helpers.handin import handing_in

Array = NDArray[np.float64]
Function = Callable[..., Any]

LOGITS = np.array([[0.5, -1.2, 2.0, 0.3], [1.0, 0.0, -0.5, 0.7], [-0.3, 0.9, 0.1, -2.0]])
TARGET = np.array([[0.0, 0.0, 1.0, 0.0], [1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]])
EXAMPLE_TARGET = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])  # the worked example of average_ce and grad_ce
EXAMPLE_LOGITS = np.log([[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]])


def relu(report: Report, function: Function) -> None:
    """`function` is the student's `relu`, and so on below."""
    x = np.array([[-2.0, 3.0, 0.5], [1.0, -4.0, 7.0]])
    y = report.shape(report.call(function, x), (2, 3), "one value out for each value in")
    report.holds("nothing is negative", bool(np.all(y >= 0)), "what happens to negative inputs")
    report.close("relu(x) − relu(−x) is x", y - report.call(function, -x), x, "positive inputs pass as they are")
    report.close("the worked example", report.call(function, np.array([-2.0, 0.0, 3.0])), [0, 0, 3])


def softmax(report: Report, function: Function) -> None:
    for title, batch in (("three rows, four classes", LOGITS), ("a square batch", LOGITS[:, :3]),
                         ("rows near ±1000", LOGITS + np.array([[1000.0], [-1000.0], [1000.0]]))):
        hint = "each row is shifted and divided by numbers of its own, kept as a column (N, 1)"
        y = report.shape(report.call(function, batch), batch.shape, hint)
        report.holds(f"{title}: every probability is positive", bool(np.all(y > 0)),
                     "the exponential of any number is positive")
        report.close(f"{title}: each row sums to one", y.sum(axis=1), np.ones(len(batch)), hint)
        report.close(f"{title}: ratios are exponentials of differences", y / y[:, :1], np.exp(batch - batch[:, :1]),
                     "each probability is proportional to the exponential of its logit")


def compute_layer(report: Report, function: Function) -> None:
    x, b = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 1.0]]), np.array([[0.1, -0.2, 0.3, -9.0]])
    w = np.array([[1.0, 0.0, 2.0, 1.0], [0.5, -1.0, 0.0, 2.0]])
    z = report.shape(report.call(function, x, w, b), (3, 4), "a row for each sample, a column for each unit")
    report.close("no input: the bias alone", report.call(function, 0 * x, w, b), np.repeat(b, 3, axis=0),
                 "each unit adds its own bias, once, and nothing follows")
    alone = [report.call(function, row[None, :], w, b)[0] for row in x]
    report.close("each sample is computed on its own", z, alone, "nothing depends on how many samples there are")
    doubled = np.asarray(report.call(function, 2 * x, w, b)) - b
    report.close("twice the input: twice as far from the bias", doubled, 2 * (z - b))
    example = report.call(function, np.array([[1.0, 2.0]]), np.array([[3.0, 0.0], [1.0, -1.0]]), np.array([[0.5, 1.0]]))
    report.close("the worked example", example, [[5.5, -1.0]])


def average_ce(report: Report, function: Function) -> None:
    prediction = np.exp(EXAMPLE_LOGITS)
    loss = report.shape(report.call(function, EXAMPLE_TARGET, prediction), (), "a loss is one number")
    report.holds("it is positive", bool(loss > 0), "the logarithm of a probability is negative")
    report.close("the worked example", loss, 0.458145, "one logarithm a sample, then the mean over samples", atol=1e-4)
    twice = np.concatenate([EXAMPLE_TARGET, EXAMPLE_TARGET]), np.concatenate([prediction, prediction])
    report.close("every sample twice: the same mean", report.call(function, *twice), loss, "divide by how many samples",
                 atol=1e-4)
    sure = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
    hint = "which logarithm is infinite, and what is it multiplied by"
    right = report.shape(report.call(function, EXAMPLE_TARGET, sure), (), hint)
    report.close("sure and right, zeros elsewhere: no loss", right, 0, hint, atol=1e-3)
    wrong = report.shape(report.call(function, EXAMPLE_TARGET[::-1], sure), (), hint)
    report.holds("sure and wrong: a large loss, but finite", bool(wrong > 5), hint)


def grad_ce(report: Report, function: Function) -> None:
    softmax, loss = report.partner(function, "softmax"), report.partner(function, "average_ce")
    gradient = report.shape(report.call(function, TARGET, LOGITS), LOGITS.shape, "a number for each logit")
    report.close("each row sums to zero", gradient.sum(axis=1), np.zeros(3),
                 "the same nudge to all logits of a sample changes no probability")
    steps = numerical_gradient(lambda z: _number(report, loss, TARGET, report.call(softmax, z)), LOGITS)
    report.close("small steps in your average_ce agree", gradient, steps, "average_ce is a mean over N samples",
                 atol=1e-5)
    report.close("the worked example", report.call(function, EXAMPLE_TARGET, EXAMPLE_LOGITS),
                 [[-0.25, 0.125, 0.125], [0.05, 0.05, -0.1]])


def convert_onehot(report: Report, function: Function) -> None:
    labels = np.array([2, 0, 9, 4]), np.array([1, 0]), np.array([3, 3, 5])
    answer = report.call(function, *labels)
    report.holds("three arrays", isinstance(answer, tuple | list) and len(answer) == 3, "return all three sets")
    for title, rows, given in zip(("training", "validation", "test"), answer, labels, strict=True):
        rows = report.shape(rows, (len(given), 10), f"the {title} set: a row for each label, ten letters")
        report.close(f"{title} set: a single one in each row", np.sort(rows, axis=1)[:, -2:],
                     np.tile([0.0, 1.0], (len(given), 1)))
        report.close(f"{title} set: it stands where the label says", rows.argmax(axis=1), given, "labels count from 0")


def shuffle(report: Report, function: Function) -> None:
    data, target = np.arange(16.0).reshape(8, 2), np.arange(8)
    answer = report.call(function, data, target)
    report.holds("images and targets", isinstance(answer, tuple | list) and len(answer) == 2, "return both")
    moved, labels = report.shape(answer[0], (8, 2)), report.shape(answer[1], (8,))
    report.close("no row is lost", np.sort(labels), target, "every row occurs once")
    report.close("rows and targets belong together", moved[:, 0] / 2, labels, "one order for both")
    report.close("the worked example", labels, [6, 0, 2, 1, 3, 4, 5, 7],
                 "np.random.seed(421), then np.random.shuffle of the row numbers")


def split(report: Report, function: Function) -> None:
    data, target = np.arange(18.0).reshape(9, 2), np.arange(9)
    answer = report.call(function, data, target, 4, 3)
    report.holds("six arrays", isinstance(answer, tuple | list) and len(answer) == 6,
                 "three sets, each with images and targets")
    found = []
    for number, (title, size) in enumerate((("training", 4), ("validation", 3), ("test", 2))):
        x = report.shape(answer[2 * number], (size, 2), f"{size} {title} images of 9")
        y = report.shape(answer[2 * number + 1], (size,))
        report.close(f"{title} set: images and targets belong together", x[:, 0] / 2, y, "one order for both")
        found += y.tolist()
    report.close("every row is in one of the sets", np.sort(found), target, "no overlap, nothing left out")
    report.close("the worked example", found, [5, 3, 1, 4, 0, 6, 8, 7, 2],
                 "np.random.seed(521), then np.random.shuffle of the row numbers")


def backpropagation(report: Report, function: Function) -> None:
    relu, softmax, layer, loss = (report.partner(function, name) for name in
                                  ("relu", "softmax", "compute_layer", "average_ce"))
    rng = np.random.default_rng(0)
    x, target = rng.normal(size=(5, 4)), np.eye(3)[[2, 0, 1, 1, 2]]
    start = {"wo": rng.normal(size=(6, 3)), "bo": rng.normal(size=(1, 3)), "wh": rng.normal(size=(4, 6)),
             "bh": rng.normal(size=(1, 6))}

    def forward(params: dict[str, Array]) -> tuple[Array, Array]:
        o = report.call(layer, x, params["wh"], params["bh"])
        return o, report.call(softmax, report.call(layer, report.call(relu, o), params["wo"], params["bo"]))

    o, prediction = forward(start)
    answer = report.call(function, prediction, target, o, start["wh"], start["wo"], x, start["bh"])
    report.holds("four gradients", isinstance(answer, tuple | list) and len(answer) == 4, "dwo, dbo, dwh, dbh")
    for name, value, gradient in zip(start, start.values(), answer, strict=True):
        gradient = report.shape(gradient, value.shape, f"the gradient d{name} has the shape of {name}")

        def moved(value: Array, name: str = name) -> float:
            return _number(report, loss, target, forward({**start, name: value})[1])

        steps = numerical_gradient(moved, value)
        report.close(f"d{name}: small steps in your loss agree", gradient, steps, "go back one layer at a time",
                     atol=1e-5)
    still = report.call(function, prediction, target, 0 * o, 0 * start["wh"], start["wo"], x, 0 * start["bh"])
    report.close("every unit's input exactly 0: nothing goes back to the hidden layer", still[2], 0 * start["wh"],
                 "the slope of ReLU at 0 is 0 here")


def momentum_update(report: Report, function: Function) -> None:
    v, w, grad = np.array([[0.2, -0.1]]), np.array([[1.0, 2.0]]), np.array([[3.0, -1.0]])
    answer = report.call(function, v, w, grad, 0.5, 0.1)
    report.holds("velocity and weights", isinstance(answer, tuple | list) and len(answer) == 2, "return both")
    velocity, weights = report.shape(answer[0], (1, 2)), report.shape(answer[1], (1, 2))
    report.close("the weights have moved by the new velocity", w - weights, velocity, "against the velocity")
    coasting = report.call(function, v, w, 0 * grad, 0.5, 0.1)
    report.close("no gradient: the velocity shrinks by γ", coasting[0], 0.5 * v,
                 "γ says how much of the velocity stays")
    plain = report.call(function, v, w, grad, 0.0, 0.1)
    report.close("γ = 0: plain gradient descent", plain[1], w - 0.1 * grad)
    report.close("the worked example", velocity, [[0.4, -0.15]])


def learning(report: Report, function: Function) -> None:
    rng = np.random.default_rng(1)
    labels = np.arange(20) % 4
    x = np.eye(4)[labels] @ rng.normal(scale=2, size=(4, 30)) + 0.1 * rng.normal(size=(20, 30))
    data = x[:12], np.eye(4)[labels[:12]], x[12:], np.eye(4)[labels[12:]]

    def train(epochs: int, gamma: float, alpha: float, seed: int = 3) -> tuple[dict[str, Array], dict[str, Any]]:
        answer = report.call(function, *data, 50, epochs, gamma, alpha, seed)
        report.holds("params and history", isinstance(answer, tuple | list) and len(answer) == 2, "return both")
        for what, part, names in (("params", answer[0], ("wh", "bh", "wo", "bo")), ("history", answer[1], HISTORY)):
            report.holds(f"{what}: {', '.join(names)}", isinstance(part, dict) and not {*names} - part.keys(),
                         "a dict with these keys")
        return answer[0], answer[1]

    params, _ = train(1, 0.0, 0.0)
    for name, shape in (("wh", (30, 50)), ("bh", (1, 50)), ("wo", (50, 4)), ("bo", (1, 4))):
        report.shape(params[name], shape, f"params: {name} has shape {shape}")
    for name, sizes in (("wh", (30, 50)), ("wo", (50, 4))):
        spread = float(np.std(params[name]) / np.sqrt(2 / sum(sizes)))
        report.holds(f"{name} starts with variance 2/({sizes[0]} + {sizes[1]})", 0.8 < spread < 1.2,
                     "a generator's `scale` is the standard deviation, the root of the variance")
    report.close("biases start at zero", params["bh"], np.zeros((1, 50)))
    other, _ = train(1, 0.0, 0.0, seed=4)
    for seed, wh in ((3, params["wh"]), (4, other["wh"])):
        first = np.random.default_rng(seed).standard_normal((30, 50))
        report.close(f"seed {seed}: wh is made of the first numbers of default_rng({seed})", wh / np.std(wh),
                     first / np.std(first), "the hidden weights come first, the output weights second")
    drifting, _ = train(2, 0.5, 0.0)
    report.close("γ = 0.5, α = 0: in two epochs the first velocity fades, from 1e-5 to a half and a quarter",
                 1e5 * (params["wh"] - drifting["wh"]), np.full((30, 50), 0.75),
                 "v starts at 1e-5 everywhere, once, before the first epoch", atol=1e-4)
    params, history = train(8, 0.5, 0.05)
    for name in ("bh", "bo"):
        report.holds(f"{name} is learned too", float(np.ptp(params[name])) > 0, "all four arrays are updated")
    for name in HISTORY:
        report.shape(history[name], (8,), f"history: one {name} for each epoch")
    measure = report.partner(function, "measure")
    for part, (samples, target) in (("train", data[:2]), ("valid", data[2:])):
        loss, accuracy = report.call(measure, samples, target, params)
        report.close(f"the last {part} entries are those of the final network",
                     [history[f"{part}_loss"][-1], history[f"{part}_accuracy"][-1]], [loss, accuracy],
                     "measure after the update of each epoch, accuracy as a fraction")
    again = report.call(function, *data[:2], data[2][::-1], data[3], 50, 8, 0.5, 0.05, 3)[0]
    report.close("another validation set, the same weights", again["wh"], params["wh"],
                 "the validation set is only looked at")
    report.holds("the training loss falls", history["train_loss"][-1] < history["train_loss"][0],
                 "every epoch: forward, backward, one momentum_update for each of the four arrays")


HISTORY = ("train_loss", "train_accuracy", "valid_loss", "valid_accuracy")


def _number(report: Report, function: Function, *arguments: Any) -> float:
    """The student's own loss, which has to be one number."""
    value = report.call(function, *arguments)
    if np.ndim(value) != 0 or value is None:
        report.fail("this check builds on your average_ce, which does not give a single number",
                    "make the check of average_ce pass first")
    return float(value)


CHECKS: dict[str, Examine] = {
    function.__name__: function for function in (
        relu, softmax, compute_layer, average_ce, grad_ce, convert_onehot, shuffle, split, backpropagation,
        momentum_update, learning)}
check = checker(CHECKS)
progress, submit_check = handing_in("ps7_momentum_letters")
