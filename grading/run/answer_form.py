"""A stub's line that was left in a finished answer costs nothing: the answer is judged without it, and that is said."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from grading.course.assignment import Assignment
from grading.handin.intake import Submission
from grading.judge.verdict import Verdict
from helpers.handin.leftover import Leftover, leftovers, without


def left_in(assignment: Assignment, submission: Submission) -> dict[str, list[Leftover]]:
    """The lines that are left over, by answer."""
    found = {name: leftovers(source, assignment.notebook.cells[assignment.answers[name]].source)
             for name, source in submission.answers.items()
             if "NotImplemented" in source and assignment.notebook.cells[assignment.answers[name]].cell_type == "code"}
    return {name: lines for name, lines in found.items() if lines}


def as_judged(submission: Submission, left: Mapping[str, list[Leftover]]) -> Submission:
    """The answers as they are run: without these lines, all others where they were."""
    return replace(submission, answers={name: without(source, left.get(name, []))
                                        for name, source in submission.answers.items()})


def with_remark(verdict: Verdict, left: Sequence[Leftover]) -> Verdict:
    """The verdict, and what was left out for it."""
    if not left or verdict.kind in ("missing", "malformed"):
        return verdict
    return replace(verdict, hint=f"{verdict.hint} {remark(left)}".strip())


def remark(left: Sequence[Leftover]) -> str:
    """What the student reads."""
    texts = list(dict.fromkeys(f"`{line.text}`" for line in left))
    if len(left) == 1:
        return f"Delete the line {texts[0]}: it is left over, and the answer was judged without it."
    numbers = ", ".join(str(line.first) for line in left[:-1])
    return (f"Delete {' and '.join(texts)} in the lines {numbers} and {left[-1].first} of this cell: they are left "
            "over, and the answer was judged without them.")
