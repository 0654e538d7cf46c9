"""What readers do, and what nbgrader's gradebook and reading.db have of it afterwards."""

import sqlite3
from dataclasses import replace

import pytest

from grading.course.folder import Course
from grading.marks.gradebook import Ledger
from grading.rubrics.reading import Item
from grading.rubrics.store import ReadMeanwhile, Store
from tests import toy
from tests.grading.reading.classroom import WHY, given, hand_in, opened, reading, with_scheme


def test_a_finished_reading_is_in_the_gradebook_with_its_comment(read_course: Course) -> None:
    with opened(read_course) as room:
        room.keep(reading(room, "cyd", 2, comment="Which function is *linear*?"), 0)
    assert given(read_course, "cyd") == (0.5, False)
    with Ledger(read_course, toy.NAME) as ledger:
        assert ledger.comments("cyd") == {WHY: "Which function is *linear*?"}
    assert given(read_course, "ada") == (None, True)  # nobody else is touched


def test_a_beginning_gives_no_points(read_course: Course) -> None:
    with opened(read_course) as room:
        room.keep(reading(room, "ada", 1, done=False), 0)
        assert room.desk().states["ada"] == "begun"
    assert given(read_course, "ada") == (None, True)


@pytest.mark.parametrize(("items", "typed", "points"), [
    ((), None, 0.0), ((1,), None, 1.0), ((1, 2), None, 1.5), ((3,), None, 0.0), ((2, 3), None, 0.0), ((1, 3), None, 0.5), ((1,), 1.75, 1.75)])
def test_points_are_the_items_sum_within_bounds_or_what_was_typed(
        read_course: Course, items: tuple[int, ...], typed: float | None, points: float) -> None:
    with opened(read_course) as room:
        room.keep(reading(room, "ada", *items, typed=typed), 0)
    assert given(read_course, "ada") == (points, False)


def test_more_than_all_points_are_never_given(read_course: Course) -> None:
    with opened(read_course) as room:
        room.change_item(replace(room.store.items()[1], points=9.0))
        room.keep(reading(room, "ada", 1, 2), 0)
    assert given(read_course, "ada") == (2.0, False)


def test_what_is_empty_gets_no_points_at_once_and_what_was_left_as_it_was_had_none(read_course: Course) -> None:
    with opened(read_course) as room:
        desk = room.desk()
        assert [student for student, state in desk.states.items() if state == "blank"] == ["eve", "fay"]
        assert list(desk.order[-2:]) == ["eve", "fay"] and not {"eve", "fay"} & set(desk.open)
    assert given(read_course, "eve") == (0.0, False) and given(read_course, "fay") == (None, False)


def test_equal_answers_come_one_after_another(read_course: Course) -> None:
    with opened(read_course) as room:
        order = list(room.desk().order)
    assert abs(order.index("ada") - order.index("bob")) == 1
    assert abs(order.index("ada") - order.index("dan")) <= 2


def test_undo_takes_back_one_step_after_another(read_course: Course) -> None:
    with opened(read_course) as room:
        room.keep(reading(room, "ada", 1), 0)
        room.keep(reading(room, "ada", 1, 2), None)
        room.keep(reading(room, "cyd", 2), 0)
        back = room.undo("rae")
        assert back and back.student == "cyd" and given(read_course, "cyd") == (None, True)
        room.undo("rae")
        assert given(read_course, "ada") == (1.0, False)
        room.undo("rae")
        assert given(read_course, "ada") == (None, True) and room.desk().states["ada"] == "unread"
        assert room.undo("rae") is None


def test_undo_takes_back_nobody_elses_step(read_course: Course) -> None:
    with opened(read_course) as room:
        room.keep(reading(room, "ada", 1, reader="sam"), 0)
        assert room.undo("rae") is None
    assert given(read_course, "ada") == (1.0, False)


def test_a_changed_item_changes_the_points_of_every_answer_that_has_it(read_course: Course) -> None:
    with opened(read_course) as room:
        for student, items in (("ada", (1,)), ("bob", (1, 2)), ("cyd", (2,))):
            room.keep(reading(room, student, *items), 0)
        room.keep(reading(room, "dan", 1, typed=2.0), 0)
        first = room.store.items()[1]
        assert room.change_item(replace(first, points=0.25)) == {"ada", "bob"}  # dan's points were typed
        assert room.change_item(replace(first, points=0.25, words="says linear")) == set()
        assert room.retire_item(2) == {"bob", "cyd"}
    assert [given(read_course, student)[0] for student in ("ada", "bob", "cyd", "dan")] == [0.25, 0.25, 0.0, 2.0]


def test_a_new_item_is_there_for_everybody(read_course: Course) -> None:
    with opened(read_course) as room:
        number = room.store.add_item(0.5, "names the slope")
        assert room.store.items()[number] == Item(number, 0.5, "names the slope")
        room.keep(reading(room, "ada", 4), 0)
    assert given(read_course, "ada") == (0.5, False)


def test_a_rewritten_answer_is_read_again_and_an_unchanged_one_is_not(read_course: Course) -> None:
    with opened(read_course) as room:
        room.keep(reading(room, "ada", 1), 0)
        room.keep(reading(room, "cyd", 2), 0)
    hand_in(read_course, {"ada": "Because it is linear.", "cyd": "It is linear; 2 becomes 4."})
    with opened(read_course) as room:
        assert room.desk().states["ada"] == "read" and room.desk().states["cyd"] == "changed"
        room.keep(reading(room, "cyd", 1, 2), None)
    assert given(read_course, "ada") == (1.0, False) and given(read_course, "cyd") == (1.5, False)


def test_nobodys_reading_is_overwritten_without_being_asked(read_course: Course) -> None:
    with opened(read_course) as here, opened(read_course) as there:
        here.keep(reading(here, "ada", 1), 0)
        with pytest.raises(ReadMeanwhile) as other:
            there.keep(reading(there, "ada", 2, reader="sam", comment="no"), 0)
        assert there.in_words(other.value.latest) == (
            "rae has read this answer meanwhile: 1 of 2 points, ticked “says that doubling is *linear*”. Which shall it be?")
        there.keep(reading(there, "ada", 2, reader="sam"), other.value.latest.id)  # asked, and mine it is
    assert given(read_course, "ada") == (0.5, False)


def test_two_readers_are_not_given_the_same_answer(read_course: Course) -> None:
    with opened(read_course) as room:
        order = room.desk().open
        room.store.look("sam", order[1])
        assert room.desk().following(order[0], room.store.looked_at_by_others("rae")) == order[2]
        assert room.desk().following(order[0], room.store.looked_at_by_others("sam")) == order[1]


def test_what_a_crash_kept_from_the_gradebook_is_entered_later(read_course: Course) -> None:
    with opened(read_course) as room:
        room.store.add(reading(room, "ada", 1), 0)  # and the server is killed before the gradebook is told
    assert given(read_course, "ada") == (None, True)
    with opened(read_course):
        assert given(read_course, "ada") == (1.0, False)


def test_a_rubric_changed_just_before_a_crash_is_not_taken_for_somebody_elses_points(read_course: Course) -> None:
    with opened(read_course) as room:
        room.keep(reading(room, "ada", 1), 0)
        room.store.change_item(replace(room.store.items()[1], points=0.25))  # and the server is killed
    assert given(read_course, "ada") == (1.0, False)
    with opened(read_course) as room:
        assert room.store.latest()["ada"].typed is None
    assert given(read_course, "ada") == (0.25, False)


def test_a_gradebook_that_begins_anew_gets_everything_that_was_read(read_course: Course) -> None:
    with opened(read_course) as room:
        room.keep(reading(room, "ada", 1, comment="Well said."), 0)
    (read_course.root / "gradebook.db").unlink()
    hand_in(read_course, {"ada": "Because it is linear."})
    with opened(read_course):
        assert given(read_course, "ada") == (1.0, False)
        with Ledger(read_course, toy.NAME) as ledger:
            assert ledger.comments("ada") == {WHY: "Well said."}


def test_points_given_in_formgrader_are_taken_over(read_course: Course) -> None:
    with opened(read_course) as room:
        room.keep(reading(room, "ada", 1), 0)
    toy.grade_by_hand(read_course, "ada", 1.75, "better than I thought")
    toy.grade_by_hand(read_course, "bob", 0.5)
    with opened(read_course) as room:
        ada, bob = (room.store.latest()[student] for student in ("ada", "bob"))
        assert (ada.reader, ada.typed, ada.comment) == ("formgrader", 1.75, "better than I thought")
        assert bob.typed == 0.5 and room.desk().states["bob"] == "read"
    assert given(read_course, "ada") == (1.75, False)


def test_entering_twice_changes_nothing(read_course: Course) -> None:
    with opened(read_course) as room:
        room.keep(reading(room, "ada", 1), 0)
        rows = room.store.database.execute("SELECT COUNT(*) FROM readings").fetchone()
        room.settle()
        room.settle()
        assert room.store.database.execute("SELECT COUNT(*) FROM readings").fetchone() == rows


def test_a_scheme_is_taken_over_once_and_new_entries_are_added(read_course: Course) -> None:
    with opened(read_course) as room:
        room.change_item(Item(1, 0.75, "says linear"))
        room.retire_item(3)
    with_scheme(read_course, "- 1 point: says that doubling is *linear*\n- ½ point: gives an example\n- 0.5 points: draws a line")
    with opened(read_course) as room:
        assert [(item.points, item.words) for item in room.store.items().values()] == [
            (0.75, "says linear"), (0.5, "gives an example"), (0.5, "draws a line")]


def test_a_locked_or_broken_file_is_told_of_by_name(read_course: Course) -> None:
    read_course.reading_file.write_bytes(b"no database at all, but long enough to be looked at" * 40)
    with pytest.raises(Exception, match=r"reading\.db cannot be used: file is not a database\. Close other programs"), \
            Store(read_course, toy.NAME, WHY):
        pass


def test_the_gradebook_may_refuse_and_nothing_is_lost(read_course: Course) -> None:
    impatient = f'c.CourseDirectory.db_url = "sqlite:///{read_course.root}/gradebook.db?timeout=0.05"'
    with opened(toy.configured(read_course, impatient)) as room:
        with sqlite3.connect(read_course.root / "gradebook.db", isolation_level=None) as other:
            room.ledger.gradebook.engine.dispose()
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(Exception, match=r"database is locked.*What you found is kept, and is entered in the gradebook"):
                room.keep(reading(room, "ada", 1), 0)
            other.execute("ROLLBACK")
        room.settle()
    assert given(read_course, "ada") == (1.0, False)
