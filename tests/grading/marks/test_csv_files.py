"""What a spreadsheet opens is text and nothing that it computes."""

import pytest

from grading.marks.csv_files import as_text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_a_spreadsheet_takes_no_name_for_a_formula(text: str) -> None:
    assert as_text(text) == f"'{text}"
