"""Whose points are not what they were after the run before, and why."""

from collections.abc import Mapping
from dataclasses import replace

from grading.judge.verdict import Result, Verdict


def what_changed(earlier: tuple[str, float] | None, fingerprint: str, result: Result) -> str:
    """A submission's points before and why they are others now; "" where they are not, or it was not graded before."""
    if earlier is None or abs(earlier[1] - result.points) < 1e-9:
        return ""
    return f"{earlier[1]:g} → {result.points:g} points: {_why(earlier[0], fingerprint)}"


def _why(before: str, now: str) -> str:
    if not before or not now:
        return "it could not be graded at one time"
    tests, bytes_and_time = before.partition(":")[::2]
    if bytes_and_time != now.partition(":")[2]:
        return "handed in again"
    if tests != now.partition(":")[0]:
        return "the notebook, its hidden tests or a setting has changed"
    return "graded anew"


def with_manual_scores(result: Result, scores: Mapping[str, float]) -> Result:
    """The same result with the points a person has given in place of the automatic ones."""
    def scored(verdict: Verdict) -> Verdict:
        points = scores.get(f"test_{verdict.id}", scores.get(verdict.id))
        if points is None:
            return verdict
        return replace(verdict, points=points, kind="graded" if verdict.kind == "manual" else verdict.kind)
    return replace(result, verdicts=tuple(scored(verdict) for verdict in result.verdicts))
