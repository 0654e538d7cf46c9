"""What this machine has and lacks for grading."""

import os
import platform
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from grading.course import Course
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
    return [_python(), *(_package(name) for name in PACKAGES), _torch(), _sandbox(), *_course(root), *_data()]


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


def _sandbox() -> Finding:
    """Whether a child process can really be isolated here: one is started."""
    from grading.sandbox.client import Sandbox
    from grading.sandbox.limits import Limits
    if sys.platform != "linux":
        return Finding("sandbox", f"none on {platform.system()}",
                       "grade in a Linux container or machine, or with --unsafe code that you trust", problem=True)
    try:
        with Sandbox(Limits()) as sandbox, sandbox.start():
            return Finding("sandbox", "user, mount, pid, network, ipc and uts namespaces")
    except SandboxError as error:
        return Finding("sandbox", str(error), _sandbox_remedy(), problem=True)


def _sandbox_remedy() -> str:
    if Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns").exists():
        return "Ubuntu 23.10 and later: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"
    if Path("/.dockerenv").exists():
        return "in a container: start it with --security-opt seccomp=unconfined --security-opt systempaths=unconfined"
    return "allow user namespaces: sudo sysctl user.max_user_namespaces=10000"


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
