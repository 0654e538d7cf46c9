"""What a student's process would ship, made in this process: for tests that need many answers and no sandbox."""

from grading.handout.shipped_here import ship_here
from grading.judge.cases import Case, draw_cases
from grading.judge.judging import judge
from grading.judge.known_values import KnownValues
from grading.judge.verdict import Verdict
from grading.probes.model import Answer, Mistake, Probe, ProblemSet

KNOWN: dict[tuple[int, str], KnownValues] = {}


def graded(probe: Probe, answer: Answer | Mistake, student: str = "ada") -> Verdict:
    """What a submission with this answer gets."""
    answer = answer.answer if isinstance(answer, Mistake) else answer
    known = known_values(probe, student)
    return judge(probe, known.cases, {case.number: ship_here(probe, answer, case.inputs) for case in known.cases},
                 known=known)


def cases_for(probe: Probe, student: str) -> list[Case]:
    """The inputs that a student's answer is tried on: the same objects every time."""
    return list(known_values(probe, student).cases)


def known_values(probe: Probe, student: str) -> KnownValues:
    """What the answers to an exercise give on a student's inputs, remembered while one exercise is tried."""
    key = id(probe), student
    if key not in KNOWN:
        for other in [other for other in KNOWN if other[0] != id(probe)]:
            KNOWN[other].kept.clear()  # tests of one exercise follow one another; what is kept longer is only in the way
        KNOWN[key] = KnownValues(probe, draw_cases(probe, b"s" * 32, student, "some_set"))  # kept: the id stays its own
    return KNOWN[key]


def known_mistake(problem_set: ProblemSet, exercise: str, name: str) -> Mistake:
    """One of an exercise's known mistakes."""
    return next(mistake for mistake in problem_set.find(exercise).mistakes if mistake.id == name)
