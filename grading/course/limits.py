"""What one submission may use."""

from dataclasses import asdict, dataclass
from typing import Any


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
