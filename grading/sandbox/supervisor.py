"""One submission's processes: a supervisor in the host's pid namespace, process 1 of the new one, the student's."""

import os
import shutil
import signal
import socket
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from grading.course.limits import Limits
from grading.sandbox import cells, family, mounts, namespaces, student, watchdog
from grading.sandbox.libc import IsolationUnavailable
from grading.sandbox.privileges import NOBODY, adopt_orphans, die_with_parent
from grading.sandbox.resource_limits import apply


class Supervisor:
    """What the processes of one submission share: its sockets, its limits, the form of its isolation.

    `form` is "namespaces", "landlock", "container" or "unsafe".
    """

    def __init__(self, shell: Any, job: int, status: int, form: str, options: dict[str, Any]) -> None:
        self.shell, self.job, self.form = shell, job, form
        self.report = socket.socket(fileno=status)
        self.limits = Limits(**options["limits"])
        self.visible, self.hidden = ([Path(path) for path in options[name]] for name in ("visible", "hidden"))
        self.scratch: Path | None = None

    def supervise(self, link: socket.socket) -> NoReturn:
        """Start the student's process behind its walls, watch it, end with it and leave nothing.

        The report's first byte is "+", with a pidfd and the names of the walls, or "-" when this form of isolation is
        not to be had here, or "!" for another failure; a reason follows. A limit that was exceeded is reported last.
        """
        proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
        try:
            if self.form == "namespaces":
                die_with_parent()  # and process 1 with this one, and all others with that
            os.setsid()
            if os.geteuid() == 0:
                os.setgroups([])
            if self.form == "namespaces":
                namespaces.leave_host(link)
            link.close()
            if self.form in ("landlock", "container"):
                self._make_scratch()
            adopt_orphans()
            child, answer = self._start()
            if answer.startswith(b"+"):
                self._watch(proc, child, answer)
            else:
                self.report.sendall(answer)
        except OSError as error:
            self.report.sendall(_words(error))
        finally:
            family.end(proc)
            if self.scratch:
                shutil.rmtree(self.scratch, ignore_errors=True)
            os._exit(0)

    def _watch(self, proc: int, child: int, layers: bytes) -> None:
        layers += b", watchdog" if family.visible(proc) else b""
        pidfd = os.pidfd_open(child)
        socket.send_fds(self.report, [layers], [pidfd])
        root = child if self.form == "namespaces" else os.getpid()
        self.report.sendall(watchdog.watch(proc, root, pidfd, self.report.fileno(), self.limits, self.scratch).encode())
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(pidfd, signal.SIGKILL)

    def _make_scratch(self) -> None:
        self.scratch = Path(tempfile.mkdtemp(prefix="course-"))
        if os.geteuid() == 0:
            os.chown(self.scratch, NOBODY, NOBODY)

    def _start(self) -> tuple[int, bytes]:
        """Fork the first process inside; its id, and what the student's process says when it is ready to begin."""
        ready, told = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(ready)
            self._begin(told)
        os.close(self.job)
        os.close(told)
        answer = b"".join(iter(lambda: os.read(ready, 4096), b""))
        return child, answer or b"!the first process inside ended"

    def _begin(self, told: int) -> NoReturn:
        """In namespaces: build the root, fork the student's process, end with it and so take all others along."""
        try:
            die_with_parent()
            if self.form != "namespaces":
                self._run_student(told)
            mounts.build_root(self.visible, self.hidden, self.limits.scratch_bytes)
            process = os.fork()
            if process == 0:
                self._run_student(told)
            self.report.close()
            os.close(self.job)
            os.close(told)
            while os.wait()[0] != process:
                pass
        except OSError as error:
            os.write(told, _words(error))
        finally:
            os._exit(0)

    def _run_student(self, told: int) -> NoReturn:
        try:
            os.setsid()  # a session of its own: signals to its group, and by most schedulers its share of the cores
            student.forget([self.job, told], self.scratch or mounts.HOME)
            if self.form == "namespaces":
                layers = student.confine_in_namespaces(self.visible, self.limits)
            elif self.scratch and self.form == "container":
                layers = student.confine_in_container(self.visible, self.hidden, self.scratch, self.limits)
            elif self.scratch:
                layers = student.confine_on_host(self.visible, self.hidden, self.scratch, self.limits)
            else:
                layers = []
                apply(self.limits)
            os.write(told, f"+{', '.join(layers)}".encode())
            os.close(told)
        except OSError as error:
            os.write(told, _words(error))
            os._exit(1)
        try:
            cells.run_job(self.shell, self.job, self.limits)
        finally:
            os._exit(0)


def _words(error: OSError) -> bytes:
    kind = "-" if isinstance(error, IsolationUnavailable) else "!"
    return f"{kind}{error.strerror or error}".encode()
