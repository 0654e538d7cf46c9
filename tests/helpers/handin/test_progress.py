"""How far a student is, as the instant checks have seen it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.checks.checker import checker
from helpers.checks.report import Report, StillAStub
from helpers.handin import handing_in, progress
from helpers.handin.outline import Outline, Part, digest, read_outline
from helpers.handin.progress import Progress
from helpers.handin.where import Place
from tests.hostile.classroom import ROOT

OUTLINE = Outline("ps0", 20.0, (
    Part("double", "answer", "1.1 double", 0.0, ""), Part("test_double", "test", "1.1 double", 2.0, ""),
    Part("half", "answer", "1.2 half", 0.0, ""), Part("test_half", "test", "1.2 half", 1.5, ""),
    Part("why", "written", "1.3 Why?", 3.0, digest("YOUR ANSWER HERE"))))


@pytest.fixture(autouse=True)
def nothing_checked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(progress, "_outcomes", {})
    yield


def examine(report: Report, answer: int) -> None:
    if answer == 0:
        raise StillAStub("1.1")
    report.holds("it is even", answer % 2 == 0)


check = checker({"double": examine, "half": examine})


def states(folder: Path) -> list[str]:
    return [state for _, _, state in Progress(OUTLINE, Place(folder)).rows]


def test_before_anything_ran_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / "ps0.ipynb").write_text('{"cells": []}')
    assert states(tmp_path) == ["", "", "stub"]
    assert Progress(OUTLINE, Place(tmp_path)).summary == "0 of 6.5 points have a check that passes, or are written."


def test_a_check_tells_what_it_found_and_the_last_word_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check("double", 0)
    assert states(tmp_path)[0] == "stub"
    check("double", 3)
    check("half", 2)
    assert states(tmp_path)[:2] == ["wrong", "right"]
    check("double", 4)
    assert states(tmp_path)[:2] == ["right", "right"]
    assert Progress(OUTLINE, Place(tmp_path)).summary == "3.5 of 6.5 points have a check that passes, or are written."


def test_a_written_answer_counts_once_it_is_saved(tmp_path: Path) -> None:
    def save(text: str) -> None:
        cell = {"metadata": {"nbgrader": {"grade_id": "why"}}, "source": text}
        (tmp_path / "ps0.ipynb").write_text(json.dumps({"cells": [cell]}))
    save("YOUR ANSWER HERE")
    assert states(tmp_path)[2] == "stub"
    save("Because it is linear.")
    assert states(tmp_path)[2] == "written"


def test_a_written_answer_whose_file_is_out_of_sight_is_no_stub(tmp_path: Path) -> None:
    assert states(tmp_path)[2] == "unseen"
    assert "1.3 Why?       3  · cannot be seen from here" in repr(Progress(OUTLINE, Place(tmp_path)))
    live = {"cells": [{"metadata": {"nbgrader": {"grade_id": "why"}}, "source": ["Because."]}]}
    assert Progress(OUTLINE, Place(tmp_path, live=live, hidden=True)).rows[2][2] == "written"


def test_it_is_a_table_in_a_notebook_and_lines_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check("double", 4)
    (tmp_path / "ps0.ipynb").write_text('{"cells": []}')
    table = Progress(OUTLINE, Place(tmp_path))
    assert "| 1.1 double | 2 | ✓ its check passes |" in table._repr_markdown_()
    assert "| 1.2 half | 1.5 | · not checked since the kernel started |" in table._repr_markdown_()
    assert repr(table).split("\n") == ["1.1 double     2  ✓ its check passes", "1.2 half     1.5  · not checked since the kernel started",
                                       "1.3 Why?       3  ○ still a stub", "2 of 6.5 points have a check that passes, or are written."]


@pytest.mark.parametrize("name", sorted(path.parent.name for path in (ROOT / "release").glob("*/*.ipynb")))
def test_every_problem_set_has_an_outline_that_fits_its_release(name: str) -> None:
    outline, cells = read_outline(name), json.loads((ROOT / "release" / name / f"{name}.ipynb").read_text())["cells"]
    labels = [cell["metadata"]["nbgrader"]["grade_id"] for cell in cells if "nbgrader" in cell["metadata"]]
    assert [part.id for part in outline.parts] == labels
    assert sum(points for points in (part.points for _, part in outline.exercises)) == sum(
        cell["metadata"]["nbgrader"].get("points", 0) for cell in cells if "nbgrader" in cell["metadata"])
    assert outline.from_scratch == (name != "ps8_pytorch_mlp")
    shown, checked = handing_in(name)
    assert shown() is not None
    assert checked() is not None
