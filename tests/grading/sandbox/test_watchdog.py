"""Limits that hold for all processes of a submission together. A cell beyond one loses itself and is named."""

import os
import select
import socket
import subprocess
import sys
import time

import pytest

from grading.course.limits import Limits
from grading.sandbox.client import Sandbox
from grading.sandbox.watchdog import watch
from tests.grading.sandbox.student import error, lost, printed, run, wait_until_nothing_runs

CHILDREN = """
import os, time
for _ in range({count}):
    if os.fork() == 0:
        kept = bytearray(b'x') * ({size} << 20)
        time.sleep(60)
time.sleep({seconds})
"""
BOMB = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"
THREADS = "import threading, time\nthreading.stack_size(1 << 20)\nfor _ in range(40): threading.Thread(target=time.sleep, args=(9,), daemon=True).start()\ntime.sleep(9)"
LEFT = """
import os, threading, time
threading.stack_size(1 << 18)
for _ in range(30):
    {start}
"""
THREAD = "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
PROCESS = "if os.fork() == 0: time.sleep(60); os._exit(0)"
PROCESSES = "more than 24 processes or threads were started"


@pytest.mark.parametrize(("cell", "reason"), [
    (CHILDREN.format(count=6, size=90, seconds=60), "more than 400 MiB of memory was used"),
    (BOMB, PROCESSES), (THREADS, PROCESSES), (CHILDREN.format(count=30, size=0, seconds=60), PROCESSES)])
def test_a_cell_beyond_a_limit_is_named_and_the_rest_is_run(box: Sandbox, cell: str, reason: str) -> None:
    evaluation = run(box, "x = 1", cell, "print(x + 1)")
    assert lost(evaluation, 1) == reason
    assert printed(evaluation, 2) == "2\n"
    wait_until_nothing_runs(box)


@pytest.mark.parametrize("start", [THREAD, PROCESS])
def test_a_cell_is_told_of_what_it_leaves_behind_however_soon_it_ends(box: Sandbox, start: str) -> None:
    evaluation = run(box, "x = 1", LEFT.format(start=start), "x + 1", "x + 2", "import time; time.sleep(0.3)")
    assert [lost(evaluation, cell) for cell in range(5)] == ["", PROCESSES, "", "", ""]
    assert printed(evaluation, 3) == "3\n"


def test_a_cell_that_leaves_no_file_to_open_comes_to_its_end(box: Sandbox) -> None:
    evaluation = run(box, "held = []\ntry:\n    while True: held.append(open('/dev/null'))\nexcept OSError: print(len(held) > 9)", "print('on')")
    assert (printed(evaluation), printed(evaluation, 1)) == ("True\n", "on\n")


def test_processes_within_the_limit_live(box: Sandbox) -> None:
    evaluation = run(box, CHILDREN.format(count=3, size=20, seconds=0.5) + "print('done')")
    assert printed(evaluation) == "done\n"


def test_one_process_gets_a_memory_error_that_it_can_catch(box: Sandbox) -> None:
    evaluation = run(box, "try: x = bytearray(500 << 20)\nexcept MemoryError: print('caught')", "x = bytearray(500 << 20)")
    assert printed(evaluation) == "caught\n"
    assert error(evaluation, 1).startswith("MemoryError")


def test_a_full_scratch_stops_only_its_cell(box: Sandbox) -> None:
    evaluation = run(box, "import time\nfor i in range(5):\n    open(str(i), 'wb').write(bytes(3 << 20))\ntime.sleep(1)", "print('on')")
    assert "No space left" in error(evaluation) or lost(evaluation) == "more than 8 MiB was written to files"
    assert printed(evaluation, 1) == "on\n"


def test_memory_that_belongs_to_no_process_is_not_to_be_had(box: Sandbox) -> None:
    shared = "import mmap; mmap.mmap(-1, 1 << 20)"
    assert error(run(box, shared)).startswith("PermissionError")


def test_page_tables_are_memory_too(box: Sandbox) -> None:
    huge = "import mmap; m = mmap.mmap(-1, 1 << 40, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ)"
    assert error(run(box, huge)).startswith("OSError: [Errno 12]")


@pytest.mark.slow
@pytest.mark.parametrize(("limits", "reason"), [
    (Limits(), ""), (Limits(processes=2), "more than 2 processes or threads were started"),
    (Limits(memory_bytes=1 << 20), "more than 1 MiB of memory was used")])
@pytest.mark.waits
def test_the_watchdog_alone_finds_what_is_planted(limits: Limits, reason: str) -> None:
    code = "import os, time\nfor _ in range(3):\n    if os.fork() == 0: break\ntime.sleep(1.5)"
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        proc, pidfd = os.open("/proc", os.O_RDONLY), os.pidfd_open(process.pid)
        reader, _other = socket.socketpair()
        time.sleep(0.5)
        assert watch(proc, process.pid, pidfd, reader.fileno(), limits, None) == reason
        os.close(proc)
        os.close(pidfd)


def test_a_child_whose_reader_is_gone_is_ended(box: Sandbox) -> None:
    job = box.start()
    job.send({"type": "run", "cells": [0]}, [b"while True: pass"])
    next(job.frames())
    job.status.close()  # as when the process that reads is killed
    job.channel.close()
    assert select.select([job.pidfd], [], [], 60)[0]
    os.close(job.pidfd)
