"""A forged frame ends its cell, wins nothing, and costs nobody else anything."""

import pytest

from tests.hostile.attacks import of_category
from tests.hostile.classroom import Report
from tests.hostile.looking import assert_ends_as_expected


@pytest.mark.parametrize(("problem_set", "name"), of_category("forging"))
def test_a_forged_frame_wins_nothing(class_report: Report, problem_set: str, name: str) -> None:
    assert_ends_as_expected(class_report, problem_set, name)
