"""What the page says about waiting, and that the replay does the work it says it measures."""

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from benchmarks import measure, parts, replay, waiting, waiting_page
from benchmarks.graders import Grader
from benchmarks.measure import Cost
from grading.course.folder import Course
from grading.marks.gradebook import Ledger
from tests import toy


def costs(*busy: float) -> Grader:
    left = iter(busy)
    return Grader("made-up", "made up", lambda name, count: Path(), lambda root, name, count: Cost(1.0, 1.0, next(left), 1 << 20))


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "when_quiet", lambda: 0.0)


@pytest.mark.usefixtures("quiet")
def test_a_disturbed_run_is_repeated_until_one_is_quiet(tmp_path: Path) -> None:
    row = parts.grade_quietly(costs(1.5, 1.05, 9.0), tmp_path, "ps9_toy", 1)
    assert (row["busy"], row["tries"]) == (1.05, 2)


@pytest.mark.usefixtures("quiet")
def test_where_none_is_quiet_the_least_disturbed_counts(tmp_path: Path) -> None:
    row = parts.grade_quietly(costs(1.5, 1.2, 1.4), tmp_path, "ps9_toy", 1)
    assert (row["busy"], row["tries"]) == (1.2, 3)


def test_a_busy_machine_is_waited_for_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = iter([1.0, 0.6, 0.01, 1.0])
    monkeypatch.setattr(measure, "background", lambda: next(looks))
    assert measure.when_quiet() == 0.01
    monkeypatch.setattr(measure, "background", lambda: 1.0)
    assert measure.when_quiet(patience=3) == 1.0


def row(grader: str, what: str, wall: float) -> dict[str, Any]:
    return {"set": "ps5_toy", "grader": grader, "title": grader, "what": what, "wall": wall, "cpu": wall, "peak": 1 << 20}


def test_the_page_says_which_targets_are_met() -> None:
    rows = [row("plain", "one submission", 6.0), *(row("ours-1", "one submission", wall) for wall in (1.4, 1.2, 9.0)),
            row("ours-1", "nothing to do", 0.9)]
    text = "\n".join(waiting_page.waiting(rows))
    assert "| ps5 | one submission | ours-1 | 1.40 | 1.40 | 1 | 4.3 | ≤ 1.5 s: met |" in text
    assert "| ps5 | nothing to do | ours-1 | 0.90 | 0.90 | 1 | 6.7 | ≤ 0.8 s: missed |" in text


def test_the_page_says_how_a_step_of_the_replay_grows() -> None:
    steps = [{"set": "ps5_toy", "through": through, "count": count, "cpu": cpu, "wall": 2.0, "memory": 1 << 20,
              "gradebook": 1 << 20}
             for through, last in (("2 processes", 1.5), ("local:2", 4.0))
             for count, cpu in ((100, 9.0), (200, 1.0), (300, last))]
    text = "\n".join(waiting_page.replay(steps))
    assert "| 300 | 15.0 | 20.0 | 1 | 1.0 |" in text
    assert "With 2 processes the last of these steps costs 1.50 times" in text
    assert "With local:2 the last of these steps costs 4.00 times" in text


def test_functions_of_two_students_differ_and_are_python() -> None:
    first, second = (waiting.function(random.Random(number)) for number in (1, 2))
    assert first != second
    compile(first, "first", "exec")


@pytest.mark.sandbox
@pytest.mark.parametrize("address", ["", "local:1"])
def test_a_replay_stores_what_was_recorded_for_every_copy(course: Course, address: str) -> None:
    toy.submit(course, "ada", toy.SOLUTION)
    toy.submit(course, "ben", {"double": "def double(x):\n    return x / 2"})
    rows = replay.main(course.root, toy.NAME, 20, address)
    assert [row["count"] for row in rows] == [2, 4, 6, 8, 10, 12, 14, 16, 18, 20]
    assert all(row["cpu"] > 0 for row in rows)
    with Ledger(course, toy.NAME) as ledger:
        assert len(ledger.students()) == 20
    assert toy.scores(course, "copy-000000")["test_double"][0] == 2.5
    assert toy.scores(course, "copy-000001")["test_double"][0] == 0.0
    shutil.rmtree(course.root / "submitted")
