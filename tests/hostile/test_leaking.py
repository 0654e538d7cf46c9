"""Nothing gets out, and what is shown is only text."""

import pytest

from tests.hostile.attacks import of_category
from tests.hostile.classroom import Report
from tests.hostile.looking import assert_ends_as_expected


@pytest.mark.parametrize(("problem_set", "name"), of_category("leaking"))
def test_nothing_gets_out(class_report: Report, problem_set: str, name: str) -> None:
    assert_ends_as_expected(class_report, problem_set, name)
