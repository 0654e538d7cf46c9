"""Instant checks of ps8. Models are tried on a few small samples; what torch can differentiate is left to torch.

One file a set, as notebooks name it, however many exercises a set has.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from helpers.checks.checker import Examine, checker
from helpers.checks.report import Report
from helpers.gradcheck import numerical_gradient
from helpers.handin import handing_in
from helpers.torch_data import torch

Function = Callable[..., Any]
SIZES = ((256, 784), (256,), (128, 256), (128,), (64, 128), (64,), (10, 64), (10,))


def MLP(report: Report, function: Function) -> None:
    """`function` is the student's class `MLP`, and so on below."""
    model = report.call(function)
    report.holds("a torch.nn.Module", isinstance(model, torch.nn.Module), "derive your class from nn.Module")
    params = list(model.parameters())
    total = sum(p.numel() for p in params)
    report.holds(f"242762 weights and biases (yours: {total})", total == 242762, "784, then 256, 128 and 64, then 10")
    report.holds("four layers of the sizes asked for", sorted(tuple(p.shape) for p in params) == sorted(SIZES),
                 "784, then 256, 128 and 64, then 10")
    x = torch.linspace(-1, 2, 3 * 784).sin().reshape(3, 28, 28)
    logits = report.call(model, x)
    found = report.shape(_numbers(logits), (3, 10), "ten logits for each image")
    report.close("images (N, 1, 28, 28) give the same", _numbers(report.call(model, x[:, None])), found,
                 "flatten all axes but the first", atol=1e-5)
    logits.square().sum().backward()
    report.holds("gradients reach every weight", all(p.grad is not None and bool(p.grad.any()) for p in params),
                 "every layer takes part, and nothing is cut off from the graph")
    with torch.no_grad():
        for p in params:
            if p.ndim == 1:
                p.zero_()
            else:
                p *= 3
    once, twice, mirrored = (_numbers(report.call(model, factor * x)) for factor in (1, 2, -1))
    report.close("without biases, twice the input gives twice the logits", twice, 2 * once,
                 "ReLU and linear layers keep a factor of 2; what else is in your network", atol=1e-4)
    report.holds("without biases, −x does not give minus the logits", not np.allclose(mirrored, -once, atol=1e-4),
                 "without activations, all layers together are one linear map")
    report.holds("logits of both signs", bool(np.any(once < 0) and np.any(once > 0)), "nothing follows the last layer")


class Recorder:
    """An optimizer that moves by plain descent and writes down the gradients it finds."""

    def __init__(self, model: Any, lr: float) -> None:
        self.params, self.lr = list(model.parameters()), lr
        self.found: list[Any] = []

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget all gradients."""
        for p in self.params:
            p.grad = None

    def step(self) -> None:
        """One step of plain gradient descent."""
        self.found.append([None if p.grad is None else _numbers(p.grad).copy() for p in self.params])
        with torch.no_grad():
            for p in self.params:
                if p.grad is not None:
                    p -= self.lr * p.grad


def train_one_epoch(report: Report, function: Function) -> None:
    x, y, loader = _samples(6)
    loss_fn, model = torch.nn.CrossEntropyLoss(), _model()
    batches = [torch.autograd.grad(loss_fn(model(a), b), list(model.parameters())) for a, b in loader]
    losses = [loss_fn(model(a), b).item() for a, b in loader]
    resting = Recorder(model, lr=0.0)
    model.eval()
    loss = report.call(function, model, loader, loss_fn, resting)
    report.holds("one step for each batch", len(resting.found) == len(batches), "every batch: backward, then step")
    for number, (got, fresh) in enumerate(zip(resting.found, batches, strict=True)):
        hint = "clear old gradients, go backward, then step"
        report.holds(f"step {number + 1} finds a gradient", all(g is not None for g in got), hint)
        report.close(f"step {number + 1} uses the gradient of its own batch", np.concatenate([g.ravel() for g in got]),
                     np.concatenate([_numbers(g).ravel() for g in fresh]), hint, atol=1e-5)
    report.close("rate 0: the mean of the batch losses", _number(report, loss), np.mean(losses),
                 "add up the losses as numbers, divide by how many batches there are", atol=1e-5)
    report.holds("the model is in training mode", model.training, "model.train() before the first batch")
    a, b, single = _samples(2)
    before = loss_fn(model(a), b).item()
    loss = _number(report, report.call(function, model, single, loss_fn, Recorder(model, lr=0.5)))
    report.close("a single batch: the loss it had before the step", loss, before,
                 "the loss of the forward pass that you differentiate", atol=1e-5)
    before = loss_fn(model(x), y).item()
    for _ in range(20):
        report.call(function, model, loader, loss_fn, Recorder(model, lr=0.5))
    report.holds("twenty epochs make the loss smaller", loss_fn(model(x), y).item() < before)


def evaluate(report: Report, function: Function) -> None:
    loss_fn, model = torch.nn.CrossEntropyLoss(), _model()
    guessed = _numbers(model(_samples(6)[0])).argmax(axis=1)
    labels = np.where([True, False, True, True, False, True], guessed, (guessed + 1) % 3)
    x, y, loader = _samples(6, labels)
    graphs, modes = _watched(model)
    answer = report.call(function, model, loader, loss_fn)
    report.holds("loss and accuracy", isinstance(answer, tuple | list) and len(answer) == 2, "return both")
    loss, accuracy = (_number(report, value) for value in answer)
    report.holds("dropout is off meanwhile", bool(modes) and not any(modes), "model.eval() before the first batch")
    report.holds("training mode is put back", model.training, "look at model.training first, and restore it at the end")
    report.holds("no graph is built", not any(graphs), "torch.no_grad() says that no gradient is wanted")
    model.eval()
    z = model(x)
    report.close("the mean loss", loss, loss_fn(z, y).item(), "three batches of equal size: the mean of three means",
                 atol=1e-5)
    right = _numbers(z).argmax(axis=1) == _numbers(y)
    report.close("the fraction that is right", accuracy, right.mean(), "the largest logit of each row decides")
    report.call(function, model, loader, loss_fn)
    report.holds("evaluation mode is left alone", not model.training, "restore the mode you found, whichever it was")
    model.train()
    _, _, uneven = _samples(5, labels)
    accuracy = _number(report, report.call(function, model, uneven, loss_fn)[1])
    report.close("a short last batch: still the fraction of samples", accuracy, right[:5].mean(), "count samples")


def predict_probabilities(report: Report, function: Function) -> None:
    x, _, _ = _samples(6)
    model = _model()
    graphs, modes = _watched(model)
    p = report.shape(_numbers(report.call(function, model, x)), (6, 3), "a row for each image, all classes in it")
    report.holds("every number lies between 0 and 1", bool(np.all((p > 0) & (p < 1))), "these should be probabilities")
    report.close("each row sums to one", p.sum(axis=1), np.ones(6), "the classes of one image compete", atol=1e-5)
    report.holds("dropout is off meanwhile", bool(modes) and not any(modes), "model.eval() before the images go in")
    report.holds("training mode is put back", model.training, "look at model.training first, and restore it at the end")
    report.holds("no graph is built", not any(graphs), "torch.no_grad() says that no gradient is wanted")
    logits = _numbers(model.eval()(x))
    report.close("ratios are exponentials of differences of logits", p / p[:, :1], np.exp(logits - logits[:, :1]),
                 "softmax, once", atol=1e-4)


def predictions(report: Report, function: Function) -> None:
    x, _, _ = _samples(6)
    model = _model().eval()
    p = _numbers(report.call(report.partner(function, "predict_probabilities"), model, x))
    answer = report.call(function, model, x)
    report.holds("classes and probabilities", isinstance(answer, tuple | list) and len(answer) == 2, "return both")
    classes = report.shape(_numbers(answer[0]), (6,), "a class for each image")
    best = report.shape(_numbers(answer[1]), (6,), "a probability for each image")
    report.holds("classes from 0 to 2", bool(np.all(np.isin(classes, [0, 1, 2]))),
                 "classes first, probabilities second")
    report.close("each probability is that of the class beside it", best, p[np.arange(6), classes.astype(int)],
                 "look it up in the row of the image")
    report.holds("no other class is likelier", bool(np.all(best >= p.max(axis=1) - 1e-6)),
                 "take the largest of each row")


def gradients(report: Report, function: Function) -> None:
    rng = np.random.default_rng(0)
    sizes = (5, 4, 6, 3)
    weights = [rng.normal(size=shape) for shape in pairwise(sizes)]
    biases, sample = [rng.normal(size=n) for n in sizes[1:]], rng.normal(size=5)
    answer = report.call(function, sample, 2, weights, biases)
    report.holds("two lists of three", isinstance(answer, tuple | list) and len(answer) == 2
                 and all(isinstance(part, tuple | list) and len(part) == 3 for part in answer),
                 "gradients of the weights, gradients of the biases, in the order of the layers")
    leaves = [torch.tensor(value, requires_grad=True) for value in (*weights, *biases)]
    out = torch.tensor(sample)
    for layer in range(3):
        out = (torch.sigmoid(out) if layer else out) @ leaves[layer] + leaves[layer + 3]
    torch.nn.functional.cross_entropy(out[None], torch.tensor([2])).backward()
    for number, (got, leaf) in reversed([*enumerate(zip((*answer[0], *answer[1]), leaves, strict=True))]):
        what = f"{'weights' if number < 3 else 'biases'}[{number % 3}]"
        gradient = report.shape(got, tuple(leaf.shape), f"the gradient of {what} has the shape of {what}")
        report.close(f"{what}: loss.backward() agrees", gradient, _numbers(leaf.grad),
                     "start at the last layer, and go back one layer at a time", atol=1e-9)


def Value(report: Report, Number: Function) -> None:
    """Each expression is worked out with plain numbers, too, whose slopes small steps measure."""
    def sum_of_products(a: Any, b: Any, c: Any) -> Any:
        return a * b + c * a

    def used_twice(a: Any, b: Any, c: Any) -> Any:
        shared = a * b
        return shared * shared + shared * c

    def powers(a: Any, b: Any, c: Any) -> Any:
        return a**3 - 2 / b + 5 * c**-2

    def ramps(a: Any, b: Any, c: Any) -> Any:
        return _apply("relu", a) * c + _apply("relu", -a) + _apply("relu", b)

    def curves(a: Any, b: Any, c: Any) -> Any:
        return _apply("log", a * a + 1) + _apply("exp", b) * c

    at = np.array([0.7, -1.3, 1.9])
    hints = {sum_of_products: "nudge one number: by how much does a sum change, by how much a product",
             used_twice: "its parts add up, and a number passes on only what has arrived in full",
             powers: "the exponent comes in front, and is one lower", ramps: "a ReLU that is off lets nothing through",
             curves: "exp is its own slope, that of log x is 1 / x"}
    for expression, hint in hints.items():
        name = expression.__name__.replace("_", " ")
        values = [report.call(Number, float(number)) for number in at]
        result = report.call(expression, *values)
        report.close(f"{name}: the value", result.data, expression(*at))
        report.call(result.backward)


        def plain(numbers: Any, f: Function = expression) -> Any:
            return f(*numbers)
        report.close(f"{name}: the slopes, measured by small steps", [value.grad for value in values],
                     numerical_gradient(plain, at), hint)


def _apply(function: str, number: Any) -> Any:
    """`relu`, `exp` or `log`, as a method of what has it, and of plain numbers."""
    if hasattr(number, function):
        return getattr(number, function)()
    return max(number, 0.0) if function == "relu" else getattr(np, function)(number)


def _model() -> Any:
    """A small network in training mode."""
    drawn = torch.Generator().manual_seed(2)
    model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 3))
    with torch.no_grad():
        for p in model.parameters():
            p.copy_(torch.randn(p.shape, generator=drawn))
    return model


def _samples(count: int, labels: Any = (0, 2, 1, 1, 0, 2)) -> tuple[Any, Any, Any]:
    """Images (count, 2, 2), labels, and a loader with batches of two."""
    x = torch.linspace(0, 30, 24).sin().reshape(6, 2, 2)[:count]
    y = torch.tensor(np.array(labels))[:count]
    return x, y, torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=2)


def _watched(model: Any) -> tuple[list[bool], list[bool]]:
    """Two lists that grow with each forward pass: whether a graph was built, whether the model was in training mode."""
    graphs: list[bool] = []
    modes: list[bool] = []

    def note(module: Any, inputs: Any, output: Any) -> None:
        graphs.append(output.requires_grad)
        modes.append(module.training)

    model.register_forward_hook(note)
    return graphs, modes


def _numbers(value: Any) -> Any:
    """A tensor as an array; anything else as it is."""
    return value.detach().cpu().numpy() if isinstance(value, torch.Tensor) else value


def _number(report: Report, value: Any) -> float:
    return float(report.shape(_numbers(value), (), "a single number"))


CHECKS: dict[str, Examine] = {
    function.__name__: function for function in (
        MLP, train_one_epoch, evaluate, predict_probabilities, predictions, gradients, Value)}
check = checker(CHECKS)
progress, submit_check = handing_in("ps8_pytorch_mlp")
