"""Write requirements.lock and environment.yml from pyproject.toml, for every system and Python that it allows.

    python tools/lock.py              keep the versions of the lock where they still fit, add what is missing
    python tools/lock.py --upgrade    take the newest versions that pyproject.toml allows
    python tools/lock.py --conda      write environment.yml only, from the lock as it is
"""

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
EXTRAS = ("test", "torch", "cluster", "postgres", "browser", "docs")
PYTHON = "3.11"  # the oldest; environment.yml has it
LOCK = ROOT / "requirements.lock"
HEADER = """\
# Exact versions of what pyproject.toml asks for, with all extras but `extract`. Made by `make lock`.
# It is a list of constraints: `pip install -c requirements.lock -e .` installs only what the project needs.
"""


def resolve(options: list[str]) -> str:
    """The lock's lines: `name==version`, with a marker where systems or versions of Python differ."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "requirements.lock"
        if LOCK.is_file():
            lines.write_bytes(LOCK.read_bytes())  # uv keeps the versions in the file it writes to
        command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", PYTHON,
                   "--no-annotate", "--no-header", "--no-emit-index-url", "--output-file", str(lines), *options,
                   *(f"--extra={extra}" for extra in EXTRAS), "pyproject.toml"]
        subprocess.run(command, cwd=ROOT, check=True)
        return lines.read_text(encoding="utf-8")


def read_lock(**environment: str) -> dict[str, str]:
    """Name → version, in this environment but for the markers that are given, such as python_version="3.11"."""
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    wanted = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in wanted
            if one.marker is None or one.marker.evaluate(dict(environment))}


def environment() -> str:
    """environment.yml: the project's own dependencies at the lock's versions, the rest constrained by the lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = read_lock(python_version=PYTHON, python_full_version=f"{PYTHON}.0")
    names = sorted(canonicalize_name(Requirement(dependency).name) for dependency in project["dependencies"])
    lines = ["# Made by `make lock`. PyTorch sets need more: pip install -c requirements.lock -e '.[torch]'",
             "name: neural-course", "channels:", "  - conda-forge", "dependencies:", f"  - python={PYTHON}", "  - pip",
             "  - pip:", "      - --constraint requirements.lock", "      - --editable .",
             *(f"      - {name}=={locked[name]}" for name in names)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if "--conda" not in sys.argv:
        LOCK.write_text(HEADER + resolve(sys.argv[1:]), encoding="utf-8")
    (ROOT / "environment.yml").write_text(environment(), encoding="utf-8")
