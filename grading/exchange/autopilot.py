"""From the exchange to the feedback without a hand: collect, grade, write pages, send them; for days."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from grading.classes.batch import grade_class
from grading.classes.pool import Workers
from grading.course.assignment import Assignment
from grading.course.folder import SUBMISSION_SECRET_FILE, TIMESTAMP_FILE, Course
from grading.course.nbgrader_directory import nbgrader_directory
from grading.course.settings import NOTHING, POINTS_AND_HINTS
from grading.errors import CourseError, SandboxError
from grading.exchange.early_feedback import Sent, read_sent, record_sent, what_may_be_read
from grading.handin.watch import Seen, look
from grading.judge.verdict import Result
from grading.marks.gradebook import Ledger
from grading.pages.feedback import write_feedback

EVERY = 30.0  # seconds between two looks


@dataclass
class Autopilot:
    """Serves one problem set. `say` is told a line for each hand-in, and for each trouble when it comes and goes.

    `summary` puts what was found in a submission into words.
    """

    course: Course
    assignment: Assignment
    staff: Workers
    say: Callable[[str], None]
    summary: Callable[[Result], str]
    seen: Seen = field(default_factory=dict)
    waiting: dict[str, str] = field(default_factory=dict)  # who may not read everything yet → what they may
    trouble: str = ""

    def look_once(self, now: datetime | None = None) -> None:
        """Collect, grade what is new, and send what may be read. What goes wrong is said; the next look tries again."""
        try:
            self._collect()
            self._grade_and_send(now or datetime.now(UTC))
        except (CourseError, SandboxError, OSError) as error:
            self._troubled(str(error))
        else:
            self._troubled("")

    def _troubled(self, words: str) -> None:
        if words != self.trouble:
            self.say(words or "That is over: going on.")
        self.trouble = words

    def _collect(self) -> None:
        outcome = self._api().collect(self.assignment.name, update=True)
        if not outcome["success"]:
            raise CourseError(f"The exchange cannot be read: {_last_line(outcome)}")

    def _grade_and_send(self, now: datetime) -> None:
        there = look(self.course, self.assignment.name)
        changed = [student for student, files in there.items() if files != self.seen.get(student)]
        known = {student for student in changed if self.course.autograded(student, self.assignment.name).exists()}
        for result in grade_class(self.course, self.assignment, changed, self.staff):
            student = result.student
            if result.fault:
                self.say(f"{student}: waits for a person, by a fault of the course: {self.course.fault_log}")
            elif (went := self._send(student, now)) or result.changed or student not in known:
                self.say(f"{student}: {result.points:g} of {result.max_points:g} points ({self.summary(result)}); "
                         f"{went or 'feedback as before'}")
            self.seen[student] = there[student]  # not before: what could not be sent is tried again
        for student in [student for student in self.waiting if student not in changed]:
            if went := self._send(student, now):
                self.say(f"{student}: {went}")

    def _send(self, student: str, now: datetime) -> str:
        """What became of a student's page, in words; "" where nothing new may be read."""
        folder = self.course.autograded(student, self.assignment.name).parent
        if not (folder / SUBMISSION_SECRET_FILE).is_file():
            with Ledger(self.course, self.assignment.name) as ledger:
                write_feedback(self.course, self.assignment, ledger, student)
            return "not handed in through the exchange, its page stays in feedback/"
        hand_in = (folder / TIMESTAMP_FILE).read_text(encoding="utf-8").strip()
        sent = [one for one in read_sent(self.course, self.assignment.name) if one.student == student]
        with Ledger(self.course, self.assignment.name) as ledger:
            form = what_may_be_read(self.course.settings, ledger.due(student), now, hand_in, sent)
            if form == NOTHING:
                waited, self.waiting[student] = student in self.waiting, form
                return "" if waited else "feedback waits"
            page = self.course.feedback(student, self.assignment.name)
            old = page.read_bytes() if page.is_file() else b""
            write_feedback(self.course, self.assignment, ledger, student, hints=form == POINTS_AND_HINTS)
        if page.read_bytes() == old and any((one.hand_in, one.form) == (hand_in, form) for one in sent):
            self._remember(student, form)
            return ""
        outcome = self._api().release_feedback(self.assignment.name, student)
        if not outcome["success"]:
            raise CourseError(f"The feedback for {student} cannot be sent: {_last_line(outcome)}")
        record_sent(self.course, Sent(now.isoformat(timespec="seconds"), self.assignment.name, student, hand_in, form))
        self._remember(student, form)
        return f"sent: {form}"

    def _remember(self, student: str, form: str) -> None:
        if form == POINTS_AND_HINTS:
            self.waiting.pop(student, None)
        else:
            self.waiting[student] = form

    def _api(self) -> Any:
        from nbgrader.apps.api import NbGraderAPI
        from nbgrader.auth import Authenticator
        directory, config = nbgrader_directory(self.course)
        return NbGraderAPI(directory, Authenticator(config=config), config=config)


def _last_line(outcome: dict[str, Any]) -> str:
    """The last thing that nbgrader said; of an error of its own, the exception."""
    lines = f"{outcome.get('log') or ''}\n{outcome.get('error') or ''}".strip().splitlines()
    return lines[-1].strip() if lines else "nbgrader does not say why."
