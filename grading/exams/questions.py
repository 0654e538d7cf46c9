"""Slips to be found: which ones make a question, what it shows, and what the answer is."""

import contextlib
import difflib
import importlib
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import matplotlib.pyplot as plt
import numpy as np

from grading.course.assignment import Assignment
from grading.exams.symptoms import Symptom, symptom
from grading.judge.cases import draw_cases
from grading.judge.known_values import KnownValues
from grading.probes.edits import STUB
from grading.probes.model import Mistake, Probe

MOST_LINES = 3  # that a slip may change, so that "which line" has an answer
LONGEST, SHORTEST = 26, 3  # lines of a program on a sheet, as they are printed
WIDTH = 62  # characters of a printed line


@dataclass(frozen=True)
class Question:
    """A program with one slip in it. `lines` are the numbers, from 1, of the lines that are not those of the solution.

    `right` is how these lines should be, `found_by` what the instant check says of the program.
    """

    exercise: str
    mistake: str
    code: Sequence[str]
    symptom: Symptom
    lines: Sequence[int]
    right: str
    hint: str
    found_by: str


class Questions:
    """All questions that a problem set has, each made when it is asked for."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.find = cache(self._find)

    def candidates(self) -> dict[str, list[str]]:
        """Ids of slips by exercise: edits of a few lines in a program that fits on a sheet."""
        found = {}
        for exercise in self.assignment.exercises:
            if not exercise.manual and (probe := self.assignment.problem_set.find(exercise.id)).catches is None:
                ids = [mistake.id for mistake in probe.mistakes if self._changed(exercise.id, mistake)]
                if ids:
                    found[exercise.id] = ids
        return found

    def _find(self, exercise: str, mistake: str) -> Question | None:
        """A question; None where the slip does not show in anything that can be printed."""
        probe = self.assignment.problem_set.find(exercise)
        wrong = next(one for one in probe.mistakes if one.id == mistake)
        # The same inputs for everybody: only programs differ, so that sheets are equally hard to read.
        known = KnownValues(probe, draw_cases(probe, b"exam", "exam", self.assignment.name))
        shown = symptom(known, wrong.answer)
        changed = self._changed(exercise, wrong)
        if shown is None or changed is None:
            return None
        code = _program(wrong.source).split("\n")
        return Question(exercise, mistake, code, shown, *changed, wrong.hint,
                        _instant_check(self.assignment.name, probe, wrong))

    def _changed(self, exercise: str, mistake: Mistake) -> tuple[list[int], str] | None:
        """The lines that a slip changed, and how they should be; None for one that makes no question."""
        if mistake.edit is None:
            return None
        wrong, right = (_program(source).split("\n")
                        for source in (mistake.source, self.assignment.solutions[exercise]))
        if not SHORTEST <= sum(1 + max(len(line) - 1, 0) // WIDTH for line in wrong) <= LONGEST:
            return None
        blocks = [block for block in difflib.SequenceMatcher(None, wrong, right, autojunk=False).get_opcodes()
                  if block[0] != "equal"]
        lines = [min(number + 1, len(wrong)) for _, start, end, _, _ in blocks
                 for number in range(start, max(end, start + 1))]  # where a line is missing, the one that follows
        should = [line.rstrip() for _, _, _, start, end in blocks for line in right[start:end]]
        if not lines or len(lines) > MOST_LINES or len(should) > MOST_LINES:
            return None
        return lines, "\n".join(should) or "(this line is not there)"


def _program(source: str) -> str:
    """An answer without its stub, and without trailing blanks."""
    return STUB.sub("", source + "\n").rstrip()


def _instant_check(problem_set: str, probe: Probe, mistake: Mistake) -> str:
    """The line with which the notebook's own check fails; "" where there is none here, or it does not."""
    try:
        check = importlib.import_module(f"helpers.checks.{problem_set}").check
    except (ImportError, AttributeError):
        return ""
    printed = io.StringIO()
    with (contextlib.redirect_stdout(printed), contextlib.suppress(Exception), np.errstate(all="ignore"),
          warnings.catch_warnings(action="ignore")):
        check(probe.id, mistake.answer)
    plt.close("all")  # a check draws where a matrix is wrong
    return next((line.strip().removeprefix("✗ ") for line in printed.getvalue().split("\n")
                 if line.strip().startswith("✗")), "")

