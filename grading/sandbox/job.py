"""One submission in the sandbox, seen from the trusted end: frames under a clock, and the end of it all."""

import os
import select
import signal
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any

from grading.course.limits import Limits
from helpers import wire

Frame = tuple[dict[str, Any], list[bytes]]
GRACE = 0.1  # seconds


class Overrun(Exception):
    """A submission used more time or sent more bytes than it may; the text says which limit it was."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class Job:
    """One child: send it inputs and cells, then read its frames. `status` is the supervisor's word on it."""

    def __init__(self, channel: socket.socket, status: socket.socket, pidfd: int, limits: Limits) -> None:
        self.channel, self.status, self.pidfd, self.limits = channel, status, pidfd, limits
        self.deadline = self.cell_deadline = time.monotonic() + limits.total_seconds
        self.received, self.buffer = 0, bytearray()
        self.finished = False

    def __enter__(self) -> "Job":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if self.finished:  # only of what ends by itself does the kernel count the processor time
            select.select([self.pidfd], [], [], GRACE)
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
        os.close(self.pidfd)
        self.channel.close()
        self.status.close()

    def send(self, header: Mapping[str, Any], blobs: Sequence[bytes]) -> None:
        """Write one frame to the child; one that has ended is found out by `frames`. Raises Overrun past a limit."""
        self.channel.settimeout(max(self._left(), 0.001))
        try:
            self.channel.sendall(wire.encode_frame(header, blobs))
        except TimeoutError:
            raise self._overrun() from None
        except (BrokenPipeError, ConnectionResetError):
            pass

    def start_cell_clock(self) -> None:
        """A new cell has started: it gets its own time."""
        self.cell_deadline = min(self.deadline, time.monotonic() + self.limits.cell_seconds)

    def frames(self) -> Iterator[Frame]:
        """Frames until the child ends. Raises Overrun past a limit and WireError for anything that is not a frame."""
        while (frame := wire.decode_frame(self._read)) is not None:
            self.finished = frame[0].get("type") == "done"
            yield frame

    def exceeded(self) -> str:
        """The limit for which the child was killed from inside its walls, in words; "" when it was not."""
        ready = select.select([self.status], [], [], 0)[0]  # it is said before the kill
        return self.status.recv(1000).decode() if ready else ""

    def _left(self) -> float:
        """Seconds until a limit."""
        return min(self.deadline, self.cell_deadline) - time.monotonic()

    def _overrun(self) -> Overrun:
        whole = self.deadline <= self.cell_deadline
        seconds, what = ((self.limits.total_seconds, "the notebook") if whole else (self.limits.cell_seconds, "a cell"))
        return Overrun("timeout", f"the time limit of {seconds:g} s for {what} was reached")

    def _read(self, size: int) -> bytes:
        self.received += size
        if self.received > self.limits.shipped_bytes:
            raise Overrun("error", f"more than {self.limits.shipped_bytes >> 20} MiB of output was produced")
        while len(self.buffer) < size:
            left = self._left()
            if left <= 0 or not select.select([self.channel], [], [], left)[0]:
                raise self._overrun()
            try:
                part = self.channel.recv(1 << 16)
            except ConnectionResetError:
                part = b""
            if not part:
                break
            self.buffer += part
        data = bytes(self.buffer[:size])
        del self.buffer[:size]
        return data
