"""What a student asks for before handing in: how far am I, and would anything cost points?

    from helpers.checks.ps2_softmax_jacobian import check, progress, submit_check

Both know the notebook as it was handed out from an outline: its cells by name, points and digest, no answers.
"""

from collections.abc import Callable

from helpers.handin import timing, where
from helpers.handin.outline import read_outline
from helpers.handin.progress import Progress
from helpers.handin.submit import SubmitCheck, look
from helpers.probe import grading


def handing_in(name: str) -> tuple[Callable[[], Progress | None], Callable[[], SubmitCheck | None]]:
    """`progress` and `submit_check` of one problem set. While a grader runs the notebook they do nothing."""

    def progress() -> Progress | None:
        """What is done, what is left, and how many points each is worth."""
        return None if grading() else Progress(read_outline(name), where.here())

    def submit_check() -> SubmitCheck | None:
        """What would cost points if the saved file were handed in now."""
        return None if grading() else look(read_outline(name), timing.watch.seconds, timing.watch.ran, where.here())

    if not grading():
        timing.watch.start()
    return progress, submit_check
