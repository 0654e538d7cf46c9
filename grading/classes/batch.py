"""Grade a class: whoever does the work, one writer stores it, and nothing already graded is lost on the way."""

import gc
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from grading.classes.changed_points import what_changed, with_manual_scores
from grading.classes.graded_before import handed_in, read_stored
from grading.classes.pool import Workers
from grading.course.assignment import Assignment
from grading.course.folder import SUBMISSION_SECRET_FILE, TIMESTAMP_FILE, Course
from grading.course.secret import read_secret
from grading.errors import CourseError
from grading.judge.verdict import Result
from grading.marks.gradebook import Ledger
from grading.run.submission import Graded, Task
from grading.whole_files import write_text


def grade_class(course: Course, assignment: Assignment, students: Sequence[str], workers: Workers,
                force: bool = False) -> Iterator[Result]:
    """Results as they come: first what is graded already and has not changed, which is not run again, then the rest."""
    task = Task(assignment, course.settings, read_secret(course.secret_file, course.is_shared))
    _leave_libraries_to_themselves()
    with Ledger(course, assignment.name) as ledger:
        ledger.register(assignment)
        earlier, known = {}, ledger.students()
        for student in students:
            stored = read_stored(course, student, assignment.name)
            if (not force and stored and student in known
                    and stored.fingerprint == task.fingerprint(handed_in(course, student, assignment.name))):
                yield with_manual_scores(stored.result, ledger.manual_scores(student))
            else:
                earlier[student] = stored.in_short(ledger.manual_scores(student)) if stored else None
        jobs = ((student, handed_in(course, student, assignment.name)) for student in earlier)
        for graded in workers.run(task, jobs):
            student = graded.result.student
            _store(course, assignment.name, ledger, graded)
            result = with_manual_scores(graded.result, ledger.manual_scores(student))
            yield replace(result, changed=what_changed(earlier[student], graded.fingerprint, result))


@cache
def _leave_libraries_to_themselves() -> None:
    """Keep the garbage collector from looking through all that is there again and again: it takes longer than judging.

    Once in a process: what a class leaves must not stay.
    """
    gc.freeze()


def _store(course: Course, name: str, ledger: Ledger, graded: Graded) -> None:
    student = graded.result.student
    if graded.fault:
        with course.fault_log.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC  {name}  {student}\n{graded.fault}\n")
    path = course.autograded(student, name)
    ledger.save(graded, _rewritten(path, graded))
    try:
        # The notebook comes last: while it is not there, the submission counts as not graded and is done again.
        for beside, text, mode in ((TIMESTAMP_FILE, graded.timestamp, 0o444),
                                   (SUBMISSION_SECRET_FILE, graded.submission_secret, 0o440)):
            path.with_name(beside).unlink(missing_ok=True)
            if text:
                write_text(path.with_name(beside), text, mode=mode)
        write_text(path, graded.notebook, mode=0o444)
    except OSError as error:
        raise CourseError(f"{path} could not be written: {error.strerror or error}. Grades so far are saved; check the "
                          "folder's permissions and the room that is left, and run the same command again.") from None


def _rewritten(path: Path, graded: Graded) -> set[str]:
    """Ids of the answers that are not what they were in the graded notebook at `path`, if there is one."""
    try:
        before = _answers(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError):
        before = {}
    return {name for name, answer in _answers(graded.notebook).items() if before.get(name) != answer}


def _answers(notebook: str | bytes) -> dict[str, object]:
    return {label["grade_id"]: (cell["source"], cell.get("attachments")) for cell in json.loads(notebook)["cells"]
            if (label := cell["metadata"].get("nbgrader")) and label["solution"]}
