"""A wrong answer that nothing else explains is called on other arguments; sizes of the notebook are worth a part."""

import nbformat
import pytest

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.handin.collect import Handed
from grading.judge.verdict import Verdict
from grading.run import adapted_look
from grading.run.submission import Task, grade_submission
from grading.sandbox.client import Sandbox
from tests.problem_sets import ROOT

PS7 = "ps7_momentum_letters"
TEN = "def softmax(x):\n    e = np.exp(x)\n    return e / np.repeat(e.sum(1)[:, None], 10, axis=1)"
SQUARE = ("def conv2d_same(X, F):\n    k = len(F)\n    padded, result = np.pad(X, k // 2), np.zeros(X.shape)\n    for i, j in np.ndindex(X.shape):\n"
          "        result[i, j] = np.sum(F * padded[i:i + k, j:j + k])\n    return result")
COLUMNS = "def compute_layer(x, w, b):\n    return w @ x + b"


def grade(sandbox: Sandbox, problem_set: str = PS7, **answers: str) -> dict[str, Verdict]:
    course = Course.open(ROOT)
    assignment = load_assignment(course, problem_set)
    notebook = assignment.with_answers({**assignment.solutions, **answers})
    graded = grade_submission(Task(assignment, course.settings, b"secret"), sandbox, "ada", Handed(nbformat.writes(notebook).encode()))
    return {verdict.id: verdict for verdict in graded.result.verdicts}


def test_sizes_of_the_notebook_keep_half_of_the_points_for_ordinary_inputs(sandbox: Sandbox) -> None:
    verdict = grade(sandbox, softmax=TEN)["softmax"]
    assert [(part.name, part.earned, part.worth) for part in verdict.named if part.earned] == [("probabilities of each row", 0.375, 0.75)]
    assert (verdict.kind, verdict.mistake, verdict.points) == ("mistake", "sizes_written_in", 0.375)
    assert verdict.hint.startswith("Right where the number of columns of `x` is 10, and only there: sizes are written into your cell "
                                   "(10 in line 3).")


def test_what_is_right_as_it_is_is_not_right_because_its_arguments_are_transposed(sandbox: Sandbox) -> None:
    verdict = grade(sandbox, "ps3_worked_network", conv2d_same=SQUARE)["conv2d_same"]
    assert 0 < verdict.points < verdict.max_points
    assert verdict.mistake != "samples_the_other_way"


def test_points_that_an_answer_has_are_not_replaced(sandbox: Sandbox) -> None:
    """A factor costs a part of these points already."""
    verdict = grade(sandbox, grad_ce="def grad_ce(target, logits):\n    return (softmax(logits) - target) / 1500")["grad_ce"]
    assert (verdict.mistake, verdict.points) == ("sizes_written_in", 2)


def test_what_an_exception_means_is_said_as_well(sandbox: Sandbox) -> None:
    verdict = grade(sandbox, compute_layer=COLUMNS)["compute_layer"]
    assert verdict.mistake == "samples_the_other_way"
    assert verdict.hint.startswith("Right for arguments that are transposed (`x`, `w`, `b`). The text says what is a row here, and what a "
                                   "column. A matrix product does not fit")
    assert verdict.points == 0


def test_other_arguments_are_tried_among_the_solutions_of_the_exercises_before(sandbox: Sandbox) -> None:
    grad = "def grad_ce(target, logits):\n    p = softmax(logits)\n    p[np.arange(len(target)), target] -= 1\n    return p / len(target)"
    verdicts = grade(sandbox, softmax="def softmax(x):\n    return x", grad_ce=grad)
    assert verdicts["grad_ce"].mistake == "takes_one_hot_for_labels"


def test_a_class_without_such_answers_costs_no_further_process(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[list[str]] = []
    evaluate = adapted_look.evaluate_again

    def noted(*arguments: object) -> object:
        tried.append([exercise.id for exercise in arguments[3]])  # type: ignore[attr-defined]
        return evaluate(*arguments)  # type: ignore[arg-type]
    monkeypatch.setattr(adapted_look, "evaluate_again", noted)
    grade(sandbox)
    grade(sandbox, softmax="def softmax(x):\n    e = np.exp(x)\n    return e / e.sum()")  # a known mistake
    grade(sandbox, compute_layer=COLUMNS)
    assert tried == [[], [], ["compute_layer"]]


@pytest.mark.parametrize("answer", [
    "def compute_layer(x, w, b):\n    return " + "-" * 60_000 + "x", "def compute_layer(x, w, b):\n    return " + "(" * 5000 + "x" + ")" * 5000,
    "def compute_layer(x, w, b):\n    return x" + ".T" * 60_000, "def compute_layer(x, w, b):\n    return x\0", "def compute_layer(",
    "compute_layer = lambda x, w, b: x + 10**9999", "%%bash\nls"])
def test_a_source_that_nobody_can_read_is_a_wrong_answer_and_no_fault_of_ours(sandbox: Sandbox, answer: str) -> None:
    verdict = grade(sandbox, compute_layer=answer)["compute_layer"]
    assert verdict.points == 0
    assert verdict.kind in ("error", "mistake", "wrong", "malformed", "missing")


@pytest.mark.parametrize("answer", [
    "import os, sys\ndef compute_layer(x, w, b):\n    if x.shape[1] != w.shape[0]:\n        os._exit(1)\n    return 0 * x",
    "def compute_layer(x, w, b):\n    while x.shape[1] != w.shape[0]:\n        pass\n    return 0 * x",
])
@pytest.mark.waits
def test_a_call_that_ends_the_process_leaves_the_verdict_as_it_was(impatient: Sandbox, answer: str) -> None:
    verdicts = grade(impatient, compute_layer=answer)
    assert verdicts["compute_layer"].points == 0
    assert all(verdict.points == verdict.max_points for name, verdict in verdicts.items() if name != "compute_layer" and verdict.kind != "manual")
