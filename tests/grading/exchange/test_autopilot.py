"""The autopilot serves students for days: each hand-in is one line, and nothing ends it."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from nbgrader.utils import notebook_hash

from grading.classes.pool import InTurn
from grading.cli.main import main
from grading.cli.printed_tables import found
from grading.course.assignment import Assignment, load_assignment
from grading.course.folder import Course
from grading.exchange.autopilot import Autopilot
from grading.handin.collect import Handed
from grading.handin.intake import read_answers
from grading.sandbox.client import Sandbox
from tests import toy

pytestmark = pytest.mark.sandbox
HALVES = {**toy.SOLUTION, "double": "def double(x):\n    return x / 2"}
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
DUE = "2026-12-02 00:00:00"


@dataclass
class Hub:
    """A course, its exchange, and what the autopilot has said."""

    course: Course
    pilot: Autopilot
    said: list[str] = field(default_factory=list)

    def hand_in(self, student: str, moment: datetime, answers: dict[str, str]) -> str:
        """Put a hand-in into the exchange as nbgrader does; its secret."""
        stamp = f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC"
        folder = Path(self.course.config.Exchange.root) / "toys" / "inbound" / f"{student}+{toy.NAME}+{stamp}+key"
        path = toy.submit(self.course, "made", answers)
        shutil.copytree(path.parent, folder)
        shutil.rmtree(path.parent.parent)
        secret = hashlib.sha512(f"{student}{moment}".encode()).hexdigest()
        (folder / "timestamp.txt").write_text(stamp)
        (folder / "submission_secret.txt").write_text(secret)
        return secret

    def page(self, secret: str) -> str:
        """What a student finds in the exchange for a hand-in, "" for nothing."""
        path = Path(self.course.config.Exchange.root) / "toys" / "feedback" / f"{notebook_hash(secret=secret, notebook_id=toy.NAME)}.html"
        return path.read_text() if path.is_file() else ""

    def look(self, now: datetime) -> list[str]:
        """The lines of one look."""
        self.said.clear()
        self.pilot.look_once(now)
        return list(self.said)


def make_hub(course: Course, sandbox: Sandbox, folder: Path, *lines: str, due: str = DUE) -> Hub:
    (folder / "exchange" / "toys" / "inbound").mkdir(parents=True, exist_ok=True)
    course = toy.configured(course, "\n".join(["c.CourseDirectory.course_id = 'toys'", f"c.Exchange.root = '{folder}/exchange'", *lines]))
    said: list[str] = []
    pilot = Autopilot(course, load_assignment(course, toy.NAME), InTurn(sandbox), said.append, found)
    if due:
        from nbgrader.api import Gradebook
        with Gradebook(course.db_url, course.course_id) as gradebook:
            gradebook.update_or_create_assignment(toy.NAME, duedate=due)
    return Hub(course, pilot, said)


@pytest.fixture
def hub(course: Course, sandbox: Sandbox, tmp_path: Path) -> Callable[..., Hub]:
    return lambda *lines, **due: make_hub(course, sandbox, tmp_path, *lines, **due)


def test_each_hand_in_is_one_line_and_its_page_goes_home(hub: Callable[..., Hub]) -> None:
    served = hub()
    assert served.look(NOON) == []
    ada, ben = served.hand_in("ada", NOON, HALVES), served.hand_in("ben", NOON, toy.SOLUTION)
    assert served.look(NOON) == ["ada: 5 of 9.5 points (double: halves; 1 to grade by hand); sent: points and hints",
                                 "ben: 7.5 of 9.5 points (1 to grade by hand); sent: points and hints"]
    assert "Twice, not half." in served.page(ada)
    assert "Twice, not half." not in served.page(ben)
    assert served.look(NOON) == []
    again = served.hand_in("ada", NOON + timedelta(minutes=1), toy.SOLUTION)
    assert served.look(NOON) == ["ada: 7.5 of 9.5 points (1 to grade by hand); sent: points and hints"]
    assert served.page(again)
    assert "Twice, not half." in served.page(ada)  # the earlier one's stays


def test_started_again_it_repeats_nothing(hub: Callable[..., Hub], course: Course, sandbox: Sandbox, tmp_path: Path) -> None:
    first = hub()
    first.hand_in("ada", NOON, HALVES)
    assert len(first.look(NOON)) == 1
    second = make_hub(course, sandbox, tmp_path)
    assert second.look(NOON) == []
    assert len(second.course.sent_file.read_text().splitlines()) == 2


def test_points_come_first_and_hints_after_the_due_date(hub: Callable[..., Hub]) -> None:
    served = hub("c.NeuralCourse.early_feedback = 'points'")
    secret = served.hand_in("ada", NOON, HALVES)
    assert served.look(NOON) == ["ada: 5 of 9.5 points (double: halves; 1 to grade by hand); sent: points"]
    early = served.page(secret)
    assert "0 of 2.5" in early
    assert "hints, follow after the due date" in early
    for found_out in ("Twice, not half.", "A known mistake"):
        assert found_out not in early
    assert served.look(NOON) == []
    assert served.look(NOON + timedelta(days=3)) == ["ada: sent: points and hints"]
    assert "Twice, not half." in served.page(secret)
    assert served.look(NOON + timedelta(days=3)) == []


def test_nothing_is_nothing_until_the_due_date_of_each(hub: Callable[..., Hub]) -> None:
    served = hub("c.NeuralCourse.early_feedback = 'nothing'")
    (served.course.root / "extensions.csv").write_text(f"student,problem_set,hours\nben,{toy.NAME},48\n")
    ada, ben = served.hand_in("ada", NOON, HALVES), served.hand_in("ben", NOON, HALVES)
    assert [line.partition("; 1 to grade by hand); ")[2] for line in served.look(NOON)] == ["feedback waits"] * 2
    assert served.page(ada) == served.page(ben) == ""
    assert served.look(NOON + timedelta(days=2)) == ["ada: sent: points and hints"]
    assert served.page(ada) and not served.page(ben)
    assert served.look(NOON + timedelta(days=4)) == ["ben: sent: points and hints"]


def test_further_hand_ins_of_a_day_wait_until_the_next(hub: Callable[..., Hub]) -> None:
    served = hub("c.NeuralCourse.attempts_per_day = 1")
    first = served.hand_in("ada", NOON, HALVES)
    assert served.look(NOON)[0].endswith("sent: points and hints")
    second = served.hand_in("ada", NOON + timedelta(minutes=1), toy.SOLUTION)
    assert served.look(NOON + timedelta(minutes=2)) == ["ada: 7.5 of 9.5 points (1 to grade by hand); feedback waits"]
    assert served.look(NOON + timedelta(hours=3)) == []
    assert served.page(first) and not served.page(second)
    assert served.look(NOON + timedelta(hours=13)) == ["ada: sent: points and hints"]
    assert served.page(second)


def test_what_goes_wrong_is_said_once_and_over_when_it_is_over(hub: Callable[..., Hub]) -> None:
    served = hub()
    exchange = Path(served.course.config.Exchange.root)
    exchange.rename(exchange.with_name("away"))
    [trouble] = served.look(NOON)
    assert trouble.startswith("The exchange cannot be read: ")
    assert served.look(NOON) == []
    exchange.with_name("away").rename(exchange)
    served.hand_in("ada", NOON, toy.SOLUTION)
    assert served.look(NOON) == ["ada: 7.5 of 9.5 points (1 to grade by hand); sent: points and hints", "That is over: going on."]


def test_a_page_that_could_not_be_sent_is_sent_later(hub: Callable[..., Hub]) -> None:
    served = hub("c.NeuralCourse.early_feedback = 'points'")
    secret = served.hand_in("ada", NOON, HALVES)
    blocked = Path(served.course.config.Exchange.root) / "toys" / "feedback"
    blocked.write_text("in the way")
    assert served.look(NOON)[0].startswith("The feedback for ada cannot be sent: ")
    assert served.look(NOON) == []
    blocked.unlink()
    assert served.look(NOON) == ["ada: 5 of 9.5 points (double: halves; 1 to grade by hand); sent: points", "That is over: going on."]
    blocked.rename(blocked.with_name("away"))
    blocked.write_text("in the way again")
    assert served.look(NOON + timedelta(days=3))[0].startswith("The feedback for ada cannot be sent: ")
    blocked.unlink()
    blocked.with_name("away").rename(blocked)
    assert served.look(NOON + timedelta(days=3)) == ["ada: sent: points and hints", "That is over: going on."]
    assert "Twice, not half." in served.page(secret)


def test_who_handed_in_another_way_has_a_page_here(hub: Callable[..., Hub]) -> None:
    served = hub()
    toy.submit(served.course, "cem", toy.SOLUTION)
    assert served.look(NOON) == ["cem: 7.5 of 9.5 points (1 to grade by hand); not handed in through the exchange, its page stays in feedback/"]
    assert served.course.feedback("cem", toy.NAME).is_file()
    assert not served.course.sent_file.exists()


def test_one_hand_in_that_the_course_stumbles_over_is_named_and_the_others_go_home(hub: Callable[..., Hub], monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(handed: Handed, assignment: Assignment) -> object:
        if b"stumble" in handed.data:
            raise MemoryError
        return read_answers(handed, assignment)
    monkeypatch.setattr("grading.run.submission.read_answers", stumble)
    served = hub()
    ada = served.hand_in("ada", NOON, {**toy.SOLUTION, "toy_why": "I stumble."})
    ben = served.hand_in("ben", NOON, toy.SOLUTION)
    lines = served.look(NOON)
    assert lines == [f"ada: waits for a person, by a fault of the course: {served.course.fault_log}",
                     "ben: 7.5 of 9.5 points (1 to grade by hand); sent: points and hints"]
    assert served.page(ben) and not served.page(ada)


def test_the_command_says_what_goes_with_it(course: Course) -> None:
    for words in (["--exchange"], ["--exchange", "--watch", "--force"]):
        done = CliRunner().invoke(main, ["grade", toy.NAME, *words, "--root", str(course.root)])
        assert done.exit_code == 2
        assert "--exchange goes with --watch" in done.output
