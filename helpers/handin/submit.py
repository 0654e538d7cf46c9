"""Would anything cost points if the saved notebook were handed in now?"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from helpers.handin.answers import in_answers
from helpers.handin.leftover import nothing_written
from helpers.handin.outline import Cell, Outline, Part, digest, read_cells
from helpers.handin.shown import PASSES, in_checks, shown


def look(outline: Outline, seconds: Mapping[str, float], ran: Sequence[Cell], folder: Path = Path()) -> "SubmitCheck":
    """Look at the saved file: a sentence for each thing that would cost points, the gravest first.

    `seconds` is how long cells took, by their text's digest; `ran` are the cells that ran in this kernel, in order.
    """
    path = folder / f"{outline.name}.ipynb"
    if not path.is_file():
        others = sorted(other.name for other in folder.glob("*.ipynb"))
        instead = f", only {', '.join(others)}" if others else ""
        return SubmitCheck([f"There is no {path.name} in this folder{instead}. Grading expects that name: rename your "
                            "notebook (right-click on it in JupyterLab's file list)."])
    try:
        saved = read_cells(path)
    except (OSError, ValueError) as error:
        return SubmitCheck([f"{path.name} cannot be read as a notebook ({error}). Save it again in JupyterLab."])
    written = [part for part in outline.parts if part.kind == "answer" and len(saved.get(part.id, ())) == 1
               and not _untouched(part, saved[part.id][0].text)]
    states = shown(outline, saved)
    found = [*_missing(outline, saved), *_unsaved(outline, saved, ran), *_unfinished(outline, saved),
             *in_answers(outline, saved, written), *in_checks(states, written), *_slow(outline, saved, seconds),
             *_edited(outline, saved)]
    passing = sum(part.points for exercise, part in outline.exercises if states.get(exercise) == PASSES)
    return SubmitCheck(found, passing, sum(part.points for _, part in outline.exercises))


def _missing(outline: Outline, saved: Mapping[str, Sequence[Cell]]) -> Iterator[str]:
    for part in outline.parts:
        if part.kind not in ("answer", "written"):
            continue
        count = len(saved.get(part.id, ()))
        if count == 0:
            yield (f"{part.title}: its answer cell is not in the saved notebook, so it would count as not written. "
                   "Copy it from a fresh copy of the hand-out.")
        elif count > 1:
            yield (f"{part.title}: the answer cell is there {count} times. The pieces of a cell that was split are "
                   "joined, and of two versions the last one counts: empty those that should not.")


def _unsaved(outline: Outline, saved: Mapping[str, Sequence[Cell]], ran: Sequence[Cell]) -> Iterator[str]:
    """An answer whose last run in this kernel is not what the file holds."""
    for part in outline.parts:
        cells = saved.get(part.id, ())
        if part.kind != "answer" or len(cells) != 1:
            continue
        defines = re.compile(rf"^(def|class) {re.escape(part.id)}\b", re.M)  # for editors that do not tell a cell's id
        last = next((one for one in reversed(ran)
                     if (one.id and one.id == cells[0].id) or defines.search(one.text)), None)
        if last and digest(last.text) != digest(cells[0].text):
            yield (f"{part.title}: what you ran last is not what the saved file holds. Save (Ctrl-S), run the cell "
                   "again, then repeat this check.")


def _unfinished(outline: Outline, saved: Mapping[str, Sequence[Cell]]) -> Iterator[str]:
    left = []
    for part in outline.parts:
        cells = saved.get(part.id, ())
        if part.kind in ("answer", "written") and len(cells) == 1 and _untouched(part, cells[0].text):
            left.append(part.title)
    if left:
        yield f"Not written yet: {'; '.join(dict.fromkeys(left))}."


def _untouched(part: Part, text: str) -> bool:
    if not text.strip() or digest(text) == part.digest:
        return True
    return part.kind == "answer" and any(nothing_written(text, name) for name in part.defines)


def _slow(outline: Outline, saved: Mapping[str, Sequence[Cell]], seconds: Mapping[str, float]) -> Iterator[str]:
    for part in outline.parts:
        for cell in saved.get(part.id, ()):
            if (took := seconds.get(digest(cell.text), 0.0)) > outline.cell_seconds:
                yield (f"{part.title}: this cell took {took:.0f} s here, and grading allows "
                       f"{outline.cell_seconds:g} s. Look for a loop that numpy could do at once.")


def _edited(outline: Outline, saved: Mapping[str, Sequence[Cell]]) -> Iterator[str]:
    for part in outline.parts:
        if part.kind not in ("given", "test"):
            continue
        cells = saved.get(part.id, ())
        if not cells:
            yield (f"A locked cell of {part.title} is gone ({part.id}). Grading puts the original back; nothing of "
                   "yours should depend on its absence.")
        elif digest(cells[0].text) != part.digest:
            yield (f"A locked cell of {part.title} was changed ({part.id}). Grading uses the original, so an answer "
                   "that needs the change would fail.")


class SubmitCheck:
    """A list of problems, or the word that there are none, and for how many of all points a check passes."""

    def __init__(self, found: Sequence[str], passing: float = 0.0, points: float = 0.0) -> None:
        self.found, self.passing, self.points = list(found), passing, points

    def __repr__(self) -> str:
        looked = f"{self.passing:g} of {self.points:g} points have a check that passes."
        if not self.found:
            return f"✓ Nothing missing, nothing changed; {looked}"
        return "\n".join([*(f"✗ {problem}" for problem in self.found), *([looked] if self.points else [])])
