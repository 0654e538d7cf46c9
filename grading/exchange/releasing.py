"""`nbgrader release_feedback`, which must not end for a class because one hand-in came another way.

nbgrader names it in c.ExchangeFactory.release_feedback.
"""

from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback

from grading.course.folder import SUBMISSION_SECRET_FILE, TIMESTAMP_FILE


class ReleaseFeedback(ExchangeReleaseFeedback):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's own, but pages whose hand-in did not come through the exchange are named and passed over."""

    def copy_files(self) -> None:
        directory = self.coursedir
        chosen = directory.student_id or "*"
        root = Path(directory.format_path(directory.feedback_directory, "x", directory.assignment_id)).parent.parent
        others = sorted(folder.parent.name for folder in root.glob(f"{chosen}/{directory.assignment_id}")
                        if not all((folder / name).is_file() for name in (TIMESTAMP_FILE, SUBMISSION_SECRET_FILE)))
        if others:
            self.log.warning("No feedback goes to %s: not handed in through the exchange.", ", ".join(others))
        before = directory.student_id_exclude
        directory.student_id_exclude = ",".join([*filter(None, [before]), *others])
        try:
            super().copy_files()
        finally:
            directory.student_id_exclude = before
