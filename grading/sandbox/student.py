"""The last steps of the process that runs a student's code: everything is given up that it does not need."""

import os
import platform
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from grading.course.limits import Limits
from grading.sandbox import landlock, seccomp
from grading.sandbox.libc import IsolationUnavailable
from grading.sandbox.mounts import DEVICES, HOME, SCRATCH
from grading.sandbox.privileges import NOBODY, STUDENT_ID, drop_privileges
from grading.sandbox.resource_limits import apply, tasks_of_this_user

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MPLBACKEND": "agg", "OMP_NUM_THREADS": "1",
               "OPENBLAS_NUM_THREADS": "1"}
WRITABLE = Path("/dev/null"), Path("/dev/full")


def forget(keep: Sequence[int], home: Path) -> None:
    """Clean environment, silent standard streams, no inherited files but `keep`."""
    os.environ.clear()
    os.environ.update(ENVIRONMENT, HOME=str(home), MPLCONFIGDIR=str(home), TMPDIR=str(home))
    tempfile.tempdir = None  # what the server found for itself
    null = os.open("/dev/null", os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    for low, high in pairwise([2, *sorted(keep), 4096]):
        os.closerange(low + 1, high)
    os.umask(0o077)


def confine_in_namespaces(visible: Sequence[Path], limits: Limits) -> list[str]:
    """Behind the mounts: second walls, of which the kernel may lack some. Returns those it has."""
    _become(STUDENT_ID, visible)
    os.chdir(HOME)
    apply(limits)
    layers = ["namespaces"]
    if version := landlock.abi():
        scratch = {path: landlock.ALL & ~landlock.SPECIAL for path in SCRATCH}
        seen = {path: landlock.READ for path in (*visible, Path("/proc"))}
        landlock.restrict(seen | scratch | _devices())
        layers.append(f"Landlock (ABI {version})")
    if seccomp.available():
        seccomp.install(seccomp.program(platform.machine()))
        layers.append("seccomp")
    return layers


def confine_on_host(visible: Sequence[Path], hidden: Sequence[Path], scratch: Path, limits: Limits) -> list[str]:
    """Without namespaces: all walls there are, and all must be there. Raises IsolationUnavailable."""
    _become(NOBODY, visible)
    os.chdir(scratch)
    apply(limits, others=tasks_of_this_user())
    if not seccomp.available():
        raise IsolationUnavailable(0, f"there is no system call filter for {platform.machine()}")
    landlock.require()
    own = {scratch: landlock.ALL & ~landlock.SPECIAL, Path(f"/proc/{os.getpid()}"): landlock.READ}
    landlock.restrict(landlock.without(visible, hidden) | own | _devices())
    seccomp.install(seccomp.program(platform.machine(), own_pid=os.getpid()))
    return [f"Landlock (ABI {landlock.abi()})", "seccomp"]


def confine_in_container(visible: Sequence[Path], hidden: Sequence[Path], scratch: Path, limits: Limits) -> list[str]:
    """In a container that holds one student's work and allows neither namespaces nor mounts: a user of one's own.

    What is hidden must be closed to that user. Landlock is used where the kernel has it. Raises IsolationUnavailable.
    """
    if os.geteuid() != 0:
        raise IsolationUnavailable(0, "only root can give student code a user of its own")
    if not seccomp.available():
        raise IsolationUnavailable(0, f"there is no system call filter for {platform.machine()}")
    _become(NOBODY, visible)
    for path in hidden:
        if os.access(path, os.R_OK):
            raise OSError(f"Student code could read {path}: chmod -R go-rwx {path}")
    os.chdir(scratch)
    apply(limits, others=tasks_of_this_user())
    layers = ["own user"]
    if landlock.abi() >= landlock.WITH_TRUNCATE:
        own = {scratch: landlock.ALL & ~landlock.SPECIAL, Path(f"/proc/{os.getpid()}"): landlock.READ}
        landlock.restrict(landlock.without(visible, hidden) | own | _devices())
        layers.append(f"Landlock (ABI {landlock.abi()})")
    seccomp.install(seccomp.program(platform.machine(), own_pid=os.getpid()))
    return [*layers, "seccomp"]


def _devices() -> dict[Path, int]:
    return {path: landlock.READ_FILE | (landlock.WRITE_FILE if path in WRITABLE else 0) for path in DEVICES}


def _become(identity: int, visible: Sequence[Path]) -> None:
    """Drop privileges, and make sure that what is visible can be read without them."""
    needed = {path: os.R_OK | (os.X_OK if path.is_dir() else 0) for path in visible if path.exists()}
    drop_privileges(identity)
    for path, access in needed.items():
        if not os.access(path, access):
            raise OSError(f"Student code runs as a user of its own, who may not read {path}: chmod -R o+rX {path} "
                          "(and o+x for the folders above it)")
