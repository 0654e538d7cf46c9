"""Which packages of which versions a course's people install: the project's own list, and the course's lock."""

from importlib.metadata import requires
from importlib.metadata import version as version_of

from packaging.requirements import Requirement

from grading.course.folder import Course

DISTRIBUTION = "neural-course"


def version() -> str:
    """Of this package."""
    return version_of(DISTRIBUTION)


def wanted() -> dict[str, Requirement]:
    """What this package asks for, by name."""
    return {one.name: one for one in map(Requirement, requires(DISTRIBUTION) or [])}


def pins(course: Course) -> list[str]:
    """The lines of the course's lock; none where it has no lock."""
    lock = course.root / "requirements.lock"
    locked = lock.read_text(encoding="utf-8").splitlines() if lock.is_file() else []
    return [line for line in locked if not line.startswith("#")]
