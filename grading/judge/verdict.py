"""What a graded exercise is worth and why; the data every page and table is made from."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from grading.probes.model import total

KINDS = ("right", "wrong", "mistake", "error", "timeout", "missing", "malformed", "manual", "graded", "delegated")


@dataclass(frozen=True)
class NamedPoint:
    """A part of the credit that has a name."""

    name: str
    earned: float
    worth: float

    @property
    def mark(self) -> str:
        """✓ for all of it, ✗ for nothing, ◐ for a part."""
        return "✗" if not self.earned else "✓" if self.earned == self.worth else "◐"


@dataclass(frozen=True)
class Verdict:
    """One exercise of one submission. `kind` is one of KINDS; `mistake` is empty unless one was recognised.

    A written answer is `manual` until a person has given it points, then `graded`. `carried_from` is an exercise that
    this one calls and that is not right, where this one is right for itself.
    """

    id: str
    points: float
    max_points: float
    kind: str
    mistake: str = ""
    hint: str = ""
    cases_right: int = 0
    cases_tried: int = 0
    seconds: float = 0.0
    named: tuple[NamedPoint, ...] = ()
    carried_from: str = ""

    def to_json(self) -> dict[str, Any]:
        """The public form, as `course grade --json` prints it."""
        carried = {"carried_from": self.carried_from} if self.carried_from else {}
        return {"id": self.id, "points": self.points, "max_points": self.max_points, "verdict": self.kind,
                "mistake": self.mistake or None, "hint": self.hint, "cases_right": self.cases_right,
                "cases_tried": self.cases_tried, "seconds": round(self.seconds, 3), **carried}

    def to_dict(self) -> dict[str, Any]:
        """Everything, to be kept in the autograded notebook."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Verdict":
        """Inverse of `to_dict`."""
        return cls(**{**data, "named": tuple(NamedPoint(**point) for point in data["named"])})

    def text(self) -> str:
        """What the student reads under the test cell."""
        lines = [f"{self.id}: {self.points:g} of {self.max_points:g} points"]
        lines += [f"  {point.mark} {point.name} ({point.earned:g} of {point.worth:g})"
                  for point in self.named]
        if self.hint:
            lines.append(f"  {self.hint}")
        return "\n".join(lines)


@dataclass(frozen=True)
class Result:
    """One graded submission."""

    student: str
    verdicts: tuple[Verdict, ...]
    problem: str = ""  # why the submission as a whole could not be read
    notes: tuple[str, ...] = ()  # what was repaired on the way in
    fault: bool = False  # the course stumbled over this submission: nothing is known of it, and a person looks at it
    changed: str = ""  # what its points were before and why they are others now, if they are

    @property
    def points(self) -> float:
        return total(verdict.points for verdict in self.verdicts)

    @property
    def max_points(self) -> float:
        return total(verdict.max_points for verdict in self.verdicts)

    def to_json(self) -> dict[str, Any]:
        """The public form, as `course grade --json` prints it."""
        return {"student": self.student, "points": self.points, "max_points": self.max_points,
                "exercises": [verdict.to_json() for verdict in self.verdicts]}
