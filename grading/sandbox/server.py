"""The fork server: imports the libraries once, then forks one isolated child per submission.

It runs as a process of its own with an environment that holds nothing of the grading run. It never reads a job: the
socket of a job goes to the child unread, so no student's work and no hidden input stays in the memory that the next
child inherits.

    python -m grading.sandbox.server CONTROL_FD OPTIONS_JSON
"""

import gc
import importlib
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from grading.sandbox import cells, limits, namespaces
from helpers import wire


def serve(control: socket.socket, options: dict[str, Any]) -> None:
    """Fork a child for every pair of sockets that arrives (job, status), until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the business of whoever started us
    for module in options["imports"]:
        importlib.import_module(module)
    shell = cells.make_shell()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are not waited for
    gc.freeze()
    try:
        control.sendall(b"+")
    except BrokenPipeError:
        return  # nobody waits for us any more
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, 1, 2)
        if not data:
            return
        job, status = descriptors
        if os.fork() == 0:
            control.close()
            _supervise(shell, job, status, options)
        os.close(job)
        os.close(status)


def _supervise(shell: Any, job: int, status: int, options: dict[str, Any]) -> None:
    """Leave the host's namespaces, fork their process 1, hand its pidfd back, and end with it. Never returns."""
    code = 1
    try:
        namespaces.die_with_parent()
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        if options["isolate"]:
            namespaces.unshare()
        child = os.fork()
        if child == 0:
            _init(shell, job, status, options)
        with socket.socket(fileno=status) as channel:
            socket.send_fds(channel, [b"+"], [os.pidfd_open(child)])
        os.close(job)
        os.waitpid(child, 0)
        code = 0
    except OSError as error:
        os.write(status, f"-{error}".encode())
    finally:
        os._exit(code)


def _init(shell: Any, job: int, status: int, options: dict[str, Any]) -> None:
    """Process 1: build the root, fork the student's process, end with it, and so take everything else along."""
    try:
        os.close(status)
        namespaces.die_with_parent()
        if options["isolate"]:
            namespaces.build_root([Path(path) for path in options["visible"]],
                                  [Path(path) for path in options["hidden"]], options["limits"]["scratch_bytes"])
        student = os.fork()
        if student == 0:
            _become_student(job, options)
            cells.run_job(shell, job, limits.Limits(**options["limits"]))
            os._exit(0)
        os.close(job)
        while os.wait()[0] != student:
            pass
    except OSError as error:
        os.write(job, wire.encode_frame({"type": "broken", "message": str(error)}))
    finally:
        os._exit(0)


def _become_student(job: int, options: dict[str, Any]) -> None:
    """Clean environment, no inherited files but the job's socket, no capabilities, limits set, no way back."""
    os.environ.clear()
    os.environ.update(options["environment"])
    null = os.open("/dev/null", os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    low, high = (3, job), (job + 1, 4096)
    os.closerange(*low)
    os.closerange(*high)
    os.umask(0o077)
    for name in [name for name in sys.modules if name == "grading" or name.startswith("grading.")]:
        del sys.modules[name]
    if options["isolate"]:
        os.chdir("/home/student")
        namespaces.drop_privileges()
    limits.apply(limits.Limits(**options["limits"]))


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), json.loads(sys.argv[2]))
