"""What one submission may use."""

import resource
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Limits:
    """Seconds are wall-clock; bytes and counts hold for each process of a submission."""

    cell_seconds: float = 20.0
    total_seconds: float = 120.0
    memory_bytes: int = 2 << 30
    scratch_bytes: int = 64 << 20
    file_bytes: int = 32 << 20
    open_files: int = 128
    processes: int = 64
    output_bytes: int = 64 << 10  # printed text of one cell; the rest is cut
    figure_bytes: int = 4 << 20  # all figures of one cell; what does not fit is left out
    shipped_bytes: int = 64 << 20  # everything a submission sends back

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, for the wire."""
        return asdict(self)


def apply(limits: Limits) -> None:
    """Set this process's resource limits, hard and soft."""
    for kind, value in (
        (resource.RLIMIT_DATA, limits.memory_bytes),  # not RLIMIT_AS: libraries reserve address space they never use
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, int(limits.total_seconds) + 1),
    ):
        resource.setrlimit(kind, (value, value))
