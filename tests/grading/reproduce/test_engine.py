"""Measured numbers are compared with what the solution computes; nothing is computed twice, nothing is made up."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from grading.cli.main import main
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.reproduce import runs as package
from grading.reproduce.engine import Row, reproduce, solution
from grading.reproduce.model import Fact, Published, Run, full_data
from grading.reproduce.runs import all_runs
from tests import toy

calls: list[str] = []


def doubled(names: Any, data: Any) -> dict[str, float]:
    calls.append("doubled")
    return {"two": names["double"](np.ones(1))[0], "pi": 2 * names["double"](np.pi / 4)}


RUN = Run(f"{toy.NAME}/doubled", "twice one", doubled, (Fact("two", 2, "two", 0), Fact("π", 3.1416, "pi")), quick=True)


def rows(course: Course, run: Run = RUN, data: Path | None = None) -> list[Row]:
    return list(reproduce(course, [run], data, course.root / "build", lambda what: calls.append(what)))


@pytest.mark.parametrize(("measured", "decimals", "here", "verdict"), [
    (2.3735, 4, 2.37345922, "same"), (2.3735, 4, 2.3736, "differs"), (880, 0, 880.0, "same"), (880, 0, 881.0, "differs"),
    (70.0, 1, 69.96, "same"), (70.0, 1, 69.8, "differs"), (0.5, 1, float("nan"), "differs"),
])
def test_a_number_is_the_same_when_it_is_so_to_all_digits(measured: float, decimals: int, here: float, verdict: str) -> None:
    assert Fact("x", measured, "x", decimals).verdict(here) == verdict


def test_another_processor_may_change_as_much_as_the_tolerance() -> None:
    fact = Fact("x", 1.8368, "x", tolerance=0.005)
    assert [fact.verdict(here) for here in (1.8368, 1.8367, 1.8418, 1.8419)] == ["same", "close", "close", "differs"]


def test_where_rounding_decides_a_run_nothing_is_judged() -> None:
    fact = Fact("x", 0.82, "x", 3, tolerance=None)
    assert (fact.verdict(0.8401), fact.verdict(0.5)) == ("not judged, +0.020", "not judged, -0.320")


def test_every_published_number_has_a_source_and_equals_the_measured_one_or_says_why_not() -> None:
    facts = [fact for run in all_runs(quick=False) for fact in run.facts if fact.published]
    assert len(facts) > 20
    for fact in facts:
        assert fact.published
        assert fact.published.source, fact.what
        printed = str(fact.published.value)
        digits = len(printed.partition(".")[2])
        assert fact.published.differs or round(fact.measured, digits) == fact.published.value, fact.what


def test_the_solution_of_the_notebook_is_what_runs(course: Course) -> None:
    names = solution(load_assignment(course, toy.NAME), RUN)
    assert names["double"](3) == 6
    assert (names["a"], names["b"]) == (3, 0.12345)


def test_a_known_mistake_can_stand_in_its_place(course: Course) -> None:
    run = replace(RUN, mistake=("double", "halves"))
    assert solution(load_assignment(course, toy.NAME), run)["double"](3) == 1.5


def test_a_result_is_kept_until_the_notebook_changes(course: Course) -> None:
    calls.clear()
    first = rows(course)
    assert [(row.fact.what, row.here, row.verdict) for row in first] == [("two", 2.0, "same"), ("π", np.pi, "same")]
    assert rows(course) == first
    assert calls == ["[1/1] toy_set: twice one", "doubled"]
    source = course.source(toy.NAME)
    source.write_text(source.read_text().replace("return 2 * x", "return 3 * x"))
    assert [row.verdict for row in rows(course)] == ["differs", "differs"]
    assert calls.count("doubled") == 2


def test_a_damaged_result_is_computed_again(course: Course) -> None:
    rows(course)
    [kept] = (course.root / "build").iterdir()
    kept.write_text("{")
    calls.clear()
    assert [row.verdict for row in rows(course)] == ["same", "same"]
    assert "doubled" in calls


def test_without_the_full_data_a_run_is_left_out_and_says_why(course: Course, tmp_path: Path,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEURAL_COURSE_DATA", str(tmp_path))
    run = Run(f"{toy.NAME}/full", "needs all images", doubled, RUN.facts, data="mnist")
    calls.clear()
    left_out = rows(course, run)
    assert [(row.here, row.verdict) for row in left_out] == [(None, "not run: needs the full mnist")] * 2
    assert not any(row.values for row in left_out)
    assert calls == ["[1/1] toy_set: needs all images"]
    assert full_data("mnist", tmp_path / "no such folder") is None


def test_a_set_that_cannot_be_loaded_is_left_out_and_says_why(course: Course) -> None:
    probes = course.root / "probes" / f"{toy.NAME}.py"
    probes.write_text("import no_such_library\n" + probes.read_text())
    assert [row.verdict for row in rows(course)] == [
        "not run: toy_set needs no_such_library, which is not installed: "
        "pip install -c requirements.lock -e '.[no_such_library]'"] * 2


def test_the_command_prints_a_table_and_fails_where_a_number_differs(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = Published(3.14, "a book", "another circle")
    wrong = Run(RUN.id, RUN.title, doubled, (Fact("two", 3, "two", 0, published=printed),))
    for runs, code, word in (([RUN], 0, "3.1416"), ([wrong], 1, "differs")):
        monkeypatch.setattr(package, "all_runs", lambda quick, runs=runs: runs)
        result = CliRunner().invoke(main, ["reproduce", "--again", "--root", str(course.root)])
        assert result.exit_code == code, result.output
        assert word in result.stdout
        assert "[1/1] toy_set: twice one" in result.stderr


def test_the_command_keeps_to_the_sets_that_are_named(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "all_runs", lambda quick: [RUN, replace(RUN, id="ps8_pytorch_mlp/other", title="another")])
    command = ["reproduce", "--root", str(course.root)]
    named = CliRunner().invoke(main, [*command, toy.NAME])
    assert named.exit_code == 0, named.output
    assert "[1/1] toy_set: twice one" in named.stderr
    assert "ps8_pytorch_mlp" not in named.output
    assert CliRunner().invoke(main, [*command, "no_such_set"]).exit_code != 0


def test_every_run_has_a_name_of_its_own_and_the_short_mode_is_a_part_of_the_whole() -> None:
    every, quick = all_runs(quick=False), all_runs(quick=True)
    ids = [run.id for run in every]
    assert len(ids) == len(set(ids))
    assert 0 < len(quick) < len(every)
    assert {run.id for run in quick} <= set(ids)
