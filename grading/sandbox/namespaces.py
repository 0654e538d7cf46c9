"""A process that sees nothing of the host: own user, mount, pid, network, ipc and uts namespaces, by ctypes.

Sources: unshare(2), user_namespaces(7), pivot_root(2), capabilities(7). All of it works for an ordinary user.
"""

import ctypes
import os
from pathlib import Path

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 4096, 16384, 1 << 18
MNT_DETACH = 2
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP = 1, 38, 24
SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
STUDENT_ID = 1000
SYSTEM_FOLDERS = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64",
                  "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts")
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")

_libc = ctypes.CDLL(None, use_errno=True)


class IsolationUnavailable(OSError):
    """The kernel or its configuration does not let this user make namespaces."""


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise IsolationUnavailable(number, f"{what}: {os.strerror(number)}")


def unshare() -> None:
    """Leave every namespace of the host; the next fork is process 1 of its own. Raises IsolationUnavailable."""
    user, group = os.geteuid(), os.getegid()
    _check(_libc.unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS),
           "unshare")
    try:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{STUDENT_ID} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{STUDENT_ID} {group} 1")
    except OSError as error:
        raise IsolationUnavailable(error.errno, f"user namespace map: {error.strerror}") from None


def _mount(source: str, target: Path, kind: str, flags: int, data: str = "") -> None:
    _check(_libc.mount(source.encode(), str(target).encode(), kind.encode(), ctypes.c_ulong(flags), data.encode()),
           f"mount {target}")


def build_root(visible: list[Path], hidden: list[Path], scratch_bytes: int) -> None:
    """Enter a root that holds `visible` read-only, a private scratch, a few devices, and nothing else.

    `hidden` paths are covered where they lie inside something visible. To be called by process 1 of the namespace.
    """
    shown = [path for path in visible if path.exists()]  # asked before /tmp, where a course may lie, is mounted over
    root = Path("/tmp")  # any existing folder: what is mounted on it is seen in this namespace only
    _mount("none", Path("/"), "", MS_REC | MS_PRIVATE)
    _mount("tmpfs", root, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,nr_inodes=4096,mode=755")
    old = root / ".old"
    for folder in (old, root / "proc", root / "dev", root / "tmp", root / "home/student"):
        folder.mkdir(parents=True)
    os.chdir(root)
    _check(_libc.syscall(SYS_PIVOT_ROOT[os.uname().machine], b".", b".old"), "pivot_root")
    os.chdir("/")
    for scratch in ("/tmp", "/home/student", "/dev/shm"):  # first, because what is visible may lie below them
        Path(scratch).mkdir(exist_ok=True)
        _mount("tmpfs", Path(scratch), "tmpfs", MS_NOSUID | MS_NODEV, f"size={scratch_bytes},nr_inodes=4096,mode=700")
    for path in shown:
        _bind(path, Path("/.old") / path.relative_to("/"))
    for device in map(Path, DEVICES):
        _bind(device, Path("/.old") / device.relative_to("/"), flags=MS_NOSUID | MS_NOEXEC)
    for path in hidden:
        if path.exists():
            _cover(path)
    # Inside some containers the host's /proc is partly masked and a new one is refused: then there is none.
    _libc.mount(b"proc", b"/proc", b"proc", ctypes.c_ulong(MS_NOSUID | MS_NODEV | MS_NOEXEC), None)
    _check(_libc.umount2(b"/.old", MNT_DETACH), "umount")
    Path("/.old").rmdir()
    _mount("none", Path("/"), "", MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV)
    if lost := [path for path in shown if not path.exists()]:
        raise IsolationUnavailable(0, f"{lost[0]} cannot be seen inside the sandbox")


def _bind(path: Path, source: Path, flags: int = MS_NOSUID | MS_NODEV | MS_RDONLY) -> None:
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
    # Locked flags of the host's mount (noatime and the like) must be kept, or the kernel refuses to remount.
    kept = os.statvfs(path).f_flag & (MS_NOSUID | MS_NODEV | MS_NOEXEC | 1024 | 2048)
    _mount("none", path, "", MS_REMOUNT | MS_BIND | flags | kept)


def _cover(path: Path) -> None:
    if path.is_dir():
        _mount("tmpfs", path, "tmpfs", MS_RDONLY, "size=4k,mode=755")
    else:
        _mount("/dev/null", path, "", MS_BIND)


def drop_privileges() -> None:
    """Give up every capability in this namespace for good, and die with the parent."""
    for capability in range(64):
        _libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    _check(_libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this process
    _check(_libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")
    die_with_parent()


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent ends."""
    _libc.prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0)
