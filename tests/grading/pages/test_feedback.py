"""The page a student gets: everything to learn from, nothing hidden, nothing that runs."""

import re
from pathlib import Path

import pytest

from grading.classes.batch import grade_class
from grading.classes.pool import InTurn
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.marks.gradebook import Ledger
from grading.pages.feedback import write_feedback
from grading.sandbox.client import Sandbox
from tests import toy


def page(course: Course, sandbox: Sandbox, student: str = "ada") -> str:
    assignment = load_assignment(course, toy.NAME)
    list(grade_class(course, assignment, [student], InTurn(sandbox)))
    with Ledger(course, toy.NAME) as ledger:
        path = write_feedback(course, assignment, ledger, student)
    assert path == course.root / "feedback" / student / "toy_set" / "toy_set.html"
    assert isinstance(path, Path)
    return path.read_text()


def test_points_names_hints_and_figures_are_there(course: Course, sandbox: Sandbox) -> None:
    course = toy.configured(course, "c.NeuralCourse.figures = True")
    toy.submit(course, "ada", {**toy.SOLUTION, "double": "def double(x):\n    return x / 2"})
    html = page(course, sandbox)
    words = re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL))
    assert "A toy Feedback for ada 5 of 7.5 points so far 2 more points are for answers that a person reads" in words
    assert "0.1 double 0 of 2.5 A known mistake Twice, not half. ✗ twice the argument (0 of 2)" in words
    assert "0.2 centre 3 of 3 Right ✓ mean zero (2 of 2) ✓ a constant input (0.5 of 0.5)" in words
    assert "0.2 centre: numbers 2 of 2 Right" in words  # a box without a heading of its own
    assert html.count('<img src="data:image/png;base64,') == 1


def test_a_written_answer_waits_until_a_person_has_read_it(course: Course, sandbox: Sandbox) -> None:
    toy.submit(course, "ada", {**toy.SOLUTION, "toy_why": "Because it is linear."})
    assert "Waits for a person" in page(course, sandbox)
    toy.grade_by_hand(course, "ada", 1.5, "Good; say <em>why</em> it is.")
    html = page(course, sandbox)
    assert "Waits for a person" not in html
    assert "Graded by a person" in html
    assert "<strong>From your grader</strong><p>Good; say <em>why</em> it is.</p>" in html
    assert "9 of 9.5 points" in html


def test_what_a_student_wrote_stands_beside_its_points(course: Course, sandbox: Sandbox) -> None:
    toy.submit(course, "ada", {"double": "def double(x):\n    return x < 2", "toy_why": "Because."})
    wrote = re.findall(r"<summary>What you wrote</summary><pre tabindex=\"0\">(.*?)</pre>", page(course, sandbox), re.DOTALL)
    assert wrote == ["def double(x):\n    return x &lt; 2", "Because."]  # and nothing where nothing was written


def test_what_a_student_wrote_is_escaped(course: Course, sandbox: Sandbox) -> None:
    evil = "<script>alert(1)</script>"
    toy.submit(course, evil.replace("/", ""), {"double": f"def double(x):\n    raise ValueError({evil!r})"})
    html = page(course, sandbox, evil.replace("/", ""))
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_html_and_svg_that_a_student_displays_never_reach_the_page(course: Course, sandbox: Sandbox) -> None:
    show = "from IPython.display import HTML, SVG, display\ndisplay(HTML('<b onclick=x>'), SVG('<svg onload=x></svg>'))"
    toy.submit(course, "ada", {**toy.SOLUTION, "centre": show + "\n" + toy.SOLUTION["centre"]})
    html = page(course, sandbox)
    graded = course.autograded("ada", toy.NAME).read_text()
    assert "<b onclick" not in html
    assert "<svg" not in html
    assert "text/html" not in graded
    assert "svg+xml" not in graded


@pytest.mark.parametrize("secret", ["secret rubric", "HIDDEN", "probe", "SOLUTION"])
def test_nothing_hidden_is_on_the_page(course: Course, sandbox: Sandbox, secret: str) -> None:
    toy.submit(course, "ada", {})
    assert secret not in page(course, sandbox)


def test_an_unreadable_submission_gets_its_reason_once(course: Course, sandbox: Sandbox) -> None:
    toy.submit_text(course, "ada", "")
    html = page(course, sandbox)
    assert html.count("toy_set.ipynb is empty (zero bytes).") == 1
    assert "<section" not in html


def test_what_was_repaired_is_said(course: Course, sandbox: Sandbox) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    path.rename(path.with_name("other.ipynb"))
    assert "The file was named other.ipynb; expected toy_set.ipynb." in page(course, sandbox)


def test_every_exercise_is_reached_from_the_top_and_leads_back_to_the_notebook(course: Course, sandbox: Sandbox) -> None:
    toy.submit(course, "ada", toy.SOLUTION)
    html = page(course, sandbox)
    listed = re.findall(r'<li class="(\w+)"><a href="#(\w+)">([^<]+)</a> <span>([^<]+)</span>', html)
    assert listed == [("full", "double", "0.1 double", "2.5 / 2.5"), ("full", "centre", "0.2 centre", "3 / 3"),
                      ("full", "toy_numbers", "0.2 centre: numbers", "2 / 2"), ("open", "toy_why", "0.2 centre: why", "– / 2")]
    for _, name, _, _ in listed:
        assert f'id="{name}"' in html
    assert 'href="http://localhost:8888/lab/tree/toy_set/toy_set.ipynb#heading=0.1-double"' in html
