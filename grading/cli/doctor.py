"""What this machine has and lacks for grading."""

import os
import platform
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from grading.course.folder import Course
from grading.errors import CourseError, SandboxError

PACKAGES = ("numpy", "matplotlib", "nbgrader", "nbformat", "ipython", "jupyterlab", "ipywidgets", "tensorflow-datasets")


@dataclass(frozen=True)
class Finding:
    """One line of the report. `problem` says that grading suffers from it."""

    what: str
    found: str
    remedy: str = ""
    problem: bool = False


def examine(root: Path) -> list[Finding]:
    """Everything `course doctor` looks at."""
    return [_python(), *(_package(name) for name in PACKAGES), _torch(), *_sandbox(), *_course(root), *_data()]


def _python() -> Finding:
    good = (3, 11) <= sys.version_info[:2] < (3, 13)
    return Finding("python", platform.python_version(), "" if good else "use Python 3.11 or 3.12", not good)


def _package(name: str) -> Finding:
    try:
        return Finding(name, version(name))
    except PackageNotFoundError:
        return Finding(name, "not installed", "pip install -c requirements.lock -e .", problem=True)


def _torch() -> Finding:
    try:
        return Finding("torch", version("torch"))
    except PackageNotFoundError:
        return Finding("torch", "not installed", "for PyTorch sets: pip install -c requirements.lock -e '.[torch]'")


def _sandbox() -> list[Finding]:
    """Whether a child process can really be isolated here, and by which walls: one is started."""
    if sys.platform != "linux":
        return [Finding("sandbox", f"none on {platform.system()}", "grade on a Linux machine, in a Linux container or "
                        "in WSL 2", problem=True)]
    from grading.sandbox import landlock, seccomp
    layers, lacking = _layers("namespaces")
    sandbox = Finding("sandbox", "user, mount, pid, network, ipc and uts namespaces")
    if lacking:
        layers, nothing = _layers("landlock")
        found = f"{lacking}; {nothing or 'Landlock and seccomp stand in, which is weaker'}"
        sandbox = Finding("sandbox", found, "" if "chmod" in found else namespaces_remedy(), problem=True)
    return [sandbox,
            Finding("Landlock", f"ABI {landlock.abi()}") if landlock.abi() else
            Finding("Landlock", "none", "a second wall around files: Linux 5.13 or later, with landlock among lsm="),
            Finding("seccomp", "a filter on system calls") if seccomp.available() else
            Finding("seccomp", f"no filter for {platform.machine()}", "a second wall, for x86_64 and aarch64"),
            Finding("watchdog", "memory and processes are added up" if "watchdog" in layers else "cannot see processes",
                    "" if "watchdog" in layers or not layers else "a kernel with CONFIG_PROC_CHILDREN",
                    bool(layers) and "watchdog" not in layers)]


def _layers(isolation: Literal["namespaces", "landlock"]) -> tuple[str, str]:
    """The walls of this form of isolation, or why it is not to be had."""
    from grading.course.limits import Limits
    from grading.sandbox.client import Sandbox
    try:
        with Sandbox(Limits(), isolation=isolation) as sandbox, sandbox.start():
            return sandbox.layers, ""
    except SandboxError as error:
        return "", str(error).removeprefix("No isolation: ").partition(". `course doctor`")[0]


def namespaces_remedy(root: Path = Path("/")) -> str:
    """What to do so that the machine whose files lie in `root` allows namespaces."""
    def switch(name: str) -> str:
        try:
            return (root / "proc/sys" / name).read_text().strip()
        except OSError:
            return ""
    if (root / ".dockerenv").exists() or (root / "run/.containerenv").exists():
        return ("in a container: start it (Docker, Podman) with --security-opt seccomp=unconfined "
                "--security-opt systempaths=unconfined --security-opt apparmor=unconfined")
    if switch("kernel/apparmor_restrict_unprivileged_userns") == "1":
        return ("Ubuntu 23.10 and later: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0, or an AppArmor "
                f"profile that allows userns to {sys.executable}")
    if switch("kernel/unprivileged_userns_clone") == "0":
        return "allow user namespaces: sudo sysctl -w kernel.unprivileged_userns_clone=1"
    if switch("user/max_user_namespaces") == "0":
        return "allow user namespaces: sudo sysctl -w user.max_user_namespaces=10000"
    return "a kernel with user namespaces (CONFIG_USER_NS); a virtual machine has one where the host has not"


def _course(root: Path) -> list[Finding]:
    try:
        course = Course.open(root)
    except CourseError as error:
        return [Finding("course folder", str(error), problem=True)]
    findings = [Finding("problem sets", ", ".join(course.problem_sets()) or "none")]
    for name in ("release", "submitted", "autograded", "feedback"):
        folder = root / name
        if not folder.is_dir():
            findings.append(Finding(f"{name}/", "missing", f"mkdir {folder}", problem=True))
        elif not os.access(folder, os.W_OK):
            findings.append(Finding(f"{name}/", "not writable", f"chmod u+w {folder}", problem=True))
        else:
            findings.append(Finding(f"{name}/", "writable"))
    return findings


def _data() -> list[Finding]:
    from helpers import datasets
    findings = []
    for name in ("mnist", "fashion_mnist", "letters"):
        source = datasets.load(name).source
        more = f"course data fetch {name}" if "subset" in source and name != "letters" else ""
        findings.append(Finding(f"data {name}", source, more))
    return findings
