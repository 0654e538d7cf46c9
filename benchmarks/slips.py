"""What a submission with one slip costs to grade, against a right one in the same process.

    python -m benchmarks.slips COURSE_FOLDER PROBLEM_SET

grades copies of the solution and as many with one wrong answer, of every exercise in turn: a mistake that is listed,
and two at once, which have to be worked out. The second look and all explaining are in it. Prints processor seconds as
JSON.
"""

import json
import resource
import sys
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

import nbformat

from grading.course.assignment import Assignment, load_assignment
from grading.course.folder import Course
from grading.handin.collect import Handed
from grading.probes.pairs import both
from grading.probes.source_text import as_cell
from grading.run.submission import Task, grade_submission
from grading.sandbox.client import Sandbox

FEW, MANY = 4, 28  # submissions; the difference has no start-up in it


def main(root: Path, name: str) -> dict[str, float]:
    """Processor seconds for one more submission, right and with a slip."""
    course = Course.open(root)
    assignment = load_assignment(course, name)
    slips = list(_with_a_slip(assignment))
    right, wrong = ([_cost(course, assignment, list(islice(cycle(handed), count))) for count in (FEW, MANY)]
                    for handed in ([assignment.solutions], slips))
    return {"right": (right[1] - right[0]) / (MANY - FEW), "wrong": (wrong[1] - wrong[0]) / (MANY - FEW)}


def _with_a_slip(assignment: Assignment) -> Iterator[dict[str, str]]:
    solved = assignment.solutions
    for probe in assignment.problem_set.probes:
        if probe.mistakes and probe.cases["ordinary"].count > 1:  # a box is one number
            yield {**solved, probe.id: as_cell(probe, probe.mistakes[0])}
            edits = [mistake.edit for mistake in probe.mistakes if mistake.edit]
            if len(edits) > 1 and (source := both(solved[probe.id], edits[0], edits[-1])):
                yield {**solved, probe.id: source}


def _cost(course: Course, assignment: Assignment, answers: Sequence[dict[str, str]]) -> float:
    task = Task(assignment, course.settings, b"benchmark")
    before = _processor_seconds()
    with Sandbox(course.limits, course.private_paths, imports=assignment.imports) as sandbox:
        for number, given in enumerate(answers):
            handed = Handed(nbformat.writes(assignment.with_answers(given)).encode())
            grade_submission(task, sandbox, f"student-{number}", handed)
    return _processor_seconds() - before


def _processor_seconds() -> float:
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in spent)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2])))
