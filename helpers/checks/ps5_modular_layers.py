"""Instant checks of ps5. Gradients are judged against small steps in the student's own forward passes.

One file a set, as notebooks name it, however many exercises a set has.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.checks.checker import Examine, checker
from helpers.checks.report import Report
from helpers.gradcheck import numerical_gradient
from helpers.handin import handing_in
from helpers.modules import Module

Array = NDArray[np.float64]
Function = Callable[..., Any]

X = np.array([[1.0, -2.0, 0.5], [0.3, 1.5, -1.0]])
G = np.array([[0.5, -1.0, 2.0], [1.5, 0.4, -0.6]])
W = np.array([[1.0, 2.0], [3.0, 4.0], [-1.0, 0.5]])
B = np.array([[0.5, -0.5]])
G2 = np.array([[1.0, -2.0], [0.5, 3.0]])
BATCH = np.vstack([X, [[2.0, 0.0, -1.0], [-0.5, 1.0, 0.25]]])  # four samples, three inputs, two units
SLOPES = np.vstack([G2, [[0.2, -0.3], [1.0, 0.5]]])
LOGITS, LABELS = np.log([[1.0, 2.0, 5.0], [4.0, 3.0, 1.0]]), np.array([2, 1])


class Cube(Module):
    """x³ and its gradient: right, and curved."""

    def forward(self, x: Array) -> Array:
        """x: any shape, which is kept."""
        self.state = x.copy()
        return np.asarray(x**3)

    def backward(self, g: Array) -> Array:
        """g: gradient of the output."""
        return np.asarray(3 * g * self.state**2)


class Stretch(Module):
    """3x, with a backward pass that is right for `factor` 3."""

    def __init__(self, factor: float = 3.0) -> None:
        self.factor = factor

    def forward(self, x: Array) -> Array:
        """Three times x."""
        return 3 * x

    def backward(self, g: Array) -> Array:
        """`factor` times g."""
        return self.factor * g


class Shift(Module):
    """x + 1, for networks whose passes can be followed by hand; remembers whether it was walked back."""

    def __init__(self) -> None:
        self.seen: list[Array] = []

    def forward(self, x: Array) -> Array:
        """x + 1."""
        return x + 1

    def backward(self, g: Array) -> Array:
        """g, which is also remembered."""
        self.seen.append(g)
        return g


def sigmoid(report: Report, function: Function) -> None:
    """`function` is the student's `sigmoid`, and so on below."""
    s = report.shape(report.call(function, X), (2, 3), "one value for each entry of x")
    report.holds("every value lies between 0 and 1", bool(np.all((s > 0) & (s < 1))), "divide 1 by more than 1")
    report.close("sigmoid(x) and sigmoid(−x) add up to one", s + report.call(function, -X), np.ones((2, 3)))
    report.close("the worked example", report.call(function, np.log([1.0, 3.0, 0.25])), [0.5, 0.75, 0.2],
                 "a large positive x comes out near 1")
    with np.errstate(over="ignore"):
        huge = report.shape(report.call(function, np.array([1000.0, -1000.0])), (2,), "exp overflows for 1000")
    report.close("inputs of ±1000", huge, [1.0, 0.0], "exp overflows for 1000")


def Sigmoid(report: Report, Activation: Function) -> None:
    out = _activation(report, Activation)
    report.close("values lie on the S from 0 to 1", out + report.call(report.call(Activation), -X), np.ones((2, 3)),
                 "use your sigmoid")


def ReLU(report: Report, Activation: Function) -> None:
    out = _activation(report, Activation)
    report.close("negative inputs become 0, the others stay", out, [[1.0, 0.0, 0.5], [0.3, 1.5, 0.0]])
    relu = report.call(Activation)
    report.call(relu, np.zeros((1, 3)))
    report.close("the slope at exactly 0 is 0", report.call(relu.backward, np.ones((1, 3))), np.zeros((1, 3)))


def _activation(report: Report, Activation: Function) -> Array:
    activation = report.call(Activation)
    report.call(activation, X[::-1] + 1)
    report.call(activation.backward, -G)
    handed_out = report.call(activation, X)
    out = np.copy(report.shape(handed_out, (2, 3), "forward returns one value for each entry"))
    dx = report.shape(report.call(activation.backward, G), (2, 3), "backward returns one number for each entry of x")
    report.holds("backward leaves what forward returned as it was", np.array_equal(handed_out, out),
                 "the next layer still holds that array, so build a new one")
    steps = numerical_gradient(lambda x: np.sum(G * activation.forward(x)), X)
    report.close("backward(g) is the gradient of Σ g ⊙ forward(x)", dx, steps,
                 "multiply the gradient that arrives with the slope at the input of the last forward pass")
    return out


def Linear(report: Report, Layer: Function) -> None:
    layer = report.call(Layer, (W.copy(), B.copy()))
    report.call(layer, 2 * BATCH)
    report.call(layer.backward, -SLOPES)
    out = report.shape(report.call(layer, BATCH), (4, 2), "one row for each sample, one column for each unit")
    report.close("x W + b", out, [[-5, -6.25], [6.3, 5.6], [3.5, 3], [2.75, 2.625]], "rows are samples")
    dx = report.shape(report.call(layer.backward, SLOPES), (4, 3), "one number for each input")
    report.close("backward(g) is the gradient of Σ g ⊙ forward(x)", dx,
                 numerical_gradient(lambda x: np.sum(SLOPES * layer.forward(x)), BATCH), "no division here")
    report.call(layer, BATCH)
    report.call(layer.backward, SLOPES)
    hint = "d_weights and d_biases are set by backward, in the shapes of weights and biases, as means over the batch"
    for name, value in (("weights", W), ("biases", B)):
        gradient = report.shape(getattr(layer, f"d_{name}", None), value.shape, hint)
        report.close(f"N · d_{name} is what small steps in the {name} measure", len(BATCH) * gradient,
                     _steps(report, layer, name, value), hint)
    report.close("in_x is the input of the last forward pass", getattr(layer, "in_x", np.nan), BATCH)


def _steps(report: Report, layer: Any, name: str, value: Array) -> Array:
    def total(moved: Array) -> float:
        setattr(layer, name, moved)
        return float(np.sum(SLOPES * layer.forward(BATCH)))

    gradient = numerical_gradient(total, value)
    setattr(layer, name, value.copy())
    return gradient


def finite_difference_check(report: Report, function: Function) -> None:
    x = X + 0.1
    error = report.shape(report.call(function, Stretch(), x), (), "one number: the largest of the errors")
    report.close("a right module gives (nearly) 0", error, 0.0, "central differences with steps of 1e-5", atol=1e-5)
    report.close("so does a right module that is curved", report.call(function, Cube(), x), 0.0,
                 "step to both sides: a difference to one side is off by the curve", atol=1e-6)
    report.close("the worked example: 6g instead of 3g", report.call(function, Stretch(6.0), x), 1 / 3,
                 "the largest difference, divided by the sum of the two largest sizes", atol=1e-5)
    report.close("a sign error gives 1", report.call(function, Stretch(-3.0), x), 1.0, atol=1e-5)
    report.close("no gradient at all gives 1", report.call(function, Stretch(0.0), x), 1.0, atol=1e-5)
    Layer = report.partner(function, "Linear")
    layer = report.call(Layer, (W.copy(), B.copy()))
    error = report.call(function, layer, BATCH)
    report.holds("the weights are what they were before", bool(np.allclose(layer.weights, W, rtol=0, atol=1e-9)),
                 "undo every step")
    for name in ("d_weights", "d_biases"):
        spoilt = report.call(_spoilt(Layer, name), (W.copy(), B.copy()))
        report.close(f"your Linear with {name} twice as large gives 1/3", report.call(function, spoilt, BATCH), 1 / 3,
                     "the largest of three errors: input, weights, biases", atol=1e-5)
    report.close("your Linear passes", error, 0.0, "d_weights and d_biases are means, small steps measure sums: "
                 "where does N come in", atol=1e-5)


def _spoilt(Layer: Function, name: str) -> Function:
    """The student's own layer with one of its gradients doubled."""
    class Spoilt(Layer):  # type: ignore[misc, valid-type]
        def backward(self, g: Array) -> Any:
            """As before, except for one gradient."""
            dx = super().backward(g)
            setattr(self, name, 2 * getattr(self, name))
            return dx

    return Spoilt


def CrossEntropyLoss(report: Report, Loss: Function) -> None:
    loss = report.call(Loss)
    value = report.shape(report.call(loss, LOGITS, LABELS), (), "the mean over the batch is one number")
    report.close("the worked example", value, np.log([1.6, 8 / 3]).mean(),
                 "minus the logarithm of the label's probability, then the mean")
    gradient = report.shape(report.call(loss.backward), (2, 3), "one number for each logit")
    report.close("the gradient of every sample sums to zero", gradient.sum(axis=1), np.zeros(2),
                 "probabilities sum to one, and so does a one-hot row")
    steps = numerical_gradient(lambda z: float(report.call(Loss)(z, LABELS)), LOGITS)
    report.close("backward() is N times what small steps in the mean loss measure", gradient, 2 * steps,
                 "each sample's own gradient: the 1/N waits in Linear")
    hint = "take the largest logit of each row away before the exponential, and start from logarithms"
    with np.errstate(all="ignore"):
        huge = report.shape(report.call(loss, np.array([[1000.0, 0.0], [-1000.0, 0.0]]), np.array([1, 1])), (), hint)
    report.close("logits of ±1000", huge, 500.0, hint)


def MultiLayerPerceptron(report: Report, Model: Function) -> None:
    first = Shift()
    layers = [first, Stretch()]
    model = report.call(Model, layers)
    report.holds("layers are kept, in order", list(getattr(model, "layers", ())) == layers, "self.layers")
    out = report.shape(report.call(model, X), (2, 3), "the output of the last layer")
    report.close("the worked example: 3(x + 1)", out, 3 * X + 3, "each layer gets the output of the one before")
    dx = report.shape(report.call(model.backward, G), (2, 3), "return what the first layer passes on")
    report.close("the gradient with respect to the input", dx, 3 * G, "each layer gets what the one after it returned")
    report.holds("the first layer was walked back too", bool(first.seen), "every layer gets a gradient")
    report.close("the first layer got 3g", first.seen[-1], 3 * G, "start at the last layer")
    report.close("a second forward pass gives the same", report.call(model, X), 3 * X + 3,
                 "walking back must leave the list of layers as it is")


def define_network(report: Report, function: Function) -> None:
    Layer, Activation = report.partner(function, "Linear"), report.partner(function, "ReLU")
    model = report.call(function, [4, 6, 5, 3], Activation)
    kinds = [type(layer) for layer in model.layers]
    report.holds("Linear, activation, Linear, activation, Linear", kinds == [Layer, Activation] * 2 + [Layer],
                 "the last linear layer is followed by nothing")
    shapes = [np.shape(layer.weights) for layer in model.layers[::2]]
    report.holds("weights are 4 × 6, 6 × 5 and 5 × 3", shapes == [(4, 6), (6, 5), (5, 3)], "sizes are taken in pairs")
    report.holds("the two activations are two objects", model.layers[1] is not model.layers[3],
                 "make a new one each time: it keeps what it saw")
    same, other = report.call(function, [4, 6, 5, 3], Activation, 10701), report.call(function, [4, 6, 5, 3],
                                                                                      Activation, 5)
    report.close("10701 is the seed where none is given", same.layers[0].weights, model.layers[0].weights,
                 "seed numpy first thing in the function")
    report.holds("another seed draws other weights", not np.allclose(other.layers[0].weights, model.layers[0].weights))
    first, second = (np.ravel(other.layers[i].weights)[:3] / np.max(np.abs(other.layers[i].weights)) for i in (0, 2))
    report.holds("each layer has random numbers of its own", not np.allclose(first, second, rtol=0.2), "seed once")
    report.close("the worked example: seed 5 begins with", other.layers[0].weights[0, :2], [-0.22699163, 0.30270166],
                 "seed once, then weights and biases of each layer in order, by init_params")


def GradientDescentOptimizer(report: Report, Optimizer: Function) -> None:
    Layer, Model = report.partner(Optimizer, "Linear"), report.partner(Optimizer, "MultiLayerPerceptron")
    layers = [report.call(Layer, (W.copy(), B.copy())), report.call(Layer, (2 * W[:2], 2 * B))]
    model = report.call(Model, layers)
    for layer in layers:
        layer.d_weights, layer.d_biases = np.ones_like(layer.weights), -np.ones_like(layer.biases)
    optimizer = report.call(Optimizer, model, 0.1)
    report.call(optimizer.step)
    report.close("the worked example: weights lose 0.1 · d_weights", layers[0].weights, W - 0.1,
                 "store the moved array in the layer")
    report.close("biases move too", layers[0].biases, B + 0.1)
    report.close("and so does every other layer", layers[1].weights, 2 * W[:2] - 0.1)
    layers[0].d_weights = 2 * np.ones_like(W)
    report.call(optimizer.step)
    report.close("a second step uses the gradients that are there then", layers[0].weights, W - 0.3)


def train_network(report: Report, function: Function) -> None:
    define, Activation = report.partner(function, "define_network"), report.partner(function, "ReLU")
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(7, 4)), np.array([0, 1, 2, 0, 1, 2, 0])
    data = {"train_x": x, "train_y": y, "test_x": x[:5] + 0.1, "test_y": y[:5]}
    model = report.call(define, [4, 6, 3], Activation)
    still = report.call(function, model, data, 1, 0.0, 3, 1)
    report.holds("a dict with train_loss, test_loss, train_error, test_error", isinstance(still, dict)
                 and still.keys() == {"train_loss", "test_loss", "train_error", "test_error"})
    logits = model(x)
    wrong = np.mean(logits.argmax(axis=1) != y)
    report.close("with learning rate 0 the error is that of the model as it is", still["train_error"], [wrong],
                 "the fraction of images whose largest logit is not at the label")
    Loss = report.partner(function, "CrossEntropyLoss")
    report.close("and so is the loss", still["test_loss"], [report.call(Loss)(model(data["test_x"]), data["test_y"])],
                 "the whole set at once, after the epoch")
    history = report.call(function, model, data, 30, 0.3, 3, 1)
    report.holds("one entry for each epoch", all(len(row) == 30 for row in history.values()))
    report.holds("the training loss falls", bool(history["train_loss"][-1] < 0.5 * history["train_loss"][0]),
                 "forward, loss, backward, step: for every batch")
    trained = report.call(Loss)(model(x), y)
    report.close("the last entry describes the trained model", history["train_loss"][-1], trained,
                 "measure after the epoch, on the whole set")
    report.close("and that of the test set describes the test set", history["test_loss"][-1],
                 report.call(Loss)(model(data["test_x"]), data["test_y"]), "which images go through the network there?")
    _watch_one_epoch(report, function, report.call(define, [4, 6, 3], Activation), data)
    one, all_at_once = (report.call(define, [4, 6, 3], Activation) for _ in range(2))
    report.call(function, one, {**data, "train_x": x[:6], "train_y": y[:6]}, 1, 0.3, 3, 1)
    report.call(function, all_at_once, data, 1, 0.3, 3, 1)
    report.holds("the seventh image, a batch of its own, is used",
                 not np.allclose(one.layers[0].weights, all_at_once.layers[0].weights), "keep the short last batch")


def _watch_one_epoch(report: Report, function: Function, model: Any, data: dict[str, Array]) -> None:
    """What the network sees while it is trained: which images, and how its weights move in between."""
    seen: list[tuple[Array, Array, Array]] = []

    class Watched(type(model)):  # type: ignore[misc]
        def forward(self, x: Array) -> Any:
            self.came_in = x
            return super().forward(x)

        def backward(self, g: Array) -> Any:
            dx, first = super().backward(g), self.layers[0]
            seen.append((self.came_in, first.weights.copy(), np.array(first.d_weights)))
            return dx

    report.call(function, Watched(model.layers), data, 1, 0.3, 3, 1)
    report.holds("seven images in batches of three walk back three times", len(seen) == 3,
                 "forward, loss, backward, step: once for every batch")
    report.holds("the batches come in the order of the file",
                 all(np.array_equal(images, data["train_x"][start:start + 3]) for (images, _, _), start
                     in zip(seen, (0, 3, 6), strict=True)), "no shuffling here, and each batch once")
    report.holds("between two batches there is one step", all(
        np.allclose(later, before - 0.3 * slope) for (_, before, slope), (_, later, _) in pairwise(seen)),
        "call optimizer.step() once, after backward")


def OwnLayer(report: Report, Layer: Function) -> None:
    x = np.array([[0.5, -1.2, 2.0, 0.3], [-0.7, 0.4, 1.1, -1.6], [0.9, -0.2, -1.4, 0.8]])
    for batch in (x[1:], x):
        layer = report.call(Layer)
        report.call(layer, 1 - batch)
        out = np.array(report.call(layer, batch), dtype=float)
        report.holds("forward returns a row for each sample", out.ndim == 2 and len(out) == len(batch),
                     f"(N, d) comes in, here {batch.shape}, and what goes out has the shape {out.shape}")
        report.close("the same input gives the same output", report.call(layer, batch), out,
                     "draw random numbers from a generator with a fixed seed")
        g = np.cos(np.arange(out.size)).reshape(out.shape)
        dx = report.shape(report.call(layer.backward, g), batch.shape,
                          "backward returns one number for each entry of x")

        def seen(moved: Array, g: Array = g, layer: Any = layer) -> Any:
            return np.sum(g * layer.forward(moved))
        steps = numerical_gradient(seen, batch)
        report.close("backward(g) is the gradient of Σ g ⊙ forward(x)", dx, steps,
                     "multiply the gradient that arrives with the slopes at the input of the last forward pass")
    given = {f"your {name}": report.call(report.call(report.partner(Layer, name)), x) for name in ("Sigmoid", "ReLU")}
    for name, values in {**given, "no layer at all": x}.items():
        report.holds(f"it is not {name}", out.shape != x.shape or not np.allclose(out, values), "change one thing")


CHECKS: dict[str, Examine] = {
    function.__name__: function for function in (
        sigmoid, Sigmoid, ReLU, Linear, finite_difference_check, CrossEntropyLoss, MultiLayerPerceptron, define_network,
        GradientDescentOptimizer, train_network, OwnLayer)}
check = checker(CHECKS)
progress, submit_check = handing_in("ps5_modular_layers")
