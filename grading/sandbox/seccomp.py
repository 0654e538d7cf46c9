"""A filter on system calls: what no notebook needs and what has broken sandboxes before is refused by the kernel.

Sources: seccomp(2), the kernel's Documentation/userspace-api/seccomp_filter.rst, and the deny lists of container
runtimes. Refused calls fail with EPERM and the process goes on; calls of a foreign architecture kill it.
"""

import ctypes
import errno
import mmap
import platform
import struct
from collections.abc import Sequence
from functools import cache

from grading.sandbox.libc import check, prctl
from grading.sandbox.syscalls import LAST_KNOWN, numbers

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, value: struct sock_filter

LOAD, JUMP_EQUAL, JUMP_ABOVE, JUMP_BITS, RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
PR_SET_SECCOMP, MODE_FILTER = 22, 2
X32_BIT = 0x40000000

# Mounts and namespaces; other processes' memory; kernel interfaces with a history; memory that belongs to no process
# and therefore to no limit; the machine itself.
REFUSED = """
mount umount2 pivot_root fsopen fsconfig fsmount fspick open_tree open_tree_attr move_mount mount_setattr statmount
listmount unshare setns chroot ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp
pidfd_getfd migrate_pages move_pages bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register
fanotify_init fanotify_mark add_key request_key keyctl memfd_create memfd_secret remap_file_pages vmsplice shmget shmat
shmctl shmdt msgget msgsnd msgrcv msgctl semget semop semctl semtimedop mq_open mq_unlink socket open_by_handle_at
name_to_handle_at kexec_load kexec_file_load init_module finit_module delete_module create_module get_kernel_syms
query_module swapon swapoff quotactl quotactl_fd acct reboot settimeofday clock_settime adjtimex clock_adjtime syslog
personality mknod mknodat iopl ioperm modify_ldt uselib ustat sysfs _sysctl nfsservctl lookup_dcookie vhangup
sethostname setdomainname
"""
# Where a student's process is the grader's own user on the host, and sees the host's processes and file names.
REFUSED_ON_THE_HOST = """
tkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal setpriority ioprio_set sched_setparam sched_setscheduler
sched_setattr inotify_add_watch chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes utimensat
futimesat setxattr lsetxattr fsetxattr setxattrat removexattr lremovexattr fremovexattr removexattrat file_setattr
"""

AF_UNIX = 1
NEW_NAMESPACES = 0x7E020000  # every CLONE_NEW… flag of clone(2)
TIOCSTI, TIOCLINUX, FIOSETOWN, SIOCSPGRP = 0x5412, 0x541C, 0x8901, 0x8902
FS_IOC_SETFLAGS, FS_IOC_FSSETXATTR, F_SETOWN, F_SETOWN_EX = 0x40086602, 0x401C5820, 8, 15


@cache
def program(machine: str, own_pid: int = 0) -> bytes:
    """The filter in the kernel's form. With `own_pid`, also the rules for a process in the host's namespaces."""
    number = numbers(machine)
    ioctls, refused = [TIOCSTI, TIOCLINUX], REFUSED.split()
    conditions = [("clone", _refuse_bits(0, NEW_NAMESPACES)), ("socketpair", _refuse_unless(0, [AF_UNIX])),
                  ("mmap", _refuse_bits(3, mmap.MAP_SHARED, mmap.MAP_ANONYMOUS)), ("clone3", [_fail(errno.ENOSYS)])]
    if own_pid:
        refused += REFUSED_ON_THE_HOST.split()
        ioctls += [FIOSETOWN, SIOCSPGRP, FS_IOC_SETFLAGS, FS_IOC_FSSETXATTR]
        conditions += [("fcntl", _refuse_values(1, [F_SETOWN, F_SETOWN_EX])), ("kill", _refuse_unless(0, [own_pid])),
                       ("tgkill", _refuse_unless(0, [own_pid])), ("prlimit64", _refuse_unless(0, [0, own_pid])),
                       ("sched_setaffinity", _refuse_unless(0, [0, own_pid]))]
    conditions += [("ioctl", _refuse_values(1, ioctls)), *((name, [_fail(errno.EPERM)]) for name in refused)]
    code: list[Instruction] = [
        (LOAD, 0, 0, 4), (JUMP_EQUAL, 1, 0, ARCHITECTURES[machine]), (RETURN, 0, 0, KILL), (LOAD, 0, 0, 0),
        (JUMP_ABOVE, 0, 1, X32_BIT - 1), (RETURN, 0, 0, KILL),
        (JUMP_ABOVE, 0, 1, LAST_KNOWN), _fail(errno.ENOSYS)]
    for name, body in conditions:
        if name in number:
            code += [(JUMP_EQUAL, 0, len(body), number[name]), *body]
    code.append((RETURN, 0, 0, ALLOW))
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


def available() -> bool:
    """Whether there is a table for this machine."""
    return platform.machine() in ARCHITECTURES


def install(code: bytes) -> None:
    """Filter this process from now on. It needs no_new_privs. Raises IsolationUnavailable."""
    buffer = ctypes.create_string_buffer(code, len(code))
    fprog = ctypes.create_string_buffer(struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer)))
    check(prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.addressof(fprog)), "seccomp filter")


def _fail(number: int) -> Instruction:
    return (RETURN, 0, 0, ERRNO | number)


def _argument(index: int) -> Instruction:
    return (LOAD, 0, 0, 16 + 8 * index)  # the low half, all that the kernel reads of an int


def _refuse_bits(index: int, *masks: int) -> list[Instruction]:
    """Refuse when the argument has a bit of every mask."""
    tests = [(JUMP_BITS, 0, len(masks) - place, mask) for place, mask in enumerate(masks)]
    return [_argument(index), *tests, _fail(errno.EPERM), (RETURN, 0, 0, ALLOW)]


def _refuse_values(index: int, values: Sequence[int]) -> list[Instruction]:
    return [_argument(index), *((JUMP_EQUAL, len(values) - place, 0, value) for place, value in enumerate(values)),
            (RETURN, 0, 0, ALLOW), _fail(errno.EPERM)]


def _refuse_unless(index: int, values: Sequence[int]) -> list[Instruction]:
    return [_argument(index), *((JUMP_EQUAL, len(values) - place, 0, value) for place, value in enumerate(values)),
            _fail(errno.EPERM), (RETURN, 0, 0, ALLOW)]
