"""The fork server: imports the libraries once, then forks one isolated child per submission.

It runs as a process of its own with an environment that holds nothing of the grading run. It never reads a job: the
socket of a job goes to the child unread, so no student's work and no hidden input stays in the memory that the next
child inherits.

    python -m grading.sandbox.server CONTROL_FD OPTIONS_FD

The second is a file with options as JSON.
"""

import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import traceback
from typing import Any

from grading.sandbox import cells, given_modules, huge_pages, namespaces
from grading.sandbox.supervisor import Supervisor

FORKS_OF_A_CLASS = 16  # whoever asks for so many asks for more: gathering memory takes as long as some forks
FORMS = {b"n": "namespaces", b"l": "landlock", b"c": "container", b"u": "unsafe"}


def serve(control: socket.socket, options: dict[str, Any]) -> None:
    """Fork a supervisor for every byte (a form of isolation) that comes with sockets (job, status), until the end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the business of whoever started us
    gc.disable()  # what is imported stays; children go on with what they themselves make
    given_modules.give(options["modules"])
    for module in options["imports"]:
        try:
            importlib.import_module(module)
        except ImportError:
            pass  # whoever needs it will say so
        except Exception:
            if module not in options["modules"]:
                raise
            traceback.print_exc()  # a mistake in the course's own file; its notebook's first cell stops there, too
    shell = cells.make_shell()
    cells.warm_up(shell)
    # Here, once: a look at each name writes to its page, and a child would copy hundreds.
    for name in [name for name in sys.modules if name.partition(".")[0] == "grading"]:
        del sys.modules[name]  # nothing of this package can be imported inside
    gc.freeze()
    gc.enable()
    try:
        control.sendall(b"+")
    except BrokenPipeError:
        return  # nobody waits for us any more
    waiting: dict[socket.socket, int] = {}  # supervisors that leave the host and need their ids
    forks = 0
    while True:
        for ready in select.select([control, *waiting], [], [])[0]:
            if ready in waiting:
                with ready:
                    namespaces.map_ids(ready, waiting.pop(ready))
                continue
            form, sockets, _, _ = socket.recv_fds(control, 1, 2)
            _reap(os.WNOHANG)
            if not form:
                _reap(0)
                return
            forks += 1
            if forks == FORKS_OF_A_CLASS:
                huge_pages.collapse()
            link, theirs = socket.socketpair()
            process = os.fork()
            if process == 0:
                control.close()
                link.close()
                job, status = sockets
                Supervisor(shell, job, status, FORMS[form], options).supervise(theirs)
            waiting[link] = process
            for descriptor in (theirs.detach(), *sockets):
                os.close(descriptor)


def _reap(options: int) -> None:
    """Wait for children that ended, so that their processor time counts as this process's."""
    try:
        while os.waitpid(-1, options)[0]:
            pass
    except ChildProcessError:
        pass


if __name__ == "__main__":
    with os.fdopen(int(sys.argv[2]), "rb") as file:
        given = json.load(file)
    serve(socket.socket(fileno=int(sys.argv[1])), given)
    os._exit(0)  # nothing is left to tidy up, and the shell's own tidying wants a terminal's
