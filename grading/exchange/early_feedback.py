"""What a student may read before the due date, and what has been sent home: `feedback-sent.csv` in the course."""

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import datetime

from grading.course.folder import Course
from grading.course.settings import NOTHING, POINTS_AND_HINTS, Settings
from grading.csv_files import read_csv


@dataclass(frozen=True)
class Sent:
    """One page that went home: when (UTC, ISO 8601), to whom, to which hand-in (its time stamp), with what on it."""

    when: str
    problem_set: str
    student: str
    hand_in: str
    form: str


COLUMNS = [field.name for field in fields(Sent)]


def read_sent(course: Course, name: str) -> list[Sent]:
    """What was sent for a problem set, the oldest first. A line that is no such line is passed over."""
    if not course.sent_file.is_file() or not course.sent_file.stat().st_size:
        return []
    rows = [row for row in read_csv(course.sent_file)[1:] if len(row) == len(COLUMNS)]
    return [sent for sent in (Sent(*row) for row in rows) if sent.problem_set == name]


def record_sent(course: Course, sent: Sent) -> None:
    """Add a line."""
    new = not course.sent_file.is_file() or not course.sent_file.stat().st_size
    with course.sent_file.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        if new:
            writer.writerow(COLUMNS)
        writer.writerow(astuple(sent))


def what_may_be_read(settings: Settings, due: datetime | None, now: datetime, hand_in: str, sent: Iterable[Sent]
                     ) -> str:
    """What a page may show now: "points and hints", "points" or "nothing".

    `sent` is what this student has been sent for this problem set. Without a due date it never passes.
    """
    if due is not None and now >= due:
        return POINTS_AND_HINTS
    today = {one.hand_in for one in sent if one.when.startswith(now.date().isoformat())} - {hand_in}
    if settings.attempts_per_day and len(today) >= settings.attempts_per_day:
        return NOTHING
    return settings.early_feedback
