"""What an instructor decides in nbgrader_config.py, in its section `c.NeuralCourse`: read and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from grading.course.limits import Limits
from grading.errors import CourseError

CONFIG_FILE = "nbgrader_config.py"
DELEGATED_WORK = ("zero", "warn")
CARRIED_FORWARD = ("full", "none")
POINTS_AND_HINTS, POINTS, NOTHING = EARLY_FEEDBACK = ("points and hints", "points", "nothing")
HANDOUT_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")  # of a folder, a zip, and a package in Python
ADDRESS = re.compile(r"https?://[^\s{}\"\\]+\.(whl|zip)")  # of what pip installs; stands in a cell's f-string


@dataclass(frozen=True)
class Settings:
    """How a course grades.

    `delegated_work`: what an answer costs that leaves its work to a library where it should be written from scratch,
    "zero" points or a "warn"-ing. `personal_numbers`: each student works with numbers drawn from the name of the
    submission folder, in the sets that have them (ps3). `figures`: cells that only show something (figures, examples)
    are run too when submissions are graded, and their figures appear in the graded notebooks and on the pages.
    `carried_forward`: what an answer gets that is right for itself and calls an earlier one that is not: "full" points,
    a fraction of what the earlier one cost it (0.5), or "none". `handout_url`: where students who open one notebook in
    Colab get the course's helpers, the address of the wheel or the zip. `colab_ai`: False turns the generative AI of
    Colab off in released notebooks. `early_feedback`: what students who hand in over the exchange read before the due
    date, "points and hints", "points" or "nothing"; `attempts_per_day`: for how many hand-ins of a day, 0 for all.
    `title` stands at the top of the hand-out, `handout_name` is what its folder and its zip are called.
    """

    delegated_work: str = "zero"
    personal_numbers: bool = False
    figures: bool = False
    carried_forward: str | float = "full"
    handout_url: str = ""
    colab_ai: bool = True
    early_feedback: str = POINTS_AND_HINTS
    attempts_per_day: int = 0
    title: str = "Neural networks, one notebook at a time"
    handout_name: str = "neural-course"

    @property
    def that_grade(self) -> dict[str, Any]:
        """What decides about points and what graded notebooks hold; the rest may change and nothing is graded anew."""
        names = ("delegated_work", "personal_numbers", "figures", "carried_forward")
        return {name: getattr(self, name) for name in names}

    @property
    def carried_share(self) -> float:
        """The fraction, from 0 to 1."""
        return {"full": 1.0, "none": 0.0}[self.carried_forward] if isinstance(self.carried_forward, str) \
            else float(self.carried_forward)


def read_settings(section: Mapping[str, Any]) -> Settings:
    """The settings in c.NeuralCourse. Raises CourseError for one that does not exist or does not fit."""
    settings = Settings(**_given(section, Settings))
    if settings.delegated_work not in DELEGATED_WORK:
        raise CourseError(f"{CONFIG_FILE}: c.NeuralCourse.delegated_work must be 'zero' or 'warn', not "
                          f"{settings.delegated_work!r}.")
    if settings.early_feedback not in EARLY_FEEDBACK:
        raise CourseError(f"{CONFIG_FILE}: c.NeuralCourse.early_feedback must be "
                          f"{' or '.join(map(repr, EARLY_FEEDBACK))}, not {settings.early_feedback!r}.")
    if settings.attempts_per_day < 0:
        raise CourseError(f"{CONFIG_FILE}: c.NeuralCourse.attempts_per_day must be 0, for as many as they like, or "
                          f"more, not {settings.attempts_per_day}.")
    if not HANDOUT_NAME.fullmatch(settings.handout_name):
        raise CourseError(f"{CONFIG_FILE}: c.NeuralCourse.handout_name must be small letters and digits with hyphens "
                          f"between them, not {settings.handout_name!r}.")
    share = settings.carried_forward
    if share not in CARRIED_FORWARD and not (isinstance(share, float | int) and 0 <= share <= 1):
        raise CourseError(f"{CONFIG_FILE}: c.NeuralCourse.carried_forward must be 'full', 'none' or a number from 0 to "
                          f"1, not {share!r}.")
    if settings.handout_url and not ADDRESS.fullmatch(settings.handout_url):
        raise CourseError(f"{CONFIG_FILE}: c.NeuralCourse.handout_url must be the address of the hand-out's wheel or "
                          f"zip (https://….whl), not {settings.handout_url!r}.")
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
        if name == "carried_forward" and type(value) in (str, float, int):
            continue
        if type(value) is not kind and not (kind is float and type(value) is int):
            raise CourseError(f"{CONFIG_FILE}: c.NeuralCourse.{name} must be a {kind.__name__}, not {value!r}.")
    names = {field.name for field in fields(wanted)}
    return {name: value for name, value in section.items() if name in names}
