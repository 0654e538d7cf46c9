"""Whatever is handed in is a graded outcome with words for the student, and costs nobody else anything."""

import pytest

from tests.hostile.attacks import ATTACKS, of_category
from tests.hostile.classroom import Report
from tests.hostile.looking import assert_ends_as_expected, outcome


@pytest.mark.parametrize(("problem_set", "name"), of_category("malformed"))
def test_a_malformed_hand_in_is_graded_with_a_reason(class_report: Report, problem_set: str, name: str) -> None:
    assert_ends_as_expected(class_report, problem_set, name)


@pytest.mark.parametrize(("problem_set", "name"), [item for item in of_category("malformed") if ATTACKS[item[1]].spares == "none"])
def test_the_reason_is_short_and_says_what_to_do(class_report: Report, problem_set: str, name: str) -> None:
    _, found = outcome(class_report, problem_set, name)
    assert 20 < len(found["problem"]) < 800
    assert found["problem"].endswith(".")
    assert found["problem"].replace("…", "").isprintable()
