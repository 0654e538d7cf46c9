"""What makes plain `nbgrader` commands in a course folder use this course's grading."""

import logging
import os
import sys
from pathlib import Path
from typing import Any

COURSE_ID = "neural-networks"


def configure(config: Any) -> None:
    """Settings for nbgrader; nbgrader_config.py calls this, and may be executed several times per command."""
    from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
    from nbgrader.converters import Autograde
    from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, GetGrades

    from grading.lms import FILE_NAMES
    from grading.sanitize import markdown_to_safe_html
    config.CourseDirectory.course_id = COURSE_ID
    config.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE"}
    config.ClearMarkScheme.enforce_metadata = False  # rubrics stand in locked Markdown cells, not in task cells
    config.GenerateFeedback.preprocessors = [GetGrades, ClearHiddenTests, ClearMarkScheme, CSSHTMLHeaderPreprocessor]
    config.HTMLExporter.filters = {"markdown2html": markdown_to_safe_html}  # formgrader's and generate_feedback's
    config.HTMLExporter.sanitize_html = True
    config.AssignLatePenalties.plugin_class = "grading.late.LatePolicy"
    config.FileNameCollectorPlugin.named_regexp = FILE_NAMES
    config.ZipCollectApp.extractor_plugin = "grading.lms.NotebookExtractor"
    # A new gradebook makes nbgrader call `alembic`, which lies beside this interpreter.
    folder = str(Path(sys.executable).parent)
    if folder not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([folder, os.environ.get("PATH", os.defpath)])
    Autograde.start = autograde


def autograde(converter: Any) -> None:
    """`nbgrader autograde` (and formgrader's button): the same grading as `course grade`."""
    from nbgrader.converters.base import NbGraderException

    from grading.assignment import load_assignment
    from grading.batch import grade_class
    from grading.course import Course
    from grading.errors import CourseError, SandboxError
    from grading.interrupt import remembered_interrupts
    from grading.pool import InTurn
    from grading.sandbox.client import Sandbox
    directory, log = converter.coursedir, converter.log
    done: list[str] = []
    try:
        course = Course.open(Path(directory.root))
        course = Course(course.root, overrides=converter.config)
        assignment = load_assignment(course, directory.assignment_id)
        students = _chosen(course, assignment.name, directory)
        with (Sandbox(course.limits, course.private_paths, imports=assignment.imports) as sandbox,
              remembered_interrupts() as check_interrupt):
            for result in grade_class(course, assignment, students, InTurn(sandbox), force=converter.force):
                done.append(result.student)
                level = logging.WARNING if result.problem else logging.INFO
                log.log(level, "%s: %g of %g points%s", result.student, result.points, result.max_points,
                        f" ({result.problem})" if result.problem else "")
                check_interrupt()
    except KeyboardInterrupt:
        log.error("Stopped after %d submissions. Grades so far are saved; run the same command to continue.", len(done))
        raise SystemExit(130) from None
    except (CourseError, SandboxError) as error:
        log.error(str(error))
        raise NbGraderException(str(error)) from None


def _chosen(course: Any, name: str, directory: Any) -> list[str]:
    from fnmatch import fnmatchcase

    from grading.errors import CourseError
    excluded = (directory.student_id_exclude or "").split(",")
    students = [student for student in course.students(name)
                if fnmatchcase(student, directory.student_id) and student not in excluded]
    if not students:
        raise CourseError(f"No submission of {name} matches {course.root / 'submitted' / directory.student_id / name}.")
    return students
