"""When work was handed in, as far as downloads tell: Moodle's worksheet has times, Canvas says LATE in a name."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dateutil import parser

from grading.csv_files import read_csv
from grading.errors import CourseError

IDENTIFIER = re.compile(r"\D+ (\d{1,20})")  # Participant 123456, whatever the language
TIME_COLUMN = "last modified (submission)"
MONTH = re.compile(r"\b(january|february|march|april|may|june|july|august|september|october|november|december)\b", re.I)
CANVAS_LATE = re.compile(r"[^_]+_late_\d", re.IGNORECASE)


def is_worksheet(path: Path) -> bool:
    """Whether a file is Moodle's grading worksheet in English."""
    try:
        head = read_csv(path)[0] if path.suffix.lower() == ".csv" else []
    except CourseError:
        return False
    return TIME_COLUMN in [name.strip().lower() for name in head]


def worksheet_times(path: Path) -> dict[str, datetime]:
    """UTC by Moodle's number of the participant. Moodle writes the time zone of whoever downloads: it is taken as ours.

    Rows without a time, or with one in words that are not English, are passed over.
    """
    head, *rows = read_csv(path)
    column = [name.strip().lower() for name in head].index(TIME_COLUMN)
    return {found[1]: moment for row in rows if (found := IDENTIFIER.fullmatch(row[0].strip()))
            and (moment := _moment(row[column]))}


def _moment(text: str) -> datetime | None:
    if not MONTH.search(text):
        return None
    try:
        return parser.parse(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def said_to_be_late(names: Sequence[str]) -> bool:
    """Whether Canvas has put LATE into one of a file's names."""
    return any(CANVAS_LATE.match(name) for name in names)


def just_late(due: datetime) -> datetime:
    """The least that LATE can mean."""
    return due + timedelta(seconds=1)
