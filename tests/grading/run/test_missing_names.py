"""A name that is not defined is explained: where it is, or what was meant."""

from typing import Any

import pytest

from grading.course.folder import Course
from grading.judge.verdict import Verdict
from grading.sandbox.client import Sandbox
from tests import toy
from tests.toy import graded


def verdict(course: Course, sandbox: Sandbox, number: int, own: str = "", **answers: str) -> Verdict:
    path = toy.submit(course, "ada", {**toy.SOLUTION, **answers})

    def write(notebook: Any) -> None:
        notebook["cells"].insert(1, {"cell_type": "code", "metadata": {}, "source": own, "outputs": [], "execution_count": 1})
    toy.edit(path, write)
    return graded(course, sandbox)["ada"].verdicts[number]


@pytest.mark.parametrize(("own", "source", "mistake", "hint"), [
    ("def flat(x):\n    return x.ravel()", "def double(x):\n    return 2 * flat(x)", "helper_not_taken",
     "`flat` is not defined: cells of your own are not taken. Copy it into the answer cell."),
    ("import math", "def double(x):\n    return 2 * math.floor(x)", "helper_not_taken",
     "`math` is not defined: cells of your own are not taken. Copy it into the answer cell."),
    ("N = 3", "def double(x):\n    return x + N", "helper_not_taken",
     "`N` is not defined: cells of your own are not taken. Copy it into the answer cell."),
    ("def (", "def twice(x):\n    return x + x\n\ndef double(x):\n    return twise(x)", "name_misspelled",
     "`twise` is not defined. Your cells define `twice`: is that meant?"),
    ("", "def double(data):\n    return data + dta", "name_misspelled",
     "`dta` is not defined. `double` has an argument `data`: is that meant?"),
    ("", "def double(x):\n    result = x + x\n    return reslt", "name_misspelled",
     "`reslt` is not defined. `double` defines `result`: is that meant?"),
    ("", "def double(x):\n    return nump.add(x, x)", "name_undefined",
     "`nump` is not defined: no cell that is graded defines it."),
    ("", "def double(x):\n    return 2 * x / N", "name_undefined",
     "`N` is not defined: no cell that is graded defines it. Work it out inside the function, from its arguments."),
    ("", "def double(x):\n    return 2 * centre(x)", "defined_further_down",
     "`centre` is not defined yet: your cell `centre` defines it further down. Grading runs the notebook from the top: move it up."),
    ("", "def duble(x):\n    return 2 * x", "other_name", "Your cell defines `duble`, and `double` is asked for."),
    ("", "def twice(x):\n    return 2 * x", "other_name", "Your cell defines `twice`, and `double` is asked for."),
    ("", "def one(x):\n    return x\n\ndef two(x):\n    return 2 * x", "other_name",
     "Your cell defines `one` and `two`, and `double` is asked for."),
    ("", "def double(x):\n    raise NameError(\"name '<b>' is not defined\")", "",
     "twice the argument: double stopped with NameError: name '<b>' is not defined in line 2 of your cell `double` (5 of 5 cases)."),
])
def test_a_missing_name_is_explained(course: Course, sandbox: Sandbox, own: str, source: str, mistake: str, hint: str) -> None:
    found = verdict(course, sandbox, 0, own, double=source)
    assert (found.kind, found.mistake, found.hint) == ("mistake" if mistake else "error", mistake, hint)


def test_a_number_under_another_name_is_explained(course: Course, sandbox: Sandbox) -> None:
    found = verdict(course, sandbox, 2, toy_numbers="a = 3\nB = 0.1235")
    assert (found.kind, found.hint) == ("mistake", "Your cell defines `B`, and `b` is asked for.")


def test_a_second_look_says_only_what_the_source_says(course: Course, sandbox: Sandbox) -> None:
    found = verdict(course, sandbox, 1, "flat = 3", double="def double(x):\n    return x / 2",
                    centre="def centre(x):\n    return flat(double(x)) / 2 - x.mean()")
    assert found.hint == "`flat` is not defined: cells of your own are not taken. Copy it into the answer cell."
    found = verdict(course, sandbox, 1, double="def double(x):\n    return x / 2",
                    centre="def centre(x):\n    raise NameError(\"name 'double' is not defined\" + str(double(x)))")
    assert (found.kind, found.mistake) == ("error", "")
    assert "double" not in found.hint
