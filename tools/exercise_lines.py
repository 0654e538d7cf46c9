"""Write the line under each exercise's heading anew: what its parts are worth, as the hidden tests have it.

The line begins with minutes and difficulty, which are the notebook's own and stay:

    *15 minutes · ●●○ · probabilities: 2 · logits near +10⁴: 0.5 · arguments left as they were: 0.25*
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grading.probes.loading import load
from grading.probes.model import Probe, ProblemSet

ROOT = Path(__file__).resolve().parent.parent
HEADING = re.compile(r"^### Exercise (\d+\.\d+) · .* \(([\d.]+) points?\)$", re.MULTILINE)
LINE = re.compile(r"\*(\d+) minutes · (●○○|●●○|●●●)( · [^*]+)?\*")


def with_lines(cells: list[dict[str, Any]], problem_set: ProblemSet) -> Iterator[tuple[dict[str, Any], str]]:
    """Every cell with an exercise's heading, and its source with the line as it should be.

    Raises ValueError where there is no line with minutes and difficulty to begin with.
    """
    places = [number for number, cell in enumerate(cells) if cell["cell_type"] == "markdown"
              and HEADING.search("".join(cell["source"]))]
    for place, end in zip(places, [*places[1:], len(cells)], strict=True):
        source = "".join(cells[place]["source"])
        found = HEADING.search(source)
        assert found
        before, after = source[:found.end()], source[found.end():]
        line = LINE.match(after.lstrip("\n"))
        if not line:
            raise ValueError(f"Exercise {found[1]}: its heading must be followed by a line like *15 minutes · ●●○*")
        parts = "".join(f" · {part}" for part in _parts(cells[place:end], problem_set))
        yield cells[place], f"{before}\n\n*{line[1]} minutes · {line[2]}{parts}*{after.lstrip(chr(10))[line.end():]}"


def _parts(cells: list[dict[str, Any]], problem_set: ProblemSet) -> list[str]:
    """What the parts of an exercise are worth; nothing where it has one part only."""
    graded = [cell["metadata"]["nbgrader"] for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade")]
    known = {probe.id: probe for probe in problem_set.probes}
    parts = [part for label in graded for part in _parts_of(label, known.get(label["grade_id"].removeprefix("test_")),
                                                           alone=len(graded) == 1)]
    return parts if len(parts) > 1 else []


def _parts_of(label: dict[str, Any], probe: Probe | None, alone: bool) -> list[str]:
    words = re.sub(r"^(test_)?(ps\d_)?", "", label["grade_id"]).replace("_", " ")
    if probe is None:
        return [f"{'in words' if alone else words}: {label['points']:g}"]
    if probe.catches:
        return [f"every right one accepted: {probe.catches.accepting:g}",
                f"each slip caught: {probe.catches.catching:g}"]
    if len(probe.points) == 1 and not probe.unchanged:
        return [f"{probe.points[0].name if alone else words}: {label['points']:g}"]
    unchanged = [f"arguments left as they were: {probe.unchanged:g}"] if probe.unchanged else []
    return [*(f"{point.name}: {point.worth:g}" for point in probe.points), *unchanged]


def notebooks() -> Iterator[tuple[Path, str]]:
    """Every source notebook's path, and its text as it should be."""
    for path in sorted((ROOT / "source").glob("*/*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell, source in with_lines(notebook["cells"], load(path.stem, ROOT)):
            cell["source"] = source.splitlines(keepends=True)
        yield path, json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for path, text in notebooks():
        path.write_text(text, encoding="utf-8")
