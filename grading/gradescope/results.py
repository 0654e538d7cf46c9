"""What Gradescope shows: a graded submission as the document that its results.json has to be."""

import html
from collections.abc import Mapping
from typing import Any

from grading.course.settings import NOTHING, POINTS, POINTS_AND_HINTS
from grading.judge.verdict import Result, Verdict
from grading.probes.model import total

STOPPED = ("Your work was received, but the autograder was stopped before it had an answer. That is no fault of yours: "
           "tell your instructors, who can run it again.")
AFTERWARDS = "after_due_date"


def document(result: Result, titles: Mapping[str, str], early_feedback: str) -> dict[str, Any]:
    """results.json of one submission; `titles` are the headings of the exercises that are judged by values, by id.

    Written answers, blank ones too, are not in it: Gradescope has questions of its own for what people read. What
    students see before the due date is the course's setting.
    """
    judged = [verdict for verdict in result.verdicts if verdict.id in titles and verdict.kind != "manual"]
    tests = [_test(verdict, titles[verdict.id], early_feedback) for verdict in judged]
    if early_feedback == POINTS and (hints := [_hint(verdict, titles) for verdict in judged if verdict.hint]):
        tests.append({"name": "Hints", "output": "\n\n".join(hints), "output_format": "md", "visibility": AFTERWARDS})
    said = _plain("\n\n".join(filter(None, [result.problem, *result.notes])))
    return {"score": total(verdict.points for verdict in judged), "output": said, "output_format": "md",
            "visibility": AFTERWARDS if early_feedback == NOTHING else "visible", "stdout_visibility": "hidden",
            "tests": tests}


def sentence(words: str) -> dict[str, Any]:
    """A valid document that says something and gives no points."""
    return {"score": 0, "output": _plain(words), "output_format": "md", "stdout_visibility": "hidden", "tests": []}


def _test(verdict: Verdict, title: str, early_feedback: str) -> dict[str, Any]:
    lines = [f"- {point.mark} {_plain(point.name)} ({point.earned:g} of {point.worth:g})" for point in verdict.named]
    told = early_feedback == POINTS_AND_HINTS
    if told and verdict.hint:
        lines = [_plain(verdict.hint), "", *lines]
    return {"name": title, "score": verdict.points, "max_score": verdict.max_points,
            "status": "passed" if verdict.points >= verdict.max_points else "failed",
            "output": "\n".join(lines), "output_format": "md",
            "tags": [verdict.mistake] if told and verdict.mistake else [],
            "visibility": AFTERWARDS if early_feedback == NOTHING else "visible"}


def _hint(verdict: Verdict, titles: Mapping[str, str]) -> str:
    return f"**{_plain(titles[verdict.id])}**: {_plain(verdict.hint)}"


def _plain(text: str) -> str:
    """Text that stays text in Markdown: a message may hold what a student's exception said."""
    escaped = html.escape(text, quote=False)
    return "".join(f"\\{sign}" if sign in "\\`*_[]#|~" else sign for sign in escaped)
