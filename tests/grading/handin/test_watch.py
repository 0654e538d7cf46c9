"""`course grade --watch` sees what is handed in, and waits until it is whole."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from grading.cli.main import main
from grading.course.folder import Course
from grading.handin.watch import changed_submissions
from tests import toy


def touch(path: Path) -> None:
    """Another time of change, whatever the clock's grain."""
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000))


def test_everybody_comes_first_and_then_whoever_changed(course: Course) -> None:
    ada = toy.submit(course, "ada", toy.SOLUTION)
    toy.submit(course, "ben", toy.SOLUTION)
    rounds = changed_submissions(course, toy.NAME, every=0.01)
    assert next(rounds) == ["ada", "ben"]
    touch(ada)
    assert next(rounds) == ["ada"]
    toy.submit(course, "cem", toy.SOLUTION)
    assert next(rounds) == ["cem"]


@pytest.mark.slow
def test_nobody_is_told_of_while_files_are_still_being_written(course: Course) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    rounds = changed_submissions(course, toy.NAME, every=0.2)
    next(rounds)
    stop = threading.Event()

    def write() -> None:
        while not stop.wait(0.02):
            touch(path)
    writer = threading.Thread(target=write)
    touch(path)
    writer.start()
    threading.Timer(1.0, stop.set).start()
    assert next(rounds) == ["ada"]
    assert stop.is_set()
    writer.join()


def test_a_submission_that_is_taken_away_is_nobodys(course: Course) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    rounds = changed_submissions(course, toy.NAME, every=0.01)
    next(rounds)
    path.unlink()
    path.parent.rmdir()
    assert next(rounds) == []


@pytest.mark.sandbox
@pytest.mark.waits
def test_the_command_grades_what_comes_in_until_ctrl_c(course: Course) -> None:
    command = [sys.executable, "-m", "grading.cli.main", "grade", toy.NAME, "--watch", "--workers", "1", "--root", str(course.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            toy.submit(course, "ada", toy.SOLUTION)
            _wait_for(course.autograded("ada", toy.NAME))
            toy.submit(course, "ben", {})
            _wait_for(course.autograded("ben", toy.NAME))
            process.send_signal(signal.SIGINT)
            said, _ = process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode == 130
    assert "Traceback" not in said
    assert "ada" in said
    assert "Stopped" in said


def _wait_for(path: Path) -> None:
    ends = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < ends, f"{path} was not graded"
        time.sleep(0.1)


def test_what_makes_no_sense_together_is_said(course: Course) -> None:
    done = CliRunner().invoke(main, ["grade", toy.NAME, "--watch", "--json", "--root", str(course.root)])
    assert done.exit_code == 2
    assert "leave out --json" in done.output
