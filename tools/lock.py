"""Write requirements.lock and environment.yml from pyproject.toml: the newest versions that it allows.

    python tools/lock.py            resolve in a fresh environment and write both files
    python tools/lock.py --conda    write environment.yml only, from the lock as it is
"""

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXTRAS = "test,torch,cluster,postgres,browser,docs"
LOCK = ROOT / "requirements.lock"
HEADER = """\
# Exact versions of what pyproject.toml asks for, with all extras but `extract`. Made by `make lock`.
# It is a list of constraints: `pip install -c requirements.lock -e .` installs only what the project needs.
"""


def canonical(name: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def resolve() -> list[str]:
    """`name==version` lines of a fresh environment with the project in it."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        pip = [str(Path(folder) / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--quiet", "--editable", f"{ROOT}[{EXTRAS}]"], check=True)
        frozen = subprocess.run([*pip, "freeze", "--all", "--exclude-editable", "--exclude", "pip"], check=True,
                                capture_output=True, text=True)
    pinned = (line.split("+")[0] for line in frozen.stdout.splitlines() if "==" in line)  # without "+cpu"
    return sorted((f"{canonical(name)}=={version}" for name, version in (line.split("==") for line in pinned)))


def read_lock() -> dict[str, str]:
    """Name → version."""
    lines = [line for line in LOCK.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("==") for line in lines)


def environment() -> str:
    """environment.yml: the project's own dependencies at the lock's versions, the rest constrained by the lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    locked = read_lock()
    names = sorted(canonical(re.split(r"[<>=!~;\[ ]", dependency)[0]) for dependency in project["dependencies"])
    lines = ["# Made by `make lock`. PyTorch sets need more: pip install -c requirements.lock -e '.[torch]'",
             "name: neural-course", "channels:", "  - conda-forge", "dependencies:", "  - python=3.11", "  - pip",
             "  - pip:", "      - --constraint requirements.lock", "      - --editable .",
             *(f"      - {name}=={locked[name]}" for name in names)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if "--conda" not in sys.argv:
        LOCK.write_text(HEADER + "\n".join(resolve()) + "\n")
    (ROOT / "environment.yml").write_text(environment())
