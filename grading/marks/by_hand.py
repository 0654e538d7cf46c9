"""Points and comments that a person gives to written answers, in nbgrader's gradebook: a question at a time."""

from collections.abc import Mapping
from dataclasses import dataclass

from nbgrader import api
from sqlalchemy import Connection, Select, bindparam, insert, select, update

from grading.errors import CourseError
from grading.marks.gradebook import COMMENT, GRADE, SUBMISSION, SUBMITTED, Ledger
from grading.marks.registration import ASSIGNMENT, CELL, NOTEBOOK


@dataclass(frozen=True)
class Given:
    """What the gradebook has of one answer. `points` and `comment` are a person's; `waits`: nobody has read it yet.

    `blank`: the student left the cell as it was.
    """

    points: float | None
    comment: str
    waits: bool
    blank: bool


@dataclass(frozen=True)
class Mark:
    """What a person gives; None as points takes back what was given, and the answer waits again."""

    points: float | None
    comment: str = ""


def read_given(ledger: Ledger, question: str) -> dict[str, Given]:
    """By student, for everyone whose submission is graded. `question` is the grade id of the answer's cell."""
    said = (select(COMMENT.c.notebook_id, COMMENT.c.manual_comment, COMMENT.c.auto_comment)
            .where(COMMENT.c.cell_id == _cell(ledger.name, question, "SolutionCell").scalar_subquery()).subquery())
    grades = (select(SUBMISSION.c.student_id, GRADE.c.manual_score, GRADE.c.needs_manual_grade, said.c.manual_comment,
                     said.c.auto_comment)
              .join(SUBMITTED, SUBMITTED.c.id == GRADE.c.notebook_id)
              .join(SUBMISSION, SUBMISSION.c.id == SUBMITTED.c.assignment_id)
              .outerjoin(said, said.c.notebook_id == SUBMITTED.c.id)
              .where(GRADE.c.cell_id == _cell(ledger.name, question, "GradeCell").scalar_subquery()))
    with ledger.errors_in_words(), ledger.gradebook.engine.connect() as database:
        return {student: Given(score, comment or "", bool(waits), bool(automatic))
                for student, score, waits, comment, automatic in database.execute(grades)}


def enter(ledger: Ledger, question: str, marks: Mapping[str, Mark]) -> None:
    """Write the marks (student → mark) in one transaction. Raises CourseError where the gradebook cannot be written."""
    with ledger.errors_in_words(), ledger.gradebook.engine.begin() as database:
        grade = database.scalars(_cell(ledger.name, question, "GradeCell")).one_or_none()
        answer = database.scalars(_cell(ledger.name, question, "SolutionCell")).one_or_none()
        if grade is None or answer is None:
            raise CourseError(f"The gradebook does not know {question} of {ledger.name}: course grade {ledger.name}")
        of = _notebooks(database, ledger.name)
        rows = [{"notebook": of[student], "cell": grade, "said_in": answer, "points": mark.points,
                 "waits": mark.points is None, "words": mark.comment or None, "row": api.new_uuid()}
                for student, mark in marks.items() if student in of]
        if not rows:
            return
        database.execute(update(GRADE)
                         .where(GRADE.c.cell_id == bindparam("cell"), GRADE.c.notebook_id == bindparam("notebook"))
                         .values(manual_score=bindparam("points"), needs_manual_grade=bindparam("waits")), rows)
        there = set(database.scalars(select(COMMENT.c.notebook_id).where(COMMENT.c.cell_id == answer)))
        if old := [row for row in rows if row["notebook"] in there]:
            database.execute(update(COMMENT).where(COMMENT.c.cell_id == bindparam("said_in"),
                                                   COMMENT.c.notebook_id == bindparam("notebook"))
                             .values(manual_comment=bindparam("words")), old)
        if new := [row for row in rows if row["notebook"] not in there]:
            database.execute(insert(COMMENT).values(id=bindparam("row"), cell_id=bindparam("said_in"),
                                                    notebook_id=bindparam("notebook"),
                                                    manual_comment=bindparam("words")), new)


def _cell(name: str, question: str, kind: str) -> Select[tuple[str]]:
    return (select(CELL.c.id).join(NOTEBOOK, NOTEBOOK.c.id == CELL.c.notebook_id)
            .join(ASSIGNMENT, ASSIGNMENT.c.id == NOTEBOOK.c.assignment_id)
            .where(ASSIGNMENT.c.name == name, CELL.c.name == question, CELL.c.type == kind))


def _notebooks(database: Connection, name: str) -> dict[str, str]:
    """The gradebook's ids of submitted notebooks, by student."""
    rows = database.execute(select(SUBMISSION.c.student_id, SUBMITTED.c.id)
                            .join(SUBMITTED, SUBMITTED.c.assignment_id == SUBMISSION.c.id)
                            .join(ASSIGNMENT, ASSIGNMENT.c.id == SUBMISSION.c.assignment_id)
                            .where(ASSIGNMENT.c.name == name))
    return {student: notebook for student, notebook in rows}
