"""Two slips at once: edits of different places of one model answer, both made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Protocol

from grading.probes.model import Mistake, Slip


class Answers(Protocol):
    """The right answers of a notebook, among which an edited one is defined."""

    @property
    def solutions(self) -> Mapping[str, str]: ...

    def answer(self, exercise: str, source: str) -> Any: ...


@dataclass(frozen=True)
class Pairs:
    """The pairs of an exercise's slips, each made when it is first looked at, and kept."""

    exercise: str
    mistakes: Sequence[Mistake]
    answers: Answers
    made: dict[tuple[str, str], Mistake | None] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Mistake]:
        edits = [mistake.edit for mistake in self.mistakes if mistake.edit]
        for first, second in combinations(edits, 2):
            key = first.id, second.id
            if key not in self.made:
                self.made[key] = self._make(first, second)
            if pair := self.made[key]:
                yield pair

    def _make(self, first: Slip, second: Slip) -> Mistake | None:
        source = both(self.answers.solutions[self.exercise], first, second)
        try:
            answer = self.answers.answer(self.exercise, source) if source else None
        except Exception:  # two edits that do not make a program together
            return None
        hint = f"Two slips at once: {first.hint} {second.hint}"
        return Mistake(answer, hint, f"{first.id} + {second.id}", source) if answer else None


def both(solution: str, first: Slip, second: Slip) -> str:
    """The solution with both edits made; empty where they touch the same text."""
    places = sorted(((solution.index(slip.old), slip) for slip in (first, second)), key=lambda place: place[0])
    if places[0][0] + len(places[0][1].old) > places[1][0]:
        return ""
    for start, slip in reversed(places):
        solution = solution[:start] + slip.new + solution[start + len(slip.old):]
    return solution
