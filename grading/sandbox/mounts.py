"""A root folder that holds what a student may see and nothing else.

Sources: mount(2), pivot_root(2), proc(5); what is hidden in /proc follows the OCI runtime specification's defaults.
"""

import ctypes
import os
from collections.abc import Sequence
from pathlib import Path

from grading.sandbox.libc import IsolationUnavailable, check, libc
from grading.sandbox.privileges import STUDENT_ID

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 4096, 16384, 1 << 18
MS_NOATIME, MS_NODIRATIME, MNT_DETACH = 1024, 2048, 2
SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
HOME = Path("/home/student")
SCRATCH = (HOME, Path("/tmp"), Path("/dev/shm"))
# Not /dev/zero: mapped and shared, its pages belong to no process and no limit.
DEVICES = (Path("/dev/null"), Path("/dev/full"), Path("/dev/random"), Path("/dev/urandom"))
MASKED = ("acpi", "asound", "interrupts", "kcore", "key-users", "keys", "latency_stats", "sched_debug", "scsi",
          "timer_list", "timer_stats")


def build_root(visible: Sequence[Path], hidden: Sequence[Path], scratch_bytes: int) -> None:
    """Enter a root that holds `visible` read-only, a private scratch, a few devices, and nothing else.

    `hidden` paths are covered where they lie inside something visible. To be called by process 1 of the namespace.
    """
    os.umask(0o022)  # folders on the way to what is visible must be open to the student
    shown = [path for path in visible if path.exists()]  # asked before /tmp, where a course may lie, is mounted over
    root = Path("/tmp")  # any existing folder: what is mounted on it is seen in this namespace only
    _mount("none", Path("/"), "", MS_REC | MS_PRIVATE)
    _mount("tmpfs", root, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,nr_inodes=4096,mode=755")
    for folder in (".old", "proc", "dev", *(str(path.relative_to("/")) for path in SCRATCH)):
        (root / folder).mkdir(parents=True, exist_ok=True)
    os.chdir(root)
    check(libc.syscall(SYS_PIVOT_ROOT[os.uname().machine], b".", b".old"), "pivot_root")
    os.chdir("/")
    for scratch in SCRATCH:  # first, because what is visible may lie below them
        _mount("tmpfs", scratch, "tmpfs", MS_NOSUID | MS_NODEV,
               f"size={scratch_bytes},nr_inodes=4096,mode=700,uid={STUDENT_ID},gid={STUDENT_ID}")
    for path in shown:
        _bind(path, Path("/.old") / path.relative_to("/"))
    for device in DEVICES:
        _bind(device, Path("/.old") / device.relative_to("/"))
    for point in _mount_points():
        _protect(point)
    _mount_proc(Path("/proc"))
    for path in hidden:
        _cover(path)
    check(libc.umount2(b"/.old", MNT_DETACH), "umount")
    Path("/.old").rmdir()
    _mount("none", Path("/"), "", MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV)
    if lost := [path for path in shown if not path.exists()]:
        raise OSError(f"{lost[0]} cannot be seen inside the sandbox")


def _mount(source: str, target: Path, kind: str, flags: int, data: str = "") -> None:
    check(libc.mount(source.encode(), str(target).encode(), kind.encode(), ctypes.c_ulong(flags), data.encode()),
          f"mount {target}")


def _mount_proc(proc: Path) -> None:
    """Processes of this namespace. Read-only as a whole, so that no switch of the host's kernel can be set there."""
    try:
        _mount("proc", proc, "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY)
    except IsolationUnavailable:
        return  # in some containers the host's /proc is partly masked and a new one is refused: then there is none
    for name in MASKED:
        _cover(proc / name)


def _bind(path: Path, source: Path) -> None:
    if path.is_symlink() or path.exists():
        return  # already there, inside a folder bound before
    if source.is_symlink():
        path.symlink_to(source.readlink())
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        path.mkdir()
    else:
        path.touch()
    _mount(str(source), path, "", MS_BIND | MS_REC)


def _mount_points() -> list[Path]:
    """All that was bound, and whatever is mounted below it."""
    lines = Path("/.old/proc/self/mountinfo").read_text().splitlines()
    points = [Path(line.split()[4].encode().decode("unicode_escape")) for line in lines]
    return [point for point in points if point not in (Path("/"), *SCRATCH) and not point.is_relative_to("/.old")]


def _protect(point: Path) -> None:
    """Let nothing be written, unless it is a device."""
    flags = MS_NOSUID | MS_NOEXEC if point in DEVICES else MS_NOSUID | MS_NODEV | MS_RDONLY
    # Locked flags of the host's mount (noatime and the like) must be kept, or the kernel refuses to remount.
    kept = os.statvfs(point).f_flag & (MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_NOATIME | MS_NODIRATIME)
    _mount("none", point, "", MS_REMOUNT | MS_BIND | flags | kept)


def _cover(path: Path) -> None:
    if path.is_dir():
        _mount("tmpfs", path, "tmpfs", MS_RDONLY, "size=4k,mode=755")
    elif path.exists():
        _mount("/dev/null", path, "", MS_BIND)
