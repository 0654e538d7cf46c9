"""What an instructor decides in nbgrader_config.py, in its section `c.NeuralCourse`: read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from grading.course.limits import Limits
from grading.errors import CourseError

CONFIG_FILE = "nbgrader_config.py"
DELEGATED_WORK = ("zero", "warn")


@dataclass(frozen=True)
class Settings:
    """How a course grades.

    `delegated_work`: what an answer costs that leaves its work to a library where it should be written from scratch,
    "zero" points or a "warn"-ing. `personal_numbers`: each student works with numbers drawn from the name of the
    submission folder, in the sets that have them (ps3). `figures`: cells that only show something (figures, examples)
    are run too when submissions are graded, and their figures appear in the graded notebooks and on the pages.
    """

    delegated_work: str = "zero"
    personal_numbers: bool = False
    figures: bool = False


def read_settings(section: Mapping[str, Any]) -> Settings:
    """The settings in c.NeuralCourse. Raises CourseError for one that does not exist or does not fit."""
    settings = Settings(**_given(section, Settings))
    if settings.delegated_work not in DELEGATED_WORK:
        raise CourseError(f"{CONFIG_FILE}: c.NeuralCourse.delegated_work must be 'zero' or 'warn', not "
                          f"{settings.delegated_work!r}.")
    return settings


def read_limits(section: Mapping[str, Any]) -> Limits:
    """The limits in c.NeuralCourse. Raises CourseError for a setting that does not exist or does not fit."""
    limits = Limits(**_given(section, Limits))
    for name, value in limits.to_dict().items():
        if value <= 0:
            raise CourseError(f"{CONFIG_FILE}: c.NeuralCourse.{name} must be more than 0, not {value!r}.")
    return limits


def _given(section: Mapping[str, Any], wanted: type) -> dict[str, Any]:
    """The values that belong to a dataclass, each of its field's type."""
    known = {field.name: field.default for part in (Settings, Limits) for field in fields(part)}
    for name, value in section.items():
        if name not in known:
            raise CourseError(f"{CONFIG_FILE}: there is no setting c.NeuralCourse.{name}. Known: {', '.join(known)}.")
        kind = type(known[name])
        if type(value) is not kind and not (kind is float and type(value) is int):
            raise CourseError(f"{CONFIG_FILE}: c.NeuralCourse.{name} must be a {kind.__name__}, not {value!r}.")
    names = {field.name for field in fields(wanted)}
    return {name: value for name, value in section.items() if name in names}
