"""An interpreter that any user of this machine may run, with the libraries of this one."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
NOBODY = 65534
TRY = "import grading, numpy, pytest, subprocess, sys; subprocess.run([sys.executable, '-V'], check=True)"


@contextmanager
def interpreter(user: int = NOBODY) -> Iterator[tuple[str, str]]:
    """An interpreter that `user` may run, or "" and the reason why there is none.

    Where this one lies in a folder of its owner's alone, another of the same version gets hard links to its libraries.
    """
    if not (why := _why_not(sys.executable, user)):
        yield sys.executable, ""
        return
    other = shutil.which(f"python3.{sys.version_info.minor}", path="/usr/bin:/usr/local/bin")
    if os.geteuid() != 0 or not other:
        yield "", why
        return
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build", prefix="ordinary-") as folder:  # hard links need one file system
        home = Path(folder)
        home.chmod(0o755)
        subprocess.run([other, "-m", "venv", "--without-pip", home], check=True)
        libraries = home / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
        libraries.rmdir()
        subprocess.run(["cp", "-al", sysconfig.get_path("purelib"), libraries], check=True)
        subprocess.run(["cp", "-al", Path(sys.prefix) / "share", home], check=True)  # nbconvert's templates
        python = str(home / "bin" / "python")
        alembic = home / "bin" / "alembic"  # which nbgrader calls for a new gradebook
        alembic.write_text(f"#!{python}\nfrom alembic.config import main\nmain()\n")
        alembic.chmod(0o755)
        why = _why_not(python, user)
        yield ("", why) if why else (python, "")


def _why_not(python: str, user: int) -> str:
    try:
        done = subprocess.run([python, "-c", TRY], user=user, group=user, extra_groups=[], cwd=ROOT, capture_output=True,
                              text=True, env={"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"})
    except PermissionError:
        return "the interpreter or this repository cannot be read by other users"
    return "" if done.returncode == 0 else f"the interpreter cannot be used by other users: {done.stderr[-300:]}"
