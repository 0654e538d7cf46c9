"""Instant checks of ps1. Parameters are tried out in the student's own network: a box is what it draws."""

from collections.abc import Callable, Mapping
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.checks.checker import Examine, checker
from helpers.checks.report import CheckFailed, Report, StillAStub
from helpers.handin import handing_in

Function = Callable[..., Any]
Shape = tuple[int, ...]


def step(report: Report, function: Function) -> None:
    """`function` is the student's `step`, and so on below."""
    y = report.call(function, np.array([[-2.0, -0.3, 0.4], [1.5, -0.001, 7.0]]))
    report.shape(y, (2, 3), "the answer is as large as x; comparisons work on whole arrays")
    report.holds("numbers, not True and False", np.asarray(y).dtype.kind != "b", "turn them into floats")
    report.close("0 left of zero, 1 right of it", y, [[0, 0, 1], [1, 0, 1]], "the size of x makes no difference")


def network(report: Report, function: Function) -> None:
    x = np.array([-2.0, 1.0, 0.2, 3.0, -0.7])
    params: dict[str, Any] = {"W1": np.array([1.0, 1.0, -2.0]), "b1": np.array([0.5, -2.0, 1.0]),
                              "W2": np.array([2.0, -1.0, 3.0]), "b2": 0.5}
    y = report.shape(report.call(function, x, params), (5,),
                     "x holds 5 points and the network 3 neurons: x as a column makes a table of 5 rows")
    silent = report.call(function, x, {**params, "W2": np.zeros(3)})
    report.close("W2 = 0 leaves b2 at every point", silent, np.full(5, 0.5),
                 "each neuron counts with its own weight in W2; b2 is added once")
    scaled = report.call(function, x, {**params, "W1": 3 * params["W1"], "b1": 3 * params["b1"]})
    report.close("three times W1 and b1 change nothing", scaled, y, "σ sees only on which side of zero its input lies")
    doubled = report.call(function, x, {**params, "W2": 2 * params["W2"]})
    report.close("twice W2: twice as far from b2", doubled, 2 * y - 0.5, "nothing follows the last sum")
    two = {"W1": np.array([1.0, 1.0]), "b1": np.array([0.0, -1.0]), "W2": np.array([2.0, 5.0]), "b2": 0.5}
    example = report.call(function, np.array([-1.0, 0.5, 3.0]), two)
    report.close("the worked example", example, [0.5, 2.5, 7.5], "go through it by hand, one point at a time")


def box_parameters(report: Report, function: Function) -> None:
    params = _parts(report, report.call(function, 2.5, 1.5), {"W1": (2,), "b1": (2,), "W2": (2,), "b2": ()})
    for where, x, height in (("left of 0", [-4.0, -0.2], 0.0), ("between 0 and δ", [0.1, 0.8, 1.4], 2.5),
                             ("right of δ", [1.6, 9.0], 0.0)):
        y = report.call(report.partner(function, "network"), np.array(x), params)
        report.close(f"h = 2.5, δ = 1.5: the height {where} (x = {', '.join(map(str, x))})", y, np.full(len(x), height),
                     "a neuron jumps where w·x + b = 0")


def boxes_parameters(report: Report, function: Function) -> None:
    B, n = 3.0, 4
    x = 1.5 * np.array([-1.95, -1.4, -1.05, -0.95, -0.3, -0.05, 0.1, 0.5, 0.9, 1.02, 1.5, 1.98])
    flat = _parts(report, report.call(function, lambda t: np.full(np.shape(t), 1.5), B, n),
                  {"W1": (2 * n,), "b1": (2 * n,), "W2": (2 * n,), "b2": ()})
    y = report.call(report.partner(function, "network"), x, flat)
    report.close("n = 4 boxes on [−3, 3] draw a constant exactly", y, np.full(len(x), 1.5),
                 "each box ends where the next begins")
    straight = report.call(function, lambda t: np.asarray(t, dtype=float), B, n)
    y = _quietly(report, "network", report.call(report.partner(function, "network"), x, straight), x.shape)
    worst = float(np.max(np.abs(y - x)))
    report.holds(f"f(x) = x is missed by half a box at most (0.75; yours by {worst:.3g})", worst < 0.75 + 1e-9,
                 "a box is as high as f is at the middle of the box")


def max_error_bound(report: Report, function: Function) -> None:
    bound = report.shape(report.call(function, 2.0, 3.0, 4), ())
    report.close("twice as many boxes: half the bound", report.call(function, 2.0, 3.0, 8), bound / 2)
    report.close("twice as steep: twice the bound", report.call(function, 4.0, 3.0, 4), 2 * bound)
    report.close("an interval twice as long: twice the bound", report.call(function, 2.0, 6.0, 4), 2 * bound)
    report.close("the worked example", bound, 1.5, "look at the point of a box that is farthest from its middle")


def boxes_needed(report: Report, function: Function) -> None:
    answer = report.call(function, 2.0, 3.0, 0.35)
    report.shape(answer, ())
    report.holds("a whole number of boxes, as an int", np.asarray(answer).dtype.kind in "iu", "wrap it in int(…)")
    n = int(answer)
    report.holds("more than one box for L = 2, B = 3, eps = 0.35", n > 1, "one box may be wrong by L·B")
    bound = report.partner(function, "max_error_bound")
    enough, too_much = (float(_quietly(report, "max_error_bound", report.call(bound, 2.0, 3.0, number), ()))
                        for number in (n, n - 1))
    report.holds(f"{n} boxes are enough (their bound is {enough:.4g})", enough <= 0.35,
                 "solve your bound for n, then round to the safe side")
    report.holds(f"{n - 1} are not (their bound is {too_much:.4g})", too_much > 0.35, "look for the smallest n")


def boxes_needed_d(report: Report, function: Function) -> None:
    one_axis = report.partner(function, "boxes_needed")
    pieces = _quietly(report, "boxes_needed", report.call(one_axis, 2.0, 3.0, 0.35), ())
    answers = [report.call(function, 2.0, 3.0, 0.35, d) for d in (1, 2, 3)]
    report.holds("whole numbers of boxes, as ints", all(np.asarray(answer).dtype.kind in "iu" for answer in answers),
                 "a whole number to the power of another is an int")
    report.close("one axis needs as many as your boxes_needed says", answers[0], pieces, "d = 1 is Exercise 1.6")
    for d, fewer, more in ((2, *answers[:2]), (3, *answers[1:])):
        report.close(f"from {d - 1} to {d} axes the number is multiplied by the pieces of one", more, pieces * fewer,
                     "count the cells of a grid on paper")


def network2d(report: Report, function: Function) -> None:
    X = np.array([[1.0, 2.0], [-1.0, 0.5], [3.0, -2.0], [-0.2, -1.0], [0.4, 0.3]])
    params: dict[str, Any] = {"W1": np.array([[1.0, 0.0], [0.5, -1.0], [-1.0, 2.0]]), "b1": np.array([-0.5, 0.2, 1.0]),
                              "W2": np.array([[1.0, -1.0, 1.0], [-1.0, 2.0, 0.5]]), "b2": np.array([-0.7, 0.2]),
                              "W3": np.array([2.0, -3.0]), "b3": 0.5}
    y = report.shape(report.call(function, X, params), (5,),
                     "5 points, layers of 3 and 2 neurons: tables of 5×3 and 5×2 on the way")
    for layer in ("1", "2"):
        scaled = {**params, f"W{layer}": params[f"W{layer}"] / 100, f"b{layer}": params[f"b{layer}"] / 100}
        report.close(f"a hundredth of W{layer} and b{layer} changes nothing", report.call(function, X, scaled), y,
                     f"layer {layer} ends with a step")
    lifted = report.call(function, X, {**params, "b3": 1.5})
    report.close("one more on b3 lifts every value by one", lifted, y + 1, "nothing follows the last sum")
    blind = report.call(function, X, {**params, "W1": np.zeros((3, 2)), "b1": np.ones(3)})
    report.close("W1 = 0 and b1 = 1: the whole first layer fires", blind, np.full(5, -0.5),
                 "each layer has its own biases")
    both = {"W1": np.eye(2), "b1": np.zeros(2), "W2": np.array([[1.0, 1.0]]), "b2": np.array([-1.5]),
            "W3": np.array([4.0]), "b3": 1.0}
    example = report.call(function, np.array([[1.0, 1.0], [-1.0, 1.0], [2.0, -1.0], [-1.0, -2.0]]), both)
    report.close("the worked example", example, [5, 1, 1, 1], "go through it by hand, one point at a time")


def box2d_parameters(report: Report, function: Function) -> None:
    answer = report.call(function, 2.5, 1.0, 2.0)
    H, K = (_length(answer[name]) if isinstance(answer, dict) and name in answer else 0 for name in ("b1", "b2"))
    shapes: dict[str, Shape] = {"W1": (H, 2), "b1": (H,), "W2": (K, H), "b2": (K,), "W3": (K,), "b3": ()}
    params = _parts(report, answer, shapes)
    for where, X, height in (("inside", [[0.1, 0.1], [0.9, 0.1], [0.5, 1.9], [0.9, 1.9]], 2.5),
                             ("left and right of the box", [[-0.1, 1.0], [1.1, 1.0], [-5.0, 0.2], [9.0, 1.5]], 0.0),
                             ("below and above the box", [[0.5, -0.1], [0.5, 2.1], [0.2, -7.0], [0.8, 5.0]], 0.0),
                             ("off its corners", [[-0.1, -0.1], [1.1, 2.1], [-1.0, 3.0], [4.0, -4.0]], 0.0)):
        y = report.call(report.partner(function, "network2d"), np.array(X), params)
        report.close(f"h = 2.5, δx = 1, δy = 2: the height {where}", y, np.full(4, height),
                     "list what the second layer receives here, and compare with its threshold")


def l1_loss(report: Report, function: Function) -> None:
    X, w = np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 4.0], [2.0, 2.0]]), np.array([1.5, -0.5])
    y, error = X @ w, np.array([0.0, 3.0, 0.0, 1.0])
    perfect = report.shape(report.call(function, X, w, y), (), "a loss is one number")
    report.close("a perfect fit costs nothing", perfect, 0, "print the shape of your difference: it should be (n,)")
    report.close("every target missed by one: the loss is one", report.call(function, X, w, y + 1), 1)
    above = _quietly(report, "l1_loss", report.call(function, X, w, y - error), ())
    report.close("too low costs as much as too high", report.call(function, X, w, y + error), above,
                 "an error of −2 counts as much as one of 2")
    twice = report.call(function, np.vstack([X, X]), w, np.tile(y - error, 2))
    report.close("the same data twice: the same loss", twice, above)
    example = report.call(function, np.array([[1.0, 2.0], [3.0, 0.0]]), np.array([1.0, 1.0]), np.array([2.0, 6.0]))
    report.close("the worked example", example, 2)


def l1_subgradient(report: Report, function: Function) -> None:
    X = np.array([[1.0, 2.0, 0.5], [3.0, -1.0, 1.0], [0.0, 4.0, -2.0], [2.0, 2.0, 1.0], [-1.0, 0.5, 3.0]])
    w, residual = np.array([1.5, -0.5, 0.25]), np.array([1.0, -2.0, 0.5, 3.0, -0.7])
    y = X @ w - residual
    g = report.shape(report.call(function, X, w, y), (3,), "one slope for every weight")
    tripled = report.call(function, X, w, X @ w - 3 * residual)
    report.close("errors three times as large: the same slope", tripled, g,
                 "compare how steep |r| is at r = 1 and at r = 3")
    loss = report.partner(function, "l1_loss")
    here, *moved = (float(_quietly(report, "l1_loss", report.call(loss, X, v, y), ()))
                    for v in (w, *(w + np.eye(3) / 100)))
    report.close("your loss changes by g·move when w moves a little", g, (np.array(moved) - here) * 100,
                 "see whether it is the sign that differs, or the size")


def ps1_shapes(report: Report, names: Mapping[str, Any]) -> None:
    """`names` is the notebook's globals."""
    shapes = {name: names[name] for name in ("shape_X", "shape_y", "shape_loss") if name in names}
    if not shapes:
        raise StillAStub("1.14")
    report.holds("shape_X, shape_y and shape_loss are assigned", len(shapes) == 3, "assign all three names")
    for name, shape in shapes.items():
        if not isinstance(shape, tuple):
            report.fail(f"{name} is a tuple", "(50) is just 50 in brackets; the comma in (50,) makes the tuple")
    report.holds("tuples of whole numbers", all(isinstance(size, int) for shape in shapes.values() for size in shape))
    report.holds("X has two axes", len(shapes["shape_X"]) == 2)
    report.holds("y has one axis, as the text says", len(shapes["shape_y"]) == 1)
    report.holds("X and y speak of equally many samples", shapes["shape_X"][:1] == shapes["shape_y"][:1],
                 "one row of X goes with one entry of y")
    report.holds("the loss holds one number", prod(shapes["shape_loss"]) == 1,
                 "think of what is left of n errors after a mean")


def _parts(report: Report, params: Any, shapes: Mapping[str, Shape]) -> dict[str, Any]:
    """The answer is a dict of numbers with these shapes. Returns them as arrays."""
    if not isinstance(params, dict) or any(name not in params for name in shapes):
        report.fail(f"the answer is a dict with the keys {', '.join(shapes)}", "compare with the text above")
    arrays = {name: _quietly(report, name, params[name], shape) for name, shape in shapes.items()}
    report.passed(f"a dict with {', '.join(f'{name} {shape}' for name, shape in shapes.items())}")
    return arrays


def _length(value: Any) -> int:
    return len(value) if isinstance(value, list | tuple) or np.ndim(value) else 1


def _quietly(report: Report, name: str, value: Any, shape: Shape) -> NDArray[np.float64]:
    """The value as an array of this shape; a line of the report only where it is not one."""
    scratch = Report(name)
    try:
        return scratch.shape(value, shape)
    except CheckFailed:
        report.fail(f"{name}: {scratch.lines[-1].removeprefix('✗ ')}")


CHECKS: dict[str, Examine] = {
    function.__name__: function for function in (
        step, network, box_parameters, boxes_parameters, max_error_bound, boxes_needed, network2d, box2d_parameters,
        boxes_needed_d, l1_loss, l1_subgradient, ps1_shapes)}
check = checker(CHECKS)
progress, submit_check = handing_in("ps1_box_functions")
