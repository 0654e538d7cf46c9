"""System calls that Python has no name for, and the error they raise."""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


class IsolationUnavailable(OSError):
    """The kernel or its configuration does not offer this layer of isolation to this user."""


def check(result: int, what: str) -> int:
    """`result` of a system call, unless it failed. Raises IsolationUnavailable with `what` and the kernel's reason."""
    if result < 0:
        number = ctypes.get_errno()
        raise IsolationUnavailable(number, f"{what}: {os.strerror(number)}")
    return result


def prctl(option: int, *arguments: int) -> int:
    """prctl(2), with every argument as wide as the kernel reads it."""
    return libc.prctl(option, *(ctypes.c_ulong(a) for a in (*arguments, 0, 0, 0, 0)[:4]))
