"""A student's process calls an implementation and gets values; never its code, and nothing that is too large."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from grading.judge.cases import Case, draw_cases
from grading.judge.judging import judge
from grading.probes.implementations import Implementation, is_right
from grading.probes.model import Catches, Each, Point, Probe
from grading.run import asked
from grading.run.asked import answer_asked
from grading.run.evaluate import Evaluation, evaluate
from grading.sandbox.client import Sandbox
from helpers.wire import WireError, encode_leaves, flatten, unpack
from tests.grading.sandbox.student import printed


def halves(x: Any) -> Any:
    return np.asarray(x) / 2


def doubles(x: Any, times: int = 1) -> Any:
    return np.asarray(x) * 2**times


def asked_for(answer: Any, arguments: Mapping[str, Any], count: int = 1) -> dict[str, Any]:
    headers, blobs = encode_leaves(flatten("args", arguments))
    case = Case(0, "ordinary", {"double": Implementation(answer, True)})
    header, answered = answer_asked(case, count, headers, blobs)
    return {"value": unpack(header["value"], answered, {})} if "value" in header else header


@pytest.mark.parametrize(("arguments", "value"), [
    ({"0": np.array([1.0, 2.0])}, [2.0, 4.0]), ({"0": [1, 2]}, [2, 4]), ({"0": 3}, 6), ({"x": 3, "times": 2}, 12),
    ({"0": np.float64(1.5), "times": np.int64(2)}, 6.0)])
def test_arguments_come_as_they_were_given(arguments: Mapping[str, Any], value: Any) -> None:
    np.testing.assert_array_equal(asked_for(doubles, arguments)["value"], value)


def test_lists_of_arrays_and_several_values_travel_too() -> None:
    def gradients(sample: Any, label: int, weights: Any) -> Any:
        assert isinstance(label, int)
        assert isinstance(weights, list)
        return [sample[label] * W for W in weights], tuple(W.sum() for W in weights)
    weights = [np.ones((2, 3)), np.full((3, 1), 2.0)]
    dW, sums = asked_for(gradients, {"0": np.array([5.0, 7.0]), "1": 1, "2": weights})["value"]
    np.testing.assert_array_equal(dW[1], np.full((3, 1), 14.0))
    assert sums == (6.0, 6.0)


def test_an_exception_comes_back_as_one_that_python_itself_has() -> None:
    def stops(x: Any) -> Any:
        return np.ones((2, 2)).sum(axis=5)
    assert asked_for(stops, {"0": 1.0}) | {"message": ""} == {"type": "answer", "error": "ValueError", "message": ""}


@pytest.mark.parametrize(("arguments", "error", "words"), [
    ({"0": np.ones(5000)}, "ValueError", "may hold 4096 numbers"), ({"0": np.ones((2, 2, 2))}, "ValueError", "at most 2 axes"),
    ({"0": np.ones(3000), "1": np.ones(3000)}, "ValueError", "All arguments of a call together"),
    ({"0": "text"}, "TypeError", "takes numbers, arrays, and lists"), ({"0": None}, "TypeError", "takes numbers"),
    ({"0": 1.0, "no_such": 2}, "TypeError", "no_such")])
def test_what_cannot_be_asked_is_said_in_words(arguments: Mapping[str, Any], error: str, words: str) -> None:
    answer = asked_for(doubles, arguments)
    assert answer["error"] == error
    assert words in answer["message"]


def test_calls_are_counted_and_values_are_bounded() -> None:
    assert "has been called 1000 times" in asked_for(doubles, {"0": 1.0}, count=1001)["message"]
    assert "value" in asked_for(doubles, {"0": 1.0}, count=1000)
    assert "too large" in asked_for(lambda x: np.outer(x, x), {"0": np.ones(2000)})["message"]
    for nothing in (None, np.array([object()]), "text"):
        assert asked_for(lambda x, nothing=nothing: nothing, {"0": 1.0})["error"] == "TypeError"


def test_a_case_without_an_implementation_answers_nothing() -> None:
    with pytest.raises(WireError):
        answer_asked(Case(0, "ordinary", {"x": np.ones(3)}), 1, [], [])


@pytest.mark.parametrize("name", ["args", "args.0.0.0.0.0", "args.1", "x", "args..", "args.0.x"])
def test_no_name_of_an_argument_does_harm(name: str) -> None:
    headers, blobs = encode_leaves(flatten("args", {"0": 1.0}))
    case = Case(0, "ordinary", {"double": Implementation(doubles, True)})
    header, _ = answer_asked(case, 1, [{**headers[0], "name": name}, headers[0]], blobs)
    assert header.keys() <= {"type", "error", "message", "value"}


PROBE = Probe("catches", is_right, {"ordinary": Each([lambda rng: {"double": Implementation(doubles, True)}] * 2),
                                    "halves": Each([lambda rng: {"double": Implementation(halves, False)}])},
              [Point("right", 1.0), Point("wrong", 1.0, "halves")], catches=Catches("double", [], {}, 1, 1))
CASES = {"catches": draw_cases(PROBE, b"secret", "ada", "ps")}
TEST = "from helpers.probe import probe\nprobe('catches', catches)"


def run(sandbox: Sandbox, answer: str, *more: str) -> Evaluation:
    return evaluate(sandbox, dict(enumerate([f"import numpy as np\n{answer}", TEST, *more])), {1: ["catches"]}, CASES)


def points(evaluation: Evaluation) -> float:
    return judge(PROBE, CASES["catches"], evaluation.replies.get("catches", {})).points


def test_an_answer_in_the_sandbox_calls_implementations_it_does_not_hold(sandbox: Sandbox) -> None:
    assert points(run(sandbox, "def catches(double):\n    return bool(np.allclose(double(np.ones(3)), 2))")) == 2.0
    assert points(run(sandbox, "def catches(double):\n    assert double(3) == 6\n    return True")) == 2.0
    assert points(run(sandbox, "def catches(double):\n    return True")) == 1.0


LOOKING = """
import gc
def catches(double):
    found = {thing.__name__ for thing in gc.get_objects() if type(thing).__name__ == "function"}
    print(sorted(found & {"doubles", "halves", "answer_asked"}), double.__name__, double.__code__.co_names)
    return True
"""


def test_no_code_of_an_implementation_is_in_the_students_process(sandbox: Sandbox) -> None:
    evaluation = run(sandbox, LOOKING)
    said = printed(evaluation, 1)
    assert "[] implementation" in said
    assert "doubles" not in said


def test_an_implementation_answers_only_while_its_test_runs(sandbox: Sandbox) -> None:
    keeping = "def catches(double):\n    global kept\n    kept = double\n    return True"
    later = run(sandbox, keeping, "print(kept(1.0))")
    assert later.cells[2].lost is not None
    assert "something other than this course's test cells" in later.cells[2].lost.message


def test_endless_calls_end_with_a_sentence(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "MOST_CALLS", 5)
    evaluation = run(sandbox, "def catches(double):\n    while True:\n        double(1.0)")
    errors = [reply.header["error"]["message"] for reply in evaluation.replies["catches"].values()]
    assert all("has been called 5 times" in error for error in errors)
