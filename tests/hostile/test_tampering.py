"""Whatever a student does to the process that tests run in, a wrong answer stays a wrong answer."""

import pytest

from tests.hostile.attacks import of_category
from tests.hostile.classroom import Report
from tests.hostile.looking import assert_ends_as_expected


@pytest.mark.parametrize(("problem_set", "name"), of_category("tampering"))
def test_a_process_that_was_tampered_with_wins_nothing(class_report: Report, problem_set: str, name: str) -> None:
    assert_ends_as_expected(class_report, problem_set, name)
