"""A second reading of a sample: how far two people who do not see each other's marks agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from grading.reading.answers import Answer
from grading.reading.desk import Desk, state_of
from grading.rubrics.reading import Item, Reading, points_of

SAMPLE = 10


@dataclass(frozen=True)
class Agreement:
    """Of answers that two people have read: how many got the same points, how far apart they are on average.

    `items`: for each item of the rubric, in how many answers the two differ about it, the most disputed first.
    """

    answers: int
    same: int
    apart: float
    items: Sequence[tuple[Item, int]]


def sample(desk: Desk, second: Mapping[str, Reading], reader: str) -> list[str]:
    """Whose answers this reader is to read a second time: up to ten that somebody else has read, drawn by their text.

    Those that they have begun stay in it; everybody's second readings are of the same answers as far as they can be.
    """
    theirs = [student for student, reading in desk.readings.items()
              if desk.states.get(student) == "read" and reading.reader != reader]
    begun = {student for student in theirs if student in second and second[student].reader == reader}
    free = [student for student in theirs if student in begun or student not in second]
    return sorted(free, key=lambda student: (student not in begun, _draw(student)))[:SAMPLE]


def second_desk(desk: Desk, second: Mapping[str, Reading], reader: str, answers: Mapping[str, Answer]) -> Desk:
    """The sample as it lies on this reader's desk: first readings are not there."""
    order = sample(desk, second, reader)
    states = {student: state_of(answers[student], second.get(student), untouched=False) for student in order}
    return Desk(order, states, {student: second[student] for student in order if student in second})


def _draw(student: str) -> bytes:
    return blake2b(student.encode(errors="surrogateescape"), digest_size=8, person=b"second reading").digest()


def agreement(first: Mapping[str, Reading], second: Mapping[str, Reading], items: Mapping[int, Item], most: float
              ) -> Agreement | None:
    """How far the two readings of the same texts agree; None where no answer has two by different people."""
    pairs = [(first[student], other) for student, other in second.items()
             if other.done and student in first and first[student].done and first[student].text == other.text
             and first[student].reader != other.reader]
    if not pairs:
        return None
    apart = [abs(points_of(one, items, most) - points_of(other, items, most)) for one, other in pairs]
    disputed = [(item, sum((item.id in one.items) != (item.id in other.items) for one, other in pairs))
                for item in items.values()]
    return Agreement(len(pairs), sum(gap < 1e-6 for gap in apart), sum(apart) / len(pairs),
                     sorted((pair for pair in disputed if pair[1]), key=lambda pair: -pair[1]))
