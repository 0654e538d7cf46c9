"""Who has handed in something new: the submissions' files, looked at again and again."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from grading.course.folder import Course

Seen = dict[str, tuple[tuple[str, int, int], ...]]
EVERY = 1.0  # seconds


def changed_submissions(course: Course, name: str, every: float = EVERY) -> Iterator[list[str]]:
    """Students whose files have changed since the last time, as soon as a whole interval passes without a change.

    Waiting for a quiet interval keeps half-written files out. Never ends by itself; the first answer is everybody.
    """
    graded: Seen = {}
    before = look(course, name)
    while True:
        if before != graded:
            time.sleep(every)
            now = look(course, name)
            if now == before:
                yield [student for student in now if now[student] != graded.get(student)]
                graded = now
            before = now
        else:
            time.sleep(every)
            before = look(course, name)


def look(course: Course, name: str) -> Seen:
    """What lies in everybody's folder now."""
    return {student: tuple(_files(course.root / "submitted" / student / name)) for student in course.students(name)}


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Name, time of the last change and size of what lies in a submission's folder; nothing is opened or followed."""
    try:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                stat = entry.stat(follow_symlinks=False)
                yield entry.name, stat.st_mtime_ns, stat.st_size
    except OSError:  # it is going away, or is no folder: grading says what it is
        return
