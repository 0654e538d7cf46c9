"""From a table of examinations to the `check` that a notebook calls."""

import os
from collections.abc import Callable, Mapping
from typing import Any

from helpers.checks.earlier import used_by
from helpers.checks.report import CheckFailed, Report, StillAStub
from helpers.handin.progress import RIGHT, STUB, WRONG, note
from helpers.probe import grading

Examine = Callable[[Report, Any], None]


class NotYetRight(Exception):
    """What a check prints where something does not hold; raised while nbgrader validates, which counts exceptions."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback, whose lines would be ours."""
        return [str(self)]


def checker(checks: Mapping[str, Examine]) -> Callable[[str, Any], None]:
    """The `check` of one problem set; `checks` maps an exercise's name to the function that examines an answer."""

    def check(name: str, answer: Any) -> None:
        """Print what holds and what does not for one exercise.

        `answer` is the student's function, or a dict of the names a written answer assigns. Raises KeyError for an
        exercise that has no check: that is a mistake of the notebook's author, not of the student. While a grader
        runs the notebook nothing is examined: a verdict stands where these words would, and a check's time is saved.
        While nbgrader validates it, what does not hold is raised.
        """
        if grading():
            return
        examine, report = checks[name], Report(name)
        try:
            examine(report, answer)
        except StillAStub as stub:
            note(name, STUB)
            _say(f"○ Exercise {stub} is still a stub: write your answer in the cell above, run it, then run this "
                 "cell.", holds=False)
            return
        except CheckFailed:
            pass
        except Exception as error:
            report.lines.append(f"✗ the check cannot make sense of the answer ({type(error).__name__}: {error})")
        note(name, RIGHT if report.holds_so_far else WRONG)
        if not report.holds_so_far and callable(answer):
            for other, function in used_by(answer, examine, checks).items():
                if other != name and _finds_something(checks[other], other, function):
                    report.lines.append(f"→ This check uses your `{other}`, whose own check found something: look "
                                        "there first.")
                    break
        _say(report.text(), report.holds_so_far)
        report.draw()

    return check


def _say(text: str, holds: bool) -> None:
    if not holds and os.environ.get("NBGRADER_VALIDATING"):
        raise NotYetRight(text) from None
    print(text)


def _finds_something(examine: Examine, name: str, function: Any) -> bool:
    """Whether an exercise's own check shows an ✗. Nothing is printed, and a stub tells of itself elsewhere."""
    report = Report(name)
    try:
        examine(report, function)
    except CheckFailed:
        return True
    except Exception:  # a stub, or an answer that its own check cannot make sense of
        return False
    return False
