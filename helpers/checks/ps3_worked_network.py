"""Instant checks of ps3: the form of written answers, and properties of the functions. No answer is compared."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.checks.checker import Examine, checker
from helpers.checks.report import Report, StillAStub
from helpers.gradcheck import numerical_gradient
from helpers.handin import handing_in

Array = NDArray[np.float64]
Function = Callable[..., Any]
Form = Callable[[Report, str, Any], None]
D, M, K = 5, 3, 4  # inputs, hidden units and classes of the network that the checks use


def number(report: Report, name: str, value: Any) -> None:
    """One number with at most four decimals."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.number) or not np.isfinite(value):
        report.fail(f"{name} is one number", "a plain number, such as 0.1235")
    exponent = Decimal(repr(float(value))).as_tuple().exponent
    report.holds(f"{name} is one number with at most four decimals", isinstance(exponent, int) and exponent >= -4,
                 "round to four decimals: 0.12345 becomes 0.1235")


def whole(report: Report, name: str, value: Any) -> None:
    """The number of a class."""
    report.holds(f"{name} is 1, 2 or 3", isinstance(value, int | np.integer) and value in (1, 2, 3),
                 "classes are counted from 1")


def factor(report: Report, name: str, value: Any) -> None:
    """One number."""
    report.holds(f"{name} is one number", isinstance(value, int | float | np.number), "a plain number, such as 0.75")


def truth(report: Report, name: str, value: Any) -> None:
    """True or False."""
    report.holds(f"{name} is True or False", isinstance(value, bool | np.bool_), "without quotation marks")


def sizes(count: int, report: Report, name: str, value: Any) -> None:
    """A tuple of so many numbers."""
    fits = isinstance(value, tuple) and len(value) == count and all(isinstance(n, int | float) for n in value)
    report.holds(f"{name} is a tuple of {count} numbers", fits, "write (a, b) with round brackets")


def choices(count: int, report: Report, name: str, value: Any) -> None:
    """A set of numbers of lines."""
    fits = isinstance(value, set) and bool(value) and all(type(n) is int and 1 <= n <= count for n in value)
    report.holds(f"{name} is a set of numbers from 1 to {count}", fits, "write {2} for one line, {1, 4} for two")


BOXES: Mapping[str, tuple[str, Mapping[str, Form]]] = {
    "ps3_forward_formula": ("3.1", {"forward_formula": partial(choices, 6)}),
    "ps3_a1": ("3.2", {"a1": number}), "ps3_z1": ("3.2", {"z1": number}), "ps3_b2": ("3.2", {"b2": number}),
    "ps3_yhat2": ("3.2", {"yhat2": number}), "ps3_class_before": ("3.2", {"class_before": whole}),
    "ps3_loss": ("3.2", {"loss": number}),
    "ps3_backward_formula": ("3.4", {"backward_formula": partial(choices, 8)}),
    "ps3_shapes": ("3.5", {"shape_dbeta": partial(sizes, 2), "shape_dalpha": partial(sizes, 2)}),
    "ps3_beta21": ("3.9", {"beta21": number}), "ps3_beta10": ("3.9", {"beta10": number}),
    "ps3_alpha34": ("3.9", {"alpha34": number}), "ps3_class_after": ("3.9", {"class_after": whole}),
    "ps3_regularised_formula": ("3.10", {"loss_formula": partial(choices, 3), "gradient_formula": partial(choices, 3)}),
    "ps3_regularised_loss": ("3.12", {"regularised_loss": number}),
    "ps3_regularised_statements": ("3.13", {"statements": partial(choices, 5)}),
    "ps3_init_first": ("3.14", {"w1_first": partial(sizes, 3), "v2_factor": factor}),
    "ps3_init_later": ("3.15", {"w_later": partial(choices, 5), "v_later": partial(choices, 3)}),
    "ps3_mse_relu": ("3.17", {"mse_relu": number}), "ps3_mse_tanh": ("3.17", {"mse_tanh": number}),
    "ps3_mse_sigmoid": ("3.17", {"mse_sigmoid": number}), "ps3_mse_linear": ("3.17", {"mse_linear": number}),
    "ps3_lowest": ("3.17", {"lowest": partial(choices, 4)}),
    "ps3_best_eta": ("3.18", {"best_eta": number, "best_loss": number, "slow_loss": number}),
    "ps3_convolution": ("3.19", {"convolution": number}),
    "ps3_true_false": ("3.21", {"sgd_monotone": truth, "cnn_only_2d": truth}),
}


def written(exercise: str, forms: Mapping[str, Form], report: Report, names: Mapping[str, Any]) -> None:
    """The form of a written answer; `names` is the notebook's globals."""
    given = [name for name in forms if name in names]
    if not given:
        raise StillAStub(exercise)
    report.holds(f"{', '.join(forms)}: assigned", len(given) == len(forms), "assign every name of this cell")
    for name, form in forms.items():
        form(report, name, names[name])
    report.passed("the form is right; the answer itself is judged later")


def forward(report: Report, function: Function) -> None:
    """`function` is the student's `forward`, and so on below."""
    x, y, alpha, beta = _network()
    at = _parts(report, report.call(function, x, y, alpha, beta), {"a": (M,), "z": (M,), "b": (K,), "yhat": (K,)})
    silent = _parts(report, report.call(function, 0 * x, y, alpha, beta), {"a": (M,)})
    hint = "a 1 goes in front of x, since the biases stand in the first column"
    report.close("with x = 0, a is the first column of alpha", silent["a"], alpha[:, 0], hint)
    one = _parts(report, report.call(function, np.eye(D)[1], y, alpha, beta), {"a": (M,)})
    report.close("switching one input on adds its column", one["a"] - silent["a"], alpha[:, 2], hint)
    report.close("z / (1 − z) is exp(a)", at["z"] / (1 - at["z"]), np.exp(at["a"]), "z is the sigmoid of a")
    copied = np.hstack([[[1.0], [2.0], [3.0]], np.eye(M)])
    through = _parts(report, report.call(function, x, np.eye(M)[0], alpha, copied), {"b": (M,), "z": (M,)})
    report.close("a beta that copies z and adds 1, 2, 3", through["b"] - through["z"], [1, 2, 3],
                 "a 1 goes in front of z, too")
    report.close("the probabilities sum to one", np.sum(at["yhat"]), 1.0, "the output is a softmax")
    report.close("ratios of probabilities are exp of differences of b", at["yhat"] / at["yhat"][0],
                 np.exp(at["b"] - at["b"][0]), "the output is the softmax of b")
    report.close("exp(−loss) is the probability of the label", np.exp(-report.shape(at["loss"], ())),
                 at["yhat"][np.argmax(y)], "minus the natural logarithm of one probability")


def backward(report: Report, function: Function) -> None:
    own = report.partner(function, "forward")
    x, y, alpha, beta = _network()
    shapes = {"d_b": (K,), "d_beta": (K, M + 1), "d_z": (M,), "d_a": (M,), "d_alpha": (M, D + 1)}
    got = _parts(report, report.call(function, x, y, alpha, beta), shapes)
    report.close("d_beta: small steps in your own loss agree", got["d_beta"],
                 numerical_gradient(lambda beta: report.call(own, x, y, alpha, beta)["loss"], beta),
                 "the derivative with respect to b, times what comes in: 1 and z")
    report.close("d_b is the bias column of d_beta", got["d_b"], got["d_beta"][:, 0])
    report.close("d_alpha: small steps in your own loss agree", got["d_alpha"],
                 numerical_gradient(lambda alpha: report.call(own, x, y, alpha, beta)["loss"], alpha),
                 "the derivative with respect to a, times what comes in: 1 and x")
    report.close("d_a is the bias column of d_alpha", got["d_a"], got["d_alpha"][:, 0])
    step = 1e-5 * np.eye(D + 1)[0]  # moves every a by 1e-5
    ends = [np.asarray(report.call(own, x, y, alpha + sign * step, beta)["z"]) for sign in (1, -1)]
    report.close("d_a is d_z times how fast z follows a", got["d_a"], got["d_z"] * (ends[0] - ends[1]) / 2e-5,
                 "one step of the chain rule lies between d_z and d_a")


def sgd_step(report: Report, function: Function) -> None:
    _, _, alpha, beta = _network()
    rng = np.random.default_rng(5)
    grads = {"d_b": rng.normal(size=K), "d_beta": rng.normal(size=beta.shape), "d_z": rng.normal(size=M),
             "d_a": rng.normal(size=M), "d_alpha": rng.normal(size=alpha.shape)}
    for eta in (1.0, 0.25):
        new = report.call(function, alpha, beta, grads, eta)
        if not isinstance(new, tuple | list) or len(new) != 2:
            report.fail("two matrices are expected, alpha and beta", "end with `return alpha, beta`")
        for name, old, moved in (("alpha", alpha, new[0]), ("beta", beta, new[1])):
            report.close(f"{name} moved by eta times its derivative, downhill, eta = {eta:g}",
                         old - report.shape(moved, old.shape), eta * grads[f"d_{name}"],
                         "subtract eta times the derivative, from every entry")


def regularized_loss(report: Report, function: Function) -> None:
    own = report.partner(function, "forward")
    x, y, alpha, beta = _network()

    def penalty(alpha: Array, beta: Array, lam: float = 1.0) -> Any:
        plain = report.call(own, x, y, alpha, beta)["loss"]
        return report.shape(report.call(function, x, y, alpha, beta, lam), (), "one network has one loss") - plain
    report.close("with λ = 0 it is your loss", penalty(alpha, beta, 0.0), 0.0, "the loss, and λ times the penalty")
    report.close("half the λ, half the penalty", penalty(alpha, beta, 0.5), penalty(alpha, beta) / 2)
    other = alpha.copy(), beta.copy()
    other[0][:, 0] += 2
    other[1][:, 0] -= 3
    report.close("other biases, the same penalty", penalty(*other), penalty(alpha, beta), "the first columns stay out")
    for name, which in (("alpha", 0), ("beta", 1)):
        single = [0 * alpha, 0 * beta]
        single[which][1, 2] = 3.0
        report.close(f"a single weight of 3 in {name} is penalised with 9", penalty(single[0], single[1]), 9.0,
                     "the sum of the squares of all weights, without ½")


def conv2d_same(report: Report, function: Function) -> None:
    X = np.arange(1.0, 21).reshape(4, 5)
    hint = "the centre of the filter lies on the pixel whose value you compute"
    for shape in ((3, 3), (3, 5), (1, 3), (5, 5)):
        F = np.zeros(shape)
        F[shape[0] // 2, shape[1] // 2] = 2
        report.close(f"a filter {shape} with a 2 in its centre doubles the image",
                     report.shape(report.call(function, X, F), (4, 5), "the result is as large as X"), 2 * X, hint)
    above, left = np.zeros((3, 3)), np.zeros((3, 5))
    above[0, 1] = left[1, 0] = 1
    report.close("a 1 above the centre brings the row above", report.call(function, X, above),
                 np.vstack([np.zeros(5), X[:3]]), "the filter is laid on as it is, not turned; zeros beyond the border")
    report.close("a 1 two places left of the centre brings that column", report.call(function, X, left),
                 np.hstack([np.zeros((4, 2)), X[:, :3]]), "the filter is laid on as it is; zeros beyond the border")
    counts = report.call(function, np.ones((3, 4)), np.ones((3, 3)))
    report.close("the worked example", counts, [[4, 6, 6, 4], [6, 9, 9, 6], [4, 6, 6, 4]],
                 "sum of products of the filter with the pixels below it")


def recurrent_norms(report: Report, function: Function) -> None:
    one = report.shape(report.call(function, np.array([[4.0]]), np.zeros(1), 2), (2,), "one norm for each step")
    report.close("the worked example", one, [1, 0.419974], "the slope at the new state, times the weight", atol=1e-5)
    W, h0 = np.array([[1.5, -2.0, 0.5], [0.7, 1.0, -1.2], [-0.4, 2.2, 0.9]]), np.array([0.2, 0.7, 0.5])
    norms = report.shape(report.call(function, W, h0, 4), (4,), "one norm for each step, from t = 1 on")
    report.close("the first norms do not depend on T", report.call(function, W, h0, 2), norms[:2])

    def state(h: Array, steps: int) -> Array:
        for _ in range(steps):
            h = 1 / (1 + np.exp(-(W @ h)))
        return h
    for t in (1, 2, 4):
        slopes = np.stack([(state(h0 + e, t) - state(h0 - e, t)) / 2e-5 for e in 1e-5 * np.eye(3)], axis=1)
        report.close(f"t = {t}: small steps in h0 agree", norms[t - 1], np.linalg.svd(slopes)[1][0],
                     "new factors come in from the left; the spectral norm is np.linalg.norm(J, 2)", atol=1e-7)


def _network() -> tuple[Array, Array, Array, Array]:
    rng = np.random.default_rng(8)
    return rng.normal(size=D), np.eye(K)[2], rng.normal(size=(M, D + 1)), rng.normal(size=(K, M + 1))


def _parts(report: Report, value: Any, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, Any]:
    """The answer's arrays, after their shapes have been looked at."""
    if not isinstance(value, dict):
        report.fail("a dict is expected", f"return a dict with the keys {', '.join(shapes)}")
    if missing := [name for name in shapes if name not in value]:
        report.fail(f"the dict has no {missing[0]}", f"return a dict with the keys {', '.join(shapes)}")
    return {**value, **{name: report.shape(value[name], shape, f"{name} has this shape")
                        for name, shape in shapes.items()}}


CHECKS: dict[str, Examine] = {
    **{id: partial(written, exercise, forms) for id, (exercise, forms) in BOXES.items()},
    **{function.__name__: function for function in (forward, backward, sgd_step, regularized_loss, conv2d_same,
                                                        recurrent_norms)}}
check = checker(CHECKS)
progress, submit_check = handing_in("ps3_worked_network")
