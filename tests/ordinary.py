"""An interpreter that any user of this machine may run, with the libraries of this one."""

import fcntl
import os
import shutil
import subprocess
import sys
import sysconfig
from functools import cache
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
NOBODY = 65534
TRY = "import grading, numpy, pytest, subprocess, sys; subprocess.run([sys.executable, '-V'], check=True)"


@cache
def interpreter(user: int = NOBODY, purpose: str = "") -> tuple[str, str]:
    """An interpreter that `user` may run, or "" and the reason why there is none.

    Where this one lies in a folder of its owner's alone, another of the same version gets hard links to its libraries,
    in build/ordinary/, and stays there for as long as these are installed. Who changes anything in it has a `purpose`.
    """
    if not (why := _why_not(sys.executable, user)):
        return sys.executable, ""
    other = shutil.which(f"python3.{sys.version_info.minor}", path="/usr/bin:/usr/local/bin")
    if os.geteuid() != 0 or not other:
        return "", why
    folder = ROOT / "build" / "ordinary"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        home = folder / f"{_installed()}{purpose}"
        if not (home / "bin" / "alembic").exists():
            for old in [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(_installed())]:
                shutil.rmtree(old)
            _make(home, other)
    why = _why_not(str(home / "bin" / "python"), user)
    return ("", why) if why else (str(home / "bin" / "python"), "")


def _installed() -> str:
    """Another name for other libraries."""
    libraries = Path(sysconfig.get_path("purelib"))
    return sha256("".join(sorted(f"{path.name} {path.stat().st_mtime_ns}" for path in libraries.iterdir())).encode()).hexdigest()[:16]


def _make(home: Path, other: str) -> None:
    subprocess.run([other, "-m", "venv", "--without-pip", home], check=True)
    home.chmod(0o755)
    libraries = home / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    libraries.rmdir()
    subprocess.run(["cp", "-al", sysconfig.get_path("purelib"), libraries], check=True)
    subprocess.run(["cp", "-al", Path(sys.prefix) / "share", home], check=True)  # nbconvert's templates
    alembic = home / "bin" / "alembic"  # which nbgrader calls for a new gradebook; made last
    alembic.write_text(f"#!{home / 'bin' / 'python'}\nfrom alembic.config import main\nmain()\n")
    alembic.chmod(0o755)


def _why_not(python: str, user: int) -> str:
    try:
        done = subprocess.run([python, "-c", TRY], user=user, group=user, extra_groups=[], cwd=ROOT, capture_output=True,
                              text=True, env={"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"})
    except PermissionError:
        return "the interpreter or this repository cannot be read by other users"
    return "" if done.returncode == 0 else f"the interpreter cannot be used by other users: {done.stderr[-300:]}"
