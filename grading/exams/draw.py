"""Who gets which questions: the same ones again for the same seed, and none of a neighbour's."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b

from grading.errors import CourseError
from grading.exams.questions import Question

COUNT = 3  # questions on a sheet, of as many exercises


def draw_sheets(students: Sequence[str], candidates: Mapping[str, Sequence[str]], seed: str,
                find: Callable[[str, str], Question | None]) -> dict[str, list[Question]]:
    """COUNT questions for each student, in the order of the roster.

    Exercises and slips come in an order that seed and student decide. `find` gives None for a slip that makes no
    question. Nobody has a question of the one before or after. Raises CourseError where there are not enough.
    """
    sheets: dict[str, list[Question]] = {}
    before: set[tuple[str, str]] = set()
    for student in students:
        chosen: list[Question] = []
        for exercise in sorted(candidates, key=lambda exercise: _place(seed, student, exercise)):
            ids = sorted(candidates[exercise], key=lambda slip: _place(seed, student, exercise, slip))
            question = next((found for slip in ids if (exercise, slip) not in before
                             and (found := find(exercise, slip))), None)
            if question:
                chosen.append(question)
            if len(chosen) == COUNT:
                break
        if len(chosen) < COUNT:
            raise CourseError(f"There are not enough slips for sheets with {COUNT} questions each: {len(candidates)} "
                              "exercises have slips that change a few lines of a program and show.")
        sheets[student] = chosen
        before = {(question.exercise, question.mistake) for question in chosen}
    return sheets


def _place(*words: str) -> bytes:
    return blake2b("\0".join(words).encode(), digest_size=16).digest()
