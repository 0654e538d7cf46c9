"""What a student reads under an exercise, to the letter."""

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.checks.checker import checker
from helpers.checks.report import CheckFailed, Report, StillAStub


def failing(examine: Callable[[Report], Any], name: str = "double") -> str:
    """The report's text after a property that does not hold."""
    report = Report(name)
    with pytest.raises(CheckFailed):
        examine(report)
    return report.text()


def test_properties_that_hold_are_listed_once() -> None:
    report = Report("double")
    y = report.shape([2, 4], (2,))
    report.shape(np.array([6.0, 8.0]), (2,))
    report.close("twice the argument", y, [2, 4])
    report.holds("the answer is positive", True)
    assert y.dtype == np.float64
    assert report.text() == "double\n  ✓ shape (2,)\n  ✓ twice the argument\n  ✓ the answer is positive"


def test_a_wrong_value_comes_with_its_index_both_numbers_and_the_hint() -> None:
    text = failing(lambda r: r.close("twice the argument", [[2, 4], [6, 9.5]], [[2, 4], [6, 8]], "add it to itself"))
    assert text == ("double\n  ✗ twice the argument\n    got 9.5 at index (1, 1), expected 8\n"
                    "    Hint: add it to itself.")


@pytest.mark.parametrize(("got", "drawn"), [
    (np.eye(3) + 0.5, 1), (np.eye(3), 0), (np.full((3, 3), np.nan), 0), (np.zeros((3, 4)), 0)])
def test_a_wrong_matrix_is_drawn_where_it_is_wrong(got: np.ndarray, drawn: int) -> None:
    checker({"double": lambda report, answer: report.close("the identity", answer, np.eye(3))})("double", got)
    assert len(plt.get_fignums()) == drawn
    for number in plt.get_fignums():
        axes = plt.figure(number).axes[0]
        assert axes.get_title() == "got − expected"
        assert [text.get_text() for text in axes.texts] == ["0.5"] * 9
    plt.close("all")


@pytest.mark.parametrize("wrong", [np.ones(3), np.ones((13, 13)), np.ones((1, 5))])
def test_what_a_picture_would_not_show_better_is_not_drawn(wrong: np.ndarray) -> None:
    checker({"double": lambda report, answer: report.close("zero", answer, np.zeros(wrong.shape))})("double", wrong)
    assert plt.get_fignums() == []


def test_a_single_wrong_number_has_no_index_and_no_hint_has_no_line() -> None:
    assert failing(lambda r: r.close("the sum", 0.1 + 0.2, 0.5)) == "double\n  ✗ the sum\n    got 0.3, expected 0.5"


def test_one_expected_number_need_not_be_repeated_by_the_answer_but_shapes_must_fit() -> None:
    Report("double").close("all zero", 0.0, np.zeros(3))
    assert failing(lambda r: r.close("all zero", np.zeros(2), np.zeros(3), "one each")) == (
        "double\n  ✗ all zero\n    got shape (2,), expected shape (3,)\n    Hint: one each.")
    assert failing(lambda r: r.close("all zero", None, np.zeros(3))) == (  # type: ignore[arg-type]
        "double\n  ✗ all zero\n    got NoneType, expected shape (3,)")


@pytest.mark.parametrize(("value", "words"), [
    (None, "double returned None\n    Hint: a function needs a `return` to give a value back."),
    ("four", "double returned a str, expected numbers\n    Hint: look."),
    ({"out": 1}, "double returned a dict, expected numbers\n    Hint: look."),
    ([[1, 2], [3]], "double returned a list, expected numbers\n    Hint: look."),
    (np.array([1j, 2]), "double returned a ndarray, expected numbers\n    Hint: look."),
    (np.zeros((2, 1)), "shape: got (2, 1), expected (2,)\n    Hint: look."),
    (3.0, "shape: got (), expected (2,)\n    Hint: look."),
    ([1, np.nan], "every value is finite: got nan at index (1,)\n    Hint: look."),
    ([-np.inf, 1], "every value is finite: got -inf at index (0,)\n    Hint: look."),
])
def test_a_value_of_the_wrong_form_is_described(value: Any, words: str) -> None:
    assert failing(lambda r: r.shape(value, (2,), "look")) == f"double\n  ✗ {words}"


def test_a_number_is_called_a_number() -> None:
    report = Report("double")
    report.shape(np.float64(3), ())
    assert report.text() == "double\n  ✓ a single number"
    assert failing(lambda r: r.shape(np.inf, ())) == "double\n  ✗ every value is finite: got inf"


def test_an_exception_names_the_line_of_the_cell() -> None:
    def double(x: Any) -> Any:
        return x / undefined  # type: ignore[name-defined]  # noqa: F821

    line = double.__code__.co_firstlineno + 1
    assert failing(lambda r: r.call(double, 1)) == (
        f"double\n  ✗ double stopped with NameError: name 'undefined' is not defined (line {line} of your cell)\n"
        "    in `return x / undefined  # type: ignore[name-defined]  # noqa: F821`\n    called as double(1)\n"
        "    Hint: run the call by itself in a new cell to see the whole traceback.")


W, D = np.arange(6.0).reshape(2, 3), np.ones(2)


def test_an_exception_shows_its_line_with_the_shapes_in_it_and_the_call() -> None:
    def back(weights: Any, d: Any) -> Any:
        for l in range(1):
            d = (weights[l] @ d) * 2
        return d

    text = failing(lambda r: r.call(back, [W], D), "back")
    assert "    in `d = (weights[l] @ d) * 2`, with weights[l] (2, 3) and d (2,)\n" in text
    assert "    called as back(list of 1, array (2,))\n" in text


def test_the_shapes_of_attributes_are_told_and_nothing_is_called() -> None:
    class Layer:
        def __init__(self) -> None:
            self.state = W

        @property
        def trap(self) -> Any:
            raise AssertionError("called")

        def forward(self, x: Any) -> Any:
            return x @ self.state + len(self.trap if x is None else x)

    layer = Layer()
    text = failing(lambda r: r.call(layer.forward, np.ones(3)), "forward")
    assert "with x (3,) and self.state (2, 3)" in text


@pytest.mark.parametrize(("got", "words"), [
    (-W, "; every entry has the other sign"), (2 * W, "; every entry is 2 times what is expected"),
    (W / 5, "; every entry is 1/5 of what is expected"), (0.3 * W, "; every entry is 0.3 times what is expected"),
    (W + 1, ""), (W**2, ""), (np.where(W > 4, -W, W), "")])
def test_what_all_entries_are_to_the_expected_ones_is_said(got: Any, words: str) -> None:
    text = failing(lambda r: r.close("the gradient", got, W))
    assert text.splitlines()[2].partition(";")[2] == words[1:]


def test_a_transpose_that_would_fit_is_said() -> None:
    square = np.arange(9.0).reshape(3, 3)
    assert failing(lambda r: r.close("the gradient", square.T, square)).endswith("; the transpose would fit")
    assert failing(lambda r: r.close("the gradient", W.T, W)).endswith("got shape (3, 2), expected shape (2, 3); its transpose would fit")


def test_one_number_is_asked_for_in_words() -> None:
    assert failing(lambda r: r.shape(np.ones(4), ())).endswith("✗ got an array of shape (4,), expected one number")


def test_where_a_check_uses_an_answer_with_something_wrong_that_one_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {"__name__": "a_notebook"}
    exec("def half(x):\n    return x * HALF\ndef quarter(x):\n    return half(half(x))\n"
         "class Eighth:\n    def of(self, x):\n        return quarter(x) / 2", names)

    def examine_half(report: Report, half: Any) -> None:
        report.close("one half", report.call(half, 2.0), 1.0)

    def examine_quarter(report: Report, quarter: Any) -> None:
        report.close("one quarter", report.call(quarter, 4.0), 1.0)

    def examine_eighth(report: Report, Eighth: Any) -> None:
        report.close("one eighth", report.call(report.call(Eighth).of, 8.0), 1.0)
    check = checker({"half": examine_half, "quarter": examine_quarter, "Eighth": examine_eighth})
    first = "→ This check uses your `half`, whose own check found something: look there first."
    for half, seen in ((0.25, True), (0.5, False)):
        names["HALF"] = half
        for name in ("quarter", "Eighth"):
            check(name, names[name])
            assert (first in capsys.readouterr().out) is seen
        check("half", names["half"])
        assert "→" not in capsys.readouterr().out


def test_an_exception_before_the_first_line_has_no_line() -> None:
    def double() -> None:
        pass

    assert "stopped with TypeError: " in (text := failing(lambda r: r.call(double, 1)))
    assert "of your cell" not in text


def test_an_exception_that_cannot_be_printed_is_no_danger() -> None:
    class Rude(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    def double() -> None:
        raise Rude

    assert "double stopped with Rude: (a message that cannot be printed)" in failing(lambda r: r.call(double))


def test_something_that_is_no_function_is_said_to_be_none() -> None:
    assert failing(lambda r: r.call(3, 1)) == (  # type: ignore[arg-type]
        "double\n  ✗ double is an int, not a function\n    Hint: define it with `def double(...):`.")


@pytest.mark.parametrize("argument", [np.ones(2), [np.ones(2), np.ones(3)], {"w": np.ones(2)}])
def test_a_changed_argument_is_noticed_and_the_callers_stays_as_it_was(argument: Any) -> None:
    def double(x: Any) -> Any:
        array = x["w"] if isinstance(x, dict) else x[0] if isinstance(x, list) else x
        array *= 2
        return array

    assert failing(lambda r: r.call(double, argument)) == (
        "double\n  ✗ double changed its argument\n    Hint: work on a copy, or build a new array.")
    assert np.all(np.concatenate([np.ravel(a) for a in (argument.values() if isinstance(argument, dict) else argument)])
                  == 1)


def test_an_argument_that_stays_the_same_is_no_news() -> None:
    arguments = (np.array([np.nan, 1.0]), {"w": [np.ones(2)]}, 3, len)
    assert Report("first").call(lambda *a: a[2], *arguments) == 3


@pytest.mark.parametrize(("error", "exercise"), [(NotImplementedError("2.3"), "2.3"), (NotImplementedError(), "double")])
def test_a_stub_is_not_a_failure(error: NotImplementedError, exercise: str) -> None:
    def double(x: Any) -> Any:
        raise error

    with pytest.raises(StillAStub) as stub:
        Report("double").call(double, 1)
    assert str(stub.value) == exercise


def test_a_partner_comes_from_the_cell_where_the_answer_was_written() -> None:
    notebook: dict[str, Any] = {}
    exec("def double(x): return 2 * x\ndef quadruple(x): return double(double(x))", notebook)
    assert Report("quadruple").partner(notebook["quadruple"], "double") is notebook["double"]
    assert failing(lambda r: r.partner(notebook["quadruple"], "half"), "quadruple") == (
        "quadruple\n  ✗ this check needs your half, which is not defined\n"
        "    Hint: run the cell that defines half first.")
    assert "needs your double" in failing(lambda r: r.partner(len, "double"), "quadruple")


# check() itself

def double(report: Report, answer: Any) -> None:
    y = report.shape(report.call(answer, np.ones(2)), (2,))
    report.close("twice the argument", y, [2, 2], "add it to itself")
    report.holds("odd", bool(answer(np.array([-1.0]))["impossible"]))


check = checker({"double": double})


def double_stub(x: Any) -> Any:
    raise NotImplementedError("1.1")


@pytest.mark.parametrize(("answer", "printed"), [
    (double_stub, "○ Exercise 1.1 is still a stub: write your answer in the cell above, run it, then run this cell.\n"),
    (lambda x: 3 * x, "double\n  ✓ shape (2,)\n  ✗ twice the argument\n    got 3 at index (0,), expected 2\n"
                      "    Hint: add it to itself.\n"),
    (lambda x: 2 * x, "double\n  ✓ shape (2,)\n  ✓ twice the argument\n"
                      "  ✗ the check cannot make sense of the answer (IndexError: only integers, slices (`:`), ellipsis "
                      "(`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices)\n"),
])
def test_check_prints_one_report_and_never_raises(answer: Any, printed: str, capsys: pytest.CaptureFixture[str]) -> None:
    check("double", answer)
    assert capsys.readouterr().out == printed


def test_a_check_that_nobody_wrote_is_an_error_of_the_notebook() -> None:
    with pytest.raises(KeyError, match="no_such_exercise"):
        check("no_such_exercise", len)
