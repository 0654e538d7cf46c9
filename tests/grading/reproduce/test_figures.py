"""Curves of whole runs are drawn from what was measured, and only from that."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from grading.cli.main import main
from grading.course.folder import Course
from grading.reproduce import figures
from grading.reproduce import runs as package
from grading.reproduce.engine import Row
from grading.reproduce.figures import LONG, SHORT, by_epoch, write_figures
from grading.reproduce.model import Fact, Published, Run
from grading.reproduce.runs import all_runs
from tests import toy

LOSSES = {"epoch 1": 1.5, "test 1": 1.2, "epoch 2": 0.7, "test 2": 0.8, "batches": 3.0}


def compute(names: Any, data: Any) -> dict[str, float]:
    return LOSSES


def run(id: str, printed: float | None = None) -> Run:
    published = Published(printed, "book of losses") if printed else None
    return Run(id, "two epochs", compute, (Fact("training loss", 0.7, "epoch 2", published=published),))


def row(id: str, values: dict[str, float], printed: float | None = None) -> Row:
    made = run(id, printed)
    return Row(made, made.facts[0], values.get("epoch 2"), "same", values)


def test_losses_are_taken_epoch_by_epoch_as_far_as_they_go() -> None:
    assert by_epoch({**LOSSES, "epoch 4": 0.1}, "epoch") == [1.5, 0.7]
    assert by_epoch(LOSSES, "no such thing") == []


def test_nothing_is_drawn_of_a_run_that_was_not_made(tmp_path: Path) -> None:
    assert write_figures([row(LONG, LOSSES), row(SHORT, {})], tmp_path / "figures") == []
    assert write_figures([row(SHORT, LOSSES)], tmp_path / "figures") == []
    assert not (tmp_path / "figures").exists()


def test_a_figure_marks_what_was_published_and_names_its_source(tmp_path: Path) -> None:
    [path] = write_figures([row(LONG, LOSSES, 0.6543), row(SHORT, LOSSES)], tmp_path)
    text = path.read_text()
    assert ">0.65</text>" in text
    assert ">published: book of losses</text>" in text
    assert len(text) < 40_000


def test_the_same_numbers_give_the_same_file_and_others_another(tmp_path: Path) -> None:
    rows = [row(LONG, LOSSES, 0.6543), row(SHORT, LOSSES)]
    first, again, other = (write_figures(some, tmp_path / name)[0].read_bytes() for name, some in (
        ("first", rows), ("again", rows), ("other", [rows[0], row(SHORT, {**LOSSES, "test 2": 0.9})])))
    assert first == again
    assert first != other


def test_the_runs_that_are_drawn_are_among_those_that_are_made() -> None:
    made = {run.id: run for run in all_runs(quick=False)}
    assert [fact.published.value for fact in made[LONG].facts if fact.published] == [0.2284, 0.33]
    assert SHORT in made


def test_the_command_writes_the_figure_where_it_is_told_to(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long, short = f"{toy.NAME}/long", f"{toy.NAME}/short"
    monkeypatch.setattr(figures, "LONG", long)
    monkeypatch.setattr(figures, "SHORT", short)
    monkeypatch.setattr(package, "all_runs", lambda quick: [run(long, 0.7), run(short)])
    for options, folder in (([], course.root / "build" / "reproduce"), (["--figures", str(tmp_path / "own")], tmp_path / "own")):
        result = CliRunner().invoke(main, ["reproduce", "--root", str(course.root), *options])
        assert result.exit_code == 0, result.output
        assert f"Written: {folder / 'ps8-epochs.svg'}" in result.stdout
        assert (folder / "ps8-epochs.svg").is_file()
