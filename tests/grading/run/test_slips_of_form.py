"""Slips of form in real problem sets: named where they are, and never where they are not."""

import json
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from grading.course.assignment import Assignment, load_assignment
from grading.course.folder import Course
from grading.handin.collect import Handed
from grading.judge.verdict import Verdict
from grading.run.submission import Task, grade_submission
from grading.sandbox.client import Sandbox

ROOT = Path(__file__).parents[3]


class Grader:
    """Grades one answer among the course's own solutions."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox, self.course, self.sets = sandbox, Course.open(ROOT), dict[str, Assignment]()

    def __call__(self, name: str, exercise: str, source: str, **others: str) -> Verdict:
        assignment = self.sets.get(name) or self.sets.setdefault(name, load_assignment(self.course, name))
        notebook = assignment.with_answers({**assignment.solutions, exercise: source, **others})
        handed = Handed(nbformat.writes(notebook).encode())
        graded = grade_submission(Task(assignment, self.course.settings, b"secret"), self.sandbox, "ada", handed)
        assert json.loads(graded.notebook)
        return next(verdict for verdict in graded.result.verdicts if verdict.id == exercise)


@pytest.fixture(scope="module")
def grade(sandbox: Sandbox) -> Iterator[Grader]:
    yield Grader(sandbox)


PS2, PS3, PS4, PS5, PS6, PS7 = ("ps2_softmax_jacobian", "ps3_worked_network", "ps4_numpy_backprop", "ps5_modular_layers",
                                "ps6_two_layer_network", "ps7_momentum_letters")


FORMS = {"self_forgotten", "helper_not_taken", "name_misspelled", "name_undefined", "defined_further_down", "other_name",
         "prints_result", "no_return", "integer_division_python2", "indexes_columns", "result_thrown_away",
         "returns_inside_loop", "accumulates", "argument_forgotten", "sizes_written_in"}


@pytest.mark.parametrize(("name", "exercise", "source", "mistake", "sentence"), [
    (PS2, "softmax", "def softmax(z):\n    e = np.exp(z - z.max())\n    print(e / e.sum())", "prints_result",
     "`softmax` prints its result and gives nothing back: write `return` where `print` stands."),
    (PS2, "softmax", "def softmax(z):\n    e = np.exp(z - z.max())\n    return print(e / e.sum())", "prints_result",
     "`softmax` prints its result and gives nothing back: write `return` where `print` stands."),
    (PS2, "softmax", "def softmax(z):\n    print('softmax')\n    p = np.exp(z - z.max())\n    p /= p.sum()", "no_return",
     "`softmax` has no `return` that gives a value back, so its value is `None`."),
    (PS2, "cross_entropy", "def cross_entropy(z, label):\n    if label < 0:\n        return 0.0\n    -log_softmax(z)[label]", "no_return",
     "`cross_entropy` can come to its end without a `return`, and its value is `None` then."),
    (PS5, "Sigmoid", "class Sigmoid(Module):\n    def forward(self, x):\n        self.state = sigmoid(x)\n        return self.state\n\n"
     "    def backward(self, g):\n        pass", "no_return", "`Sigmoid.backward` has nothing in it yet."),
    (PS7, "relu", "def relu(x):\n    np.maximum(x, 0)\n    return x", "result_thrown_away",
     "Line 2 of your cell works out `np.maximum(x, 0)` and throws it away, since `x` stays as it was: give the value a name, or return it."),
    (PS2, "softmax_batch", "def softmax_batch(Z):\n    rows = []\n    for z in Z:\n        e = np.exp(z - z.max())\n        rows.append(e / e.sum())\n"
     "        return np.array(rows)", "returns_inside_loop",
     "The `return` in line 6 of your cell stands inside the loop of `softmax_batch`, which it ends in the first round."),
    (PS2, "numerical_jacobian", "columns = []\n\ndef numerical_jacobian(f, z, eps):\n    for j in range(len(z)):\n        step = np.zeros(len(z))\n"
     "        step[j] = eps\n        columns.append((f(z + step) - f(z - step)) / (2 * eps))\n    return np.array(columns).T", "accumulates",
     "`columns` is made once, outside `numerical_jacobian`, and grows with every call of `numerical_jacobian`: make it anew each time."),
    (PS2, "numerical_jacobian", "def numerical_jacobian(f, z, eps, columns=[]):\n    for j in range(len(z)):\n        step = np.zeros(len(z))\n"
     "        step[j] = eps\n        columns.append((f(z + step) - f(z - step)) / (2 * eps))\n    return np.array(columns).T", "accumulates",
     "The default value of `columns` is made once, and grows with every call of `numerical_jacobian`: make it anew each time."),
    (PS5, "ReLU", "class ReLU(Module):\n    def forward(self, x):\n        state = x > 0\n        return np.maximum(x, 0)\n\n    def backward(self, g):\n"
     "        return g * self.state", "self_forgotten",
     "`ReLU.forward` has `state` for itself alone, and `ReLU.backward` reads `self.state`: keep it as `self.state` there."),
    (PS5, "ReLU", "class ReLU(Module):\n    def forward(self, x):\n        self.slope = x > 0\n        return np.maximum(x, 0)\n\n    def backward(self, g):\n"
     "        return g * slope", "self_forgotten", "`ReLU.backward` reads `slope`, which is kept as `self.slope`: write `self.slope`."),
    (PS5, "GradientDescentOptimizer", "class GradientDescentOptimizer:\n    def __init__(self, model, learning_rate):\n        self.model = model\n\n"
     "    def step(self):\n        for layer in self.model.layers:\n            if isinstance(layer, Linear):\n"
     "                layer.weights = layer.weights - self.learning_rate * layer.d_weights\n                layer.biases = layer.biases - self.learning_rate * layer.d_biases",
     "self_forgotten", "`GradientDescentOptimizer.__init__` has `learning_rate` for itself alone, and `GradientDescentOptimizer.step` reads "
     "`self.learning_rate`: keep it as `self.learning_rate` there."),
    (PS2, "cross_entropy_grad", "def cross_entropy_grad(z, label):\n    one_hot = np.zeros(len(z))\n    one_hot[np.argmax(z)] = 0.5\n    return softmax(z) - one_hot",
     "argument_forgotten", "`cross_entropy_grad` never reads its argument `label`."),
    (PS7, "softmax", "def softmax(x):\n    e = np.exp(x - x.max(axis=1, keepdims=True))\n    return 0.1 + e / np.repeat(e.sum(1)[:, None], 10, axis=1)",
     "sizes_written_in", "The size 10 is written into line 3 of your cell, and hidden tests use other sizes: take it from the arguments."),
    (PS7, "backpropagation", "def backpropagation(prediction, target, o, wh, wo, x, b):\n    d = (prediction - target) / len(x)\n    e = (d @ wo.T) * (o > 0)\n"
     "    return np.maximum(o, 0).T @ d, d.sum(0).reshape(1, 10), x.T @ e + 1, e.sum(0).reshape(1, 1000)", "sizes_written_in",
     "The size 10 is written into line 4 of your cell, and hidden tests use other sizes: take it from the arguments."),
    (PS3, "conv2d_same", "def conv2d_same(X, F):\n    n = F.shape[0]\n    p = n // 2\n    rows = 1 + (X.shape[0] + 2 * p - n) / 1\n    out = np.zeros((rows, X.shape[1]))\n    return out",
     "integer_division_python2", "Line 4 of your cell divides with `/`, which gives a float, and `conv2d_same` needs a size or an index, which is whole: write `//`."),
    (PS5, "CrossEntropyLoss", "class CrossEntropyLoss(Module):\n    def forward(self, logits, labels):\n        w = np.exp(logits - logits.max(axis=1, keepdims=True))\n"
     "        p = w / w.sum(axis=1, keepdims=True)\n        self.g = p.copy()\n        self.g[np.arange(len(labels)), labels] -= 1\n"
     "        return -np.log(p[:, labels]).mean()\n\n    def backward(self):\n        return self.g / 7", "indexes_columns",
     "In line 7 of your cell, `[:, labels]` takes whole columns, for `CrossEntropyLoss.forward` one for each label; one entry of each row needs the row's "
     "number beside its label."),
])
def test_a_slip_of_form_is_named(grade: Grader, name: str, exercise: str, source: str, mistake: str, sentence: str) -> None:
    verdict = grade(name, exercise, source)
    assert (verdict.kind, verdict.mistake, verdict.hint[:len(sentence)]) == ("mistake", mistake, sentence)


@pytest.mark.parametrize(("name", "exercise", "source"), [
    (PS2, "softmax", "def softmax(z):\n    print(z)\n    while z.size > 0:\n        z = z / 2\n        if z.max() < 1:\n            return z\n"),
    (PS2, "softmax_batch", "def softmax_batch(Z):\n    for z in Z:\n        if z.max() > 9:\n            return Z\n    return Z + 1"),
    (PS7, "relu", "def relu(x):\n    y = x.copy()\n    y.sort()\n    return y + 1"),
    (PS7, "relu", "def relu(x):\n    np.abs(x)\n    x = x + 3\n    return x"),
    (PS7, "relu", "def relu(x):\n    return x + 28"),
    (PS2, "numerical_jacobian", "columns = []\n\ndef numerical_jacobian(f, z, eps):\n    columns = []\n    columns.append(f(z) * eps)\n    return np.array(columns)"),
    (PS7, "softmax", "def softmax(x):\n    raise ValueError('10 of something')"),
    (PS7, "grad_ce", "def grad_ce(target, logits):\n    target += 3\n    return logits * 5.5 + target"),
])
def test_where_nothing_is_sure_nothing_is_said(grade: Grader, name: str, exercise: str, source: str) -> None:
    """Nothing about the form: what the values are to the right ones may be said."""
    verdict = grade(name, exercise, source)
    assert verdict.points < verdict.max_points
    assert verdict.mistake not in FORMS


def test_a_second_look_names_them_too(grade: Grader) -> None:
    verdict = grade(PS7, "grad_ce", "def grad_ce(target, logits):\n    print((softmax(logits) - target) / len(target))",
                    softmax="def softmax(x):\n    return x / 3.3")
    assert (verdict.mistake, verdict.hint) == (
        "prints_result", "`grad_ce` prints its result and gives nothing back: write `return` where `print` stands.")


def test_every_solution_is_right_and_has_no_slip(grade: Grader) -> None:
    verdict = grade(PS5, "ReLU", load_assignment(grade.course, PS5).solutions["ReLU"])
    assert (verdict.kind, verdict.hint) == ("right", "")
