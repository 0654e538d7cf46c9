"""What one submission may use."""

import os
import resource
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ADDRESS_ROOM = 8 << 30  # bytes beyond the memory limit: libraries reserve what they never use, page tables grow with it


@dataclass(frozen=True)
class Limits:
    """Seconds are wall-clock. Everything counts for a submission as a whole, but `file_bytes` and `open_files`.

    Memory, processes and threads are added up over all its processes every 50 ms (`watchdog`); the kernel sees to it
    that no process alone has more memory, and that there are never more than twice as many processes.
    """

    cell_seconds: float = 20.0
    total_seconds: float = 120.0
    memory_bytes: int = 2 << 30
    scratch_bytes: int = 64 << 20  # of /tmp, of the home folder and of /dev/shm each
    file_bytes: int = 32 << 20
    open_files: int = 128  # of one process
    processes: int = 64  # and threads
    output_bytes: int = 64 << 10  # printed text of one cell; the rest is cut
    figure_bytes: int = 4 << 20  # all figures of one cell; what does not fit is left out
    shipped_bytes: int = 64 << 20  # everything a submission sends back

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, for the wire."""
        return asdict(self)


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
