"""Own user, mount, pid, network, ipc and uts namespaces: the first wall around a submission.

Sources: unshare(2), user_namespaces(7). All of it works for an ordinary user. The ids of the new user namespace are
written from outside, because only there may root name two of them.
"""

import os
import socket
from contextlib import suppress
from pathlib import Path

from grading.sandbox.libc import IsolationUnavailable, check, libc
from grading.sandbox.privileges import NOBODY, STUDENT_ID, die_with_parent

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000


def leave_host(link: socket.socket) -> None:
    """Leave every namespace of the host; the next fork is process 1 of its own. Raises IsolationUnavailable.

    At the other end of `link`, in the host's namespaces, `map_ids` must be called.
    """
    check(libc.unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS),
          "unshare")
    link.sendall(b"?")
    answer = link.recv(1000).decode()
    if answer != "+":
        raise IsolationUnavailable(0, answer or "the sandbox's server ended")
    die_with_parent()
    socket.sethostname("sandbox")


def map_ids(link: socket.socket, process: int) -> None:
    """Give `process`, which called `leave_host`, its user and group ids inside.

    Root gets two: 0 for the process that mounts, and STUDENT_ID, which is nobody on the host. A student's process that
    was root on the host could write the host's /proc/sys without any capability: the kernel asks for the id alone.
    """
    if not link.recv(1):
        return  # it could not leave the host, and says so itself
    folder = Path(f"/proc/{process}")
    try:
        (folder / "setgroups").write_text("deny")
        for name, own in (("uid_map", os.geteuid()), ("gid_map", os.getegid())):
            ids = f"{STUDENT_ID} {own} 1" if os.geteuid() else f"0 {own} 1\n{STUDENT_ID} {NOBODY} 1"
            (folder / name).write_text(ids)
        answer = "+"
    except OSError as error:
        answer = f"user namespace map: {error.strerror}"
    with suppress(BrokenPipeError):
        link.sendall(answer.encode())
