"""Grade the class in a process of its own, and write down everything that the tests want to know about it.

    python -m tests.hostile.grade COURSE REPORT_JSON
"""

import ctypes
import json
import os
import re
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from grading.quick_start import leave_out_what_nobody_uses

leave_out_what_nobody_uses()  # as the `course` command does

from nbgrader.api import Gradebook, MissingEntry

from grading.classes.batch import grade_class
from grading.classes.pool import InTurn
from grading.course.assignment import Assignment, load_assignment
from grading.course.folder import Course
from grading.course.limits import Limits
from grading.course.secret import read_secret
from grading.judge.case_outcome import run
from grading.judge.cases import draw_cases
from grading.judge.verdict import Result
from grading.marks.gradebook import Ledger
from grading.pages.feedback import write_feedback
from grading.sandbox.client import Sandbox
from tests.hostile.attack import BOTH

LIMITS = Limits(cell_seconds=1.0, total_seconds=6, memory_bytes=700 << 20, scratch_bytes=32 << 20, file_bytes=8 << 20, processes=40)
PR_SET_CHILD_SUBREAPER = 36


def grade(course: Course, assignment: Assignment, students: Sequence[str]) -> Iterator[Result]:
    """Results of these students: the one place here that knows how a class is graded."""
    form: Any = os.environ.get("HOSTILE_FORM")
    with Sandbox(LIMITS, course.private_paths, imports=assignment.imports, isolation=form) as sandbox:
        yield from grade_class(course, assignment, students, InTurn(sandbox))


def grade_all(course: Course, assignment: Assignment, students: Sequence[str]) -> tuple[dict[str, Result], dict[str, str], dict[str, float]]:
    """Results, the students with whom the whole run ended (the others are then graded without them), and seconds."""
    results: dict[str, Result] = {}
    aborted: dict[str, str] = {}
    took: dict[str, float] = {}
    while left := [student for student in students if student not in results and student not in aborted]:
        try:
            started = time.monotonic()
            for result in grade(course, assignment, left):
                results[result.student], took[result.student] = result, time.monotonic() - started
                started = time.monotonic()
        except Exception:
            [culprit] = [student for student in left if student not in results][:1]
            aborted[culprit] = traceback.format_exc()[-1500:]
    return results, aborted, took


def expected_numbers(course: Course, assignment: Assignment, student: str) -> set[str]:
    """The numbers that right answers have on this student's hidden inputs, as they could be printed."""
    secret, numbers = read_secret(course.secret_file), set()
    for probe in assignment.problem_set.probes:
        for case in draw_cases(probe, secret, student, assignment.name)[:2]:
            for leaf in run(probe, probe.reference, case).leaves.values():
                if leaf.value is not None and leaf.value.dtype.kind == "f":
                    numbers |= {f"{value:.6g}" for value in leaf.value.ravel()[:8].tolist() if len(f"{value:.6g}") > 6}
    return numbers


def printed(course: Course, name: str, student: str) -> str:
    """What the submission's cells printed, as the graded notebook keeps it; at most 40 000 signs."""
    notebook = json.loads(course.autograded(student, name).read_text())
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", ())
               if not cell["metadata"].get("nbgrader", {}).get("grade")]
    texts = ["".join(output["text"]) if "text" in output else str(output["data"]) if "data" in output else
             f"{output.get('ename')}: {output.get('evalue')}" for output in outputs]
    return "\n".join(texts)[:40_000]


def describe(course: Course, assignment: Assignment, ledger: Ledger, result: Result, numbers: bool) -> dict[str, Any]:
    """One submission's outcome, what it printed and what its page shows; `numbers` says whether to look for answers on it."""
    student, name = result.student, assignment.name
    page = write_feedback(course, assignment, ledger, student)
    text = page.read_text() if page else ""
    words = set(re.findall(r"-?[0-9][0-9.e+-]+", re.sub(r"base64,[A-Za-z0-9+/=]+", "", text)))
    own = set(re.findall(r"where yours is (\S+)", text))  # a number of the student's own
    return {
        "verdicts": {v.id: {"points": v.points, "max": v.max_points, "kind": v.kind, "hint": v.hint} for v in result.verdicts},
        "problem": result.problem, "notes": list(result.notes), "printed": printed(course, name, student),
        "page": len(text), "notebook": course.autograded(student, name).stat().st_size,
        "unescaped": [mark for mark in ("<evil", "<script", "\x1b", "\x00", "<b>evil") if mark in text],
        "escaped": "&lt;evil" in text, "given_away": sorted((words - own) & expected_numbers(course, assignment, student))[:5] if numbers else [],
    }


def in_gradebook(course: Course, name: str, students: Sequence[str]) -> dict[str, float | None]:
    """Everybody's automatic score, None where there is none."""
    scores: dict[str, float | None] = {}
    with Gradebook(course.db_url, course.course_id) as gradebook:
        for student in students:
            try:
                scores[student] = float(gradebook.find_submission_notebook(name, name, student).score)
            except (MissingEntry, UnicodeEncodeError):
                scores[student] = None
    return scores


def still_alive(seconds: float) -> list[str]:
    """Descendants of this process, which adopts its orphans, that are still there after `seconds`."""
    ends = time.monotonic() + seconds
    while True:
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        if not children or time.monotonic() > ends:
            return [Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")[:200] for child in children]
        time.sleep(0.1)


def most_memory() -> int:
    """The most bytes that this process ever had: of its own, not of whoever started it, as getrusage would say."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) << 10


def main(root: Path, report: Path) -> None:
    """Grade both problem sets in the order of order.json beside the course."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    course, started = Course.open(root), time.monotonic()
    found: dict[str, Any] = {"sets": {}}
    assignments = {name: load_assignment(course, name) for name in BOTH}
    found["memory_before"] = most_memory()
    for name in BOTH:
        students = json.loads((root.parent / "order.json").read_text())[name]
        assignment = assignments[name]
        results, aborted, took = grade_all(course, assignment, students)
        found["memory"] = max(found.get("memory", 0), most_memory())
        with Ledger(course, name) as ledger:
            described = {student: describe(course, assignment, ledger, result, numbers=place % 8 == 0)
                         for place, (student, result) in enumerate(results.items())}
        found["sets"][name] = {"results": described, "aborted": aborted, "took": took, "gradebook": in_gradebook(course, name, students), "order": students}
    found["alive"] = still_alive(3)
    found["seconds"] = time.monotonic() - started
    report.write_text(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
