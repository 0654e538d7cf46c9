"""From a table of examinations to what a notebook's `check` prints, and when it prints nothing."""

from typing import Any

import pytest

from helpers import probe
from helpers.checks.checker import NotYetRight, checker
from helpers.checks.report import Report


class Silent:
    """A grader's session that nobody should ask for anything."""


def examined(seen: list[Any]) -> Any:
    def examine(report: Report, answer: Any) -> None:
        seen.append(answer)
        report.holds("the answer is even", answer % 2 == 0)
    return checker({"double": examine})


def test_a_check_examines_the_answer_and_prints_what_holds(capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[Any] = []
    examined(seen)("double", 4)
    assert seen == [4]
    assert capsys.readouterr().out == "double\n  ✓ the answer is even\n"


def test_while_a_grader_runs_the_notebook_nothing_is_examined(capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[Any] = []
    probe.connect(Silent())  # type: ignore[arg-type]
    try:
        examined(seen)("double", 4)
    finally:
        probe.connect(None)
    assert (seen, capsys.readouterr().out) == ([], "")
    examined(seen)("double", 4)
    assert seen == [4]


def test_an_exercise_without_a_check_is_the_authors_mistake() -> None:
    with pytest.raises(KeyError, match="triple"):
        examined([])("triple", 4)


def test_while_nbgrader_validates_what_does_not_hold_is_raised_in_the_same_words(monkeypatch: pytest.MonkeyPatch,
                                                                                capsys: pytest.CaptureFixture[str]) -> None:
    check = examined([])
    check("double", 3)
    words = capsys.readouterr().out
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    with pytest.raises(NotYetRight) as raised:
        check("double", 3)
    assert (f"{raised.value}\n", raised.value._render_traceback_()) == (words, [words.rstrip("\n")])
    check("double", 4)
    assert capsys.readouterr().out == "double\n  ✓ the answer is even\n"
