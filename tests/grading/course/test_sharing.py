"""Two people of one group grade one course, where nbgrader's groupshared says that they may."""

import os
import shutil
import stat
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from grading.course.folder import Course
from grading.course.secret import read_secret
from grading.course.sharing import share_what_is_written
from grading.marks.gradebook import Ledger
from grading.rubrics.store import Store
from grading.whole_files import write_text
from tests import toy
from tests.ordinary import ROOT, interpreter

GRADE = """
import sys
from pathlib import Path
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.course.secret import read_secret
from grading.course.sharing import share_what_is_written
from grading.marks.gradebook import Ledger
from grading.rubrics.scheme import Entry
from grading.rubrics.store import Store
from grading.whole_files import write_text
course = Course.open(Path(sys.argv[1]))
share_what_is_written(course)
read_secret(course.secret_file, course.is_shared)
with Ledger(course, "toy_set") as ledger:
    ledger.register(load_assignment(course, "toy_set"))
with Store(course, "toy_set", "toy_why") as store:
    store.take_over([Entry(1.0, sys.argv[2])])
write_text(course.root / "autograded" / sys.argv[2] / "toy_set" / "toy_set.ipynb", "{}")
write_text(course.root / "autograded" / "ada" / "toy_set" / "toy_set.ipynb", sys.argv[2])
with course.fault_log.open("a") as log:
    log.write(sys.argv[2])
"""


@pytest.fixture
def shared(course: Course) -> Course:
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write("c.CourseDirectory.groupshared = True\n")
    return Course.open(course.root)


@pytest.fixture(autouse=True)
def same_umask_afterwards() -> object:
    mask = os.umask(0o022)
    os.umask(0o022)
    yield
    os.umask(mask)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def written_by_a_command(course: Course) -> dict[str, int]:
    """What a first command leaves, and for whom."""
    (course.root / "gradebook.db").unlink(missing_ok=True)
    share_what_is_written(course)
    read_secret(course.secret_file, course.is_shared)
    with Ledger(course, toy.NAME), Store(course, toy.NAME, "toy_why"):
        pass
    write_text(course.root / "autograded" / "ada" / "page.html", "")
    names = "grading.secret", "gradebook.db", "reading.db", "autograded/ada", "autograded/ada/page.html"
    return {name: mode(course.root / name) for name in names}


def test_a_course_that_is_shared_is_written_for_the_group(shared: Course) -> None:
    assert written_by_a_command(shared) == {"grading.secret": 0o640, "gradebook.db": 0o664, "reading.db": 0o664,
                                            "autograded/ada": 0o775, "autograded/ada/page.html": 0o664}


def test_any_other_course_stays_its_owners(course: Course) -> None:
    assert written_by_a_command(course) == {"grading.secret": 0o600, "gradebook.db": 0o644, "reading.db": 0o644,
                                            "autograded/ada": 0o755, "autograded/ada/page.html": 0o644}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become two other people")
@pytest.mark.slow
def test_a_second_person_of_the_group_goes_on_where_the_first_has_stopped(shared: Course) -> None:
    """Two users with one group between them, in a folder that hands its group on."""
    group = 61_234
    # A test's own folder is closed to other users.
    python, why = interpreter(61_235)
    with TemporaryDirectory() as outside:
        if not python:
            pytest.skip(why)
        Path(outside).chmod(0o755)
        root = shutil.copytree(shared.root, Path(outside) / "course", symlinks=True)
        (root / "gradebook.db").unlink(missing_ok=True)
        for path in [root, *root.rglob("*")]:
            os.chown(path, 61_235, group)
            path.chmod(0o2775 if path.is_dir() else 0o664)
        for user in (61_235, 61_236):
            done = subprocess.run(["setpriv", "--reuid", str(user), "--regid", str(user), "--groups", str(group), "--",
                                   python, "-c", GRADE, str(root), str(user)], capture_output=True, text=True, env=environment(root))
            assert done.returncode == 0, done.stderr[-2000:]
        written = Course.open(root).autograded("ada", toy.NAME)
        assert written.read_text() == "61236"
        assert {(path.stat().st_gid, mode(path)) for path in (written.parent, written.parent.parent)} == {(group, 0o2775)}
        assert Course.open(root).fault_log.read_text() == "6123561236"
        with Store(Course.open(root), toy.NAME, "toy_why") as store:
            assert [item.words for item in store.items().values()] == ["61235", "61236"]


def environment(root: Path) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": str(root.parent), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
            "JUPYTER_CONFIG_DIR": str(root.parent / "none")}
