"""The trusted end: start the fork server, hand it jobs, read frames under a clock, kill what runs too long."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import grading
import helpers
from grading.errors import SandboxError
from grading.sandbox.limits import Limits
from grading.sandbox.namespaces import SYSTEM_FOLDERS
from helpers import wire

Frame = tuple[dict[str, Any], list[bytes]]
IMPORTS = ("numpy", "matplotlib.pyplot", "matplotlib.backends.backend_agg", "IPython.core.displayhook",
           "IPython.core.displaypub", "helpers.checks.checker", "helpers.plotting", "helpers.gradcheck",
           "helpers.datasets")
STUDENT_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/home/student", "LANG": "C.UTF-8", "MPLBACKEND": "agg",
                       "MPLCONFIGDIR": "/home/student", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
SERVER_ENVIRONMENT = ("HOME", "LANG", "XDG_CACHE_HOME", "MPLCONFIGDIR")


class Overrun(Exception):
    """A submission used more time or sent more bytes than it may; the text says which limit it was."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class Sandbox:
    """A running fork server. Use as a context manager; `isolate=False` runs student code without any isolation.

    `imports` are libraries to load beside the usual ones before the first fork.
    """

    def __init__(self, limits: Limits, hidden: Sequence[Path] = (), isolate: bool = True, imports: Sequence[str] = ()
                 ) -> None:
        self.limits, self.isolate = limits, isolate
        package = Path(helpers.__file__ or "").parent
        visible = [*SYSTEM_FOLDERS, sys.base_prefix, sys.prefix, str(package)]
        # Where this package is installed among the libraries, or a course lies below a visible folder, cover it.
        covered = [Path(grading.__file__ or "").parent, *hidden]
        options = {"imports": [*IMPORTS, *imports], "isolate": isolate, "visible": visible,
                   "hidden": list(map(str, covered)), "limits": limits.to_dict(), "environment": STUDENT_ENVIRONMENT}
        self.control, theirs = socket.socketpair()
        environment = {key: os.environ[key] for key in SERVER_ENVIRONMENT if key in os.environ}
        environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1",
                        "PYTHONPATH": str(package.parent), "PATH": "/usr/bin:/bin"}
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "grading.sandbox.server", str(theirs.fileno()), json.dumps(options)],
                pass_fds=[theirs.fileno()], env=environment, stdin=subprocess.DEVNULL, cwd="/")
        self.ready = False

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.control.close()
        self.process.terminate()
        self.process.wait()

    def start(self) -> "Job":
        """Fork a child. Raises SandboxError when the server or its isolation does not start."""
        if not self.ready:
            if self.control.recv(1) != b"+":
                raise SandboxError("The sandbox's server did not start; its message is above.")
            self.ready = True
        ours, job = socket.socketpair()
        listen, status = socket.socketpair()
        with job, status, listen:
            socket.send_fds(self.control, [b"j"], [job.fileno(), status.fileno()])
            status.close()
            answer, descriptors, _, _ = socket.recv_fds(listen, 1000, 1)
        if not descriptors:
            ours.close()
            raise SandboxError(f"No isolation on this machine ({answer[1:].decode(errors='replace')}). "
                               "`course doctor` explains; `--unsafe` runs student code without any isolation.")
        return Job(ours, descriptors[0], self.limits)


class Job:
    """One child: send it inputs and cells, then read its frames."""

    def __init__(self, channel: socket.socket, pidfd: int, limits: Limits) -> None:
        self.channel, self.pidfd, self.limits = channel, pidfd, limits
        self.deadline = self.cell_deadline = time.monotonic() + limits.total_seconds
        self.received = 0

    def __enter__(self) -> "Job":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
        os.close(self.pidfd)
        self.channel.close()

    def send(self, header: Mapping[str, Any], blobs: Sequence[bytes]) -> None:
        """Write one frame to the child; a child that no longer listens is found out by `frames`."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self.channel.sendall(wire.encode_frame(header, blobs))

    def start_cell_clock(self) -> None:
        """A new cell has started: it gets its own time."""
        self.cell_deadline = min(self.deadline, time.monotonic() + self.limits.cell_seconds)

    def frames(self) -> Iterator[Frame]:
        """Frames until the child ends. Raises Overrun past a limit and WireError for anything that is not a frame."""
        while (frame := wire.decode_frame(self._read)) is not None:
            yield frame

    def _read(self, size: int) -> bytes:
        self.received += size
        if self.received > self.limits.shipped_bytes:
            raise Overrun("error", f"more than {self.limits.shipped_bytes >> 20} MiB of output was produced")
        parts = []
        while size:
            left = min(self.deadline, self.cell_deadline) - time.monotonic()
            if left <= 0 or not select.select([self.channel], [], [], left)[0]:
                whole = self.deadline <= self.cell_deadline
                seconds = self.limits.total_seconds if whole else self.limits.cell_seconds
                raise Overrun("timeout", f"the time limit of {seconds:g} s for {'the notebook' if whole else 'a cell'} "
                                         "was reached")
            try:
                part = self.channel.recv(min(size, 1 << 20))
            except ConnectionResetError:
                part = b""
            if not part:
                break
            parts.append(part)
            size -= len(part)
        return b"".join(parts)
