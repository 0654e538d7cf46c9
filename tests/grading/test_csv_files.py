"""What a spreadsheet opens is text and nothing that it computes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.csv_files import as_text, read_csv
from grading.errors import CourseError


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", " =1+1", "\u00a0=1", "＝1+1", "\u3000＋1", "﹣1", "\n=1"])
def test_a_spreadsheet_takes_no_name_for_a_formula(text: str) -> None:
    assert as_text(text) == f"'{text}"


@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_are_refused_in_words(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = Path(tmp_path_factory.mktemp("csv") / "any.csv")
    path.write_bytes(data)
    try:
        rows = read_csv(path)
    except CourseError as error:
        assert str(path) in str(error)
    else:
        assert rows and all(len(row) >= len(rows[0]) for row in rows)
