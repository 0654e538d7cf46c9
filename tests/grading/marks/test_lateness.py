"""What lateness costs, and where extra time is written down."""

from datetime import timedelta
from pathlib import Path

import pytest
from traitlets.config import Config

from grading.errors import CourseError
from grading.marks.lateness import LatePolicy, read_extensions

HOUR, DAY = 3600, 86400


def penalty(seconds: float, score: float = 40.0, **settings: float) -> float | None:
    return LatePolicy(config=Config(LatePolicy=settings)).late_submission_penalty("ada", score, seconds)


def test_without_settings_lateness_costs_nothing() -> None:
    assert penalty(10 * DAY) is None


@pytest.mark.parametrize(("seconds", "points"), [(1, 4.0), (DAY, 4.0), (DAY + 1, 8.0), (3 * DAY, 12.0), (30 * DAY, 20.0)])
def test_every_day_begun_costs_its_share_up_to_the_cap(seconds: float, points: float) -> None:
    assert penalty(seconds, percent_per_day=10, most_percent=50) == points


def test_within_the_grace_nothing_is_lost_and_after_it_days_count_from_the_due_date() -> None:
    settings = {"percent_per_day": 10, "grace_hours": 6}
    assert penalty(6 * HOUR, **settings) is None
    assert penalty(6 * HOUR + 1, **settings) == 4.0
    assert penalty(DAY + 1, **settings) == 8.0


def test_a_setting_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(Exception, match="percent_per_day"):
        penalty(DAY, percent_per_day=200)


def test_without_a_file_nobody_has_extra_time(tmp_path: Path) -> None:
    assert read_extensions(tmp_path, "ps1") is None


def test_extensions_are_read_for_one_problem_set(tmp_path: Path) -> None:
    (tmp_path / "extensions.csv").write_text("student,problem_set,hours,why\nada, ps1 ,48,ill\nben,ps2,24,\nada,ps2,1.5,\n")
    assert read_extensions(tmp_path, "ps1") == {"ada": timedelta(hours=48)}
    assert read_extensions(tmp_path, "ps2") == {"ada": timedelta(hours=1.5), "ben": timedelta(hours=24)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_extensions_are_read_as_spreadsheets_write_them(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = ["student,problem_set,hours,why", "jörg,ps1,48,krank – Fieber", '"ada",ps1,"1.5","a\r\nb"']
    text = "\r\n".join(row.replace(",", separator) for row in rows)
    (tmp_path / "extensions.csv").write_bytes(text.encode(encoding))
    assert read_extensions(tmp_path, "ps1") == {"jörg": timedelta(hours=48), "ada": timedelta(hours=1.5)}


@pytest.mark.parametrize(("text", "words"), [
    ("", "is empty"), ("a,b,c\n1,2,3\n", "the first line must name the columns student, problem_set, hours"),
    ("student,hours\nada,3\n", "problem_set is missing"),
    ("student,problem_set,hours\nada,ps1,3\nben,ps1,two days\n", "line 3: expected a student, a problem set and a number of hours"),
    ("student,problem_set,hours\nada\n", "line 2: expected"),
    ("student,problem_set,hours\nada,ps1,1e99\n", "line 2: expected"),
    ("student,problem_set,hours\nada,ps1,nan\n", "line 2: expected"),
])
def test_a_file_that_cannot_be_read_is_named_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "extensions.csv").write_text(text)
    with pytest.raises(CourseError, match=words):
        read_extensions(tmp_path, "ps1")
