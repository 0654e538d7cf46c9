"""Gradescope's container, emulated: its folders, root with Docker's powers and refusals, with Landlock and without."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner

from grading.cli.main import main
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.sandbox.client import Sandbox
from tests import toy
from tests.ordinary import interpreter
from tests.problem_sets import ROOT

HALVES = "def double(x):\n    return x / 2"
pytestmark = [pytest.mark.sandbox, pytest.mark.slow,
              pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("unshare"), reason="only root can make a container's folders")]


class Container:
    """/autograder as Gradescope fills it, after setup.sh."""

    def __init__(self, folder: Path, python: str) -> None:
        self.folder, self.python = folder, python

    def set_up(self, course: Course, name: str) -> None:
        done = CliRunner().invoke(main, ["gradescope", name, "--root", str(course.root)])
        assert done.exit_code == 0, done.output
        with zipfile.ZipFile(course.root / "build" / "gradescope" / f"{name}.zip") as archive:
            archive.extractall(self.folder / "source")
        shutil.rmtree(self.folder / "source" / "package" / "helpers")  # setup.sh moves them; here the checkout's are found
        script = self.folder / "source" / "run_autograder"
        script.write_text(script.read_text().replace("/opt/grader/bin/python", self.python))

    def run(self, notebook: str | None, landlock: bool = True, **changes: str) -> tuple[dict[str, Any], str]:
        """results.json for one submission, and what was printed."""
        for name in ("submission", "results"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
            (self.folder / name).mkdir()
        if notebook is not None:
            (self.folder / "submission" / "homework.ipynb").write_text(notebook)
        (self.folder / "submission_metadata.json").write_text(json.dumps({"users": [{"id": 7, "email": "ada@example.org"}]}))
        environment = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": "/root", "LANG": "C.UTF-8", "CHECKOUT": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
                       **({"WITH_LANDLOCK": "1"} if landlock else {}), **changes}
        done = subprocess.run(["unshare", "--mount", sys.executable, str(Path(__file__).with_name("in_container.py")), str(self.folder), "bash",
                               "/autograder/source/run_autograder"], env=environment, capture_output=True, text=True, timeout=120, check=False)
        return json.loads((self.folder / "results" / "results.json").read_text()), done.stdout + done.stderr


@pytest.fixture
def container() -> Iterator[Container]:
    python, why = interpreter()
    with TemporaryDirectory() as folder:
        if not python:
            pytest.skip(why)
        (Path(folder) / "autograder").mkdir()
        Path(folder).chmod(0o755)
        yield Container(Path(folder) / "autograder", python)


def answered(course: Course, **answers: str) -> str:
    return str(nbformat.writes(load_assignment(course, toy.NAME).with_answers({**toy.SOLUTION, **answers})))


def scores(results: dict[str, Any]) -> dict[str, tuple[float, float, str]]:
    return {test["name"]: (test["score"], test["max_score"], test["status"]) for test in results["tests"] if "score" in test}


def test_a_blank_written_answer_takes_nothing_from_the_autograders_points(course: Course, container: Container) -> None:
    container.set_up(course, toy.NAME)
    blank = load_assignment(course, toy.NAME)
    answers = {name: source for name, source in toy.SOLUTION.items() if name != "toy_why"}
    results, said = container.run(str(nbformat.writes(blank.with_answers(answers))))
    assert [score for score, _, _ in scores(results).values()] == [2.5, 3.0, 2.0], said


@pytest.mark.parametrize("landlock", [True, False], ids=["with Landlock", "without"])
def test_a_submission_gets_the_points_and_hints_of_course_grade(course: Course, container: Container, sandbox: Sandbox, landlock: bool) -> None:
    container.set_up(course, toy.NAME)
    results, said = container.run(answered(course, double=HALVES), landlock)
    assert results["score"] == 5.0, said
    assert list(scores(results).values()) == [(0.0, 2.5, "failed"), (3.0, 3.0, "passed"), (2.0, 2.0, "passed")]
    assert results["tests"][0]["tags"] == ["halves"]
    assert results["tests"][0]["output"].startswith("Twice, not half.")
    toy.submit(course, "ada", {**toy.SOLUTION, "double": HALVES})
    assert toy.graded(course, sandbox)["ada"].points == results["score"]


ATTACKS = '''
import os, signal, socket, subprocess
def processes(*words):
    return subprocess.run(words, check=True, capture_output=True)
def attempts(course):
    yield lambda: open("/autograder/source/autograder.json").read()
    yield lambda: os.listdir("/autograder/source/course")
    yield lambda: open("/autograder/submission_metadata.json", "a")
    yield lambda: open("/autograder/results/results.json", "w").write("{}")
    yield lambda: os.rename("/autograder/results", "/autograder/old")
    yield lambda: os.kill(os.getppid(), signal.SIGKILL)
    yield lambda: os.kill(1, signal.SIGKILL)
    yield lambda: socket.create_connection(("127.0.0.1", 80), 1)
    yield lambda: os.setuid(0)
    yield lambda: os.unshare(os.CLONE_NEWUSER) if hasattr(os, "unshare") else 1 / 0
    yield lambda: open(f"/proc/{os.getppid()}/mem", "rb").read(10)
    yield lambda: open(f"/proc/{os.getppid()}/environ", "rb").read()
    yield lambda: __import__("grading.probes.model")
    yield lambda: processes("mount", "-t", "tmpfs", "none", "/mnt")
def double(x):
    won = []
    for number, attempt in enumerate(attempts(None)):
        try:
            attempt()
            won.append(number)
        except Exception:
            pass
    subprocess.Popen(["sleep", "100"], start_new_session=True)
    return 2 * x if not won else x * sum(10.0 ** number for number in won)
'''


@pytest.mark.parametrize("landlock", [True, False], ids=["with Landlock", "without"])
def test_what_an_answer_tries_is_refused_and_nothing_of_it_stays(course: Course, container: Container, landlock: bool) -> None:
    container.set_up(course, toy.NAME)
    results, said = container.run(answered(course, double=ATTACKS), landlock)
    assert [score for score, _, _ in scores(results).values()] == [2.5, 3.0, 2.0], said
    assert subprocess.run(["pgrep", "-u", "nobody", "-x", "sleep"], check=False).returncode == 1


def test_whatever_happens_a_student_reads_a_sentence(course: Course, container: Container) -> None:
    container.set_up(course, toy.NAME)
    for notebook, words in ((None, "ipynb"), ('{"cells": [', "")):
        results, said = container.run(notebook)
        assert results["score"] == 0, said
        assert words in results["output"] and results["output"]
    (container.folder / "source" / "course" / "probes" / f"{toy.NAME}.py").write_text("1 / 0")
    results, said = container.run(answered(course))
    assert "That is no fault of yours: tell your instructors" in results["output"]
    assert "ZeroDivisionError" in said
    container.python = "/no/such/python"
    script = container.folder / "source" / "run_autograder"
    script.write_text(script.read_text().replace("-m grading.gradescope ", "-c 'import os; os.kill(os.getpid(), 9)' "))
    results, _ = container.run(answered(course))
    assert "the autograder was stopped before it had an answer" in results["output"]
    assert results["stdout_visibility"] == "hidden"


def test_files_that_stand_open_are_not_graded_beside(course: Course, container: Container) -> None:
    container.set_up(course, toy.NAME)
    script = container.folder / "source" / "run_autograder"
    script.write_text("\n".join(line for line in script.read_text().splitlines() if not line.startswith("chmod")))
    for path in (container.folder, container.folder / "source"):
        path.chmod(0o755)
    results, said = container.run(answered(course))
    assert "Student code could read" in said
    assert results["tests"] == []
