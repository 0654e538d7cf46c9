"""What may be read before the due date, and how often."""

from datetime import UTC, datetime

import pytest

from grading.course.folder import Course
from grading.course.settings import Settings
from grading.errors import CourseError
from grading.exchange.early_feedback import Sent, read_sent, record_sent, what_may_be_read
from tests import toy

DUE = datetime(2026, 12, 1, 12, tzinfo=UTC)
BEFORE, AFTER = DUE.replace(hour=11), DUE.replace(hour=13)


def sent(hand_in: str, day: int = 1, form: str = "points") -> Sent:
    return Sent(f"2026-12-{day:02d}T08:00:00+00:00", toy.NAME, "ada", hand_in, form)


@pytest.mark.parametrize("setting", ["points and hints", "points", "nothing"])
def test_the_setting_holds_until_the_due_date(setting: str) -> None:
    settings = Settings(early_feedback=setting)
    assert what_may_be_read(settings, DUE, BEFORE, "a", []) == setting
    assert what_may_be_read(settings, None, AFTER, "a", []) == setting
    assert what_may_be_read(settings, DUE, DUE, "a", []) == "points and hints"
    assert what_may_be_read(settings, DUE, AFTER, "a", []) == "points and hints"


def test_attempts_are_hand_ins_of_one_day() -> None:
    settings = Settings(attempts_per_day=2)

    def read(hand_in: str, *earlier: Sent) -> str:
        return what_may_be_read(settings, DUE, BEFORE, hand_in, earlier)
    assert read("c", sent("a")) == "points and hints"
    assert read("c", sent("a"), sent("b")) == "nothing"
    assert read("b", sent("a"), sent("b")) == "points and hints"  # again about the same one
    assert read("c", sent("a"), sent("a"), sent("a")) == "points and hints"
    assert read("c", sent("a", day=1), sent("b", day=2)) == "points and hints"
    assert what_may_be_read(settings, DUE, AFTER, "c", [sent("a"), sent("b")]) == "points and hints"


def test_what_was_sent_is_kept_by_problem_set(course: Course) -> None:
    assert read_sent(course, toy.NAME) == []
    record_sent(course, sent("2026-12-01 07:00:00 UTC"))
    record_sent(course, Sent("2026-12-01T09:00:00+00:00", "other", "ada", "x", "points"))
    record_sent(course, sent("b"))
    assert [one.hand_in for one in read_sent(course, toy.NAME)] == ["2026-12-01 07:00:00 UTC", "b"]
    assert course.sent_file.read_text().splitlines()[0] == "when,problem_set,student,hand_in,form"
    with course.sent_file.open("a") as file:
        file.write("cut off in the mid")
    assert len(read_sent(course, toy.NAME)) == 2
    course.sent_file.write_text("")
    assert read_sent(course, toy.NAME) == []


@pytest.mark.parametrize(("line", "said"), [
    ("c.NeuralCourse.early_feedback = 'hints'", "must be 'points and hints' or 'points' or 'nothing', not 'hints'"),
    ("c.NeuralCourse.attempts_per_day = -1", "must be 0, for as many as they like, or more, not -1"),
    ("c.NeuralCourse.attempts_per_day = 1.5", "must be a int, not 1.5")])
def test_a_setting_that_does_not_fit_is_named(course: Course, line: str, said: str) -> None:
    with pytest.raises(CourseError, match=said):
        assert toy.configured(course, line).settings
