"""Numbers to four decimals, rounded half-up; other roundings are named."""

import pytest

from grading.probes.boxes import box, number_box, rounded
from grading.probes.model import Mistake, Point
from tests.grading.shipping import graded
from tests.problem_sets import problem_set


@pytest.mark.parametrize(("exact", "four"), [(0.12345, 0.1235), (0.04742587, 0.0474), (-1.23455, -1.2346), (2.0, 2.0)])
def test_half_goes_up(exact: float, four: float) -> None:
    assert rounded(exact) == four


@pytest.mark.parametrize("answer", [0.1235, 0.1234, 0.12345, 0.123499])
def test_an_answer_within_half_a_unit_is_right(answer: float) -> None:
    assert graded(number_box("ps_p", "p", 0.12345, 0.5), {"p": answer}).kind == "right"


@pytest.mark.parametrize(("answer", "mistake", "hint"), [
    (0.0475, "rounded_up", "Close: this looks rounded upwards. The fifth decimal decides: 5 or more goes up, anything less goes down."),
    (0.0473, "", "the number, to four decimals: value differs, where yours is 0.0473 (1 of 1 cases)."),
    (4.0, "off_by_one", "Count from 0, please."),
])
def test_a_wrong_number_is_named_where_it_is_known(answer: float, mistake: str, hint: str) -> None:
    probe = number_box("ps_p", "p", 0.04742587, 0.5, [Mistake({"p": 4.0}, "Count from 0, please.", "off_by_one")])
    verdict = graded(probe, {"p": answer})
    assert (verdict.points, verdict.mistake, verdict.hint) == (0.0, mistake, hint)


def test_cutting_off_is_named_where_it_leads_to_another_number() -> None:
    assert graded(number_box("ps_p", "p", 0.47988730, 0.5), {"p": 0.4798}).mistake == "cut_off"
    assert [m.id for m in number_box("ps_p", "p", -3.0, 0.5).mistakes] == []
    assert [m.id for m in number_box("ps_p", "p", 0.47988730, 0.5).mistakes] == ["cut_off"]
    assert [m.id for m in number_box("ps_p", "p", -0.47988730, 0.5).mistakes] == ["rounded_up"]


CHOICES = box("ps_choice", {"chosen": {1, 3}}, [Point("the true statements", 1.0, part="chosen")],
              [Mistake({"chosen": {1, 2}}, "Look at the second statement again.", "second")])


@pytest.mark.parametrize("answer", [{1, 3}, {3, 1}, [3, 1], (1, 3)])
def test_choices_may_come_in_any_order_and_any_container(answer: object) -> None:
    assert graded(CHOICES, {"chosen": answer}).kind == "right"


@pytest.mark.parametrize(("answer", "hint"), [
    ({1, 2}, "Look at the second statement again."),
    ({1}, "the true statements: these are not the right choices (1 of 1 cases)."),
    (1, "the true statements: these are not the right choices (1 of 1 cases)."),
    (set(), "the true statements: these are not the right choices (1 of 1 cases)."),
    (set(range(64)), "the true statements: these are not the right choices (1 of 1 cases)."),
    ({"1", "3"}, "the true statements: type: got set, expected numbers (1 of 1 cases)."),
    ({-1, 1, 3}, "the true statements: these are not the right choices (1 of 1 cases)."),
    ({1, 3, 1000}, "the true statements: these are not the right choices (1 of 1 cases)."),
])
def test_a_wrong_choice_does_not_say_which_one_is_wrong(answer: object, hint: str) -> None:
    verdict = graded(CHOICES, {"chosen": answer})
    assert (verdict.points, verdict.hint) == (0.0, hint)


@pytest.mark.parametrize("value", [(), (50, 3), (50,), 0])
def test_one_value_for_all_names_is_worth_nothing_where_they_differ(value: object) -> None:
    probe = problem_set("ps1_box_functions").find("ps1_shapes")
    assert graded(probe, {"shape_X": value, "shape_y": value, "shape_loss": value}).points == 0.0
    assert graded(probe, {"shape_X": (3, 50), "shape_y": value, "shape_loss": ()}).points >= 0.5


def test_where_all_names_have_one_right_value_it_is_right() -> None:
    probe = problem_set("ps3_worked_network").find("ps3_true_false")
    assert graded(probe, {"sgd_monotone": False, "cnn_only_2d": False}).kind == "right"
