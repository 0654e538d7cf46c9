"""A second reading: whose answers, and how far two people agree."""

from dataclasses import replace

from grading.course.folder import Course
from grading.reading.desk import Desk
from grading.reading.second import agreement, sample
from grading.rubrics.reading import Item, Reading
from tests.grading.reading.classroom import given, opened, reading

ITEMS = {1: Item(1, 1.0, "reason"), 2: Item(2, 0.5, "example")}


def first(student: str, *items: int, reader: str = "rae") -> Reading:
    return Reading(student, reader, "text", frozenset(items), done=True)


def test_a_sample_is_ten_answers_that_somebody_else_has_read() -> None:
    readings = {f"s{n}": first(f"s{n}", reader="rae" if n % 2 else "sam") for n in range(40)}
    desk = Desk(list(readings), {student: "read" for student in readings}, readings)
    drawn = sample(desk, {}, "sam")
    assert len(drawn) == 10 and all(readings[student].reader == "rae" for student in drawn)
    assert sample(desk, {}, "sam") == drawn and sample(desk, {}, "sam") != sorted(drawn)
    begun = {drawn[3]: replace(first(drawn[3], reader="sam"), second=True)}
    assert set(sample(desk, begun, "sam")) == set(drawn)  # what is done stays in it
    assert drawn[3] not in sample(desk, begun, "tom")  # and is nobody else's


def test_agreement_counts_equal_points_and_disputed_items() -> None:
    one = {"a": first("a", 1), "b": first("b", 1, 2), "c": first("c"), "d": first("d", 1)}
    two = {"a": first("a", 1, reader="sam"), "b": first("b", 1, reader="sam"), "c": first("c", 1, 2, reader="sam")}
    found = agreement(one, two, ITEMS, 2.0)
    assert found and (found.answers, found.same) == (3, 1) and abs(found.apart - 2.0 / 3) < 1e-9
    assert [(item.id, count) for item, count in found.items] == [(2, 2), (1, 1)]


def test_what_is_not_two_readings_of_the_same_text_by_two_people_says_nothing() -> None:
    one = {"a": first("a", 1), "b": first("b", 1)}
    assert agreement(one, {}, ITEMS, 2.0) is None
    assert agreement(one, {"a": first("a", 2)}, ITEMS, 2.0) is None
    assert agreement(one, {"a": replace(first("a", 2, reader="sam"), text="other")}, ITEMS, 2.0) is None
    assert agreement(one, {"a": replace(first("a", 2, reader="sam"), done=False)}, ITEMS, 2.0) is None


def test_a_second_reading_goes_on_and_back_as_a_first_one_does(read_course: Course) -> None:
    with opened(read_course) as room:
        for student in ("ada", "bob", "cyd"):
            room.keep(reading(room, student, 1), 0)
        desk = room.second_desk("sam")
        first, second, third = desk.order
        assert set(desk.order) == {"ada", "bob", "cyd"} and desk.open == list(desk.order) and desk.readings == {}
        room.keep(reading(room, second, 2, reader="sam", second=True), 0)
        desk = room.second_desk("sam")
        assert desk.read == 1 and desk.states[second] == "read" and set(desk.open) == {first, third}
        assert desk.following(desk.order[0]) in desk.open and desk.beside(desk.order[2], 1) == desk.order[2]
        assert room.second_desk("rae").order == []  # nobody reads their own a second time


def test_a_second_reading_changes_no_points(read_course: Course) -> None:
    with opened(read_course) as room:
        room.keep(reading(room, "ada", 1), 0)
        room.keep(reading(room, "ada", 2, reader="sam", second=True), 0)
        assert room.store.latest()["ada"].reader == "rae" and room.store.latest(second=True)["ada"].reader == "sam"
        room.undo("sam", second=True)
        assert not room.store.latest(second=True)["ada"].done
    assert given(read_course, "ada") == (1.0, False)
