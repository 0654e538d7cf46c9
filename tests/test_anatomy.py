"""Every notebook is built as docs/anatomy.md says, as far as a script can tell."""

import itertools
import json
import re
from functools import cache
from typing import Any

import pytest

from tests.problem_sets import NAMES_HERE, ROOT, problem_set
from tools.exercise_lines import HEADING, LINE, with_lines

NAMES = sorted(path.name for path in (ROOT / "source").iterdir())
LONGEST, LONGEST_FUNCTION = 10, 15  # lines of a cell for the reader


@cache
def cells(name: str) -> list[dict[str, Any]]:
    notebook = json.loads((ROOT / "source" / name / f"{name}.ipynb").read_text(encoding="utf-8"))
    return [{**cell, "source": "".join(cell["source"])} for cell in notebook["cells"]]


def label(cell: dict[str, Any]) -> dict[str, Any]:
    return dict(cell["metadata"].get("nbgrader", {}))


def exercises(name: str) -> list[tuple[re.Match[str], list[dict[str, Any]]]]:
    """The heading of each exercise, and its cells up to the next one."""
    found = cells(name)
    places = [number for number, cell in enumerate(found) if cell["cell_type"] == "markdown" and HEADING.search(cell["source"])]
    pairs = zip(places, [*places[1:], len(found)], strict=True)
    return [(heading, found[start:end]) for start, end in pairs if (heading := HEADING.search(found[start]["source"]))]


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_begins_and_ends_like_every_other(name: str) -> None:
    found = cells(name)
    number = name.split("_")[0]
    assert found[0]["source"].startswith(f"# Problem set {number[2:]} · ")
    assert found[0]["source"].index("**Afterwards you can** ") < found[0]["source"].index("**How to work.**")
    assert [label(cell).get("grade_id") for cell in found[1:3]] == [f"{number}_start", f"{number}_setup"]
    assert [cell["id"] for cell in found[-4:]] == [f"{number}-{end}" for end in ("handing-in", "progress", "submit-text", "submit")]
    last = next(cell for cell in reversed(found[:-4]) if cell["cell_type"] == "markdown")
    assert "**What you can now say.**" in last["source"]


@pytest.mark.parametrize("name", NAMES)
def test_a_heading_is_worth_what_its_cells_are_worth(name: str) -> None:
    for heading, part in exercises(name):
        assert float(heading[2]) == sum(label(cell).get("points", 0) for cell in part), heading[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_stub_has_the_number_of_its_exercise(name: str) -> None:
    for heading, part in exercises(name):
        numbers = {number for cell in part if label(cell).get("solution") and "points" not in label(cell)
                   for number in re.findall(r'NotImplementedError\("([\d.]+)"\)', cell["source"])}
        # A function that is not graded stands before the heading of the numbers it is for.
        assert numbers <= {heading[1]} or heading[1] == "3.16", (heading[0], numbers)


@pytest.mark.parametrize("name", NAMES)
def test_exercises_are_numbered_in_order(name: str) -> None:
    numbers = [int(heading[1].split(".")[1]) for heading, _ in exercises(name)]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("name", NAMES_HERE)
def test_the_line_under_a_heading_says_what_the_hidden_tests_give(name: str) -> None:
    for cell, source in with_lines(cells(name), problem_set(name)):
        assert cell["source"] == source, "run tools/exercise_lines.py"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_else_speaks_of_parts_of_points(name: str) -> None:
    for cell in cells(name):
        if cell["cell_type"] == "markdown" and not label(cell):
            text = LINE.sub("", cell["source"])
            assert not re.search(r"(half|quarter|quarters|\d)\s+(of\s+)?a?\s*points?\b(?! (of|on|at|to)\b)", HEADING.sub("", text)), cell["id"]


@pytest.mark.parametrize("name", NAMES)
def test_cells_for_the_reader_are_short(name: str) -> None:
    for cell in cells(name):
        if cell["cell_type"] == "code" and not label(cell):
            most = LONGEST_FUNCTION if "def " in cell["source"] else LONGEST
            assert len(cell["source"].split("\n")) <= most, cell["id"]


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_has_a_caption(name: str) -> None:
    found = cells(name)
    for cell, after in itertools.pairwise(found):
        if cell["cell_type"] == "code" and not label(cell) and re.search(r"^(    )?draw_\w+\(", cell["source"], re.M):
            assert "*Figure:" in after["source"], cell["id"]


def test_a_line_without_minutes_is_refused_and_a_wrong_worth_is_mended() -> None:
    name = "ps2_softmax_jacobian"
    bare = [{"cell_type": "markdown", "metadata": {}, "source": "### Exercise 2.1 · `softmax` (3 points)\n\nText."}]
    with pytest.raises(ValueError, match=r"Exercise 2\.1: its heading must be followed by a line"):
        list(with_lines(bare, problem_set(name)))
    tested = {"cell_type": "code", "metadata": {"nbgrader": {"grade": True, "grade_id": "test_softmax", "points": 3}}, "source": ""}
    old = [{**bare[0], "source": bare[0]["source"].replace("Text", "*7 minutes · ●○○ · all of it 3*\n\nText")}, tested]
    [(_, source)] = with_lines(old, problem_set(name))
    assert "*7 minutes · ●○○ · probabilities: 2 · logits near +10⁴: 0.5 · " in source
    assert source.endswith("\n\nText.")
