"""Cells are what a notebook's cells are: Python, and IPython's own syntax where it stands."""

from grading.run.evaluate import evaluate
from grading.sandbox.client import Sandbox
from tests.grading.sandbox import student


def printed(box: Sandbox, source: str) -> str:
    evaluation = evaluate(box, {0: source}, {}, {})
    return student.printed(evaluation) or student.error(evaluation).partition(":")[0]


def test_plain_python_runs_as_it_stands(box: Sandbox) -> None:
    assert printed(box, "x = 20\nprint(x)\nx + 1") == "20\n21\n"


def test_ipythons_own_syntax_is_understood(box: Sandbox) -> None:
    assert printed(box, "%precision 3\n3.14159") == "3.142\n"
    assert printed(box, "%%capture kept\nprint('quiet')") == ""
    assert printed(box, "    y = 5\n    y * 2") == "10\n"  # a cell may be indented as a whole


def test_a_top_level_await_is_python_too(box: Sandbox) -> None:
    assert printed(box, "import asyncio\nawait asyncio.sleep(0)\nprint('done')") == "done\n"


def test_what_is_neither_is_an_error_of_the_cell(box: Sandbox) -> None:
    assert printed(box, "def f(:\n    pass") == "SyntaxError"
    assert printed(box, "x = '\0'") in ("ValueError", "SyntaxError")  # a zero byte: Python says one or the other
