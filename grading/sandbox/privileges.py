"""Who a process is and what it may do: identities, capabilities, life and death."""

import ctypes
import os

from grading.sandbox.libc import check, libc, prctl

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP = 1, 4, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 36, 38
STUDENT_ID = 1000  # inside the namespaces
NOBODY = 65534  # on the host, where the grader is root


def drop_privileges(identity: int) -> None:
    """Become user and group `identity` where this process is root, and give up every capability for good."""
    for capability in range(64):
        if prctl(PR_CAPBSET_DROP, capability) < 0:
            break  # the last one is behind us, or this process has none
    if os.getuid() == 0:
        os.setresgid(identity, identity, identity)
        os.setresuid(identity, identity, identity)
    check(prctl(PR_SET_NO_NEW_PRIVS, 1), "no_new_privs")
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this process
    check(libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")
    prctl(PR_SET_DUMPABLE, 1)  # a change of identity clears it, and with it the use of /proc/self
    die_with_parent()  # cleared likewise


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent ends."""
    prctl(PR_SET_PDEATHSIG, 9)


def adopt_orphans() -> None:
    """Make every descendant that loses its parent a child of this process."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)
