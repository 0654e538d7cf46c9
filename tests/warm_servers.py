"""Sandbox servers that begin with their libraries: forked from a process that has imported them already.

A test run starts some hundred servers, and each would import for most of a second. From its first byte on such a server
is like any other. Tests of the server itself, and all commands in processes of their own, start theirs as anybody does.

    python -m tests.warm_servers ADDRESS
"""

import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from grading.sandbox.client import IMPORTS

ROOT = Path(__file__).parent.parent


class WarmServer:
    """Stands where the sandbox's client has a `subprocess.Popen`."""

    def __init__(self, command: Sequence[str], *, pass_fds: Sequence[int], env: Mapping[str, str], **_: Any) -> None:
        with socket.socket(socket.AF_UNIX) as asked:
            asked.connect(_libraries()[0])
            socket.send_fds(asked, [json.dumps(dict(env)).encode()], [*pass_fds, 1, 2])
            self.pid = int(asked.recv(100))
            self.pidfd = os.pidfd_open(self.pid)
            asked.sendall(b"+")  # it may begin: should it end at once, its number still means it

    def wait(self, timeout: float | None = None) -> None:
        if not select.select([self.pidfd], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("server", timeout or 0)
        os.close(self.pidfd)

    def terminate(self) -> None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGTERM)


@cache
def _libraries() -> tuple[str, subprocess.Popen[bytes]]:
    """The process that has the libraries, and where it listens; it ends with whoever holds the other end of its standard input."""
    address = f"{tempfile.mkdtemp(prefix='warm-')}/socket"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    process = subprocess.Popen([sys.executable, "-m", "tests.warm_servers", address], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               cwd=ROOT, env=environment)
    assert process.stdout and process.stdout.readline(), "the process that has the libraries did not start"
    return address, process


def main(address: str) -> None:
    """Fork a server for everybody who connects, until standard input ends."""
    for module in (*IMPORTS, "grading.sandbox.server"):
        importlib.import_module(module)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they end
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        print("ready", flush=True)
        while sys.stdin not in select.select([sys.stdin, listener], [], [])[0]:
            asked, _ = listener.accept()
            with asked:
                environment, descriptors, _, _ = socket.recv_fds(asked, 1 << 16, 4)
                if not os.fork():
                    listener.close()
                    _become(asked, json.loads(environment), *descriptors)
            for descriptor in descriptors:
                os.close(descriptor)
    Path(address).unlink()
    Path(address).parent.rmdir()


def _become(asked: socket.socket, environment: dict[str, str], control: int, options: int, out: int, error: int) -> NoReturn:
    from grading.sandbox.server import serve  # here: whoever imports this module to ask for a server needs none itself
    try:
        asked.sendall(str(os.getpid()).encode())
        asked.recv(1)
        asked.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(error, 2)
        os.environ.clear()
        os.environ.update(environment)
        os.chdir("/")
        with os.fdopen(options, "rb") as file:
            given = json.load(file)
        serve(socket.socket(fileno=control), given)
    finally:
        os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
