"""There is no answer to be found, wherever a student looks."""

import pytest

from tests.hostile.attacks import of_category
from tests.hostile.classroom import Report
from tests.hostile.looking import assert_ends_as_expected


@pytest.mark.parametrize(("problem_set", "name"), of_category("reading"))
def test_nothing_worth_reading_is_there(class_report: Report, problem_set: str, name: str) -> None:
    assert_ends_as_expected(class_report, problem_set, name)
