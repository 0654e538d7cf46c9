"""Lists from spreadsheets and times from anywhere: rows, or an error that names the file; a time, or a note."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from nbgrader.utils import parse_utc

from grading.csv_files import as_text, read_csv
from grading.errors import CourseError
from grading.handin.collect import collect, in_utc
from grading.marks.lateness import read_extensions
from tests.fuzz.material import damaged, texts

CANVAS = b"Student,ID,SIS User ID,Section,ps1 (12)\nPoints Possible,,,,40\n\"Lovelace, Ada\",11,a,1,\n"
EXTENSIONS = "student,problem_set,hours\nada,ps1,48\nben,ps1,1.5\n"
cells = texts | st.sampled_from(["ada", "ps1", "48", "-1", "1e400", "nan", "inf", "=1+1", "９", " 2 ", "", '"', "1,5", "0x10", "10" * 40])
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "utf-16-le"])


@given(data=st.binary(max_size=300) | damaged(CANVAS) | st.builds(lambda text, code: text.encode(code, "replace"), texts, encodings))
@example(data=b'"' + b"x" * 200_000)
@example(data=b"\0")
@example(data=b"\xff\xfe\x00")
def test_any_bytes_are_rows_or_an_error_that_names_the_file(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_bytes(data)
        try:
            rows = read_csv(path)
        except CourseError as error:
            assert str(path) in str(error)
            return
        assert rows
        assert all(len(row) >= len(rows[0]) for row in rows)


@given(rows=st.lists(st.lists(cells, max_size=5), max_size=5), separator=st.sampled_from([",", ";", "\t"]), code=encodings)
@example(rows=[["ada", "ps1", "1e400"]], separator=",", code="utf-8")
def test_any_extensions_are_times_or_an_error_that_names_the_line(rows: list[list[str]], separator: str, code: str) -> None:
    text = EXTENSIONS.replace(",", separator) + "\n".join(separator.join(row) for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extensions.csv"
        path.write_bytes(text.encode(code, "replace"))
        try:
            found = read_extensions(Path(folder), "ps1")
        except CourseError as error:
            assert str(path) in str(error)
            return
        assert found is not None
        assert all(isinstance(time, timedelta) for time in found.values())


TIME = "2026-03-01 12:00:00"
zones = st.sampled_from([" UTC", " +0100", " -05:30", "Z", " Europe/Berlin", " PST", " ../../etc/passwd", " /etc/localtime", " +9999", " +24:00", ""])


@given(data=st.binary(max_size=250) | texts.map(lambda text: text.encode(errors="replace")) | damaged(f"{TIME} +0100".encode())
       | st.builds(lambda time, zone: f"{time}{zone}".encode(), st.sampled_from([TIME, "2026-02-30 25:61:00", "0001-01-01 00:00", "9999-12-31 23:59:59"]), zones))
@example(data=b"0001-01-01 00:00:00 +1400")
@example(data=b"9999-12-31 23:59:59 -1200")
def test_any_time_is_one_that_nbgrader_reads_or_a_note(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "ada" / "ps1").mkdir(parents=True)
        (Path(folder) / "ada" / "ps1" / "timestamp.txt").write_bytes(data)
        (Path(folder) / "ada" / "ps1" / "ps1.ipynb").write_text("{}")
        handed = collect(Path(folder) / "ada" / "ps1", "ps1")
        assert handed.data == b"{}"
        assert bool(handed.timestamp) != bool(handed.notes)
        assert all(note.startswith("timestamp.txt does not say when") for note in handed.notes)
        if handed.timestamp:
            assert parse_utc(handed.timestamp).year in range(1, 10_000)


@given(time=st.datetimes().map(lambda one: f"{one:%Y-%m-%d %H:%M:%S}".rjust(19, "0")), zone=texts.filter(bool) | zones.map(str.strip).filter(bool))
def test_a_time_of_any_zone_never_raises(time: str, zone: str) -> None:
    assert in_utc(time, zone).endswith("UTC") or in_utc(time, zone) == ""


@given(text=texts)
def test_no_cell_that_is_written_is_a_formula(text: str) -> None:
    assert as_text(text).lstrip()[:1] not in ("=", "+", "-", "@")
