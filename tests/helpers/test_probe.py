"""The student's side of a hidden test: it calls, collects and ships, and judges nothing."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from helpers import probe as module
from helpers.probe import connect, describe, probe
from helpers.wire import MAX_LEAVES, Leaf, decode_leaves


class Recorder:
    """A session that keeps what is sent and can be told its cases."""

    how: Any = None
    def __init__(self, cases: list[dict[str, Any]]) -> None:
        self.drawn, self.sent, self.finished = cases, list[tuple[dict[str, Any], list[bytes]]](), list[str]()

    def cases(self, name: str) -> list[tuple[int, dict[str, Any]]]:
        return list(enumerate(self.drawn))

    def use(self, name: str) -> Any:
        return self.how

    def send(self, header: Any, blobs: list[bytes]) -> None:
        assert not self.finished, "sent after the probe was over"
        self.sent.append((header, blobs))

    def finish(self, name: str) -> None:
        self.finished.append(name)

    def leaves(self, case: int) -> dict[str, Leaf]:
        header, blobs = self.sent[case]
        assert (header["type"], header["case"]) == ("values", case)
        return {leaf.name: leaf for leaf in decode_leaves(header["leaves"], blobs)}


@pytest.fixture(autouse=True)
def no_session_left_behind() -> Iterator[None]:
    yield
    connect(None)


def recording(*cases: dict[str, Any]) -> Recorder:
    recorder = Recorder(list(cases))
    connect(recorder)
    return recorder


def test_the_function_is_called_on_every_case_with_its_inputs_in_order() -> None:
    session = recording({"a": np.array([5.0]), "b": np.array([3.0])}, {"a": np.array([1.0]), "b": np.array([4.0])})
    probe("minus", lambda a, b: a - b)
    values = [session.leaves(case)["out"].value for case in (0, 1)]
    np.testing.assert_array_equal(values, [[2], [-3]])  # type: ignore[arg-type]
    assert session.finished == ["minus"]
    assert {header["probe"] for header, _ in session.sent} == {"minus"}


def test_what_to_do_with_a_class_comes_from_the_session() -> None:
    class Scale:
        def __init__(self, factor: float) -> None:
            self.factor = factor

    session = recording({"factor": 3.0, "x": np.ones(2)})
    session.how = lambda Scale, factor, x: {"kept": Scale(factor).factor, "y": Scale(factor).factor * x}
    probe("Scale", Scale)
    values = {name: np.asarray(leaf.value).tolist() for name, leaf in session.leaves(0).items()}
    assert values == {"args.factor": 3.0, "args.x": [1, 1], "out.kept": 3.0, "out.y": [3, 3]}


def test_arguments_travel_as_they_stand_after_the_call_and_functions_do_not() -> None:
    session = recording({"f": np.sin, "z": np.ones(2), "eps": 0.5, "params": {"W": np.ones(3)}})

    def careless(f: Any, z: Any, eps: float, params: Any) -> Any:
        z *= 7
        return f(z)

    probe("careless", careless)
    leaves = session.leaves(0)
    assert leaves.keys() == {"out", "args.z", "args.eps", "args.params.W"}
    np.testing.assert_array_equal(leaves["args.z"].value, [7, 7])
    np.testing.assert_array_equal(leaves["out"].value, np.sin([7, 7]))


def test_an_exception_is_told_and_the_next_case_is_tried() -> None:
    session = recording({"x": 0.0}, {"x": 2.0})
    probe("inverse", lambda x: 1 / x)
    header, blobs = session.sent[0]
    assert header == {"type": "values", "probe": "inverse", "case": 0,
                      "error": {"type": "ZeroDivisionError", "message": "float division by zero", "line": None,
                                "own": False}}
    assert blobs == []
    assert session.leaves(1)["out"].value == 0.5
    assert session.finished == ["inverse"]


@pytest.mark.parametrize("stop", [SystemExit, KeyboardInterrupt])
def test_what_is_meant_to_stop_the_cell_stops_it(stop: type[BaseException]) -> None:
    session = recording({"x": 1.0})

    def leave(x: float) -> None:
        raise stop

    with pytest.raises(stop):
        probe("leave", leave)
    assert (session.sent, session.finished) == ([], [])


class Unlisted(dict[str, Any]):
    def items(self) -> Any:
        raise RuntimeError("no items today")


class Unprintable:
    def __str__(self) -> str:
        raise RuntimeError("no name")


@pytest.mark.parametrize("value", [Unlisted(a=1), {Unprintable(): 1}])
def test_a_value_that_will_not_be_looked_at_is_an_exception_of_its_case(value: Any) -> None:
    session = recording({"x": 1.0}, {"x": 2.0})
    probe("strange", lambda x: value if x == 1.0 else x)
    assert session.sent[0][0]["error"]["type"] == "RuntimeError"
    assert session.leaves(1)["out"].value == 2.0
    assert session.finished == ["strange"]


def test_too_many_parts_never_crowd_out_the_arguments() -> None:
    session = recording({"x": np.ones(2)})
    probe("many", lambda x: [None] * 1000)
    leaves = session.leaves(0)
    assert len(leaves) == MAX_LEAVES
    np.testing.assert_array_equal(leaves["args.x"].value, [1, 1])


# A block

def test_a_block_hands_out_inputs_and_ships_named_values() -> None:
    session = recording({"x": np.array([1.0, 2.0])})
    with probe("layer") as p:  # type: ignore[union-attr]
        p.ship(twice=2 * p["x"], parts=[p["x"], 1])
    leaves = session.leaves(0)
    assert leaves.keys() == {"out.twice", "out.parts.0", "out.parts.1"}
    np.testing.assert_array_equal(leaves["out.twice"].value, [2, 4])
    assert session.finished == ["layer"]


def test_an_exception_in_a_block_is_told_and_does_not_leave_the_cell() -> None:
    session = recording({})
    with probe("box") as p:  # type: ignore[union-attr]
        p.ship(answer=undefined)  # type: ignore[name-defined]  # noqa: F821
    [(header, _)] = session.sent
    assert header["error"] == {"type": "NameError", "message": "name 'undefined' is not defined", "line": None, "own": False}
    assert session.finished == ["box"]


def test_a_block_lets_go_what_is_meant_to_stop_the_cell() -> None:
    session = recording({})
    with pytest.raises(KeyboardInterrupt), probe("box"):  # type: ignore[union-attr]
        raise KeyboardInterrupt
    assert session.sent == []


def test_a_block_that_ships_nothing_sends_nothing() -> None:
    session = recording({})
    with probe("box"):  # type: ignore[union-attr]
        pass
    assert (session.sent, session.finished) == ([], ["box"])


# Words for an exception

def caught(source: str, filename: str) -> dict[str, Any]:
    try:
        exec(compile(source, filename, "exec"), {})
    except Exception as error:
        return describe(error)
    raise AssertionError("nothing was raised")


@pytest.mark.parametrize("filename", ["/tmp/ipykernel_12/345.py", "<ipython-input-1-abc>"])
def test_the_line_is_the_deepest_one_in_a_cell(filename: str) -> None:
    assert caught("import json\ndef f():\n    json.loads('{')\n\nf()", filename)["line"] == 3


def test_whether_the_line_is_in_the_answers_own_cell() -> None:
    names: dict[str, Any] = {}
    exec(compile("def relu(x):\n    return x.T", "/tmp/ipykernel_12/1.py", "exec"), names)
    exec(compile("def layer(x):\n    return relu(x)\n\nclass Layer:\n    def forward(self, x):\n        return x.T",
                 "/tmp/ipykernel_12/2.py", "exec"), names)

    def line_and_own(answer: str, call: str) -> tuple[Any, Any]:
        try:
            eval(call, names)
        except AttributeError as error:
            described = describe(error, names[answer])
            return described["line"], described["own"]
        raise AssertionError("nothing was raised")
    assert line_and_own("relu", "relu(3)") == (2, True)
    assert line_and_own("layer", "layer(3)") == (2, False)
    assert line_and_own("Layer", "Layer().forward(3)") == (6, True)


def test_an_exception_outside_any_cell_has_no_line() -> None:
    assert caught("1 / 0", "elsewhere.py")["line"] is None


def test_long_words_are_cut_and_a_message_that_raises_is_replaced() -> None:
    class Rude(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    assert describe(Rude())["message"] == "(an exception that cannot be printed)"
    assert len(describe(ValueError("x" * 10_000))["message"]) == 500
    long = type("E" * 1000, (Exception,), {})
    assert len(describe(long())["type"]) == 80


# Sessions

class EntryPoint:
    def __init__(self, session: Any) -> None:
        self.session = session

    def load(self) -> Any:
        return lambda: self.session


def test_without_a_session_the_first_registered_one_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Recorder([{"x": 1.0}])
    monkeypatch.setattr(module, "entry_points", lambda group: [EntryPoint(session)] if group == "neural_course.probe" else [])
    probe("same", lambda x: x)
    assert session.finished == ["same"]


def test_a_student_who_runs_a_hidden_test_is_told_why_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "entry_points", lambda group: [])
    with pytest.raises(RuntimeError, match=r"^Hidden tests run when your instructor grades; nothing to do here\.$"):
        probe("same", lambda x: x)
