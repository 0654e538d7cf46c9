"""A line that the stub left costs nothing, and is named; what holds nothing is a stub whatever it raises."""

import nbformat
import pytest

from grading.course.folder import Course
from grading.sandbox.client import Sandbox
from tests import toy
from tests.toy import graded

LINE = 'raise NotImplementedError("0.1")'
REMARK = f"Delete the line `{LINE}`: it is left over, and the answer was judged without it."


@pytest.mark.parametrize(("source", "kind", "points", "hint"), [
    (f"def double(x):\n    y = x + x\n    {LINE}\n    return y", "right", 2.5, REMARK),
    (f"def double(x):\n    {LINE}\n    return x + x", "right", 2.5, REMARK),
    (f"def double(x):\n    return x + x\n    {LINE}", "right", 2.5, ""),
    (f"def double(x):\n    return x + x\n{LINE}", "right", 2.5, REMARK),
    (f"def double(x):\n    {LINE}\n    return x / 2", "mistake", 0.0, f"Twice, not half. {REMARK}"),
    (f"def half(x):\n    {LINE}\n    return x / 2\n\ndef double(x):\n    {LINE}\n    return half(4 * x)", "right", 2.5,
     f"Delete `{LINE}` in the lines 2 and 6 of this cell: they are left over, and the answer was judged without them."),
    (f"def double(x):\n    {LINE}", "missing", 0.0, "Nothing has been written here yet."),
    (f"def double(x):\n    # soon\n    {LINE}", "missing", 0.0, "Nothing has been written here yet."),
    ("def double(x):\n    raise NotImplemented", "missing", 0.0, "Nothing has been written here yet."),
    ("def double(x):\n    pass", "missing", 0.0, "Nothing has been written here yet."),
    ("def double(x):\n    ...", "missing", 0.0, "Nothing has been written here yet."),
    ("def double(x):\n    return None", "missing", 0.0, "Nothing has been written here yet."),
    (f"def half(x):\n    return x / 2\n\ndef double(x):\n    {LINE}", "missing", 0.0, "Still a stub: exercise 0.1 has not been written yet."),
])
def test_an_answer_is_judged_without_the_line_that_is_left_over(course: Course, sandbox: Sandbox, source: str, kind: str,
                                                                points: float, hint: str) -> None:
    toy.submit(course, "ada", {**toy.SOLUTION, "double": source})
    verdict = graded(course, sandbox)["ada"].verdicts[0]
    assert (verdict.kind, verdict.points, verdict.hint) == (kind, points, hint)


def test_the_graded_notebook_shows_what_the_student_wrote(course: Course, sandbox: Sandbox) -> None:
    source = f"def double(x):\n    {LINE}\n    return x + x"
    toy.submit(course, "ada", {**toy.SOLUTION, "double": source})
    graded(course, sandbox)
    notebook = nbformat.read(course.autograded("ada", toy.NAME), as_version=4)
    [cell] = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "double"]
    assert cell.source == source


def test_an_answer_that_calls_it_loses_nothing_either(course: Course, sandbox: Sandbox) -> None:
    toy.submit(course, "ada", {**toy.SOLUTION, "double": f"def double(x):\n    y = 2 * x\n    {LINE}\n    return y",
                               "centre": "def centre(x):\n    return double(x) / 2 - x.mean()"})
    assert graded(course, sandbox)["ada"].points == 7.5
