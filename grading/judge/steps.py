"""A budget that is the same on every machine: how many lines of Python may be run. Pure, but for the count itself."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from grading.judge.case_outcome import Outcome, run
from grading.judge.cases import Case
from grading.probes.model import Answer, Probe

ONE = 20_000  # lines, for one computation
ALL = 200_000  # lines, for one explanation: some 0.3 s of processor time


class TooLong(BaseException):
    """A computation has used up its lines. No `except Exception` on its way holds it up."""


class Steps:
    """What is left of a budget; `one` is what a single computation may use of it."""

    def __init__(self, one: int = ONE) -> None:
        self.one, self.left = one, ALL

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Raises TooLong as soon as the computation inside has run too many lines."""
        limit = min(self.one, self.left)
        used = 0

        def count(frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:
            nonlocal used
            used += 1
            if used > limit:
                raise TooLong
            return count
        before = sys.gettrace()
        sys.settrace(count)
        try:
            yield
        finally:
            sys.settrace(before)
            self.left -= used


def run_within(steps: Steps, probe: Probe, answer: Answer, case: Case) -> Outcome:
    """What an instructor's answer gives on a case that nobody has tried it on; an error where it takes too long."""
    try:
        with steps.counted():
            return run(probe, answer, case)
    except TooLong:
        return Outcome({}, TooLong.__name__)
