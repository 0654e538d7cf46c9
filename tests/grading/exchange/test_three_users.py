"""A course as a JupyterHub has it: an instructor and two students, each a user of the machine, and an exchange between them."""

import json
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import pytest

from tests import toy
from tests.ordinary import interpreter

ROOT = Path(__file__).parent.parent.parent.parent
# nbgrader asks the system for names: three of the accounts that every machine has.
ACCOUNTS = {account.pw_uid: account.pw_name for account in pwd.getpwall() if 0 < account.pw_uid < 1000}
INSTRUCTOR, ADA, BEN = [*ACCOUNTS, -1, -2, -3][:3]
HALVES = "def double(x):\n    return x / 2"
pytestmark = [pytest.mark.sandbox, pytest.mark.slow(10),
              pytest.mark.skipif(os.geteuid() != 0 or len(ACCOUNTS) < 3, reason="only root can become three other people")]


@dataclass
class Hub:
    """A machine with homes that are closed to others, and an exchange that is open to all."""

    folder: Path
    python: str
    everybody: subprocess.Popen[str]  # runs the commands of all of them

    def home(self, user: int) -> Path:
        return self.folder / ACCOUNTS[user]

    def ok(self, user: int, *commands: str) -> str:
        """What a user's commands say, in the course's folder or in the student's home."""
        cwd = self.home(user) / "course" if user == INSTRUCTOR else self.home(user)
        environment = {"PATH": f"{Path(self.python).parent}:/usr/bin:/bin", "HOME": str(self.home(user)), "USER": ACCOUNTS[user],
                       "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "JUPYTER_CONFIG_PATH": str(self.folder / "etc"), "LANG": "C.UTF-8"}
        turn = {"user": user, "folder": str(cwd), "environment": environment, "commands": [command.split() for command in commands]}
        assert self.everybody.stdin and self.everybody.stdout
        self.everybody.stdin.write(json.dumps(turn) + "\n")
        self.everybody.stdin.flush()
        done = json.loads(self.everybody.stdout.readline())
        assert done["code"] == 0, done["said"][-3000:]
        return str(done["said"])

    def answer(self, user: int, **answers: str) -> None:
        path = self.home(user) / toy.NAME / f"{toy.NAME}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            label = cell.metadata.get("nbgrader", {})
            cell.source = answers.get(label.get("grade_id"), cell.source) if label.get("solution") else cell.source
        nbformat.write(notebook, path)
        os.chown(path, user, user)

    def pages(self, user: int) -> list[str]:
        """The pages of feedback that a student has, the oldest hand-in's first."""
        found = sorted((self.home(user) / toy.NAME / "feedback").glob(f"*/{toy.NAME}.html"))
        assert {path.stat().st_uid for path in found} <= {user}
        return [path.read_text(encoding="utf-8") for path in found]


@pytest.fixture
def hub() -> Iterator[Hub]:
    # A test's own folder is closed to other users.
    python, why = interpreter(INSTRUCTOR)
    if not python:
        pytest.skip(why)
    alone = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
    with TemporaryDirectory() as outside, subprocess.Popen([python, "-m", "tests.commands"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                                           text=True, cwd=ROOT, env=alone) as everybody:
        hub = Hub(Path(outside), python, everybody)
        hub.folder.chmod(0o755)
        for user, name in ((user, ACCOUNTS[user]) for user in (INSTRUCTOR, ADA, BEN)):
            (hub.folder / name).mkdir(mode=0o700)
            os.chown(hub.folder / name, user, user)
        (hub.folder / "exchange").mkdir()
        (hub.folder / "exchange").chmod(0o777)
        (hub.folder / "etc").mkdir()
        (hub.folder / "etc" / "nbgrader_config.py").write_text(
            f"c = get_config()\nc.CourseDirectory.course_id = 'toys'\nc.Exchange.root = '{hub.folder}/exchange'\n")
        course = toy.configured(toy.make_course(hub.folder / "made"), 'c.CourseDirectory.course_id = "toys"')
        shutil.move(course.root, hub.home(INSTRUCTOR) / "course")
        for path in (hub.home(INSTRUCTOR) / "course", *(hub.home(INSTRUCTOR) / "course").rglob("*")):
            os.chown(path, INSTRUCTOR, INSTRUCTOR)
        yield hub


def test_feedback_comes_home_to_each_and_to_the_newest_hand_in(hub: Hub) -> None:
    hub.ok(INSTRUCTOR, f"nbgrader generate_assignment {toy.NAME}", f"nbgrader release_assignment {toy.NAME}")
    for user in (ADA, BEN):
        assert "toys toy_set" in hub.ok(user, "nbgrader list", f"nbgrader fetch_assignment {toy.NAME}")
    hub.answer(ADA, **{**toy.SOLUTION, "double": HALVES})
    hub.answer(BEN, **toy.SOLUTION)
    for user in (ADA, BEN):
        hub.ok(user, f"nbgrader submit {toy.NAME}")
    graded = hub.ok(INSTRUCTOR, f"nbgrader collect {toy.NAME}", f"course grade {toy.NAME}", f"course feedback {toy.NAME}",
                    f"nbgrader release_feedback {toy.NAME}")
    assert "double: halves" in graded
    for user in (ADA, BEN):
        hub.ok(user, f"nbgrader fetch_feedback {toy.NAME}")
    [first], [right] = hub.pages(ADA), hub.pages(BEN)
    assert "Twice, not half." in first
    assert "Twice, not half." not in right

    hub.answer(ADA, **toy.SOLUTION)
    hub.ok(ADA, f"nbgrader submit {toy.NAME}")
    again = hub.ok(INSTRUCTOR, f"nbgrader collect {toy.NAME} --update", f"nbgrader autograde {toy.NAME} --force",
                   f"nbgrader generate_feedback {toy.NAME} --force", f"nbgrader release_feedback {toy.NAME}", "nbgrader export")
    assert "Traceback" not in again
    hub.ok(ADA, f"nbgrader fetch_feedback {toy.NAME}")
    assert len(hub.pages(ADA)) == 2
    assert "Twice, not half." not in hub.pages(ADA)[-1]
