"""The time that a student uses up is the student's loss, never the fault of our own cells."""

from pathlib import Path

import nbformat
import pytest

from grading.course.assignment import load_assignment
from grading.course.limits import Limits
from grading.handin.collect import Handed
from grading.run.submission import Task, grade_submission
from grading.sandbox.client import Sandbox
from tests.hostile.attack import BOTH
from tests.hostile.classroom import make_course


@pytest.mark.sandbox
@pytest.mark.waits
def test_a_cell_that_leaves_no_time_for_a_second_try_does_not_end_the_run(tmp_path: Path) -> None:
    course = make_course(tmp_path / "course")
    assignment = load_assignment(course, BOTH[0])
    setup = assignment.notebook.cells[0]
    setup.source += "\nimport time\ntime.sleep(0.8)"  # importing takes as long where much is imported
    answers = {**assignment.solutions, "softmax_batch": "import os, time\ntime.sleep(1.6)\nos._exit(1)"}
    handed = Handed(nbformat.writes(assignment.with_answers(answers)).encode())
    with Sandbox(Limits(cell_seconds=5, total_seconds=3)) as sandbox:
        with sandbox.start():
            pass  # the server is ready, and its start takes nothing of the time
        graded = grade_submission(Task(assignment, course.settings, b"secret"), sandbox, "ada", handed)
    verdicts = {verdict.id: verdict for verdict in graded.result.verdicts}
    assert verdicts["softmax"].kind == "right"
    assert verdicts["softmax_batch"].points == 0.0
