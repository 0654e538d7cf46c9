"""In Gradescope's container: grade the one submission that is there, and write results.json whatever happens."""

import json
import traceback
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.course.headings import exercise_titles
from grading.course.limits import Limits
from grading.course.notebook_imports import imported_by_setup
from grading.course.settings import Settings
from grading.errors import CourseError, SandboxError
from grading.gradescope.results import STOPPED, document, sentence
from grading.handin.collect import collect
from grading.run.submission import Task, grade_submission
from grading.sandbox.client import Sandbox
from grading.whole_files import write_text

OURS = 250 << 20  # bytes that grading itself needs, libraries included
MEMORY_FILES = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def grade(root: Path) -> dict[str, Any]:
    """results.json of what lies in ROOT/submission, graded with what lies in ROOT/source."""
    source = root / "source"
    told = json.loads((source / "autograder.json").read_text(encoding="utf-8"))
    course, settings = Course.open(source / "course"), Settings(**told["settings"])
    limits = that_fit(Limits(**told["limits"]), _memory())
    hidden = [source, root / "submission", root / "results"]
    imports = imported_by_setup(course.source(told["problem_set"]))
    with Sandbox(limits, hidden, True, imports, course.own_checks(), isolation="container") as box:
        box.launch()  # it gets ready meanwhile
        assignment = load_assignment(course, told["problem_set"])
        task = Task(assignment, settings, bytes.fromhex(told["secret"]))
        graded = grade_submission(task, box, student(root), collect(root / "submission", assignment.name))
    if graded.fault:
        print(graded.fault)  # on the page of instructors only
    told_of = zip(assignment.exercises, exercise_titles(assignment.notebook, assignment), strict=True)
    titles = {exercise.id: title for exercise, title in told_of if not exercise.manual}
    return document(graded.result, titles, settings.early_feedback)


def student(root: Path) -> str:
    """Who handed in, as the course's personal numbers know them: the e-mail address, or Gradescope's number."""
    try:
        data: Mapping[str, Any] = json.loads((root / "submission_metadata.json").read_text(encoding="utf-8"))
        user = data["users"][0]
        return str(user.get("email") or user["id"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return "student"


def that_fit(limits: Limits, memory: int | None) -> Limits:
    """The course's limits, or what the container leaves: a submission that takes more would end the grading too."""
    if memory is None:
        return limits
    return replace(limits, memory_bytes=max(64 << 20, min(limits.memory_bytes, memory - OURS)))


def _memory() -> int | None:
    """Bytes that this container may use, as far as it says so."""
    for name in MEMORY_FILES:
        try:
            text = Path(name).read_text(encoding="ascii").strip()
        except OSError:
            continue
        if text.isdecimal() and int(text) < 1 << 50:
            return int(text)
    return None


def main(root: Path) -> int:
    """Write ROOT/results/results.json; the exit status says whether it holds a grade."""
    try:
        results, code = grade(root), 0
    except (CourseError, SandboxError) as error:
        print(error)
        results, code = sentence(STOPPED), 1
    except Exception:
        traceback.print_exc()
        results, code = sentence(STOPPED), 1
    write_text(root / "results" / "results.json", json.dumps(results, ensure_ascii=False) + "\n")
    return code
