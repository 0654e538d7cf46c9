"""The words, exit codes and the JSON of the `course` command."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from grading.cli.main import main
from grading.cli.printed_tables import class_table
from grading.course.folder import Course
from grading.judge.verdict import Result as Verdicts
from helpers import datasets
from tests import toy


def course_command(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def grade(course: Course, *words: str) -> Result:
    return course_command("grade", toy.NAME, "--root", str(course.root), *words)


@pytest.mark.sandbox
def test_json_is_one_document_with_the_agreed_keys(course: Course) -> None:
    toy.submit(course, "ada", toy.SOLUTION)
    toy.submit(course, "ben", {"double": "def double(x):\n    return x / 2"})
    started = time.monotonic()
    result = grade(course, "--json")
    took = time.monotonic() - started
    assert result.exit_code == 0
    assert result.stdout.count("\n") == 1
    document = json.loads(result.stdout)
    assert document.keys() == {"problem_set", "students"}
    ada, ben = document["students"]
    assert (ada["student"], ada["points"], ada["max_points"]) == ("ada", 7.5, 9.5)
    assert ben.keys() == {"student", "points", "max_points", "exercises"}
    seconds = ben["exercises"][0].pop("seconds")
    assert ben["exercises"][0] == {"id": "double", "points": 0.0, "max_points": 2.5, "verdict": "mistake",
                                   "mistake": "halves", "hint": "Twice, not half.", "cases_right": 0, "cases_tried": 5}
    assert 0 < seconds < took
    assert [exercise["verdict"] for exercise in ben["exercises"]] == ["mistake", "missing", "missing", "missing"]


def points(result: Result) -> dict[str, float]:
    return {student["student"]: student["points"] for student in json.loads(result.stdout)["students"]}


@pytest.mark.sandbox
@pytest.mark.skipif(not find_spec("torch"), reason="needs torch, which is not installed here")
def test_hidden_tests_that_compute_in_threads_do_not_keep_worker_processes_waiting_for_ever(course: Course) -> None:
    """A thread pool of OpenMP's that worked before a fork is not there after it, and whoever waits for it waits for ever."""
    probes = course.root / "probes" / f"{toy.NAME}.py"
    probes.write_text("import torch\ntorch.zeros(1 << 20)\n" + probes.read_text().replace("def double(x): return", "def double(x): torch.zeros(1 << 20); return"))
    for student in ("ada", "ben"):
        toy.submit(course, student, toy.SOLUTION)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("OMP_", "OPENBLAS_"))}
    done = subprocess.run([Path(sys.executable).with_name("course"), "grade", toy.NAME, "--workers", "2", "--json"], cwd=course.root, env=environment,
                          capture_output=True, text=True, timeout=120, check=True)
    assert [student["points"] for student in json.loads(done.stdout)["students"]] == [7.5, 7.5]


@pytest.mark.sandbox
def test_any_number_of_workers_prints_the_same_grades_in_the_same_order(course: Course) -> None:
    toy.submit(course, "zoe", toy.SOLUTION)
    toy.submit(course, "ben", {"double": "def double(x):\n    return x / 2"})
    toy.submit(course, "cem", {**toy.SOLUTION, "centre": "import os; os._exit(1)"})
    expected = {"ben": 0.0, "cem": 4.5, "zoe": 7.5}
    for words in (("--workers", "1"), ("--workers", "2", "--force"), ("--force",)):
        found = points(grade(course, "--json", *words))
        assert list(found.items()) == list(expected.items())


@pytest.mark.sandbox
def test_a_cluster_on_this_machine_can_be_tried(course: Course) -> None:
    pytest.importorskip("distributed")
    toy.submit(course, "zoe", toy.SOLUTION)
    toy.submit(course, "ben", {"double": "def double(x):\n    return x / 2"})
    done = subprocess.run([sys.executable, "-m", "grading.cli.main", "grade", toy.NAME, "--root", course.root, "--json",
                           "--cluster", "local:1"], capture_output=True, text=True, check=True)
    assert {student["student"]: student["points"] for student in json.loads(done.stdout)["students"]} == {"ben": 0, "zoe": 7.5}
    assert done.stderr == ""


@pytest.mark.parametrize(("words", "message"), [
    (("--workers", "0"), "0 is not in the range x>=1"),
    (("--workers", "2", "--cluster", "local:2"), "Say --workers or --cluster: a cluster brings its own workers."),
])
def test_workers_that_make_no_sense_are_refused(course: Course, words: tuple[str, ...], message: str) -> None:
    toy.submit(course, "ada", toy.SOLUTION)
    result = grade(course, *words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_the_table_is_in_the_order_of_names_whoever_was_ready_first(capsys: pytest.CaptureFixture[str]) -> None:
    class_table("ps", [Verdicts(name, ()) for name in ("zoe", "ada", "ben")])
    assert re.findall(r"│ (\w+) +│ 0 / 0", capsys.readouterr().out) == ["ada", "ben", "zoe"]


@pytest.mark.sandbox
def test_the_table_names_points_and_mistakes(course: Course) -> None:
    toy.submit(course, "ben", {**toy.SOLUTION, "double": "def double(x):\n    return x / 2"})
    result = grade(course)
    assert re.search(r"ben +│ 5 / 9.5 +│ double: halves; 1 to grade by hand", result.stdout)
    assert "Next: course read toy_set (written answers that wait: 1), then course feedback toy_set" in result.stdout


@pytest.mark.sandbox
def test_an_empty_class_is_no_error(course: Course) -> None:
    result = grade(course)
    assert result.exit_code == 0
    assert result.stderr == f"No submissions in {course.root}/submitted/*/toy_set yet.\n"
    assert json.loads(grade(course, "--json").stdout) == {"problem_set": "toy_set", "students": []}


def test_an_unknown_problem_set_names_the_known_ones(course: Course) -> None:
    result = course_command("grade", "ps99", "--root", str(course.root))
    assert result.exit_code == 1
    assert result.stderr == (f"Error: There is no problem set 'ps99': {course.root}/source/ps99/ps99.ipynb does not exist. "
                             "Known: toy_set.\n")


def test_a_folder_that_is_no_course_is_named(tmp_path: Path) -> None:
    result = course_command("grade", "ps1", "--root", str(tmp_path))
    assert result.exit_code == 1
    assert result.stderr == (f"Error: {tmp_path} is not a course folder: it has no source/. Run the command in the "
                             "course's folder, or name it with --root.\n")


def test_an_unknown_student_is_named(course: Course) -> None:
    toy.submit(course, "ada", toy.SOLUTION)
    result = grade(course, "--student", "zoe")
    assert result.exit_code == 1
    assert result.stderr == f"Error: No submission by zoe: there is no {course.root}/submitted/zoe/toy_set.\n"


def test_points_that_do_not_fit_the_hidden_test_are_named(course: Course) -> None:
    path = course.source(toy.NAME)
    path.write_text(path.read_text().replace('"points": 2.5', '"points": 9'))
    result = grade(course)
    assert result.exit_code == 1
    assert "test_double is worth 9 points, its hidden test 2.5." in result.stderr


def test_a_test_cell_without_a_hidden_test_is_named(course: Course) -> None:
    path = course.root / "probes" / f"{toy.NAME}.py"
    path.write_text(path.read_text().replace('Probe("double"', 'Probe("doubles"'))
    assert "test cells and hidden tests do not match for double, doubles." in grade(course).stderr


def test_missing_hidden_tests_say_where_they_were_expected(course: Course) -> None:
    path = course.root / "probes" / f"{toy.NAME}.py"
    path.unlink()
    assert f"No hidden tests for 'toy_set': expected {path} or " in grade(course).stderr


def test_they_are_missed_too_where_somebody_has_handed_in(course: Course) -> None:
    toy.submit(course, "ada", toy.SOLUTION)
    (course.root / "probes" / f"{toy.NAME}.py").unlink()
    result = grade(course)
    assert result.exit_code == 1
    assert f"No hidden tests for '{toy.NAME}'" in result.stderr
    assert isinstance(result.exception, SystemExit)  # and no traceback


def test_a_library_that_is_not_installed_is_named(course: Course) -> None:
    probes = course.root / "probes" / f"{toy.NAME}.py"
    probes.write_text("import no_such_library\n" + probes.read_text())
    result = grade(course)
    assert result.exit_code == 1
    assert result.stderr == ("Error: toy_set needs no_such_library, which is not installed: "
                             "pip install -c requirements.lock -e '.[no_such_library]'\n")


def test_feedback_before_grading_says_what_to_do(course: Course) -> None:
    toy.submit(course, "ada", toy.SOLUTION)
    result = course_command("feedback", toy.NAME, "--root", str(course.root))
    assert result.stdout == f"Written to {course.root}/feedback: 0 of 1 pages.\n"
    assert result.stderr == "The others are not graded yet: course grade toy_set\n"


def test_a_data_set_that_cannot_be_had_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(name: str) -> None:
        raise datasets.DatasetError(f"No network: {name} cannot be reached.")
    monkeypatch.setattr(datasets, "fetch", no_network)
    result = course_command("data", "fetch", "mnist")
    assert (result.exit_code, result.stderr) == (1, "Error: No network: mnist cannot be reached.\n")


@pytest.mark.sandbox
@pytest.mark.parametrize("words", [("grade", toy.NAME), ("doctor",), ("grade", "no such set"), ("verify", toy.NAME)], ids=str)
def test_a_terminal_that_knows_ascii_only_is_no_obstacle(course: Course, words: tuple[str, ...]) -> None:
    toy.submit(course, "ada", {**toy.SOLUTION, "double": "def double(x): return x / 2"})
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(course.root), "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii:strict"}
    done = subprocess.run([sys.executable, "-m", "grading.cli.main", *words, "--root", course.root], capture_output=True, env=environment)
    said = (done.stdout + done.stderr).decode("ascii")
    assert said
    assert "Traceback" not in said
    assert "UnicodeEncodeError" not in said


@pytest.mark.sandbox
def test_verify_fails_when_something_does_not_hold(course: Course) -> None:
    good = course_command("verify", "--root", str(course.root))
    assert good.exit_code == 0
    assert re.search(r"double +│ full +│ none +│ 2 / 2 +│ (\d+) / \1 +│ 1 / 1", good.stdout)
    path = course.root / "probes" / f"{toy.NAME}.py"
    path.write_text(path.read_text().replace("return x ** 2", "return x + x"))
    bad = course_command("verify", "--root", str(course.root))
    assert bad.exit_code == 1
    assert "double: mistake squares: got right" in bad.stdout


@pytest.mark.sandbox
def test_doctor_finds_a_missing_folder_and_its_remedy(course: Course) -> None:
    (course.root / "feedback").rmdir()
    result = course_command("doctor", "--root", str(course.root))
    assert result.exit_code == 1
    assert f"✗ feedback/: missing\n    → mkdir {course.root}/feedback\n" in result.stdout
    assert "✓ sandbox: user, mount, pid, network, ipc and uts namespaces\n" in result.stdout


@pytest.mark.parametrize("words", [(), ("grade",), ("verify",), ("feedback",), ("doctor",), ("data", "fetch"), ("demo",)])
def test_every_command_has_help(words: tuple[str, ...]) -> None:
    result = course_command(*words, "--help")
    assert result.exit_code == 0
    assert len(result.stdout.split("\n\n")) >= 2


def test_help_needs_no_heavy_library() -> None:
    code = ("import sys; from grading.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
            "print([m for m in ('numpy', 'nbgrader.api', 'nbformat.v4', 'nbconvert.exporters.exporter', 'jupyter_server', 'sqlalchemy', 'matplotlib', 'IPython', 'rich') if sys.modules.get(m)])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.sandbox
@pytest.mark.waits
def test_ctrl_c_keeps_what_is_graded_and_says_how_to_continue(course: Course) -> None:
    for number in range(3):
        toy.submit(course, f"student{number}", toy.SOLUTION)
    toy.submit(course, "student9", {**toy.SOLUTION, "double": "import time; time.sleep(60)"})
    process = subprocess.Popen([sys.executable, "-m", "grading.cli.main", "grade", toy.NAME, "--root", str(course.root)],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    wait_for(lambda: course.autograded("student2", toy.NAME).exists())
    time.sleep(3)  # by now the last one sleeps in the sandbox, and we wait for it
    os.killpg(process.pid, signal.SIGINT)
    _, words = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Stopped after 3 of 4. Grades so far are saved; run the same command to continue." in words
    assert "Traceback" not in words
    path = course.root / "submitted" / "student9" / toy.NAME / f"{toy.NAME}.ipynb"
    path.write_text(path.read_text().replace("time.sleep(60)", "time.sleep(0)"))
    assert [s["points"] for s in json.loads(grade(course, "--json").stdout)["students"]] == [7.5, 7.5, 7.5, 5.0]


def wait_for(condition: Any) -> None:
    ends = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.05)
