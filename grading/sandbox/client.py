"""The trusted end: start the fork server, ask it for children, start it again when it was killed."""

import json
import os
import select
import socket
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL, Popen, TimeoutExpired
from types import TracebackType
from typing import Literal

import grading
import helpers
from grading.course.limits import Limits
from grading.errors import SandboxError
from grading.sandbox.job import Job

Isolation = Literal["namespaces", "landlock", "container"]

IMPORTS = ("numpy", "numpy.random", "matplotlib.pyplot", "matplotlib.backends.backend_agg", "IPython.core.displayhook",
           "IPython.core.displaypub", "IPython.core.logger", "bdb", "helpers.checks.checker", "helpers.plotting",
           "helpers.gradcheck", "helpers.datasets")
IMPORTED_ON_USE = {"torch": "torch._dynamo"}  # what a library imports only when the first of its parts is called
SYSTEM_FOLDERS = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64",
                  "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts")
SERVER_ENVIRONMENT = ("HOME", "LANG", "XDG_CACHE_HOME", "MPLCONFIGDIR")


class _ServerEnded(Exception):
    """Nobody is at the other end."""


class Sandbox:
    """A running fork server. Use as a context manager.

    `hidden` paths cannot be read inside even where they lie below what is visible. `imports` are libraries to load
    beside the usual ones before the first fork, `modules` the text of modules of the course's own, by name.
    `isolation` is the best there is on this machine unless it is named; "container" is never chosen by itself;
    `isolate=False` runs student code without any. After the first start, `layers` names the walls that are there.
    The server starts with the first child, or before with `launch`.
    """

    def __init__(self, limits: Limits, hidden: Sequence[Path] = (), isolate: bool = True, imports: Sequence[str] = (),
                 modules: Mapping[str, str] | None = None, isolation: Isolation | None = None) -> None:
        self.limits = limits
        package = Path(helpers.__file__ or "").parent
        visible = [*SYSTEM_FOLDERS, sys.base_prefix, sys.prefix, str(package)]
        # Where this package is installed among the libraries, or a course lies below a visible folder, cover it.
        own = Path(grading.__file__ or "").parent
        covered = [own, *hidden]
        libraries = {name.partition(".")[0] for name in imports}
        late = [module for library, module in IMPORTED_ON_USE.items() if library in libraries]
        self.options = {"imports": [*IMPORTS, *imports, *late], "modules": dict(modules or {}), "visible": visible,
                        "limits": limits.to_dict(),
                        "hidden": sorted({str(place) for path in covered for place in (path, path.resolve())})}
        self.environment = {key: os.environ[key] for key in SERVER_ENVIRONMENT if key in os.environ}
        self.environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1",
                             "PYTHONPATH": os.pathsep.join(dict.fromkeys([str(package.parent), str(own.parent)])),
                             "PATH": "/usr/bin:/bin"}
        self.forms: list[str] = ["unsafe"] if not isolate else [isolation] if isolation else ["namespaces", "landlock"]
        self.layers = ""
        self.failures = 0  # servers in a row that ended before they had forked anything
        self.process: Popen[bytes] | None = None
        self.ready = False

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._end()

    def start(self) -> Job:
        """Fork a child. Raises SandboxError when the server or its isolation does not start."""
        missing: list[str] = []
        while True:
            try:
                answer, job = self._ask(self.forms[0])
            except _ServerEnded:
                self._end()
                self.failures += 1
                if self.failures == 2:
                    raise SandboxError("The sandbox's server did not start; its message is above.") from None
                continue
            if job:
                if missing:
                    print(f"Warning: {missing[0]}. Student code is kept in by Landlock, a filter on system calls and "
                          "limits alone, which is weaker; `course doctor` says what to do.", file=sys.stderr)
                self.layers, self.failures = answer, 0
                return job
            if answer.startswith("!"):
                raise SandboxError(f"The sandbox could not be built: {answer[1:]}")
            missing.append(f"no {self.forms[0]} on this machine ({answer[1:]})")
            if self.layers or len(self.forms) == 1:
                raise SandboxError(f"No isolation: {'; '.join(missing)}. `course doctor` explains; `--unsafe` runs "
                                   "student code without any isolation.")
            self.forms.pop(0)

    def server_ended(self) -> bool:
        """Whether the server is gone, and with it every child that ran."""
        try:
            return bool(select.select([self.control], [], [], 0)[0]) and not self.control.recv(1, socket.MSG_PEEK)
        except ConnectionResetError:
            return True

    def launch(self) -> None:
        """Start the server, which then gets ready while others go on. Once it runs, this does nothing."""
        if self.process:
            return
        self.control, theirs = socket.socketpair()
        with theirs, tempfile.TemporaryFile() as options:  # no argument: those have an end at 128 KiB
            options.write(json.dumps(self.options).encode())
            options.seek(0)
            descriptors = theirs.fileno(), options.fileno()
            command = [sys.executable, "-m", "grading.sandbox.server", *map(str, descriptors)]
            self.process = Popen(command, pass_fds=descriptors, env=self.environment, stdin=DEVNULL, cwd="/")
        self.ready = False

    def _ask(self, form: str) -> tuple[str, Job | None]:
        self.launch()
        ours, job = socket.socketpair()
        listen, status = socket.socketpair()
        descriptors: list[int] = []
        try:
            with job, status:
                if not self.ready and self.control.recv(1) != b"+":
                    raise _ServerEnded
                self.ready = True
                socket.send_fds(self.control, [form[0].encode()], [job.fileno(), status.fileno()])
            answer, descriptors, _, _ = socket.recv_fds(listen, 4096, 1)
            if not answer:
                raise _ServerEnded
        except (BrokenPipeError, ConnectionResetError):
            raise _ServerEnded from None
        finally:
            if not descriptors:
                ours.close()
                listen.close()
        words = answer.decode(errors="replace")
        return (words[1:], Job(ours, listen, descriptors[0], self.limits)) if descriptors else (words, None)

    def _end(self) -> None:
        if not self.process:
            return
        with suppress(OSError):
            self.control.shutdown(socket.SHUT_RDWR)  # also for processes that share this end
        self.control.close()
        try:
            self.process.wait(2.0)  # seconds; it waits for its children, whose processor time then counts as ours
        except TimeoutExpired:
            self.process.terminate()
            self.process.wait()
        self.process = None
