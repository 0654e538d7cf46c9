"""Each exercise judged on its own: tried once more among the course's own solutions to the exercises before it.

Markers call it "error carried forward". The answer's own cell is the student's, every answer cell before it holds the
model answer, and none after it is there. Solutions are in a student's process then, so nothing that this process says
in words leaves it: shipped values are judged, and no value, text or shape of them is shown.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from grading.course.assignment import Assignment, Exercise, grade_id, is_answer, is_graded
from grading.handin.intake import Submission
from grading.judge.cases import Case
from grading.judge.known_values import KnownValues
from grading.judge.verdict import Verdict
from grading.run.attempt import Attempt, Script
from grading.run.evaluate import Evaluation
from grading.run.judge_exercise import is_blank, judge_exercise
from grading.sandbox.client import Sandbox
from helpers.handin.source import parse

UNTRIED = ("right", "malformed", "manual", "graded", "delegated")  # where a second look can change nothing


@dataclass(frozen=True)
class Look:
    """An exercise that is not right, and the first of the earlier ones it leads to that is not right either.

    `directly`: whether the exercise itself calls it, and not only what it calls.
    """

    exercise: Exercise
    earlier: str
    directly: bool


def looks(assignment: Assignment, submission: Submission, verdicts: Sequence[Verdict]) -> list[Look]:
    """Which exercises to try again, in the notebook's order."""
    if all(verdict.kind in UNTRIED for verdict in verdicts):
        return []
    kinds = {verdict.id: verdict for verdict in verdicts}
    tested = [exercise for exercise in assignment.exercises if not exercise.manual]
    given = _names_of_definitions(assignment.setup)
    called: dict[str, set[str]] = {}
    found = []
    for exercise in sorted(tested, key=lambda exercise: exercise.answer):
        names = _names(submission.answers.get(exercise.id, ""), assignment.uses.get(exercise.id, ""))
        direct = names.union(*(given[name] for name in names & given.keys())) & called.keys()
        called[exercise.id] = direct.union(*(called[name] for name in direct))
        verdict = kinds[exercise.id]
        wrong = [name for name in called if name in called[exercise.id] and kinds[name].points < kinds[name].max_points]
        if wrong and verdict.kind not in UNTRIED and not is_blank(assignment, exercise, submission):
            found.append(Look(exercise, wrong[0], wrong[0] in direct))
    return found


@cache
def _names_of_definitions(setup: str) -> dict[str, set[str]]:
    """The names that functions and classes of the set-up cells speak of."""
    return {step.name: _names(ast.unparse(step)) for step in ast.parse(setup).body
            if isinstance(step, ast.FunctionDef | ast.ClassDef)}


def _names(answer: str, use: str = "") -> set[str]:
    """The names that an answer, and the way in which it is tried, speak of."""
    try:
        cell = parse(answer)
        given = {argument.arg for step in cell.body if isinstance(step, ast.FunctionDef) for argument in step.args.args}
        used = {node.id for node in ast.walk(cell) if isinstance(node, ast.Name)} - given
    except (SyntaxError, RecursionError):  # what students write, or write against us
        used = set()
    return used | _asked(use)


@cache
def _asked(use: str) -> frozenset[str]:
    """The names that `partner` is asked for."""
    asked = {node.value for node in ast.walk(ast.parse(use)) if isinstance(node, ast.Constant)}
    return frozenset(name for name in asked if isinstance(name, str))


def scripts(assignment: Assignment, submission: Submission, todo: Sequence[Exercise],
            cases: Mapping[str, Sequence[Case]]) -> Iterator[Script]:
    """What one child runs for these exercises, one after the other.

    A solution is sent only when the exercise itself has been judged: none ever lies in a process whose answer to it
    still counts.
    """
    done = -1
    for exercise in todo:
        cells, given = {}, set()
        for number, cell in enumerate(assignment.notebook.cells[done + 1:exercise.answer + 1], done + 1):
            name = grade_id(cell)
            if cell.cell_type != "code" or not name or (is_graded(cell) and not is_answer(cell)):
                continue
            if number == exercise.answer:
                cells[number] = submission.answers[exercise.id]
            elif is_answer(cell):
                cells[number] = assignment.solutions[name]
                given.add(number)
            else:
                cells[number] = cell.source
        cells[exercise.test] = assignment.notebook.cells[exercise.test].source
        yield Script(cells, {exercise.test: [exercise.id]}, {exercise.id: cases[exercise.id]}, assignment.uses,
                     frozenset(given), last=exercise is todo[-1])
        done = exercise.answer - 1  # the next one begins with this exercise's solution


def evaluate_again(sandbox: Sandbox, assignment: Assignment, submission: Submission, todo: Sequence[Exercise],
                   cases: Mapping[str, Sequence[Case]], ends: float) -> dict[str, Evaluation]:
    """What became of each exercise among others' solutions; those that ended the child or came too late are missing."""
    found: dict[str, Evaluation] = {}
    while todo:
        with sandbox.start() as job:
            job.deadline = min(job.deadline, ends)
            tried = 0
            for script, exercise in zip(scripts(assignment, submission, todo, cases), todo, strict=True):
                attempt = Attempt(job, script)
                tried += 1
                if attempt.run() is not None:
                    break
                found[exercise.id] = Evaluation(attempt.runs, attempt.replies)
        todo = todo[tried:]
    return found


def second_look(sandbox: Sandbox, assignment: Assignment, submission: Submission, verdicts: Sequence[Verdict],
                cases: Mapping[str, Sequence[Case]], known: Mapping[str, KnownValues], share: float, ends: float
                ) -> dict[str, Verdict]:
    """New verdicts by exercise, for what its own cell does; `share` of what is gained so counts as points.

    There is none where the answer does better in the student's own notebook, or cannot be tried again. Of `verdicts`
    only kinds and points are asked.
    """
    todo = looks(assignment, submission, verdicts)
    again = evaluate_again(sandbox, assignment, submission, [look.exercise for look in todo], cases, ends)
    first = {verdict.id: verdict for verdict in verdicts}
    decided = {}
    for look in todo:
        if found := again.get(name := look.exercise.id):
            second = judge_exercise(assignment, look.exercise, submission, found, cases, silent=True, known=known[name])
            if second.points >= first[name].points:
                decided[name] = _together(assignment, first[name], second, look, share)
    return decided


def _together(assignment: Assignment, first: Verdict, second: Verdict, look: Look, share: float) -> Verdict:
    """One verdict from both looks, in the second one's words."""
    points = first.points + share * (second.points - first.points)
    named = second.named if share == 1 else first.named
    if second.kind != "right":
        return replace(second, points=points, named=named, seconds=first.seconds + second.seconds)
    way = "It calls" if look.directly else "What it calls leads to"
    where = f"your `{look.earlier}`{_number(assignment, look.earlier)}"
    hint = f"This cell is right. {way} {where}, which is not: look there first."
    return replace(second, points=points, named=named, hint=hint, carried_from=look.earlier,
                   seconds=first.seconds + second.seconds)


def _number(assignment: Assignment, name: str) -> str:
    """The exercise's number as its stub gives it, " (7.4)"; "" where it has none."""
    stub = re.search(r'NotImplementedError\("([\d.]+)"\)', assignment.notebook.cells[assignment.answers[name]].source)
    return f" ({stub[1]})" if stub else ""
