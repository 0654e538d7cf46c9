"""A class that has answered the toy set's written question, graded without a sandbox: nothing else was handed in."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from grading.course.assignment import load_assignment
from grading.course.folder import METADATA, Course
from grading.judge.verdict import Result, Verdict
from grading.marks.gradebook import Ledger
from grading.reading.answers import Answers
from grading.reading.room import Room
from grading.rubrics.questions import read_questions
from grading.rubrics.reading import Reading, fingerprint
from grading.run.submission import Graded
from tests import toy

WHY = "toy_why"
SCHEME = """- 1 point: says that doubling is *linear*
- ½ point: gives an example
- −0.5 points: claims that $x^2 = 2x$

Spelling costs nothing."""
ANSWERS = {"ada": "Because it is linear.", "bob": "because it is LINEAR", "cyd": "Numbers grow, for example 2 becomes 4.",
           "dan": "Because it is linear, for example 2 becomes 4.", "eve": " \n", "fay": "YOUR ANSWER HERE"}


def with_scheme(course: Course, scheme: str = SCHEME) -> Course:
    """The toy set with a mark scheme that has items."""
    def change(notebook: dict[str, Any]) -> None:
        [cell] = [cell for cell in notebook["cells"] if cell["id"] == "toy-why-rubric"]
        cell["source"] = f"*A person reads this.*\n### BEGIN MARK SCHEME\n{scheme}\n### END MARK SCHEME"
    toy.edit(course.source(toy.NAME), change)
    return course


def hand_in(course: Course, answers: Mapping[str, str]) -> None:
    """Grade these answers (student → text), new ones or once more."""
    assignment = load_assignment(course, toy.NAME)
    with Ledger(course, toy.NAME) as ledger:
        ledger.register(assignment)
        for student, text in answers.items():
            toy.submit(course, student, {WHY: text})
            path = course.autograded(student, toy.NAME)
            rewritten = {WHY} if path.exists() and fingerprint(text) not in path.read_text() else set()
            blank = text == assignment.notebook.cells[assignment.answers[WHY]].source
            verdicts = [Verdict(one.id, 0.0, one.points, "manual" if one.id == WHY and not blank else "missing")
                        for one in assignment.exercises]
            notebook = assignment.with_answers({WHY: text})
            notebook.metadata[METADATA] = {"fingerprint": fingerprint(text), "problem": "", "notes": [], "seconds": {},
                                           "verdicts": [verdict.to_dict() for verdict in verdicts]}
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(notebook))
            scores = {f"test_{one.id}" if not one.manual else one.id: None if verdict.kind == "manual" else 0.0
                      for one, verdict in zip(assignment.exercises, verdicts, strict=True)}
            ledger.save(Graded(Result(student, tuple(verdicts)), "", scores, frozenset({WHY} if blank else ()), "", "", ""), rewritten)


@contextmanager
def opened(course: Course) -> Iterator[Room]:
    """The room of the toy set's question, settled."""
    [question] = read_questions(course, toy.NAME)
    with Room(course, toy.NAME, question, Answers(course, toy.NAME)) as room:
        room.settle()
        yield room


def reading(room: Room, student: str, *items: int, reader: str = "rae", done: bool = True, **changes: Any) -> Reading:
    """What a reader finds in an answer: items by their place in the rubric, from 1."""
    ids = list(room.store.items())
    return Reading(student, reader, room.answers[student].fingerprint, frozenset(ids[item - 1] for item in items), done=done,
                   **changes)


def given(course: Course, student: str) -> tuple[float | None, bool]:
    """What nbgrader's gradebook has: the manual score, and whether the answer waits."""
    _, manual, waits = toy.scores(course, student)[WHY]
    return manual, waits
