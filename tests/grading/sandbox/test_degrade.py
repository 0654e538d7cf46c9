"""What a machine without namespaces does, and one without anything."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

import grading
from grading.cli.doctor import namespaces_remedy
from grading.sandbox import landlock, seccomp
from grading.sandbox.syscalls import numbers

ROOT = str(Path(grading.__file__).parent.parent)
START = """
import errno, platform, struct, sys
from grading.errors import SandboxError
from grading.sandbox import seccomp
from grading.sandbox.client import Sandbox
from grading.sandbox.libc import prctl
from grading.course.limits import Limits
steps = [(seccomp.LOAD, 0, 0, 0)]
for number in map(int, sys.argv[1:]):  # what this kernel is made to lack
    steps += [(seccomp.JUMP_EQUAL, 0, 1, number), (seccomp.RETURN, 0, 0, seccomp.ERRNO | errno.EPERM)]
steps.append((seccomp.RETURN, 0, 0, seccomp.ALLOW))
prctl(38, 1)
seccomp.install(b"".join(struct.pack("=HBBI", *step) for step in steps))
from grading.cli.doctor import _sandbox
with Sandbox(Limits()) as sandbox:
    try:
        for _ in range(2):
            with sandbox.start():
                print(sandbox.layers)
    except SandboxError as error:
        print(error)
for finding in _sandbox():
    print(finding.what, finding.found, sep=": ")
"""


def start(*refused: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", START, *map(str, refused)], cwd=ROOT, capture_output=True, text=True)


@pytest.mark.sandbox
@pytest.mark.skipif(not seccomp.available() or landlock.abi() < landlock.WITH_TRUNCATE, reason="no second form here")
def test_without_namespaces_landlock_stands_in_and_says_so_once() -> None:
    known = numbers(platform.machine())
    done = start(known["unshare"])
    if "chmod -R o+rX" in done.stdout:
        pytest.skip("the interpreter cannot be read by other users")
    assert done.stdout.splitlines()[:2] == [f"Landlock (ABI {landlock.abi()}), seccomp, watchdog"] * 2
    assert done.stderr == (
        "Warning: no namespaces on this machine (unshare: Operation not permitted). Student code is kept in by Landlock, "
        "a filter on system calls and limits alone, which is weaker; `course doctor` says what to do.\n")
    assert ("sandbox: no namespaces on this machine (unshare: Operation not permitted); Landlock and seccomp stand in, which is weaker"
            in done.stdout)


@pytest.mark.sandbox
@pytest.mark.skipif(not seccomp.available(), reason="the planted lack is a filter")
def test_without_anything_it_refuses() -> None:
    done = start(numbers(platform.machine())["unshare"], landlock.CREATE_RULESET)
    assert done.stderr == ""
    if "chmod -R o+rX" in done.stdout:
        pytest.skip("the interpreter cannot be read by other users")
    assert done.stdout.splitlines()[0] == (
        "No isolation: no namespaces on this machine (unshare: Operation not permitted); no landlock on this machine (Landlock "
        "ABI 3 (Linux 6.2) is needed, there is none). `course doctor` explains; `--unsafe` runs student code without any isolation.")


@pytest.mark.parametrize(("name", "text", "remedy"), [
    ("proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n", "kernel.apparmor_restrict_unprivileged_userns=0"),
    ("proc/sys/kernel/unprivileged_userns_clone", "0\n", "kernel.unprivileged_userns_clone=1"),
    ("proc/sys/user/max_user_namespaces", "0\n", "user.max_user_namespaces=10000"),
    (".dockerenv", "", "--security-opt seccomp=unconfined"),
    ("run/.containerenv", "", "--security-opt systempaths=unconfined"),
    ("proc/sys/kernel/apparmor_restrict_unprivileged_userns", "0\n", "CONFIG_USER_NS"),
])
def test_the_remedy_fits_the_machine(tmp_path: Path, name: str, text: str, remedy: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text)
    assert remedy in namespaces_remedy(tmp_path)
