"""Students may write into the exchange; what they put there ends nothing, and stands for nobody else's work."""

import os
import pwd
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory

from grading.course.folder import Course
from tests import toy

# Accounts that every machine has: who hands in under their names must be they.
ACCOUNTS = [account.pw_name for account in pwd.getpwall() if 0 < account.pw_uid < 1000]


@pytest.fixture
def hub(course: Course, tmp_path: Path) -> Course:
    """The toy course with an exchange in which nothing lies yet."""
    (tmp_path / "exchange" / "toys" / "inbound").mkdir(parents=True)
    return toy.configured(course, f"c.CourseDirectory.course_id = 'toys'\nc.Exchange.root = '{tmp_path}/exchange'")


def inbound(hub: Course, name: str, text: str = "{}", minutes: int = 0) -> Path:
    """A hand-in in the exchange; the file in it."""
    moment = datetime.now(UTC) + timedelta(minutes=minutes)
    folder = Path(hub.config.Exchange.root) / "toys" / "inbound" / f"{name}+{toy.NAME}+{moment:%Y-%m-%d %H:%M:%S} UTC+key"
    folder.mkdir()
    path = folder / f"{toy.NAME}.ipynb"
    path.write_text(text)
    return path


def collect(hub: Course) -> str:
    """What nbgrader says on the way; the course's own configuration names the class."""
    config: Any = hub.config.copy()
    config.CourseDirectory.root = str(hub.root)
    outcome = NbGraderAPI(CourseDirectory(config=config), Authenticator(config=config), config=config).collect(toy.NAME, update=True)
    assert outcome["success"], outcome
    return str(outcome["log"])


def collected(hub: Course) -> dict[str, str]:
    return {path.parent.parent.name: path.read_text() for path in (hub.root / "submitted").glob(f"*/*/{toy.NAME}.ipynb")}


def test_the_newest_hand_in_of_each_is_taken(hub: Course) -> None:
    inbound(hub, "ada", "old")
    inbound(hub, "ada+eve", "of two names")
    assert "Collecting submission: ada " in collect(hub)
    assert collected(hub) == {"ada": "old", "ada+eve": "of two names"}
    inbound(hub, "ada", "new", minutes=1)
    assert "Updating submission: ada " in collect(hub)
    assert collected(hub)["ada"] == "new"


def _link_to_the_solution(hub: Course, path: Path) -> None:
    path.unlink()
    path.symlink_to(hub.source(toy.NAME))


def _folder_that_is_a_link(hub: Course, path: Path) -> None:
    path.unlink()
    path.parent.rmdir()
    path.parent.symlink_to(hub.source(toy.NAME).parent)


def _pipe(hub: Course, path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _no_time(hub: Course, path: Path) -> None:
    path.parent.rename(path.parent.with_name(f"bad+{toy.NAME}+yesterday"))


def _far_time(hub: Course, path: Path) -> None:
    path.parent.rename(path.parent.with_name(f"bad+{toy.NAME}+9{'9' * 40}-01-01"))


def _file(hub: Course, path: Path) -> None:
    path.unlink()
    path.parent.rmdir()
    path.parent.write_text("no folder")


def _subfolders(hub: Course, path: Path) -> None:
    path.unlink()
    (path.parent / "deep" / "er").mkdir(parents=True)


@pytest.mark.parametrize(("spoil", "said"), [
    (_link_to_the_solution, "'toy_set.ipynb', a link"), (_folder_that_is_a_link, "which is no folder"), (_pipe, "no plain file"),
    (_no_time, "its name holds no time"), (_far_time, "its name holds no time"), (_file, "which is no folder"), (_subfolders, "'deep', no plain file")],
    ids=lambda value: getattr(value, "__name__", ""))
def test_what_one_puts_there_is_named_and_everybody_else_is_collected(hub: Course, spoil: Any, said: str) -> None:
    inbound(hub, "ada", "hers")
    spoil(hub, inbound(hub, "bad"))
    log = collect(hub)
    assert said in log
    assert "Collecting submission: ada " in log
    assert collected(hub) == {"ada": "hers"}


@pytest.mark.parametrize(("name", "said"), [("..", "No submissions"), (".", "No submissions"), ("", "whose name is nobody's"), ("a\x1b[2J", "whose name is nobody's")])
def test_a_name_that_no_student_has_leads_nowhere(hub: Course, name: str, said: str) -> None:
    before = sorted(hub.root.rglob("*"))
    inbound(hub, name)
    log = collect(hub)
    assert said in log
    assert "\x1b" not in log
    assert sorted(hub.root.rglob("*")) == before


@pytest.mark.skipif(os.geteuid() != 0 or len(ACCOUNTS) < 2, reason="only root can hand in as two others")
def test_nobody_hands_in_for_somebody_else(hub: Course) -> None:
    ada, ben = ACCOUNTS[:2]
    hers = inbound(hub, ada, "hers").parent
    os.chown(hers, pwd.getpwnam(ada).pw_uid, -1)
    forged = inbound(hub, ada, "his, said to be hers", minutes=5).parent
    os.chown(forged, pwd.getpwnam(ben).pw_uid, -1)
    assert f"which user {pwd.getpwnam(ben).pw_uid} has put there and not {ada}" in collect(hub)
    assert collected(hub) == {ada: "hers"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_where_the_system_knows_no_such_student_the_owner_says_nothing(hub: Course) -> None:
    os.chown(inbound(hub, "student-4711", "theirs").parent, 54_321, -1)
    collect(hub)
    assert collected(hub) == {"student-4711": "theirs"}


def test_too_large_a_file_is_left_and_said(hub: Course) -> None:
    hub.config.CourseDirectory.max_file_size = 1
    inbound(hub, "ada", "x" * 1001)
    (inbound(hub, "ben", "x" * 1000).parent / "picture.png").write_bytes(b"small")
    assert "'toy_set.ipynb', more than 0 MB" in collect(hub)
    assert list(collected(hub)) == ["ben"]
    assert (hub.root / "submitted" / "ben" / toy.NAME / "picture.png").read_bytes() == b"small"
