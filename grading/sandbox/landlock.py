"""Landlock: which files a process may read and write, whatever its user could; no TCP; no signals out of it.

Source: the kernel's Documentation/userspace-api/landlock.rst. Rules can be added and never taken back; they do not
cover stat, chmod and the like, so `seccomp` refuses those where a student is the grader's own user.
"""

import ctypes
import os
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from grading.sandbox.libc import IsolationUnavailable, check, libc

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_FLAG, PATH_BENEATH = 1, 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE, IOCTL_DEV = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 15
FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
READ = EXECUTE | READ_FILE | READ_DIR
ALL = (1 << 16) - 1
SPECIAL = 1 << 6 | 1 << 9 | 1 << 10 | 1 << 11 | IOCTL_DEV  # device nodes, sockets and pipes with a name
NETWORK, SCOPES = 0b11, 0b11  # bind and connect; abstract sockets and signals
WITH_TRUNCATE = 3  # the first ABI under which a file cannot be emptied without the right to write it


def abi() -> int:
    """The Landlock ABI of this kernel, 0 where there is none."""
    return max(0, libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(VERSION_FLAG)))


def restrict(rights: Mapping[Path, int]) -> None:
    """Keep this process to `rights`, path → bits, of which existing paths count. It needs no_new_privs.

    Raises IsolationUnavailable where the kernel has no Landlock.
    """
    version = abi()
    known = ALL if version >= 5 else ALL & ~IOCTL_DEV if version >= WITH_TRUNCATE else (1 << 12 + version) - 1
    attributes = struct.pack("=QQQ", known, NETWORK, SCOPES)[: 24 if version >= 6 else 16 if version >= 4 else 8]
    ruleset = check(libc.syscall(CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0)),
                    "Landlock")
    try:
        for path, allowed in rights.items():
            _add(ruleset, path, allowed & known)
        check(libc.syscall(RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)), "Landlock")
    finally:
        os.close(ruleset)


def _add(ruleset: int, path: Path, allowed: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    except PermissionError as error:
        raise OSError(f"{path} cannot be read by the user that runs student code: {error.strerror}") from None
    try:
        allowed &= ALL if path.is_dir() else FILE_RIGHTS
        rule = struct.pack("=Qi", allowed, descriptor)
        check(libc.syscall(ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(PATH_BENEATH), rule, ctypes.c_uint32(0)),
              f"Landlock {path}")
    finally:
        os.close(descriptor)


def without(visible: Sequence[Path], hidden: Sequence[Path]) -> dict[Path, int]:
    """Rights to read what is visible, except what is hidden below it: the folders between are listed, not opened.

    A rule holds for everything below its path and none can take it back, so siblings get rules of their own.
    """
    kept: dict[Path, int] = {}
    for path in visible:
        real = path.resolve()
        if any(real.is_relative_to(secret) for secret in hidden):
            continue
        if any(secret.is_relative_to(real) for secret in hidden):
            kept[real] = READ_DIR
            kept |= without(sorted(real.iterdir()), hidden)
        else:
            kept[real] = kept.get(real, 0) | READ
    return kept


def require() -> None:
    """Raise IsolationUnavailable unless Landlock can be the only wall around files."""
    if abi() < WITH_TRUNCATE:
        raise IsolationUnavailable(0, f"Landlock ABI {WITH_TRUNCATE} (Linux 6.2) is needed, there is {abi() or 'none'}")
