"""What lies on the readers' desk: every answer to one question, in the order of reading, and what became of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Literal

from grading.reading.answers import Answer
from grading.rubrics.reading import NOBODY, Reading

State = Literal["unread", "begun", "changed", "read", "blank"]
OPEN: tuple[State, ...] = ("unread", "begun", "changed")


@dataclass(frozen=True)
class Desk:
    """`order`: students, alike answers together, blank ones at the end; `states` of theirs."""

    order: Sequence[str]
    states: Mapping[str, State]
    readings: Mapping[str, Reading]

    @property
    def open(self) -> list[str]:
        """Whose answers wait for a reader."""
        return [student for student in self.order if self.states[student] in OPEN]

    @property
    def read(self) -> int:
        """How many answers a person has read."""
        return sum(state == "read" for state in self.states.values())

    @property
    def blank(self) -> int:
        """How many have nothing to read."""
        return sum(state == "blank" for state in self.states.values())

    @property
    def seconds(self) -> float | None:
        """The median time that an answer took, in seconds; None before the first."""
        took = [reading.seconds for reading in self.readings.values() if reading.done and reading.seconds > 0]
        return median(took) if took else None

    def following(self, student: str, away: Collection[str] = ()) -> str | None:
        """The next open answer after this one, round the end to the beginning; not one that is `away`, with others.

        Where only such are left, the first of them; None where nothing is open but this one, or nothing at all.
        """
        start = self.order.index(student) + 1 if student in self.states else 0
        waiting = [one for one in [*self.order[start:], *self.order[:start]]
                   if one != student and self.states[one] in OPEN]
        return next((one for one in waiting if one not in away), waiting[0] if waiting else None)

    def after(self, reading: Reading) -> "Desk":
        """The desk once an answer has been read."""
        return replace(self, states={**self.states, reading.student: "read"},
                       readings={**self.readings, reading.student: reading})

    def beside(self, student: str, step: int) -> str:
        """The answer so many places further on; at either end, the last one there is."""
        if student not in self.states:
            return student
        return self.order[min(max(self.order.index(student) + step, 0), len(self.order) - 1)]


def state_of(answer: Answer, reading: Reading | None, untouched: bool) -> State:
    """What became of an answer so far; `untouched` where its student left the cell as it was."""
    if reading and reading.done:
        if reading.text != answer.fingerprint:
            return "changed"
        return "blank" if reading.reader == NOBODY else "read"
    if untouched:
        return "blank"
    return "begun" if reading and (reading.items or reading.comment or reading.typed is not None) else "unread"
