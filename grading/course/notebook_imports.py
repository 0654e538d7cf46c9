"""What the cells of a source notebook import: read without loading the problem set, so that a sandbox starts early."""

import ast
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any


def imported_by(sources: Iterable[str]) -> tuple[str, ...]:
    """Modules that these cells import; a cell in IPython's own syntax counts for nothing."""
    found: dict[str, None] = {}
    for source in sources:
        try:
            nodes = list(ast.walk(ast.parse(source)))
        except SyntaxError:
            continue
        for node in nodes:
            if isinstance(node, ast.Import):
                found |= {item.name: None for item in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found[node.module] = None
    return tuple(found)


def code_cells(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """nbgrader's label ({} without one) and source of each code cell. Nothing of a file that is no notebook."""
    try:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                yield cell["metadata"].get("nbgrader", {}), "".join(cell["source"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return  # whoever loads it says what is wrong with it


def imported_by_setup(path: Path) -> tuple[str, ...]:
    """Modules that the cells import which only prepare: locked, and worth nothing."""
    return imported_by(source for label, source in code_cells(path)
                       if label.get("grade_id") and not label.get("solution") and not label.get("grade"))
