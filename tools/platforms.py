"""On which systems and versions of Python can a student install the hand-out? Resolved with ready-made wheels only.

    python tools/platforms.py    print the table of docs/student.md; needs a package registry
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from grading.course.folder import Course
from grading.handout.bundle import build_bundle

ROOT = Path(__file__).resolve().parent.parent
SYSTEMS = {"Windows": "x86_64-pc-windows-msvc", "Mac, Apple silicon": "aarch64-apple-darwin",
           "Mac, Intel": "x86_64-apple-darwin", "Linux": "x86_64-manylinux_2_28",
           "Linux on ARM": "aarch64-manylinux_2_28"}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PARTS = {"problem sets 1 to 7": ["requirements.txt"],
         "full data": ["requirements.txt", "--extra", "data", "pyproject.toml"],
         "PyTorch, for set 8": ["requirements-torch.txt"]}
# promise, which tensorflow-datasets needs, is plain Python without a wheel: pip builds it anywhere.
WHEELS = ["--only-binary", ":all:", "--no-binary", "promise"]

Found = Mapping[tuple[str, str, str], str]


def resolve(handout: Path, pythons: Iterable[str]) -> Found:
    """(part, system, Python) → what stands in the way, empty where everything can be installed."""
    cases = {(part, system, python): (handout, files, triple, python)
             for part, files in PARTS.items() for system, triple in SYSTEMS.items() for python in pythons}
    with ThreadPoolExecutor(4) as pool:  # they wait for the network, mostly
        return dict(zip(cases, pool.map(lambda case: obstacle(*case), cases.values()), strict=True))


def obstacle(handout: Path, files: list[str], triple: str, python: str) -> str:
    """What stands in the way of one installation; empty for nothing."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--python-platform", triple,
               "--python-version", python, *WHEELS, *files]
    done = subprocess.run(command, cwd=handout, capture_output=True, text=True, encoding="utf-8", check=False,
                          env=os.environ | {"MACOSX_DEPLOYMENT_TARGET": "14.0"})
    if done.returncode:
        return done.stderr.strip()
    return "" if "torch" not in str(files) or "\ntorch==" in done.stdout else "PyTorch has no builds for it"


def table(found: Found) -> str:
    """Markdown: for each system and part the versions of Python with which it can be installed."""
    lines = ["| system | " + " | ".join(PARTS) + " |", "|---|" + "---|" * len(PARTS)]
    for system in SYSTEMS:
        cells = []
        for part in PARTS:
            good = [python for one, where, python in found if (one, where) == (part, system)
                    and not found[part, system, python]]
            cells.append(f"✓ Python {good[0]} to {good[-1]}" if len(good) > 1 else ", ".join(good) or "no: use Colab")
        lines.append(f"| {system} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def handout(folder: Path) -> Path:
    """The hand-out of all sets, built in `folder`."""
    course = Course.open(ROOT)
    return build_bundle(course, course.problem_sets(), folder).folder


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        everything = resolve(handout(Path(scratch)), PYTHONS)
    print(table(everything))
    for where, found in everything.items():
        if found:
            print(*where, found, sep=": ", file=sys.stderr)
