"""The class is conducted once a run, in a process of its own, beside the tests that do not ask for it; many look at it then.

    python -m tests.hostile.conducted REPORTS_JSON
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.hostile.classroom import ROOT, Report, conduct_all

REPORTS, LOCK = "hostile.json", "hostile.lock"  # the second is locked for as long as the class goes on


def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run have in common."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@contextmanager
def under_way(folder: Path, session: pytest.Session) -> Iterator[None]:
    """Begin with the class, unless another process of this run has; what has begun is not left before its end."""
    with tempfile.NamedTemporaryFile(dir=folder) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            os.link(lock.name, folder / LOCK)
        except FileExistsError:
            process = None
        else:
            process = subprocess.Popen([sys.executable, "-m", "tests.hostile.conducted", folder / REPORTS], cwd=ROOT,
                                       stdin=subprocess.PIPE, pass_fds=[lock.fileno()], start_new_session=True)
    yield
    if process:
        if session.shouldfail or session.shouldstop:
            assert process.stdin
            process.stdin.close()
        process.wait()


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """What became of the class, whoever has begun with it."""
    folder = shared(tmp_path_factory)
    with (folder / LOCK).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
    found: dict[str, Report] = json.loads((folder / REPORTS).read_text())
    assert "error" not in found, found["error"]
    return found


@pytest.fixture(scope="session")
def class_report(reports: dict[str, Report]) -> Report:
    """The class, graded by whoever runs the tests."""
    return reports["class"]


@pytest.fixture(scope="session")
def ordinary_report(reports: dict[str, Report]) -> Report:
    """Those of the class that may find other walls, graded by an ordinary user."""
    if "ordinary" not in reports:
        pytest.skip(reports["none"]["why"])
    return reports["ordinary"]


def main(path: Path) -> None:
    """Conduct the class; end when standard input does, for then nobody waits for it any more."""
    def end_with_whoever_began() -> None:
        os.read(0, 1)
        os.killpg(0, signal.SIGINT)
    threading.Thread(target=end_with_whoever_began, daemon=True).start()
    try:
        found = json.dumps(conduct_all())
    except Exception:
        found = json.dumps({"error": traceback.format_exc()})
    path.write_text(found)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
