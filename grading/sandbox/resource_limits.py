"""A submission's limits as the kernel's resource limits, which hold for each process alone."""

import os
import resource
from pathlib import Path

from grading.course.limits import Limits

ADDRESS_ROOM = 8 << 30  # bytes beyond the memory limit: libraries reserve what they never use, page tables grow with it


def apply(limits: Limits, others: int = 0) -> None:
    """Set this process's resource limits, hard and soft. `others` are processes of the same user that count too."""
    for kind, value in (
        (resource.RLIMIT_DATA, limits.memory_bytes),
        (resource.RLIMIT_AS, limits.memory_bytes + ADDRESS_ROOM),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_NPROC, 2 * limits.processes + others),  # so that the watchdog sees who has too many
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, int(limits.total_seconds) + 1),
    ):
        resource.setrlimit(kind, (value, value))


def tasks_of_this_user() -> int:
    """Processes and threads that run on this machine as this user."""
    count = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if folder.stat().st_uid == os.getuid():
                count += (folder / "task").stat().st_nlink - 2
        except OSError:  # it has just ended
            continue
    return count
