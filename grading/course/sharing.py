"""A course that several people of one group grade: c.CourseDirectory.groupshared, as nbgrader knows it."""

import os
from contextlib import suppress
from pathlib import Path

from grading.course.folder import Course

GROUP_WRITES = 0o060


def share_what_is_written(course: Course) -> None:
    """Let the folder's group change whatever this process writes from now on, if the course is shared."""
    if course.is_shared:
        os.umask(os.umask(0o022) & ~0o070)


def share(course: Course, path: Path) -> None:
    """The same for a file that somebody else's code has made, or that is private otherwise."""
    if course.is_shared:
        with suppress(OSError):  # of another person, who has shared it
            path.chmod(path.stat().st_mode | GROUP_WRITES)
