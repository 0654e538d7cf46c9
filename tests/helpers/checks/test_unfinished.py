"""A stub's line left in an answer, and an answer with nothing in it, as a check tells them."""

import linecache
from collections.abc import Callable
from typing import Any

import pytest

from helpers.checks.checker import checker
from helpers.checks.report import Report


def written(source: str) -> Callable[..., Any]:
    """The function `double` of a cell, as IPython defines it: with its source at hand."""
    name = f"<cell {hash(source)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    names: dict[str, Any] = {}
    exec(compile(source, name, "exec"), names)
    return names["double"]


def examine(report: Report, answer: Any) -> None:
    report.close("twice the argument", report.call(answer, 2.0), 4.0)


check = checker({"double": examine})
STUB = "○ Exercise double is still a stub: write your answer in the cell above, run it, then run this cell.\n"
IN = '''double
  ✗ double is written, and stops at a line that is left over
    Hint: delete the line `raise NotImplementedError("1.1")` in your answer.
'''
END = IN.replace(" in your answer", " at the end of your answer")


@pytest.mark.parametrize(("body", "printed"), [
    ('y = 2 * x\n    raise NotImplementedError("1.1")', END),
    ('raise NotImplementedError("1.1")\n    return 2 * x', IN),
    ('raise NotImplementedError("1.1")', STUB.replace("double", "1.1")),
    ('"""Twice."""\n    raise NotImplementedError("1.1")', STUB.replace("double", "1.1")),
    ("raise NotImplementedError", STUB),
    ("raise NotImplemented", STUB),
    ("pass", STUB),
    ("...", STUB),
    ("return None", STUB),
    ("2 * x", "double\n  ✗ twice the argument\n    got NoneType, expected one number\n"),
    ('return 2 * x\n    raise NotImplementedError("1.1")', "double\n  ✓ twice the argument\n"),
])
def test_a_check_tells_a_stub_from_a_line_that_is_left_over(body: str, printed: str, capsys: pytest.CaptureFixture[str]) -> None:
    check("double", written(f"def double(x):\n    {body}\n"))
    assert capsys.readouterr().out == printed


def test_the_line_is_found_in_the_function_where_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    check("double", written('def helper(x):\n    y = 2 * x\n    raise NotImplementedError("1.0")\n\n\ndef double(x):\n    return helper(x)\n'))
    assert capsys.readouterr().out == ("double\n  ✗ helper is written, and stops at a line that is left over\n"
                                       '    Hint: delete the line `raise NotImplementedError("1.0")` at the end of your answer.\n')


def test_where_there_is_no_source_a_stub_is_a_stub(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    exec('def double(x):\n    y = 2 * x\n    raise NotImplementedError("1.1")', names)
    check("double", names["double"])
    assert capsys.readouterr().out == STUB.replace("double", "1.1")
