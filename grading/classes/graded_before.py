"""What earlier runs found, from the graded notebooks: told without loading the problem set or a sandbox."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grading.classes.changed_points import with_manual_scores
from grading.course.fingerprint import fingerprint
from grading.course.folder import METADATA, Course
from grading.handin.collect import Handed, collect
from grading.judge.verdict import Result, Verdict


@dataclass(frozen=True)
class Stored:
    """What an earlier run found in a submission, and what it was graded with then (see Handed.graded_with)."""

    fingerprint: str
    result: Result

    def in_short(self, scores: Mapping[str, float]) -> tuple[str, float]:
        """Fingerprint and points, those that a person has given among them."""
        return self.fingerprint, with_manual_scores(self.result, scores).points


def read_stored(course: Course, student: str, name: str) -> Stored | None:
    """What an earlier run left; None when there is nothing."""
    try:
        kept = json.loads(course.autograded(student, name).read_bytes())["metadata"][METADATA]
        verdicts = tuple(Verdict.from_dict(data) for data in kept["verdicts"])
        return Stored(kept["fingerprint"], Result(student, verdicts, kept["problem"], tuple(kept["notes"])))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # not graded yet, or damaged: grading again mends it


def stored_result(course: Course, student: str, name: str) -> Result | None:
    """What an earlier run found; None when there is none."""
    stored = read_stored(course, student, name)
    return stored.result if stored else None


def handed_in(course: Course, student: str, name: str) -> Handed:
    """What lies in submitted/STUDENT/NAME."""
    return collect(course.root / "submitted" / student / name, name)


def unchanged_results(course: Course, students: Sequence[str], name: str) -> list[Result] | None:
    """What was found in these submissions, if all are graded and none has changed since; None else."""
    tests = fingerprint(course, name)
    stored = {}
    for student in sorted(students, key=lambda student: _looks_graded(course, student, name)):
        found = read_stored(course, student, name)
        if not found or found.fingerprint != handed_in(course, student, name).graded_with(tests):
            return None
        stored[student] = found.result
    from grading.marks.gradebook import Ledger  # not before it is known that nothing is to be graded: it takes longest
    with Ledger(course, name) as ledger:
        if not stored.keys() <= ledger.students():
            return None
        return [with_manual_scores(result, ledger.manual_scores(student)) for student, result in stored.items()]


def _looks_graded(course: Course, student: str, name: str) -> bool:
    """Whether the graded notebook is there and newer: those who are not so are looked at first."""
    handed = course.root / "submitted" / student / name / f"{name}.ipynb"
    try:
        return course.autograded(student, name).stat().st_mtime_ns > handed.stat().st_mtime_ns
    except OSError:
        return False
