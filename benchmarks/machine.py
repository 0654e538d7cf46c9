"""The machine and the versions that were measured."""

import os
import platform
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("nbgrader", "numpy", "matplotlib", "torch", "SQLAlchemy", "nbformat")


def describe() -> dict[str, str]:
    """What a reader needs to judge the numbers."""
    return {"date": time.strftime("%Y-%m-%d"), "CPU": cpu_model(Path("/proc/cpuinfo").read_text()),
            "cores": str(len(os.sched_getaffinity(0))),
            "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / (1 << 30):.0f} GiB",
            "kernel": f"{platform.system()} {platform.release()}", "Python": platform.python_version(),
            "packages": ", ".join(f"{name} {found}" for name in PACKAGES if (found := installed(name)))}


def cpu_model(text: str) -> str:
    """The processor's name from /proc/cpuinfo, or the architecture where that has none (most ARM machines)."""
    for line in text.splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def installed(name: str) -> str:
    """The version of a package, or ""."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
