"""The late policy: a percentage for each day begun, with a cap and hours of grace; extensions from a CSV file."""

import math
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float

from grading.csv_files import read_csv
from grading.errors import CourseError

EXTENSIONS = "extensions.csv"
COLUMNS = ("student", "problem_set", "hours")
DAY, HOUR = 86400.0, 3600.0


class LatePolicy(LateSubmissionPlugin):  # type: ignore[misc]
    """nbgrader asks it what a late submission costs. Without settings it costs nothing."""

    percent_per_day = Float(0.0, min=0.0, max=100.0, config=True,
                            help="Percentage of the points that each day begun after the due date costs.")
    most_percent = Float(100.0, min=0.0, max=100.0, config=True, help="The most that lateness can cost, in percent.")
    grace_hours = Float(0.0, min=0.0, config=True, help="Hours after the due date in which nothing is lost.")

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        """Points to take off; None for nothing. Days count from the due date once the grace is over."""
        if total_seconds_late <= self.grace_hours * HOUR or self.percent_per_day == 0:
            return None
        days = math.ceil(total_seconds_late / DAY)
        return float(score) * min(self.percent_per_day * days, self.most_percent) / 100


def read_extensions(root: Path, problem_set: str) -> Mapping[str, timedelta] | None:
    """Extra time by student from extensions.csv in the course folder; None where there is no such file.

    Raises CourseError naming the line that cannot be read.
    """
    path = root / EXTENSIONS
    if not path.is_file():
        return None
    given = {}
    head, *rows = read_csv(path)
    head = [name.strip() for name in head]
    if missing := [name for name in COLUMNS if name not in head]:
        raise CourseError(f"{path}: the first line must name the columns {', '.join(COLUMNS)}; "
                          f"{', '.join(missing)} is missing.")
    for number, row in enumerate(rows, 2):
        student, name, hours = (row[head.index(column)].strip() for column in COLUMNS)
        try:
            given[student, name] = timedelta(hours=float(hours.replace(",", ".")))
        except (ValueError, OverflowError):
            raise CourseError(f"{path}, line {number}: expected a student, a problem set and a number of "
                              "hours.") from None
    return {student: extra for (student, name), extra in given.items() if name == problem_set}
