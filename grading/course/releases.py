"""Which problem sets students have been given: `released.csv` in the course, a line for each from `course release`.

That a notebook lies in release/ says little: nbgrader puts it there whenever somebody generates it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date

from grading.course.folder import Course
from grading.csv_files import read_csv, write_csv
from grading.errors import CourseError


@dataclass(frozen=True)
class Release:
    """One line: `fingerprint` is of the notebook as it was then, `released` the last day on which it was released."""

    problem_set: str
    released: str
    fingerprint: str


COLUMNS = [field.name for field in fields(Release)]


def read_releases(course: Course) -> dict[str, Release]:
    """What has been released, by the problem sets' names. Raises CourseError for a file that cannot be read."""
    if not course.releases_file.is_file():
        return {}
    rows = read_csv(course.releases_file)
    if rows[0] != COLUMNS or any(not all(row) or len(row) != len(COLUMNS) for row in rows):
        raise CourseError(f"{course.releases_file} is not as `course release` writes it: its first line must be "
                          f"{','.join(COLUMNS)}, and all others as long. Mend it, or delete it and release again.")
    return {row[0]: Release(*row) for row in rows[1:] if row[0] in course.problem_sets()}


def record_releases(course: Course, names: Sequence[str]) -> None:
    """Write down that these notebooks, as they are now in release/, are what students get."""
    releases = read_releases(course)
    for name in names:
        releases[name] = Release(name, date.today().isoformat(), fingerprint(course, name))
    write_csv(course.releases_file, [COLUMNS, *(astuple(releases[name]) for name in sorted(releases))])


def require_released(course: Course, names: Sequence[str]) -> None:
    """Raises CourseError, saying what to do, for a problem set that was never released or is no longer what was."""
    releases = read_releases(course)
    for name in names:
        if name not in releases:
            raise CourseError(f"{name} has not been released: course release {name}")
        if not course.release(name).is_file():
            raise CourseError(f"{course.release(name)} is gone since it was released on {releases[name].released}: "
                              f"course release {name}")
        if fingerprint(course, name) != releases[name].fingerprint:
            raise CourseError(f"{course.release(name)} is not what was released on {releases[name].released}. If the "
                              f"change is meant: course release {name}")


def fingerprint(course: Course, name: str) -> str:
    """Of a notebook in release/. Line ends do not count, which git changes on its way to another machine."""
    content = course.release(name).read_bytes().replace(b"\r\n", b"\n")
    return hashlib.sha256(content).hexdigest()[:16]
