"""Limits that hold for all processes of a submission together: looked at from outside, every 50 ms.

`proc` is a descriptor of the host's /proc, opened before the watcher lost sight of it.
"""

import os
import select
import time
from pathlib import Path

from grading.course.limits import Limits
from grading.sandbox import family

PERIOD = 0.05  # seconds


def watch(proc: int, root: int, pidfd: int, reader: int, limits: Limits, scratch: Path | None) -> str:
    """Wait until the process behind `pidfd` ends, or the server, or whoever waits for us at the other end of the socket
    `reader`: "". Or the limit, in words, that is exceeded.

    Processes are the descendants of `root`. `scratch` is a folder whose size is watched, where no mount limits it.
    """
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    poll.register(reader, 0)  # a hang-up is told in any case
    pause, server = PERIOD, os.getppid()
    while not poll.poll(pause * 1000) and os.getppid() == server:
        started = time.monotonic()
        if reason := _excess(proc, root, limits):
            return reason
        if scratch and _folder_bytes(scratch, limits.scratch_bytes) > limits.scratch_bytes:
            return f"more than {_size(limits.scratch_bytes)} was written to files"
        pause = max(PERIOD, time.monotonic() - started)  # half of a core at most
    return ""


def _excess(proc: int, root: int, limits: Limits) -> str:
    processes, tasks = family.descendants(proc, root, limits.processes)
    left = limits.memory_bytes
    precise = sum(family.resident(proc, process) for process in processes) > left
    while tasks <= limits.processes and precise and processes and left >= 0:
        left -= family.share(proc, processes.pop())
        tasks = family.descendants(proc, root, limits.processes)[1]  # reading a share waits for a process that forks
    if tasks > limits.processes:
        return f"more than {limits.processes} processes or threads were started"
    return f"more than {_size(limits.memory_bytes)} of memory was used" if left < 0 else ""


def _folder_bytes(folder: Path, enough: int) -> int:
    """Bytes on disk below a folder that is being written, without following links."""
    total = 0
    for _, folders, files, descriptor in os.fwalk(folder, onerror=None):
        for name in (*folders, *files):
            try:
                total += os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_blocks * 512
            except OSError:
                continue
        if total > enough:
            break
    return total


def _size(count: int) -> str:
    return f"{count / (1 << 30):g} GiB" if count % (1 << 30) == 0 else f"{count >> 20} MiB"
