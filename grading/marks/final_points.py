"""What everybody ends up with: automatic and manual points, less what the late policy takes."""

from dataclasses import dataclass

from nbgrader.api import MissingEntry

from grading.marks.gradebook import Ledger


@dataclass(frozen=True)
class Final:
    """What a student ends up with: `points` before `penalty` is taken off."""

    student: str
    points: float
    penalty: float
    max_points: float
    waiting: bool  # for a grade by hand

    @property
    def score(self) -> float:
        return max(0.0, self.points - self.penalty)


def final_scores(ledger: Ledger) -> list[Final]:
    """By student, the late policy and the extensions applied anew: nbgrader does not after a grade by hand."""
    with ledger.errors_in_words():
        try:
            assignment = ledger.gradebook.find_assignment(ledger.name)
        except MissingEntry:
            return []
        students = [submission.student.id for submission in assignment.submissions]
        due = assignment.duedate is not None
        ledger.gradebook.db.rollback()  # what was read must not hold a lock while penalties are written
        for student in students if due else ():
            ledger.charge_lateness(student)
        ledger.gradebook.db.expire_all()
        submissions = ledger.gradebook.find_assignment(ledger.name).submissions
        return [Final(one.student.id, one.score, one.late_submission_penalty or 0.0, one.max_score,
                      bool(one.needs_manual_grade)) for one in sorted(submissions, key=lambda one: one.student.id)]
