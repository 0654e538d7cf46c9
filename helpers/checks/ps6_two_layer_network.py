"""Instant checks of ps6. Gradients are judged against small steps in the student's own forward pass and loss.

One file a set, as notebooks name it, however many exercises a set has.
"""

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

X = np.array([[1.0, -2.0, 0.5, 0.2], [0.3, 1.5, -1.0, 0.7], [-0.4, 0.1, 2.0, -1.2]])  # 3 features, 4 samples
W1 = np.array([[0.5, -1.0, 0.3], [1.2, 0.4, -0.7]])
PARAMS = {"w1": W1, "b1": np.array([0.2, -0.4]), "w2": np.array([[0.9, -1.1]]), "b2": np.array([0.3])}
PARAMS3 = {**PARAMS, "w2": np.array([[0.9, -1.1], [0.2, 0.5], [-0.8, 1.3]]), "b2": np.array([0.3, -0.2, 0.1])}
Y, Y3 = np.array([0, 1, 1, 0]), np.array([2, 0, 1, 2])
SHAPES = {"w1": (2, 3), "b1": (2,), "w2": (1, 2), "b2": (1,)}


def TwoLayerNetwork(report: Report, function: Function) -> None:
    """`function` is the student's answer, here and below."""
    params = report.call(function, [784, 30, 2], 3)
    _keys(report, params)
    for name, shape in (("w1", (30, 784)), ("b1", (30,)), ("w2", (2, 30)), ("b2", (2,))):
        report.shape(params[name], shape, f"{name}: units of the layer first, then its inputs")
    report.close("biases start at zero", [*params["b1"], *params["b2"]], np.zeros(32))
    report.close("weights have a standard deviation near 0.01", np.std(params["w1"]), 0.01, "0.01² is the variance",
                 atol=5e-4)
    report.close("the worked example: seed 3", params["w1"][0, :2], [0.0178862847, 0.0043650985],
                 "seed numpy, then draw w1, then w2", atol=1e-9)
    again = report.call(function, [784, 30, 2], 3)
    report.close("the same seed gives the same network", again["w2"], params["w2"], "np.random.seed comes first")
    small = report.call(function, [2, 2, 2], 3)
    report.holds("w2 has random numbers of its own", not np.allclose(small["w1"], small["w2"]), "seed once")
    state = np.random.RandomState(3)
    state.normal(size=4)
    report.close("w2 is drawn after w1", small["w2"][0, 0], 0.01 * state.normal(), "w1 first, then w2", atol=1e-9)


def extract_binary_classification_dataset(report: Report, function: Function) -> None:
    y = np.array([8, 5, 1, 8, 5, 5, 8])
    x = np.arange(14.0).reshape(7, 2)
    rows, labels = _pair(report, report.call(function, x, y, 5, 8, 2))
    report.shape(rows, (4, 2), "num_samples of each class")
    report.close("the worked example: samples 1, 4, 0, 3", rows, x[[1, 4, 0, 3]], "first label1, then label2")
    report.close("their labels are 0, 0, 1, 1", labels, [0, 0, 1, 1], "label1 becomes 0")
    rows, labels = _pair(report, report.call(function, x, y, 1, 8, 100))
    report.close("where there are fewer, all are taken", rows, x[[2, 0, 3, 6]])
    report.close("with as many labels", labels, [0, 1, 1, 1])


def sigmoid(report: Report, function: Function) -> None:
    s = report.shape(report.call(function, X), (3, 4), "one value for each entry")
    report.holds("every value lies between 0 and 1", bool(np.all((s > 0) & (s < 1))), "divide 1 by more than 1")
    report.close("the worked example", report.call(function, np.log([1.0, 3.0, 0.25])), [0.5, 0.75, 0.2])
    with np.errstate(over="ignore"):
        huge = report.shape(report.call(function, np.array([1000.0, -1000.0])), (2,), "exp overflows for 1000")
    report.close("entries of ±1000", huge, [1.0, 0.0], "exp overflows for 1000")


def CrossEntropyLoss(report: Report, function: Function) -> None:
    value = report.shape(report.call(function, np.array([1, 0, 1]), np.array([[0.5, 0.75, 0.25]])), (),
                         "one number for the whole batch")
    report.close("the worked example", value, np.log(32) / 3, "the mean of three positive numbers")
    value = report.call(function, np.array([0.0, 1.0]), np.array([[0.4, 0.7]]))
    report.close("labels may be floats", value, -np.log(0.42) / 2)
    with np.errstate(all="ignore"):
        value = report.call(function, np.array([1, 0]), np.array([[1.0, 0.5]]))
        report.shape(value, (), "0 · log 0 is nan for numpy, but that sample costs nothing")
    report.close("a probability of exactly the label costs nothing", value, np.log(2) / 2)


def forward(report: Report, function: Function) -> None:
    out, kept = _forward(report, function, PARAMS)
    report.shape(out, (1, 4), "one row, a column for each sample")
    _kept(report, kept, PARAMS)
    half = np.log(np.asarray(out) / (1 - np.asarray(out)))
    report.close("the output is the sigmoid of z2", half, kept["z2"], "the second layer ends in a sigmoid too")


def backward(report: Report, function: Function) -> None:
    _gradients(report, function, "forward", "CrossEntropyLoss", PARAMS, Y)


def backward_multi(report: Report, function: Function) -> None:
    _gradients(report, function, "forward_multi", "MultiClassCrossEntropyLoss", PARAMS3, Y3)


def _gradients(report: Report, function: Function, forward: str, loss: str, params: dict[str, Array], y: Array) -> None:
    run, cost = report.partner(function, forward), report.partner(function, loss)
    out, kept = _pair(report, report.call(run, X, params))
    grads = report.call(function, y, out, kept, params)
    _keys(report, grads)
    for name, value in params.items():
        def of_one(moved: Array, name: str = name) -> float:
            return float(cost(y, run(X, {**params, name: moved})[0]))

        gradient = report.shape(grads[name], value.shape, f"the gradient of {name} has the shape of {name}")
        report.close(f"{name}: small steps in your {loss} agree", gradient, numerical_gradient(of_one, value),
                     "the loss is a mean; follow the error from δ2 back to this parameter")


def GD(report: Report, function: Function) -> None:
    grads = {name: np.ones_like(value) for name, value in PARAMS.items()}
    copies = {name: value.copy() for name, value in PARAMS.items()}

    def GD(grads: dict[str, Array]) -> Any:
        return function(copies, grads, 0.1)  # which may change its parameters in place

    moved = report.call(GD, grads)
    _keys(report, moved)
    for name, value in PARAMS.items():
        report.close(f"the worked example: {name} loses 0.1 · gradient", moved[name], value - 0.1,
                     "return a dict with the moved parameters")


def predict(report: Report, function: Function) -> None:
    out, _ = _pair(report, report.call(report.partner(function, "forward"), X, PARAMS))
    guess = np.ravel(report.call(function, X, PARAMS))
    report.holds("one label for each sample", guess.shape == (4,), "shape (N,) or (1, N)")
    report.close("1 where your forward gives at least 0.5", guess, (np.ravel(out) >= 0.5).astype(int), "0 or 1")
    sure = {**PARAMS, "b2": np.array([5.0])}
    report.close("probabilities above 0.9 are label 1", np.ravel(report.call(function, X, sure)), np.ones(4),
                 "each sample alone, against 0.5")
    zero = {**PARAMS, "w2": np.zeros((1, 2)), "b2": np.array([0.2])}
    report.close("a probability of 0.55 is label 1", np.ravel(report.call(function, X, zero)), np.ones(4),
                 "compare the probability, not z2")
    zero["b2"] = np.zeros(1)
    report.close("a probability of exactly 0.5 is label 1", np.ravel(report.call(function, X, zero)), np.ones(4))


def accuracy(report: Report, function: Function) -> None:
    y, guess = np.array([3, 1, 4, 1, 5]), np.array([3, 1, 9, 1, 6])
    report.close("the worked example: 3 of 5", report.shape(report.call(function, y, guess), ()), 0.6, "a fraction")
    report.close("predictions in one row", report.call(function, y, guess[None]), 0.6,
                 "the length of an array (1, N) is 1")
    report.close("labels as floats", report.call(function, y.astype(float), guess), 0.6)


def one_hot(report: Report, function: Function) -> None:
    T = report.shape(report.call(function, np.array([2, 0]), 4), (4, 2), "K rows, a column for each label")
    report.close("the worked example", T, [[0, 1], [0, 0], [1, 0], [0, 0]], "the row of the label holds the 1")
    T = report.shape(report.call(function, np.array([1.0, 2.0]), 3), (3, 2), "labels may be floats")
    report.close("labels may be floats", T, [[0, 0], [1, 0], [0, 1]])


def extract_multiclass_dataset(report: Report, function: Function) -> None:
    y = np.concatenate([np.arange(9, -1, -1)] * 3)
    x = np.arange(60.0).reshape(30, 2)
    rows, labels = _pair(report, report.call(function, x, y, 2))
    report.shape(rows, (20, 2), "num_samples of each of the ten classes")
    report.close("labels are 0, 0, 1, 1, …, 9, 9", labels, np.repeat(np.arange(10), 2), "class by class")
    report.close("the first two samples are 9 and 19", rows[:2], x[[9, 19]], "the first ones of each class")


def softmax(report: Report, function: Function) -> None:
    Z = np.log([[1.0, 3.0], [2.0, 3.0], [5.0, 2.0]])
    P = report.shape(report.call(function, Z), (3, 2), "one probability for each entry")
    report.close("the worked example", P, [[0.125, 0.375], [0.25, 0.375], [0.625, 0.25]], "columns are samples")
    hint = "each column is shifted and divided by numbers of its own"
    square = report.call(function, X[:, :3])
    report.close("columns of a square array sum to one", np.sum(square, axis=0), np.ones(3), hint)
    with np.errstate(all="ignore"):
        huge = report.shape(report.call(function, Z + np.array([1000.0, -1000.0])), (3, 2), hint)
    report.close("columns near ±1000", huge, P, hint)


def MultiClassCrossEntropyLoss(report: Report, function: Function) -> None:
    probs = np.array([[0.125, 0.375], [0.25, 0.375], [0.625, 0.25]])
    value = report.shape(report.call(function, np.array([2, 0]), probs), (), "one number for the whole batch")
    report.close("the worked example", value, np.log(64 / 15) / 2,
                 "the probability of the label, its logarithm, the mean")
    report.close("labels may be floats", report.call(function, np.array([2.0, 0.0]), probs), np.log(64 / 15) / 2)


def forward_multi(report: Report, function: Function) -> None:
    out, kept = _forward(report, function, PARAMS3)
    out = report.shape(out, (3, 4), "a row for each class, a column for each sample")
    _kept(report, kept, PARAMS3)
    report.close("columns sum to one", out.sum(axis=0), np.ones(4), "softmax, along the classes")
    report.close("the output is the softmax of z2", np.log(out / out[0]), kept["z2"] - kept["z2"][0], "softmax of z2")


def predict_multi(report: Report, function: Function) -> None:
    out, _ = _pair(report, report.call(report.partner(function, "forward_multi"), X, PARAMS3))
    guess = report.shape(np.ravel(report.call(function, X, PARAMS3)), (4,), "one class for each column")
    report.holds("every prediction is a class", set(guess.tolist()) <= {0.0, 1.0, 2.0}, "a class, not a probability")
    chosen = out[guess.astype(int), np.arange(4)]
    report.holds("no class of a sample is likelier than its prediction", bool(np.all(out <= chosen)),
                 "the largest of each column")


def train_binary(report: Report, function: Function) -> None:
    _training(report, function, ("forward", "CrossEntropyLoss"), 1)


def train_multi(report: Report, function: Function) -> None:
    _training(report, function, ("forward_multi", "MultiClassCrossEntropyLoss"), 3)


def _training(report: Report, function: Function, names: tuple[str, str], outputs: int) -> None:
    run, cost, create = (report.partner(function, name) for name in (*names, "TwoLayerNetwork"))
    rng, classes = np.random.default_rng(0), max(2, outputs)
    data = {"X_train": rng.normal(size=(4, 9)), "y_train": np.arange(9) % classes,
            "X_test": rng.normal(size=(4, 6)), "y_test": np.arange(6) % classes}
    params, history = _pair(report, report.call(function, data, [4, 5, outputs], 1.0, 40, 7))
    _keys(report, params)
    report.holds("a history of four lists with 40 numbers each", isinstance(history, dict) and history.keys() == {
        "train_loss", "test_loss", "train_accuracy", "test_accuracy"} and all(
            len(row) == 40 for row in history.values()))
    start = create([4, 5, outputs], 7)
    for part in ("train", "test"):
        first = cost(data[f"y_{part}"], run(data[f"X_{part}"], start)[0])
        report.close(f"the first {part} loss is that of the untrained network", history[f"{part}_loss"][0], first,
                     "measure before the step, with the seed you are given")
    rates = np.concatenate([history["train_accuracy"], history["test_accuracy"]])
    report.holds("accuracies lie between 0 and 1", bool(np.all((rates >= 0) & (rates <= 1))), "fractions")
    report.holds("the training loss falls", bool(history["train_loss"][-1] < history["train_loss"][0] - 1e-3),
                 "use what GD returns in the next epoch")
    after = cost(data["y_train"], run(data["X_train"], params)[0])
    report.holds("the parameters are those after the last step", bool(after < history["train_loss"][-1]),
                 "as many steps as epochs")
    still = _pair(report, report.call(function, data, [4, 5, outputs], 0.0, 2, 7))[0]
    report.close("with rate 0 nothing moves", still["w1"], start["w1"])
    one = _pair(report, report.call(function, data, [4, 5, outputs], 1.0, 1, 7))[0]
    two = _pair(report, report.call(function, {**data, "X_test": 2 * data["X_test"]}, [4, 5, outputs], 1.0, 1, 7))[0]
    report.close("the test set does not change what is learned", two["w1"], one["w1"], "learn from the training set")


def _forward(report: Report, function: Function, params: dict[str, Array]) -> tuple[Any, Any]:
    out, kept = _pair(report, report.call(function, X, params))
    report.holds("intermediate has the keys X, z1, Y1 and z2", isinstance(kept, dict)
                 and {"X", "z1", "Y1", "z2"} <= kept.keys())
    return out, kept


def _kept(report: Report, kept: Any, params: dict[str, Array]) -> None:
    report.close("z1 of the first sample", np.asarray(kept["z1"])[:, 0], params["w1"] @ X[:, 0] + params["b1"],
                 "weights times inputs, plus the biases as a column")
    z1, Y1 = np.asarray(kept["z1"]), np.asarray(kept["Y1"])
    report.close("Y1 lies on the S of z1", np.log(Y1 / (1 - Y1)), z1, "the hidden activation is the sigmoid")
    report.close("z2 of the first sample", np.asarray(kept["z2"])[:, 0], params["w2"] @ Y1[:, 0] + params["b2"],
                 "the second layer is fed with Y1 and has biases")


def _pair(report: Report, value: Any) -> tuple[Any, Any]:
    if not isinstance(value, tuple) or len(value) != 2:
        report.fail(f"{report.name} returns two things", "return first, second")
    return value[0], value[1]


def _keys(report: Report, value: Any) -> None:
    report.holds("a dict with w1, b1, w2, b2", isinstance(value, dict) and value.keys() == SHAPES.keys(),
                 "the same four names everywhere")


CHECKS: dict[str, Examine] = {
    function.__name__: function for function in (
        TwoLayerNetwork, extract_binary_classification_dataset, sigmoid, CrossEntropyLoss, forward, backward, GD,
        predict, accuracy, train_binary, one_hot, extract_multiclass_dataset, softmax, MultiClassCrossEntropyLoss,
        forward_multi, backward_multi, predict_multi, train_multi)}
check = checker(CHECKS)
progress, submit_check = handing_in("ps6_two_layer_network")
