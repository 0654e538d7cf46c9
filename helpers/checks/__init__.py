"""Instant checks under each exercise: they test properties, never answers, and say what a property means.

    check("softmax_jacobian", softmax_jacobian)

prints one line per property. A check never raises, so a notebook always runs to its end.
"""

from collections.abc import Callable
from typing import Any

from helpers.checks import ps1_box_functions, ps2_softmax_jacobian
from helpers.checks.report import CheckFailed, Report, StillAStub

CHECKS: dict[str, Callable[..., None]] = {**ps1_box_functions.CHECKS, **ps2_softmax_jacobian.CHECKS}


def check(name: str, answer: Any) -> None:
    """Print what holds and what does not for one exercise.

    `answer` is the student's function, or a dict of the names a written answer assigns. Raises KeyError for an
    exercise that has no check: that is a mistake of the notebook's author, not of the student.
    """
    examine, report = CHECKS[name], Report(name)
    try:
        examine(report, answer)
    except StillAStub as stub:
        print(f"○ Exercise {stub} is still a stub: write your answer in the cell above, run it, then run this cell.")
        return
    except CheckFailed:
        pass
    except Exception as error:
        report.lines.append(f"✗ the check cannot make sense of the answer ({type(error).__name__}: {error})")
    print(report.text())


__all__ = ["CHECKS", "check"]
