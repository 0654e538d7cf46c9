"""The filter on system calls, on its own and in the sandbox."""

import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest

import grading
from grading.sandbox import seccomp
from grading.sandbox.client import Sandbox
from grading.sandbox.syscalls import LAST_KNOWN, numbers
from tests.grading.sandbox.student import printed, run

pytestmark = pytest.mark.skipif(not seccomp.available(), reason="there is no filter for this machine")
ROOT = str(Path(grading.__file__).parent.parent)
HEADERS = {"x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
           "aarch64": Path("/usr/include/asm-generic/unistd.h")}
FILTERED = "from grading.sandbox import seccomp; from grading.sandbox.libc import prctl\nimport platform\nprctl(38, 1)\nseccomp.install(seccomp.program(platform.machine()))\n"
# Calls that work for anyone, or fail otherwise than with EPERM, where nothing refuses them.
PLANTED = {
    "memfd": "import os; os.memfd_create('x')",
    "inet": "import socket; socket.socket()",
    "unix": "import socket; socket.socket(socket.AF_UNIX)",
    "socketpair of another family": "import socket; socket.socketpair(30)",
    "pipe with a name": "import os, tempfile; os.mkfifo(tempfile.mkdtemp() + '/x')",
    "memory of nobody": "import mmap; mmap.mmap(-1, 4096)",
    "terminal input": "import fcntl; fcntl.ioctl(0, 0x5412, b'x')",
    "terminal input, with high bits": "import ctypes\nr = ctypes.CDLL(None, use_errno=True).ioctl(0, ctypes.c_ulong(0x7700005412), b'x')\nif ctypes.get_errno() == 1: raise PermissionError",
}
RAW = "import ctypes; l = ctypes.CDLL(None, use_errno=True)\nfor n in {numbers}:\n    l.syscall(n, -1, -1, -1, -1, -1)\n    print(n, ctypes.get_errno())"


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)


@pytest.mark.parametrize("name", PLANTED)
def test_a_call_is_refused_with_the_filter_and_not_without(name: str) -> None:
    assert "PermissionError" in python(FILTERED + PLANTED[name]).stderr
    assert "PermissionError" not in python(PLANTED[name]).stderr


def test_everything_on_the_list_is_refused(box: Sandbox) -> None:
    known = numbers(platform.machine())
    asked = {known[name]: name for name in seccomp.REFUSED.split() if name in known}
    answers = dict(map(int, line.split()) for line in printed(run(box, RAW.format(numbers=list(asked)))).splitlines())
    assert [name for number, name in asked.items() if answers[number] != 1] == []


@pytest.mark.parametrize("family", [1, 2, 10, 16, 17, 38, 40])
def test_there_are_no_sockets_of_any_family(box: Sandbox, family: int) -> None:
    assert printed(run(box, f"import socket\ntry: socket.socket({family}, socket.SOCK_DGRAM)\nexcept PermissionError: print('refused')")) == "refused\n"


def test_no_namespace_comes_with_a_new_process_either() -> None:
    code = f"import ctypes; l = ctypes.CDLL(None, use_errno=True)\nfor flags in (0x10000000, 0x40000000, 0x02000000):\n    assert l.syscall({numbers(platform.machine())['clone']}, flags | 17, 0, 0, 0, 0) == -1 and ctypes.get_errno() == 1"
    assert python(FILTERED + code).returncode == 0


def test_a_call_newer_than_the_table_is_unknown_and_a_foreign_one_is_fatal() -> None:
    newer = f"import ctypes; l = ctypes.CDLL(None, use_errno=True); l.syscall({LAST_KNOWN + 1}); print(ctypes.get_errno())"
    assert python(FILTERED + newer).stdout == "38\n"
    assert python(FILTERED + "import ctypes; ctypes.CDLL(None).syscall(0x40000000 + 39)").returncode == -31  # SIGSYS


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_numbers_are_those_of_the_kernels_headers(machine: str) -> None:
    if not HEADERS[machine].exists():
        pytest.skip("the kernel's headers are not installed")
    theirs = {name: int(number) for name, number in re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)", HEADERS[machine].read_text())}
    assert {name: number for name, number in numbers(machine).items() if theirs.get(name, number) != number} == {}


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
@pytest.mark.parametrize("own_pid", [0, 4711])
def test_the_filter_fits_into_the_kernel_and_every_jump_stays_inside(machine: str, own_pid: int) -> None:
    code = seccomp.program(machine, own_pid)
    steps = [(code[i], code[i + 2], code[i + 3]) for i in range(0, len(code), 8)]
    assert len(steps) <= 4096
    assert all(place + 1 + max(yes, no) < len(steps) for place, (kind, yes, no) in enumerate(steps) if kind in (0x15, 0x25, 0x45))
    assert steps[-1][0] == seccomp.RETURN
