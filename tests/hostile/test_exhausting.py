"""A submission that uses up its limits loses that answer; the others count."""

import pytest

from tests.hostile.attacks import of_category
from tests.hostile.classroom import Report
from tests.hostile.looking import assert_ends_as_expected


@pytest.mark.parametrize(("problem_set", "name"), of_category("exhausting"))
def test_using_up_a_limit_costs_that_answer(class_report: Report, problem_set: str, name: str) -> None:
    assert_ends_as_expected(class_report, problem_set, name)
