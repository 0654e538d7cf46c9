"""Plain nbgrader commands in a course folder: the same grades as `course grade`, and nothing hidden in what they write."""

import csv
import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from grading.course.folder import Course
from tests import toy
from tests.commands import forked

BIN = Path(sys.executable).parent


ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": os.environ.get("HOME", "/")}  # without this one being activated


def command(course: Course, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the course folder."""
    return forked(course.root, ENVIRONMENT, *words)


# Every process of Python reads it when it starts; what the process itself starts stands in the file then.
NOTING = """import sys
def note(event, arguments):
    if event == "subprocess.Popen":
        with open({!r}, "a") as file:
            print(arguments[:2], file=file)
sys.addaudithook(note)
"""


def from_its_file(course: Course, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a user does, from its file in this environment."""
    noting = course.root.parent / "noting"
    noting.mkdir(exist_ok=True)
    (noting / "sitecustomize.py").write_text(NOTING.format(str(course.root.parent / "started")))
    return subprocess.run([BIN / words[0], *words[1:]], cwd=course.root, env={**ENVIRONMENT, "PYTHONPATH": str(noting)}, capture_output=True, text=True)


@pytest.fixture
def graded(course: Course) -> Course:
    """A class after generate_assignment and autograde, both by nbgrader itself."""
    (course.root / "gradebook.db").unlink()
    toy.submit(course, "perfect", toy.SOLUTION)
    toy.submit(course, "mistaken", {**toy.SOLUTION, "double": "def double(x):\n    return x / 2"})
    toy.submit(course, "marker", {**toy.SOLUTION, "double": "### BEGIN HIDDEN TESTS\ndef double(x):\n    ### BEGIN SOLUTION\n    return x + x",
                                  "toy_why": "### BEGIN MARK SCHEME\nBecause.\n### END HIDDEN TESTS\n### BEGIN MARK SCHEME"})
    toy.submit(course, "crashing", {**toy.SOLUTION, "centre": "import os; os._exit(1)"})
    toy.submit_text(course, "truncated", '{"cells": [')
    (course.root / "submitted" / "pipe" / toy.NAME).mkdir(parents=True)
    os.mkfifo(course.root / "submitted" / "pipe" / toy.NAME / f"{toy.NAME}.ipynb")
    renamed = toy.submit(course, "renamed", toy.SOLUTION)
    renamed.rename(renamed.with_name("homework.ipynb"))
    for words in (("generate_assignment", toy.NAME), ("autograde", toy.NAME)):
        done = from_its_file(course, "nbgrader", *words)
        assert done.returncode == 0, done.stderr
    return course


@pytest.mark.sandbox
def test_nbgrader_commands_work_end_to_end_and_agree_with_course_grade(graded: Course) -> None:
    release = (graded.root / "release" / toy.NAME / f"{toy.NAME}.ipynb").read_text()
    assert "NotImplementedError" in release
    assert not any(secret in release for secret in ("probe", "HIDDEN", "SOLUTION", "return 2 * x", "secret rubric"))

    by_nbgrader = exported(graded)
    assert by_nbgrader == {"perfect": 7.5, "mistaken": 5.0, "crashing": 4.5, "truncated": 0.0, "pipe": 0.0, "renamed": 7.5, "marker": 7.5}
    done = from_its_file(graded, "course", "grade", toy.NAME, "--json", "--force")
    assert {s["student"]: s["points"] for s in json.loads(done.stdout)["students"]} == by_nbgrader
    assert exported(graded) == by_nbgrader
    started = (graded.root.parent / "started").read_text()
    assert "grading.sandbox.server" in started
    assert "alembic" not in started  # which takes longer than all the rest of a first command

    done = command(graded, "nbgrader", "generate_feedback", toy.NAME)
    assert done.returncode == 0, done.stderr
    page = (graded.root / "feedback" / "mistaken" / toy.NAME / f"{toy.NAME}.html").read_text()
    assert "Twice, not half." in page
    typed = (graded.root / "feedback" / "marker" / toy.NAME / f"{toy.NAME}.html").read_text()
    assert "### BEGIN HIDDEN TESTS" in typed
    assert "Because." in typed
    assert "HIDDEN TESTS" not in page
    assert "helpers.probe" not in page
    assert "secret rubric" not in page


class Dangers(HTMLParser):
    """What a browser would run on a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [f"{tag} {name}" for name, value in attrs if "alert(" in (value or "")]

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and "alert(" in data:
            self.found.append(f"{self.cdata_elem}: {data}")


EVIL = ("<img src=x onerror=alert(1)><script>alert(2)</script><svg onload=alert(3)> [x](javascript:alert(4)) "
        "<a href='data:text/html,<script>alert(5)</script>'>y</a> **bold** and $a < b$")


@pytest.mark.parametrize("template", ["feedback", "formgrade"])
def test_a_written_answer_runs_nothing_in_the_browser_of_whoever_reads_it(course: Course, template: str) -> None:
    from nbconvert.exporters import HTMLExporter
    from nbconvert.filters import markdown2html
    from nbgrader.server_extensions.formgrader import handlers
    notebook = toy.make_notebook()
    why = next(cell for cell in notebook.cells if cell.id == "toy-why")
    why.source, why.attachments = f"{EVIL} ![sketch](attachment:sketch.png)", {"sketch.png": {"image/png": "aGVsbG8="}}
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader |= {"score": 0, "points": 0, "comment": "", "checksum": ""}
    config = course.config.copy()
    config.HTMLExporter.template_name = template
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    config.HTMLExporter.extra_template_paths = [str(Path(handlers.static_path) / "node_modules" / "bootstrap" / "dist" / "css")]
    pages = []
    for filters in (config.HTMLExporter.filters, {"markdown2html": lambda text: markdown2html(text.partition(" ![")[0])}):  # without ours the danger is real
        config.HTMLExporter.filters = filters
        resources = {"nbgrader": {"score": 0, "max_score": 1, "toc": "", "late_penalty": 0.0}, "submission_id": "",
                     "notebook_id": "", "assignment_id": "", "base_url": "", "notebook_path": "", "index": 0, "total": 1,
                     "last_name": "", "first_name": "", "keyword_notebook_search": "", "mathjax_url": ""}
        pages.append(HTMLExporter(config=config).from_notebook_node(notebook, resources)[0])
    safe, plain = pages
    assert Dangers(safe).found == []
    assert len(Dangers(plain).found) >= 3
    assert "<strong>bold</strong>" in safe
    assert "<mi>a</mi><mo>&lt;</mo><mi>b</mi>" in safe  # drawn by the browser, without the network
    assert 'src="data:image/png;base64,aGVsbG8="' in safe


def exported(course: Course) -> dict[str, float]:
    done = command(course, "nbgrader", "export")
    assert done.returncode == 0, done.stderr
    with (course.root / "grades.csv").open() as file:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


@pytest.mark.sandbox
def test_one_student_can_be_chosen_and_a_missing_one_is_named(course: Course) -> None:
    toy.submit(course, "ada", toy.SOLUTION)
    toy.submit(course, "ben", toy.SOLUTION)
    assert command(course, "nbgrader", "autograde", toy.NAME, "--student", "ada").returncode == 0
    assert course.autograded("ada", toy.NAME).exists()
    assert not course.autograded("ben", toy.NAME).exists()
    done = command(course, "nbgrader", "autograde", toy.NAME, "--student", "zoe")
    assert done.returncode == 1
    assert "No submission of toy_set matches" in done.stderr
    unknown = command(course, "nbgrader", "autograde", "ps99")
    assert unknown.returncode == 1
    assert "There is no problem set 'ps99'" in unknown.stderr
    assert "Known: toy_set." in unknown.stderr
    assert "Traceback" not in unknown.stderr


@pytest.mark.sandbox
def test_a_late_policy_from_the_configuration_is_applied(course: Course) -> None:
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write("""
from nbgrader.plugins import LateSubmissionPlugin
class TwoPointsOff(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 2.0
c.AssignLatePenalties.plugin_class = TwoPointsOff
""")
    toy.submit(course, "late", toy.SOLUTION).with_name("timestamp.txt").write_text("2026-03-02 00:00:00 UTC")
    toy.submit(course, "early", toy.SOLUTION).with_name("timestamp.txt").write_text("2026-02-28 00:00:00 UTC")
    assert command(course, "nbgrader", "db", "assignment", "add", toy.NAME, "--duedate", "2026-03-01").returncode == 0
    assert command(course, "nbgrader", "autograde", toy.NAME).returncode == 0
    assert exported(course) == {"late": 5.5, "early": 7.5}
