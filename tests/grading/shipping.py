"""What a student's process would ship, made in this process: for tests that need many answers and no sandbox."""

from collections.abc import Mapping
from copy import deepcopy
from traceback import extract_tb
from typing import Any

import numpy as np

from grading.judge.case_outcome import Reply
from grading.judge.cases import Case, draw_cases
from grading.judge.judging import judge
from grading.judge.verdict import Verdict
from grading.probes.model import Answer, Mistake, Probe, ProblemSet, Use
from helpers.wire import encode_leaves, flatten

DRAWN: dict[tuple[int, str], tuple[Probe, list[Case]]] = {}


def reply(answer: Answer, inputs: Mapping[str, Any], use: Use | None = None) -> Reply:
    """The frame of one case: an answer's value and its arguments afterwards, or the names a box assigns."""
    if not callable(answer):
        headers, blobs = encode_leaves(flatten("out", dict(answer)))
        return Reply({"leaves": headers}, blobs)
    fresh = deepcopy(dict(inputs))
    try:
        with np.errstate(all="ignore"):
            value = use(answer, *fresh.values()) if use else answer(*fresh.values())
    except Exception as error:
        frames = [frame.name for frame in extract_tb(error.__traceback__)]
        inside = frames[1 if use is None else 2:] != []  # the answer's own lines, not only those that try it
        return Reply({"error": {"type": type(error).__name__, "message": str(error), "line": 2 if inside else None,
                                "own": inside}}, [])
    arguments = {key: item for key, item in fresh.items() if not callable(item)}
    headers, blobs = encode_leaves([*flatten("out", value), *flatten("args", arguments)])
    return Reply({"leaves": headers}, blobs)


def graded(probe: Probe, answer: Answer | Mistake, student: str = "ada") -> Verdict:
    """What a submission with this answer gets."""
    answer = answer.answer if isinstance(answer, Mistake) else answer
    cases = cases_for(probe, student)
    return judge(probe, cases, {case.number: reply(answer, case.inputs, probe.use) for case in cases})


def cases_for(probe: Probe, student: str) -> list[Case]:
    """The inputs that a student's answer is tried on: the same objects every time."""
    key = id(probe), student
    if key not in DRAWN:
        DRAWN[key] = (probe, draw_cases(probe, b"s" * 32, student, "some_set"))  # kept, so that its id stays its own
    return DRAWN[key][1]


def known_mistake(problem_set: ProblemSet, exercise: str, name: str) -> Mistake:
    """One of an exercise's known mistakes."""
    return next(mistake for mistake in problem_set.find(exercise).mistakes if mistake.id == name)
