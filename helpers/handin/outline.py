"""A notebook as it was handed out, and as it lies on the disk now."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from helpers.own_course import own_folders

FOLDER = Path(__file__).with_name("outlines")


@dataclass(frozen=True)
class Part:
    """One cell that grading needs. `kind` is "given", "answer", "written" or "test"; only the last two have points.

    `title` is the heading above it, `digest` that of its text as handed out; `defines` are the functions and classes
    that it has to define, as its stub does.
    """

    id: str
    kind: str
    title: str
    points: float
    digest: str
    defines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outline:
    """One problem set: `name` is also its file's, `cell_seconds` what grading allows a cell.

    `examples` are the names that the notebook's other cells define; where it is `from_scratch`, libraries are not used
    but in the exercises of `any_tool`, whose answers are tests.
    """

    name: str
    cell_seconds: float
    parts: tuple[Part, ...]
    examples: tuple[str, ...] = ()
    from_scratch: bool = True
    any_tool: tuple[str, ...] = ()

    @property
    def exercises(self) -> list[tuple[str, Part]]:
        """What has points, as (name of the answer cell, the part with the points)."""
        return [(part.id.removeprefix("test_"), part) for part in self.parts if part.kind in ("written", "test")]

    @property
    def points(self) -> float:
        """All there are."""
        return sum(part.points for _, part in self.exercises)


class Cell(NamedTuple):
    """A cell's id in its notebook ("" where that is not known) and text; in a file also what it printed, and when."""

    id: str
    text: str
    printed: str = ""
    executed: int | None = None
    code: bool = True


def digest(source: str) -> str:
    """A short fingerprint of a cell's text; spaces at line ends, which editors change, do not count."""
    return sha256("\n".join(line.rstrip() for line in source.strip().split("\n")).encode()).hexdigest()[:16]


def read_outline(name: str) -> Outline:
    """The outline that came with the course, or that its release wrote. Raises LookupError where there is none yet."""
    places = [folder / f"{name}.json" for folder in (*map(Path, own_folders("handin/outlines")), FOLDER)]
    path = next((path for path in places if path.is_file()), None)
    if path is None:
        raise LookupError(f"{name} has no outline yet: `course release {name}` writes it.")
    data = json.loads(path.read_text(encoding="utf-8"))
    parts = tuple(Part(**{**part, "defines": tuple(part.get("defines", ()))}) for part in data["parts"])
    return Outline(name, data["cell_seconds"], parts, tuple(data["examples"]), data["from_scratch"],
                   tuple(data.get("any_tool", ())))


def read_cells(path: Path) -> dict[str, list[Cell]]:
    """A saved notebook's cells by label, those without one under "". Raises ValueError when it is no notebook."""
    notebook: Any = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise ValueError("it has no cells")
    return cells_of(notebook)


def cells_of(notebook: Mapping[str, Any]) -> dict[str, list[Cell]]:
    """The cells of a notebook's JSON, by label as `read_cells` gives them."""
    found: dict[str, list[Cell]] = {}
    for cell in notebook["cells"]:
        label = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
        printed = "".join("".join(output.get("text", "")) for output in cell.get("outputs", ()))
        found.setdefault(label if isinstance(label, str) else "", []).append(
            Cell(str(cell.get("id", "")), "".join(cell.get("source", "")), printed, cell.get("execution_count"),
                 cell.get("cell_type") == "code"))
    return found
