"""The fork server may be killed; submissions are not lost by it."""

import os
import resource
import signal
import threading
import time
from pathlib import Path

import pytest

from grading.course.limits import Limits
from grading.errors import SandboxError
from grading.sandbox.client import Sandbox
from tests.grading.sandbox.student import error, printed, run, wait_until_nothing_runs

pytestmark = pytest.mark.usefixtures("cold_servers")


def kill_server(sandbox: Sandbox) -> None:
    os.kill(sandbox.process.pid, signal.SIGKILL)


def test_a_killed_server_is_started_again_without_a_word(box: Sandbox) -> None:
    before = box.process.pid
    kill_server(box)
    assert printed(run(box, "print(1 + 1)")) == "2\n"
    assert box.process.pid != before


@pytest.mark.waits
def test_a_submission_is_run_again_when_the_server_was_killed_under_it(box: Sandbox) -> None:
    assert printed(run(box, "print('warm')"))
    killer = threading.Timer(0.7, kill_server, [box])
    killer.start()
    evaluation = run(box, "first = 1", "import time; time.sleep(1.5)", "print(first)")
    assert [evaluation.cells[number].lost for number in range(3)] == [None] * 3
    assert printed(evaluation, 2) == "1\n"


def test_nothing_of_a_submission_outlives_a_killed_server(box: Sandbox) -> None:
    with box.start() as job:
        job.send({"type": "run", "cells": [0]}, [b"import os, time\nfor _ in range(3): os.fork()\ntime.sleep(60)"])
        frames = job.frames()
        assert next(frames)[0]["type"] == "started"
        time.sleep(0.3)
        kill_server(box)
        ends = time.monotonic() + 60
        while job.channel.recv(1000):  # ends when nobody holds the other end any more
            assert time.monotonic() < ends
    wait_until_nothing_runs(box)


@pytest.mark.sandbox
def test_a_server_that_cannot_start_is_an_error_in_plain_words(capfd: pytest.CaptureFixture[str],
                                                               monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho 'out of order' >&2; exit 1\n")
    python.chmod(0o755)
    monkeypatch.setattr("grading.sandbox.client.sys.executable", str(python))
    words = r"^The sandbox's server did not start; its message is above\.$"
    with Sandbox(Limits()) as broken, pytest.raises(SandboxError, match=words):
        broken.start()
    assert "out of order" in capfd.readouterr().err


@pytest.mark.sandbox
def test_a_library_that_cannot_be_loaded_is_the_cells_to_complain_of() -> None:
    with Sandbox(Limits(), imports=["no_such_library"]) as box:
        assert error(run(box, "import no_such_library")) == "ModuleNotFoundError: No module named 'no_such_library'"


@pytest.mark.sandbox
def test_the_processor_time_of_students_is_counted_with_the_graders() -> None:
    def used() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return children.ru_utime + children.ru_stime
    spent = []
    for seconds in (0.0, 1.5):
        before = used()
        with Sandbox(Limits()) as sandbox:
            run(sandbox, f"import time\nwhile time.process_time() < {seconds}: pass")
        spent.append(used() - before)
    assert spent[1] - spent[0] > 0.7
