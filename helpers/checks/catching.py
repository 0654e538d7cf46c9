"""The instant check of an answer that is itself a test: tried on what can be made of the student's own code."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from helpers.checks.report import Report

Implementation = Callable[..., Any]


def catches(report: Report, function: Callable[[Implementation], Any], right: Mapping[str, Implementation],
            wrong: Mapping[str, Implementation]) -> None:
    """Whether `function` says True of all that are right and False of all that are wrong; each has a name in words."""
    with np.errstate(all="ignore"):  # wrong ones overflow, and say so
        for name, implementation in right.items():
            report.holds(f"it says True of {name}", _says(report, report.call(function, implementation)),
                         "call it by hand: which of your comparisons fails")
        for name, implementation in wrong.items():
            report.holds(f"it says False of {name}", not _accepts(report, function, implementation),
                         "what does this one return where you know the answer")


def _says(report: Report, value: Any) -> bool:
    return bool(report.shape(value, (), "return True or False"))


def _accepts(report: Report, function: Callable[[Implementation], Any], implementation: Implementation) -> bool:
    """Stopping with an exception is as good as False here."""
    try:
        value = function(implementation)
    except Exception:
        return False
    return _says(report, value)
