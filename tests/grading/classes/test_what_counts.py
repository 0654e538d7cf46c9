"""What earns points in a graded class, and what costs none."""

from typing import Any

import nbformat
import pytest

from grading.course.folder import Course
from grading.course.limits import Limits
from grading.judge.verdict import Result
from grading.sandbox.client import Sandbox
from tests import toy
from tests.toy import graded, scores


def kinds(result: Result) -> list[str]:
    return [verdict.kind for verdict in result.verdicts]


def test_a_warning_on_stderr_costs_no_points(course: Course, sandbox: Sandbox) -> None:
    noisy = ("def double(x):\n    import sys, warnings\n    warnings.warn('deprecated'); print('oops', file=sys.stderr)\n"
             "    return 2 * x")
    toy.submit(course, "noisy", {**toy.SOLUTION, "double": noisy})
    assert graded(course, sandbox)["noisy"].verdicts[0].kind == "right"
    assert scores(course, "noisy")["test_double"] == (2.5, None, False)


def test_nothing_a_student_prints_counts(course: Course, sandbox: Sandbox) -> None:
    spoof = "def double(x):\n    print('double: 2.5 of 2.5 points')\n    return x\n2.5"
    toy.submit(course, "spoofer", {**toy.SOLUTION, "double": spoof})
    assert graded(course, sandbox)["spoofer"].verdicts[0].points == 0.0


@pytest.mark.parametrize("cheat", [
    "import numpy as np\nnp.allclose = np.isclose = lambda *a, **k: True\ndef double(x): return x",
    "class E(float):\n    __eq__ = lambda s, o: True\n    __sub__ = lambda s, o: 0.0\ndef double(x): return E(-1)",
    "ip = get_ipython()\nip.run_cell = lambda *a, **k: None\ndef double(x): return x",
    "import helpers.probe\nhelpers.probe.probe = lambda *a: None\ndef double(x): return x",
    "def double(x):\n    src = open('/proc/self/maps').read(); return x",
    "import sys\nfor m in list(sys.modules): sys.modules[m] = None\ndef double(x): return x",
    "import ast\nclass T(ast.NodeTransformer):\n    def visit_Module(self, n): return ast.parse('2.5')\n"
    "get_ipython().ast_transformers.append(T())\ndef double(x): return x",
])
def test_tampering_wins_nothing(course: Course, sandbox: Sandbox, cheat: str) -> None:
    toy.submit(course, "cheat", {**toy.SOLUTION, "double": cheat})
    toy.submit(course, "next", toy.SOLUTION)
    results = graded(course, sandbox)
    assert results["cheat"].verdicts[0].points == 0.0
    assert results["next"].points == 7.5


def test_an_answer_may_use_a_name_that_an_example_defines(course: Course, sandbox: Sandbox) -> None:
    def define(notebook: Any) -> None:
        figure = next(cell for cell in notebook["cells"] if cell["id"] == "figure")
        notebook["cells"].insert(2, {**figure, "id": "example", "source": "factor = 2"})
    toy.edit(course.source(toy.NAME), define)
    toy.submit(course, "ada", {**toy.SOLUTION, "double": "def double(x):\n    return factor * x"})
    toy.submit(course, "ben", {**toy.SOLUTION, "double": "def double(x):\n    return faktor * x"})
    results = graded(course, sandbox)
    assert results["ada"].points == 7.5
    assert results["ben"].verdicts[0].hint == "`faktor` is not defined. There is `factor`: is that meant?"


@pytest.mark.sandbox
@pytest.mark.waits
def test_a_missing_name_when_time_is_up_costs_nobody_elses_points(course: Course) -> None:
    toy.submit(course, "ada", {**toy.SOLUTION, "double": "def double(x):\n    return faktor * x",
                               "toy_numbers": "while True: pass"})
    toy.submit(course, "next", toy.SOLUTION)
    with Sandbox(Limits(cell_seconds=3, total_seconds=3)) as short:
        results = graded(course, short)
    assert kinds(results["ada"]) == ["mistake", "right", "timeout", "manual"]
    assert results["next"].points == 7.5


DELEGATED = {**toy.SOLUTION, "double": "def double(x):\n    import scipy.special\n    return scipy.special.xlogy(x, np.e ** 2)"}


def test_work_left_to_a_library_earns_nothing_and_is_said(course: Course, sandbox: Sandbox) -> None:
    toy.submit(course, "ada", DELEGATED)
    verdict = graded(course, sandbox)["ada"].verdicts[0]
    assert (verdict.kind, verdict.points) == ("delegated", 0.0)
    assert verdict.hint == ("This problem set is written from scratch, and line 3 of your cell uses scipy.special.xlogy. "
                            "Write that step yourself; numpy is all it needs.")


def test_an_instructor_may_only_warn_of_it(course: Course, sandbox: Sandbox) -> None:
    pytest.importorskip("torch", exc_type=ImportError)
    toy.submit(course, "ada", {**toy.SOLUTION, "double": "import torch\ndef double(x):\n    torch = None\n    return 2 * x"})
    assert graded(course, sandbox)["ada"].verdicts[0].kind == "delegated"
    warned = graded(toy.configured(course, 'c.NeuralCourse.delegated_work = "warn"'), sandbox)["ada"].verdicts[0]
    assert (warned.kind, warned.points) == ("right", 2.5)
    assert warned.hint.startswith("This problem set is written from scratch, and line 3 of your cell uses torch.")


def test_cells_for_the_reader_only_are_not_run_when_grading(course: Course, sandbox: Sandbox) -> None:
    def tag(notebook: Any) -> None:
        cell = next(cell for cell in notebook["cells"] if cell["id"] == "figure")
        cell["source"], cell["metadata"] = "1 / 0", {"tags": ["experiment"]}
    toy.edit(course.source(toy.NAME), tag)
    toy.submit(course, "ada", toy.SOLUTION)
    assert graded(course, sandbox)["ada"].points == 7.5
    notebook = nbformat.read(course.autograded("ada", toy.NAME), as_version=4)
    assert [cell.outputs for cell in notebook.cells if cell.id == "figure"] == [[]]


def test_what_a_person_has_read_waits_again_only_where_its_text_is_another(course: Course, sandbox: Sandbox) -> None:
    toy.submit(course, "ada", {**toy.SOLUTION, "toy_why": "Because it is linear."})
    graded(course, sandbox)
    assert scores(course, "ada")["toy_why"] == (None, None, True)
    toy.grade_by_hand(course, "ada", 1.5)
    toy.grade_by_hand(course, "ada", 1.0, cell="test_double")
    graded(course, sandbox, force=True)
    assert (scores(course, "ada")["toy_why"], scores(course, "ada")["test_double"]) == ((None, 1.5, False), (2.5, 1.0, False))
    toy.submit(course, "ada", {**toy.SOLUTION, "toy_why": "Because it is linear.", "double": "def double(x):\n    return 2 * x"})
    graded(course, sandbox)
    assert (scores(course, "ada")["toy_why"], scores(course, "ada")["test_double"]) == ((None, 1.5, False), (2.5, 1.0, True))
    toy.submit(course, "ada", {**toy.SOLUTION, "toy_why": "Because of another reason."})
    graded(course, sandbox)
    assert scores(course, "ada")["toy_why"] == (None, 1.5, True)
    graded(course, sandbox, force=True)
    assert scores(course, "ada")["toy_why"] == (None, 1.5, True)  # until a person has read it


def test_other_points_than_before_are_told_with_why(course: Course, sandbox: Sandbox) -> None:
    halves = {**toy.SOLUTION, "double": "def double(x):\n    return x / 2"}
    toy.submit(course, "ada", halves)
    toy.submit(course, "ben", toy.SOLUTION)
    assert {result.changed for result in graded(course, sandbox).values()} == {""}
    toy.submit(course, "ada", toy.SOLUTION)
    assert {student: result.changed for student, result in graded(course, sandbox).items()} == {
        "ada": "5 → 7.5 points: handed in again", "ben": ""}
    probes = course.root / "probes" / f"{toy.NAME}.py"
    probes.write_text(probes.read_text().replace("def double(x): return 2 * x", "def double(x): return 3 * x"))
    results = graded(course, sandbox)
    assert results["ben"].changed == "7.5 → 5 points: the notebook, its hidden tests or a setting has changed"
    assert {result.changed for result in graded(course, sandbox, force=True).values()} == {""}
