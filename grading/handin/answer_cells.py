"""Which cells of a notebook that was handed in are whose answer, and what is in them taken together.

By nbgrader's label, else by cell id, by what is defined, or by what stands above and below. Of an answer that is there
several times (split, copied, pasted below), the pieces are one answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grading.course.assignment import Assignment, grade_id, is_answer
from helpers.handin.source import names, parse

Cell = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """The cells of one answer, in their order; `how` is empty where nbgrader's label was there."""

    cells: Sequence[Cell]
    how: str = ""


def find_answers(cells: Sequence[Cell], assignment: Assignment) -> dict[str, Found]:
    """The cells of every answer that can be found, by grade id."""
    found = {grade_id(wanted): _find(cells, grade_id(wanted), wanted) for wanted in assignment.notebook.cells
             if is_answer(wanted)}
    taken = {id(cell) for one in found.values() for cell in one.cells}
    between = _between_neighbours([cell for cell in cells if id(cell) not in taken], cells, assignment,
                                  {name for name, one in found.items() if not one.cells})
    return {name: one if one.cells else Found(between.get(name, ()), "what stands above and below it")
            for name, one in found.items()}


def _find(cells: Sequence[Cell], name: str, wanted: Any) -> Found:
    """All cells that claim to be this answer: by nbgrader's label, else by cell id, else by what they define."""
    if labelled := [cell for cell in cells if label_of(cell) == name]:
        return Found(labelled)
    bare = [cell for cell in cells if not label_of(cell)]
    if by_id := [cell for cell in bare if cell.get("id") == wanted.get("id")]:
        return Found(by_id, "its cell id")
    pattern = re.compile(rf"^(def|class)\s+{re.escape(name)}\b", re.MULTILINE)
    return Found([cell for cell in bare if pattern.search(source_of(cell) or "")], f"the definition of {name}")


def _between_neighbours(free: Sequence[Cell], cells: Sequence[Cell], assignment: Assignment, missing: set[str]
                        ) -> dict[str, list[Cell]]:
    """Cells without a label that stand where answers are missing: between the same two cells of the hand-out."""
    places: dict[str, list[int]] = {}
    for number, cell in enumerate(cells):
        places.setdefault((source_of(cell) or "").strip(), []).append(number)
    usable = {id(cell) for cell in free if not label_of(cell)}
    found: dict[str, list[Cell]] = {}
    start, waiting = -1, list[str]()
    for wanted in assignment.notebook.cells:
        if is_answer(wanted):
            waiting.append(grade_id(wanted))
            continue
        anchor = places.get(wanted.source.strip(), [])
        if len(anchor) == 1 and anchor[0] > start and wanted.source.strip():
            found |= _paired(waiting, missing, [cell for cell in cells[start + 1:anchor[0]] if id(cell) in usable])
            start, waiting = anchor[0], []
    return found | _paired(waiting, missing, [cell for cell in cells[start + 1:] if id(cell) in usable])


def _paired(waiting: Sequence[str], missing: set[str], candidates: Sequence[Cell]) -> dict[str, list[Cell]]:
    """As many answers as there are cells for, in their order; one answer gets all of them."""
    names_here = [name for name in waiting if name in missing]
    if len(names_here) == 1 and candidates:
        return {names_here[0]: list(candidates)}
    if len(names_here) != len(candidates):
        return {}
    return {name: [cell] for name, cell in zip(names_here, candidates, strict=True)}


def together(sources: Sequence[str], given: str, code: bool) -> tuple[str, str]:
    """One answer made of the texts of its cells, and a remark on what was done.

    Empty and untouched copies are passed over. Of code, as many of the last pieces count as make up an answer: one
    where it was written anew, both halves where a cell was split.
    """
    if len(sources) == 1:
        return sources[0], ""
    touched = [source for number, source in enumerate(sources)
               if source.strip() not in ("", given.strip()) and source not in sources[number + 1:]]
    if not touched:
        return sources[-1], f"was there {len(sources)} times, and always as it was given."
    if len(touched) == 1:
        return touched[0], f"was there {len(sources)} times: copies that are empty, untouched or equal do not count."
    count = _needed(touched, names(given).bound) if code else len(touched)
    if count == 1:
        return touched[-1], f"was there {len(sources)} times: the last one counts."
    return ("\n" if code else "\n\n").join(touched[-count:]), f"was there in {count} pieces, which were joined."


def _needed(pieces: Sequence[str], asked: frozenset[str]) -> int:
    """How many of the last pieces are an answer: a program that defines what is asked and needs no earlier piece."""
    bound = [names(piece).bound for piece in pieces]
    for count in range(1, len(pieces) + 1):
        whole = "\n".join(pieces[-count:])
        found = names(whole)
        complete = asked and asked <= found.bound and not found.needed & frozenset[str]().union(*bound[:-count])
        if _is_program(whole) and (complete or count == len(pieces)):
            return count
    return 1


def _is_program(source: str) -> bool:
    try:
        parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def label_of(cell: Cell) -> str:
    """The grade id of a cell that was handed in, or ""."""
    metadata = cell.get("metadata")
    label = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = label.get("grade_id") if isinstance(label, dict) else None
    return name if isinstance(name, str) else ""


def source_of(cell: Cell) -> str | None:
    """The text of a cell that was handed in; None where it is no text."""
    source = cell.get("source", cell.get("input"))
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        return None
    # Lone surrogates are legal JSON, but no text: they could be neither run nor stored.
    return source.encode("utf-8", "replace").decode()
