"""A course of one small problem set, so that tests of the machinery are quick and need no real notebook."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from grading.classes.batch import grade_class
from grading.classes.pool import InTurn
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.judge.verdict import Result
from grading.sandbox.client import Sandbox

NAME = "toy_set"

PROBES = '''
import numpy as np
from grading.probes.boxes import box
from grading.probes.model import Cases, Mistake, Point, Probe, ProblemSet

def double(x): return 2 * x
def centre(x): return x - x.mean()
def draw(rng): return {"x": rng.normal(size=rng.integers(3, 7))}
def draw_constant(rng): return {"x": np.full(4, 7.25)}
def halves(x): return x / 2
def squares(x): return x ** 2
def divides_by_spread(x): return (x - x.mean()) / x.std()
def adds_the_mean(x): return x + x.mean()
def by_sum(x): return x + x
def with_a_loop(x): return [v - sum(x) / len(x) for v in x]

PROBLEM_SET = ProblemSet("toy_set", (
    Probe("double", double, {"ordinary": Cases(draw, 4)}, [Point("twice the argument", 2.0)], unchanged=0.5,
          slips=[Mistake(halves, "Twice, not half."), Mistake(squares, "Times two is not to the power of two.")],
          variants=[by_sum]),
    Probe("centre", centre, {"ordinary": Cases(draw, 3), "constant": Cases(draw_constant, 1)},
          [Point("mean zero", 2.0), Point("a constant input", 0.5, group="constant")], unchanged=0.5,
          slips=[Mistake(adds_the_mean, "Which way does the mean move?"),
                    Mistake(divides_by_spread, "Centring keeps the spread.")], variants=[with_a_loop]),
    box("toy_numbers", {"a": 3, "b": 0.1235}, [Point("a", 1.0, part="a"), Point("b", 1.0, part="b")],
        slips=[Mistake({"a": 4, "b": 0.1235}, "Count again.", "off_by_one")]),
))
'''


def _nbgrader(name: str, **changes: Any) -> dict[str, Any]:
    plain = {"grade": False, "grade_id": name, "locked": False, "schema_version": 3, "solution": False, "task": False}
    return {"nbgrader": {**plain, **changes}}


def _function(name: str, number: str, body: str) -> list[Any]:
    source = (f"def {name}(x):\n    ### BEGIN SOLUTION\n    {body}\n    ### END SOLUTION\n"
              f"    raise NotImplementedError(\"{number}\")")
    hidden = f'### BEGIN HIDDEN TESTS\nfrom helpers.probe import probe\nprobe("{name}", {name})\n### END HIDDEN TESTS'
    points = {"double": 2.5, "centre": 3.0}[name]
    return [new_markdown_cell(f"## A part\n\n### {number} `{name}`", id=f"{name}-goal"),
            new_code_cell(source, id=name, metadata=_nbgrader(name, solution=True)),
            new_code_cell(f'print("checking {name}")\n{hidden}', id=f"test-{name}",
                          metadata=_nbgrader(f"test_{name}", grade=True, locked=True, points=points))]


def make_notebook() -> Any:
    """The toy set's source notebook: two functions (the second uses the first), a box, a written answer."""
    box_test = ('### BEGIN HIDDEN TESTS\nfrom helpers.probe import probe\nwith probe("toy_numbers") as p:\n'
                "    p.ship(a=a, b=b)\n### END HIDDEN TESTS")
    cells = [
        new_markdown_cell("# A toy", id="title"),
        new_code_cell("import numpy as np", id="setup", metadata=_nbgrader("toy_setup", locked=True)),
        *_function("double", "0.1", "return 2 * x"),
        *_function("centre", "0.2", "return double(x) / 2 - x.mean()"),
        new_code_cell("import matplotlib.pyplot as plt\nplt.plot([1, 2]);", id="figure"),
        new_code_cell("### BEGIN SOLUTION\na = 3\nb = 0.12345\n### END SOLUTION", id="toy-numbers",
                      metadata=_nbgrader("toy_numbers", solution=True)),
        new_code_cell(box_test, id="test-toy-numbers",
                      metadata=_nbgrader("test_toy_numbers", grade=True, locked=True, points=2.0)),
        new_markdown_cell("*A person reads this.*\n### BEGIN MARK SCHEME\nsecret rubric\n### END MARK SCHEME",
                          id="toy-why-rubric", metadata=_nbgrader("toy_why_rubric", locked=True)),
        new_markdown_cell("### BEGIN SOLUTION\nBecause.\n### END SOLUTION", id="toy-why",
                          metadata=_nbgrader("toy_why", grade=True, solution=True, points=2.0)),
    ]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def make_course(root: Path) -> Course:
    """A course folder with the toy set and nothing handed in."""
    for folder in (f"source/{NAME}", "release", "submitted", "autograded", "feedback", "probes"):
        (root / folder).mkdir(parents=True)
    nbformat.write(make_notebook(), root / "source" / NAME / f"{NAME}.ipynb")
    (root / "probes" / f"{NAME}.py").write_text(PROBES)
    (root / "nbgrader_config.py").write_text("from grading.classes.nbgrader_commands import configure\nc = get_config()\nconfigure(c)\n")
    return Course.open(root)


def configured(course: Course, line: str) -> Course:
    """The same course with one more line in its configuration."""
    path = course.root / "nbgrader_config.py"
    path.write_text(path.read_text() + line + "\n")
    return Course.open(course.root)


def submit(course: Course, student: str, answers: dict[str, str]) -> Path:
    """Hand in the release with these answers (grade_id → source), and return the file."""
    from grading.course.assignment import load_assignment
    assignment = load_assignment(course, NAME)
    return submit_text(course, student, nbformat.writes(assignment.with_answers(answers)))


def submit_text(course: Course, student: str, text: str) -> Path:
    """Hand in any text as the notebook file."""
    path = course.root / "submitted" / student / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def edit(path: Path, change: Any) -> None:
    """Apply `change` to the notebook's JSON, in place."""
    notebook = json.loads(path.read_text())
    change(notebook)
    path.write_text(json.dumps(notebook))


SOLUTION = {"double": "def double(x):\n    return x + x", "centre": "def centre(x):\n    return x - x.mean()",
            "toy_numbers": "a = 3\nb = 0.1235", "toy_why": "Because it is so."}


def grade_by_hand(course: Course, student: str, points: float, comment: str = "", cell: str = "toy_why") -> None:
    """What the formgrader does when a person has read the written answer."""
    with Gradebook(course.db_url, course.course_id) as gradebook:
        grade = gradebook.find_grade(cell, NAME, NAME, student)
        grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.find_comment("toy_why", NAME, NAME, student).manual_comment = comment
        gradebook.db.commit()


def graded(course: Course, sandbox: Sandbox, students: Sequence[str] | None = None, force: bool = False) -> dict[str, Result]:
    """Results of the toy set by student, graded in this process."""
    assignment = load_assignment(course, NAME)
    chosen = course.students(NAME) if students is None else students
    return {result.student: result for result in grade_class(course, assignment, chosen, InTurn(sandbox), force=force)}


def scores(course: Course, student: str) -> dict[str, Any]:
    """What the gradebook has of a student: grade id → automatic, manual score, and whether a person must grade."""
    with Gradebook(course.db_url, course.course_id) as gradebook:
        notebook = gradebook.find_submission_notebook(NAME, NAME, student)
        return {grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade) for grade in notebook.grades}
