"""How far a student is: one line for each exercise, from what its instant check said last."""

from helpers.handin.outline import Cell, Outline, cells_of, digest, read_cells
from helpers.handin.where import Place

RIGHT, WRONG, STUB = "right", "wrong", "stub"
WORDS = {RIGHT: "✓ its check passes", WRONG: "✗ its check found something", STUB: "○ still a stub",
         "": "· not checked since the kernel started", "written": "✓ written, a person reads it",
         "unseen": "· cannot be seen from here"}

_outcomes: dict[str, str] = {}


def note(exercise: str, outcome: str) -> None:
    """Remember what an instant check found: RIGHT, WRONG or STUB."""
    _outcomes[exercise] = outcome


def outcomes() -> dict[str, str]:
    """What the instant checks said last, by exercise."""
    return dict(_outcomes)


class Progress:
    """A table in a notebook, lines of text elsewhere."""

    def __init__(self, outline: Outline, place: Place) -> None:
        saved = _saved(outline.name, place)
        self.rows: list[tuple[str, float, str]] = []
        for exercise, part in outline.exercises:
            state = _outcomes.get(exercise, "")
            if part.kind == "written":
                text = (saved or {}).get(exercise, [Cell("", "")])[0].text
                state = "unseen" if saved is None else \
                    "written" if text.strip() and digest(text) != part.digest else STUB
            self.rows.append((part.title, part.points, state))

    @property
    def summary(self) -> str:
        """Points with a check that passes or a written answer, and points there are."""
        done = sum(points for _, points, state in self.rows if state in (RIGHT, "written"))
        total = sum(points for _, points, _ in self.rows)
        return f"{done:g} of {total:g} points have a check that passes, or are written."

    def _repr_markdown_(self) -> str:
        lines = ["| exercise | points | state |", "|:---|---:|:---|"]
        lines += [f"| {title} | {points:g} | {WORDS[state]} |" for title, points, state in self.rows]
        return "\n".join([*lines, "", f"**{self.summary}** Hidden tests decide, on inputs of their own."])

    def __repr__(self) -> str:
        width = max(len(title) for title, _, _ in self.rows)
        return "\n".join([*(f"{title:{width}}  {points:4g}  {WORDS[state]}" for title, points, state in self.rows),
                          self.summary])


def _saved(name: str, place: Place) -> dict[str, list[Cell]] | None:
    """The notebook's cells by label; None where its file is out of sight."""
    path = place.file(name)
    try:
        return cells_of(place.live) if place.live else read_cells(path) if path else None
    except (OSError, ValueError):
        return {}
