"""The one writer of nbgrader's gradebook.

nbgrader's own objects compute a dozen sums over all grades whenever one is read, which grows with the class. What is
written for each submission therefore goes through the same tables without the objects, in one transaction. Longer than
other files, because nobody else may write there.
"""

import fcntl
import os
import warnings
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from nbgrader import api
from nbgrader.utils import parse_utc
from sqlalchemy import Connection, Row, Table, bindparam, insert, select, update
from sqlalchemy.exc import DatabaseError, SAWarning

from grading.course.folder import Course
from grading.course.sharing import share
from grading.errors import CourseError
from grading.interrupts import held_interrupts
from grading.marks import new_gradebook
from grading.marks.lateness import read_extensions
from grading.marks.registration import ASSIGNMENT, CELL, NOTEBOOK, is_registered

if TYPE_CHECKING:
    from grading.course.assignment import Assignment
    from grading.run.submission import Graded

# nbgrader 0.9.6 reads relations of objects it has not added to the session yet; SQLAlchemy 2.1 says so each time.
warnings.filterwarnings("ignore", category=SAWarning, message="Object of type .* not in session")

STUDENT: Table = api.Student.__table__
SUBMISSION: Table = api.SubmittedAssignment.__table__
SUBMITTED: Table = api.SubmittedNotebook.__table__
GRADE: Table = api.Grade.__table__
COMMENT: Table = api.Comment.__table__

new_gradebook.without_a_command()


class Ledger:
    """The rows of one problem set in an open gradebook. Use as a context manager."""

    def __init__(self, course: Course, name: str) -> None:
        self.course, self.name = course, name

    def __enter__(self) -> "Ledger":
        self.extensions = read_extensions(self.course.root, self.name)
        with one_at_a_time(self.course.root), self.errors_in_words():
            self.gradebook = api.Gradebook(self.course.db_url, self.course.course_id)
        share(self.course, self.course.root / "gradebook.db")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        with held_interrupts():
            self.gradebook.close()

    def register(self, assignment: "Assignment") -> None:
        """Tell the gradebook about the problem set, as generate_assignment does. Raises CourseError when it refuses."""
        with self.errors_in_words(), self.gradebook.engine.connect() as database:
            if is_registered(database, self.name, assignment.notebook):
                return
        from nbgrader.preprocessors.savecells import SaveCells
        try:
            with one_at_a_time(self.course.root), self.errors_in_words():
                self.gradebook.update_or_create_assignment(self.name)
                SaveCells(config=self.course.config).preprocess(assignment.notebook, self._resources(""))
        except RuntimeError:
            raise CourseError(f"The graded cells of {self.name} have changed since submissions were graded. Restore "
                              f"them, or start a new gradebook: move {self.course.db_url} away.") from None
        self.gradebook.db.rollback()  # what was read so far must not hold a lock

    def save(self, graded: "Graded", rewritten: Collection[str] = ()) -> None:
        """Store the automatic scores of one submission in one transaction. Raises CourseError when that fails.

        Manual scores are kept, and wait for their grader again where the answer was `rewritten` (ids of answer cells)
        since. A score that is not given is 0: what was not executed is worth nothing.
        """
        student = graded.result.student
        with self.errors_in_words(), self.gradebook.engine.begin() as database:
            assignment = database.execute(select(ASSIGNMENT).where(ASSIGNMENT.c.name == self.name)).one()
            notebook = database.scalars(select(NOTEBOOK.c.id).where(NOTEBOOK.c.assignment_id == assignment.id,
                                                                    NOTEBOOK.c.name == self.name)).one()
            submission = self._submission(database, assignment.id, student, _parse(graded.timestamp))
            submitted = _ensure(database, SUBMITTED, assignment_id=submission, notebook_id=notebook)
            database.execute(update(SUBMITTED).where(SUBMITTED.c.id == submitted).values(late_submission_penalty=None))
            cells = database.execute(select(CELL.c.id, CELL.c.name, CELL.c.type)
                                     .where(CELL.c.notebook_id == notebook)).all()
            _write_grades(database, submitted, cells, graded.scores, rewritten)
            _write_comments(database, submitted, cells, graded.blank)
        if assignment.duedate is not None:
            self.charge_lateness(student)

    def charge_lateness(self, student: str) -> None:
        """Take off what the late policy says, extensions included, from what this student has now."""
        from nbformat.v4 import new_notebook
        from nbgrader.preprocessors.latesubmissions import AssignLatePenalties
        with self.errors_in_words():
            if self.extensions is not None:  # the file is the whole list: who is not in it has no extra time any more
                with self.gradebook.engine.begin() as database:
                    ours = select(ASSIGNMENT.c.id).where(ASSIGNMENT.c.name == self.name).scalar_subquery()
                    database.execute(update(SUBMISSION).values(extension=self.extensions.get(student)).where(
                        SUBMISSION.c.student_id == student, SUBMISSION.c.assignment_id == ours))
            AssignLatePenalties(config=self.course.config).preprocess(new_notebook(), self._resources(student))

    def due(self, student: str) -> datetime | None:
        """When this student's work is due, extra time included; None where no date is set."""
        given = (select(SUBMISSION.c.extension).join(ASSIGNMENT, ASSIGNMENT.c.id == SUBMISSION.c.assignment_id)
                 .where(ASSIGNMENT.c.name == self.name, SUBMISSION.c.student_id == student))
        with self.errors_in_words(), self.gradebook.engine.connect() as database:
            date = database.scalars(select(ASSIGNMENT.c.duedate).where(ASSIGNMENT.c.name == self.name)).one_or_none()
            extra = database.scalars(given).one_or_none()
        if self.extensions is not None:
            extra = self.extensions.get(student)
        return None if date is None else date.replace(tzinfo=UTC) + (extra or timedelta())

    def last_due(self) -> datetime | None:
        """When the last student's work is due; None where no date is set."""
        dates = [self.due(student) for student in {*self.course.students(self.name), *(self.extensions or {}), ""}]
        return max((date for date in dates if date), default=None)

    def _submission(self, database: Connection, assignment: str, student: str, handed_in: Any) -> str:
        if database.scalars(select(STUDENT.c.id).where(STUDENT.c.id == student)).one_or_none() is None:
            database.execute(insert(STUDENT).values(id=student))
        submission = _ensure(database, SUBMISSION, assignment_id=assignment, student_id=student)
        database.execute(update(SUBMISSION).where(SUBMISSION.c.id == submission).values(timestamp=handed_in))
        return submission

    def students(self) -> set[str]:
        """Ids of those whose submissions the gradebook has."""
        theirs = select(SUBMISSION.c.student_id).join(ASSIGNMENT, ASSIGNMENT.c.id == SUBMISSION.c.assignment_id)
        with self.errors_in_words(), self.gradebook.engine.connect() as database:
            return set(database.scalars(theirs.where(ASSIGNMENT.c.name == self.name)))

    def manual_scores(self, student: str) -> dict[str, float]:
        """Scores that a person has given (grade id → points, extra credit included)."""
        columns = CELL.c.name, GRADE.c.auto_score, GRADE.c.manual_score, GRADE.c.extra_credit
        scores = {}
        for name, automatic, manual, extra in self._of_student(GRADE, columns, student):
            if manual is not None or extra:
                scores[name] = (automatic or 0.0 if manual is None else manual) + (extra or 0.0)
        return scores

    def comments(self, student: str) -> dict[str, str]:
        """What a grader wrote beside an answer (grade id → text)."""
        return {name: text for name, text in self._of_student(COMMENT, (CELL.c.name, COMMENT.c.manual_comment), student)
                if text}

    def _of_student(self, table: Table, columns: tuple[Any, ...], student: str) -> list[Row[Any]]:
        """Rows of a student's grades or comments, found by their cells: for those the gradebook has an index."""
        cells = (select(CELL.c.id).join(NOTEBOOK, NOTEBOOK.c.id == CELL.c.notebook_id)
                 .join(ASSIGNMENT, ASSIGNMENT.c.id == NOTEBOOK.c.assignment_id).where(ASSIGNMENT.c.name == self.name))
        submitted = (select(SUBMITTED.c.id).join(SUBMISSION, SUBMISSION.c.id == SUBMITTED.c.assignment_id)
                     .join(ASSIGNMENT, ASSIGNMENT.c.id == SUBMISSION.c.assignment_id)
                     .where(SUBMISSION.c.student_id == student, ASSIGNMENT.c.name == self.name))
        with self.errors_in_words(), self.gradebook.engine.connect() as database:
            return list(database.execute(select(*columns).join(CELL, CELL.c.id == table.c.cell_id)
                                         .where(table.c.cell_id.in_(cells), table.c.notebook_id.in_(submitted))))

    @contextmanager
    def errors_in_words(self) -> Iterator[None]:
        """Nothing that SQLAlchemy reports gets out in other words than ours, and Ctrl-C waits until it is through."""
        try:
            with held_interrupts():
                yield
        except DatabaseError as error:
            raise CourseError(f"The gradebook {self.course.db_url} cannot be used: {error.orig}. "
                              f"{_remedy(str(error.orig))}") from None

    def _resources(self, student: str) -> dict[str, Any]:
        return {"nbgrader": {"student": student, "assignment": self.name, "notebook": self.name,
                             "db_url": self.course.db_url}}


def _remedy(problem: str) -> str:
    if "no such column" in problem or "has no column" in problem or "UndefinedColumn" in problem:
        return "It was made by an older nbgrader: copy it to a safe place and run `nbgrader db upgrade` in this folder."
    if "not a database" in problem or "malformed" in problem:
        return "The file is damaged, or something else: restore it from a backup, or move it away and grade again."
    return "Close other programs that use it, and check the folder's permissions and space."


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Two first commands at once must not both make the gradebook's tables: the second waits for the first."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with suppress(OSError):  # a file system that knows no locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _ensure(database: Connection, table: Table, **values: str) -> str:
    """The id of the row with these values, made where there is none."""
    matching = [table.c[name] == value for name, value in values.items()]
    found = database.scalars(select(table.c.id).where(*matching)).one_or_none()
    if found is None:
        database.execute(insert(table).values(id=api.new_uuid(), **values))
        return _ensure(database, table, **values)
    return str(found)


def _write_grades(database: Connection, submitted: str, cells: list[Row[Any]],
                  scores: Mapping[str, float | None], rewritten: Collection[str]) -> None:
    names = {cell.id: cell.name for cell in cells if cell.type == "GradeCell"}
    rows = database.execute(select(GRADE.c.cell_id, GRADE.c.manual_score, GRADE.c.needs_manual_grade)
                            .where(GRADE.c.cell_id.in_(names), GRADE.c.notebook_id == submitted)).all()
    there = {row.cell_id: row for row in rows}

    def waits(cell: str, name: str) -> bool:
        if cell in there and there[cell].manual_score is not None:  # a person has read it
            return bool(there[cell].needs_manual_grade) or name.removeprefix("test_") in rewritten
        return scores.get(name, 0.0) is None
    written = [{"cell": cell, "row": api.new_uuid(), "auto": scores.get(name, 0.0), "needs": waits(cell, name)}
               for cell, name in names.items()]
    values = {"auto_score": bindparam("auto"), "needs_manual_grade": bindparam("needs")}
    _upsert(database, GRADE, submitted, written, there, values)


def _write_comments(database: Connection, submitted: str, cells: list[Row[Any]], blank: frozenset[str]) -> None:
    names = {cell.id: cell.name for cell in cells if cell.type == "SolutionCell"}
    there = set(database.scalars(select(COMMENT.c.cell_id)
                                 .where(COMMENT.c.cell_id.in_(names), COMMENT.c.notebook_id == submitted)))
    written = [{"cell": cell, "row": api.new_uuid(), "auto": "No response." if name in blank else None}
               for cell, name in names.items()]
    _upsert(database, COMMENT, submitted, written, there, {"auto_comment": bindparam("auto")})


def _upsert(database: Connection, table: Table, submitted: str, rows: list[dict[str, Any]], there: Any,
            values: dict[str, Any]) -> None:
    """Write `values` into the rows of one submission, by cell; `there` holds the cells that have a row already."""
    if old := [{key: row[key] for key in row if key != "row"} for row in rows if row["cell"] in there]:
        database.execute(update(table).where(table.c.cell_id == bindparam("cell"), table.c.notebook_id == submitted)
                         .values(values), old)
    if new := [row for row in rows if row["cell"] not in there]:
        database.execute(insert(table).values(id=bindparam("row"), cell_id=bindparam("cell"), notebook_id=submitted,
                                              **values), new)


def _parse(timestamp: str) -> Any:
    try:
        return parse_utc(timestamp) if timestamp else None
    except (ValueError, OverflowError):
        return None
