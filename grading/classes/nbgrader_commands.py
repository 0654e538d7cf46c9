"""What makes plain `nbgrader` commands in a course folder use this course's grading."""

import logging
import sys
from pathlib import Path
from typing import Any

from grading.course import nbgrader_settings


def configure(config: Any) -> None:
    """Settings for nbgrader; nbgrader_config.py calls this, and may be executed several times per command."""
    nbgrader_settings.configure(config)
    if "nbgrader.converters" in sys.modules:  # `course` reads this, too, and has no use for them
        from nbgrader.converters import Autograde

        from grading.marks import new_gradebook
        Autograde.start = autograde
        new_gradebook.without_a_command()


def autograde(converter: Any) -> None:
    """`nbgrader autograde` (and formgrader's button): the same grading as `course grade`."""
    from nbgrader.converters.base import NbGraderException

    from grading.classes.batch import grade_class
    from grading.classes.faults import faults_in_words
    from grading.classes.pool import InTurn
    from grading.course.assignment import load_assignment
    from grading.course.folder import Course
    from grading.course.sharing import share_what_is_written
    from grading.errors import CourseError, SandboxError
    from grading.interrupts import remembered_interrupts
    from grading.judge.verdict import Result
    from grading.ordinary.assignments import is_ordinary
    from grading.ordinary.grade import grade_ordinary
    from grading.run.class_sandbox import class_sandbox
    directory, log = converter.coursedir, converter.log
    done: list[Result] = []
    try:
        course = Course.open(Path(directory.root))
        course = Course(course.root, overrides=converter.config)
        share_what_is_written(course)
        if is_ordinary(course, directory.assignment_id):
            students = _chosen(course, directory.assignment_id, directory)
            for result in grade_ordinary(course, directory.assignment_id, students, force=converter.force):
                done.append(result)
                _say(log, result)
            return
        assignment = load_assignment(course, directory.assignment_id)
        students = _chosen(course, assignment.name, directory)
        with class_sandbox(course, assignment.name) as sandbox, remembered_interrupts() as check_interrupt:
            for result in grade_class(course, assignment, students, InTurn(sandbox), force=converter.force):
                done.append(result)
                _say(log, result)
                check_interrupt()
        if faults := faults_in_words(course, assignment.name, done):
            raise CourseError(faults)
    except KeyboardInterrupt:
        log.error("Stopped after %d submissions. Grades so far are saved; run the same command to continue.", len(done))
        raise SystemExit(130) from None
    except (CourseError, SandboxError) as error:
        log.error(str(error))
        raise NbGraderException(str(error)) from None


def _say(log: Any, result: Any) -> None:
    log.log(logging.WARNING if result.problem else logging.INFO, "%s: %g of %g points%s", result.student, result.points,
            result.max_points, f" ({result.problem})" if result.problem else "")


def _chosen(course: Any, name: str, directory: Any) -> list[str]:
    from fnmatch import fnmatchcase

    from grading.errors import CourseError
    excluded = (directory.student_id_exclude or "").split(",")
    students = [student for student in course.students(name)
                if fnmatchcase(student, directory.student_id) and student not in excluded]
    if not students:
        raise CourseError(f"No submission of {name} matches {course.root / 'submitted' / directory.student_id / name}.")
    return students
