"""A class in which every tenth submission is a bad one: it ends as it should, and the others' grades are what they were."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from grading.cli.main import main
from grading.course.folder import Course
from tests import toy

ANSWERS = [toy.SOLUTION, {**toy.SOLUTION, "double": "def double(x):\n    return x / 2"}, {**toy.SOLUTION, "toy_numbers": "a, b = 4, 0.1235"},
           {name: text for name, text in toy.SOLUTION.items() if name != "centre"}]
HONEST = {f"s{number:02d}": ANSWERS[number % len(ANSWERS)] for number in range(20)}
Make = Callable[[Course, str], object]


def answering(**answers: str) -> Make:
    return lambda course, student: toy.submit(course, student, {**toy.SOLUTION, **answers})


def text(content: str) -> Make:
    return lambda course, student: toy.submit_text(course, student, content)


def pipe(course: Course, student: str) -> None:
    path = course.root / "submitted" / student / toy.NAME / f"{toy.NAME}.ipynb"
    path.parent.mkdir(parents=True)
    os.mkfifo(path)


def a_file_for_a_folder(course: Course, student: str) -> None:
    (course.root / "submitted" / student).mkdir()
    (course.root / "submitted" / student / toy.NAME).write_text("my work")


BAD: list[tuple[str, Make, float]] = [
    ("syntax", answering(double="def double(x:"), 5.0),
    ("endless", answering(double="while True: pass"), 5.0),
    ("endless_call", answering(double="def double(x):\n    while True: pass"), 5.0),
    ("gone", answering(double="import os; os._exit(3)"), 5.0),
    ("undefined", answering(double="double = nobody"), 5.0),
    ("nested", text("[" * 100_000), 0.0),
    ("empty", text(""), 0.0),
    ("half", text('{"cells": ['), 0.0),
    ("pipe", pipe, 0.0),
    ("file", a_file_for_a_folder, 0.0),
    ("junk_headers", answering(double="import os\nfor n in range(3, 40):\n    try: os.write(n, b'\\xff' * 100)\n    except OSError: pass"), 5.0),
    ("n" * 150, answering(), -1.0),
]


def graded(course: Course, *words: str) -> tuple[int, dict[str, float], list[str], str]:
    """Exit status, points, the exported lines, and what was said."""
    done = CliRunner().invoke(main, ["grade", toy.NAME, "--json", "--workers", "1", "--root", str(course.root), *words])
    points = {row["student"]: row["points"] for row in json.loads(done.stdout)["students"]}
    exported = CliRunner().invoke(main, ["export", toy.NAME, "--root", str(course.root)])
    assert exported.exit_code == 0, exported.output
    [path] = (course.root / "exports").glob("*.csv")
    return done.exit_code, points, path.read_bytes().decode().splitlines(), done.stderr


@pytest.mark.sandbox
@pytest.mark.waits
def test_every_tenth_is_bad_and_nobody_else_notices(course: Course, tmp_path: Path) -> None:
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write("c.NeuralCourse.cell_seconds = 1.0\nc.NeuralCourse.total_seconds = 6.0\n")
    for student, answers in HONEST.items():
        toy.submit(course, student, answers)
    status, alone, lines, _ = graded(course)
    assert status == 0
    assert set(alone.values()) == {7.5, 5.0, 6.5, 4.5}
    for name, make, _ in BAD:
        make(course, f"s00_{name}" if len(name) < 100 else name)
    status, points, among, said = graded(course, "--force")
    assert status == 1  # somebody was not graded
    assert [line for line in among if not line.startswith("s00_")] == lines
    assert {student: points[student] for student in HONEST} == alone
    assert {name: points.get(f"s00_{name}", -1.0) for name, *_ in BAD} == {name: worth for name, _, worth in BAD}
    assert "Not graded: 1 in" in " ".join(said.split())
    assert "Traceback" not in said
