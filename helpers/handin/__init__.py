"""What a student asks for before handing in: how far am I, and would anything cost points?

    from helpers.checks.ps2_softmax_jacobian import check, progress, submit_check

Both know the notebook as it was handed out from an outline: its cells by name, points and digest, no answers.
"""

from collections.abc import Callable

from helpers.handin import timing, where
from helpers.handin.outline import Outline, read_outline
from helpers.handin.progress import Progress
from helpers.handin.submit import SubmitCheck, look
from helpers.probe import grading


def handing_in(name: str) -> tuple[Callable[[], Progress | None], Callable[[], SubmitCheck | None]]:
    """`progress` and `submit_check` of one problem set. While a grader runs the notebook they do nothing."""

    def progress() -> Progress | None:
        """What is done, what is left, and how many points each is worth."""
        outline = None if grading() else _outline(name)
        return Progress(outline, where.here()) if outline else None

    def submit_check() -> SubmitCheck | None:
        """What would cost points if the saved file were handed in now."""
        outline = None if grading() else _outline(name)
        return look(outline, timing.watch.seconds, timing.watch.ran, where.here()) if outline else None

    if not grading():
        timing.watch.start()
    return progress, submit_check


def _outline(name: str) -> Outline | None:
    """The notebook as it was handed out; says so where it was not yet."""
    try:
        return read_outline(name)
    except LookupError as error:
        print(error.args[0])
        return None
