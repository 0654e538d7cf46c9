"""What the page asks for, and what it is told."""

import re
from typing import Any

import pytest

from grading.course.folder import Course
from grading.errors import CourseError
from grading.reading.actions import NotUnderstood, act
from grading.reading.room import Room
from tests.grading.reading.classroom import given, opened, reading


def sent(room: Room, student: str, *items: int, **changes: Any) -> dict[str, Any]:
    return {"do": "keep", "student": student, "seen": 0, "items": list(items), "typed": None, "comment": "", "done": True,
            "seconds": 12.0, **changes}


def words(reply: dict[str, Any], pane: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", reply["panes"][pane]))


def test_enter_gives_the_points_and_shows_the_next_unread_answer(read_course: Course) -> None:
    with opened(read_course) as room:
        first, second, *_ = room.desk().open
        reply = act(room, sent(room, first, 1, 2, on=True), "rae")
        assert reply["said"] == "1.5 of 2 points given." and f'data-student="{second}"' in reply["panes"]["rubric"]
        assert "1 of 4 read · 2 with nothing written · 12 s an answer · 1 min left" in words(reply, "progress")
    assert given(read_course, first) == (1.5, False)


def test_the_last_one_says_that_all_are_read(read_course: Course) -> None:
    with opened(read_course) as room:
        for student in room.desk().open:
            reply = act(room, sent(room, student, 1, on=True), "rae")
        assert reply["said"] == "1 of 2 points given. All answers are read." and "all done" in words(reply, "progress")


def test_a_tick_is_kept_and_told_in_points(read_course: Course) -> None:
    with opened(read_course) as room:
        reply = act(room, sent(room, "ada", 2, done=False, comment="see $x^2$"), "rae")
        assert reply["points"] == "0.5" and "<msup>" in reply["preview"] and "panes" not in reply
        assert reply["seen"] == room.store.latest()["ada"].id
    assert given(read_course, "ada") == (None, True)


def test_the_same_as_before_takes_points_ticks_and_comment(read_course: Course) -> None:
    with opened(read_course) as room:
        first, second, *_ = room.desk().order
        act(room, sent(room, first, 1, 2, comment="Well said.", on=True), "rae")
        reply = act(room, {**sent(room, second), "do": "same"}, "rae")
        assert reply["said"] == "1.5 of 2 points given, as to the answer before."
        latest = room.store.latest()
        assert (latest[second].items, latest[second].comment) == (latest[first].items, "Well said.")
        third = room.desk().order[2]
        assert act(room, {**sent(room, room.desk().order[3]), "do": "same"}, "rae")["said"] == "The answer before has not been read yet."
        assert room.desk().states[third] == "unread"


def test_going_undoing_and_showing(read_course: Course) -> None:
    with opened(read_course) as room:
        first, second, *_ = room.desk().order
        assert f'data-student="{second}"' in act(room, {"do": "go", "student": first, "step": 1}, "rae")["panes"]["rubric"]
        act(room, sent(room, first, 1, on=True), "rae")
        undone = act(room, {"do": "undo", "student": second}, "rae")
        assert undone["said"] == "Undone." and f'data-student="{first}"' in undone["panes"]["rubric"]
        assert act(room, {"do": "undo", "student": second}, "rae")["said"] == "There is nothing to undo."


def test_names_are_pseudonyms_until_they_are_asked_for(read_course: Course) -> None:
    with opened(read_course) as room:
        assert re.search(r"student-[0-9a-f]{8}", words(act(room, {"do": "show", "student": "ada"}, "rae"), "answer"))
        assert "ada" in words(act(room, {"do": "show", "student": "ada", "names": True}, "rae"), "answer")


def test_a_changed_rubric_says_how_many_answers_have_other_points(read_course: Course) -> None:
    with opened(read_course) as room:
        for student in ("ada", "bob"):
            act(room, sent(room, student, 1), "rae")
        act(room, sent(room, "cyd", 2), "rae")

        def change(*items: dict[str, Any]) -> str:
            return act(room, {"do": "change", "student": "ada", "items": list(items)}, "rae")["said"]
        linear = {"id": 1, "points": 0.75, "words": "linear"}
        assert change(linear) == "1 item changed. 2 answers have other points now."
        assert change(linear) == "Nothing is changed. No answer has other points now."
        assert change({"id": None, "points": 0.25, "words": "a drawing"}) == "1 item changed. No answer has other points now."
        assert change({"id": 2, "points": 0.5, "words": "gives an example", "off": True}) == "1 item changed. One answer has other points now."
        with pytest.raises(CourseError, match="Somebody has changed the rubric meanwhile"):
            change({"id": 2, "points": 0.5, "words": "gives an example"})
    assert [given(read_course, student)[0] for student in ("ada", "bob", "cyd")] == [0.75, 0.75, 0.0]


def test_comments_that_were_written_are_offered_the_most_frequent_first(read_course: Course) -> None:
    with opened(read_course) as room:
        for student, comment in (("ada", "Once"), ("bob", "Twice <b>"), ("cyd", "Twice <b>")):
            act(room, sent(room, student, comment=comment), "rae")
        offered = re.findall(r'<li role="option"[^>]*>(.*?)</li>', act(room, {"do": "show", "student": "dan"}, "rae")["panes"]["rubric"])
        assert offered == ["Twice &lt;b&gt;", "Once"]


def test_what_a_student_wrote_is_shown_and_cannot_act(read_course: Course) -> None:
    from tests.grading.reading.classroom import hand_in
    hand_in(read_course, {"ada": "<script>alert(1)</script> $\\text{<img onerror=x>}$"})
    with opened(read_course) as room:
        html = act(room, {"do": "show", "student": "ada"}, "rae")["panes"]["answer"]
        assert "<script" not in html and "<img" not in html and "&lt;script&gt;" in html


@pytest.mark.parametrize("changes", [
    {"items": "1"}, {"items": ["1"]}, {"items": [True]}, {"typed": "all"}, {"typed": -1}, {"typed": 2.5}, {"typed": float("nan")},
    {"comment": None}, {"seconds": None}, {"student": "nobody"}, {"student": None}, {"do": "everything"}, {"do": None}])
def test_what_the_page_never_sends_is_refused_and_nothing_is_kept(read_course: Course, changes: dict[str, Any]) -> None:
    with opened(read_course) as room:
        before = room.store.latest()
        with pytest.raises(NotUnderstood):
            act(room, sent(room, "ada", 1) | changes, "rae")
        assert room.store.latest() == before


@pytest.mark.parametrize("second", [{"id": 2, "points": "x", "words": "y"}, {"id": 99, "points": 1, "words": "y"}])
def test_a_rubric_is_changed_whole_or_not_at_all(read_course: Course, second: dict[str, Any]) -> None:
    with opened(read_course) as room:
        before = room.store.items()
        with pytest.raises((NotUnderstood, CourseError)):
            act(room, {"do": "change", "student": "ada", "items": [{"id": 1, "points": 0.25, "words": "linear"}, second]}, "rae")
        assert room.store.items() == before


@pytest.mark.parametrize("items", [None, 3, "x", {"id": 1}])
def test_items_that_are_no_list_are_refused(read_course: Course, items: Any) -> None:
    with opened(read_course) as room, pytest.raises(NotUnderstood):
        act(room, {"do": "change", "student": "ada", "items": items}, "rae")


@pytest.mark.parametrize("item", [{"id": 1}, {"id": 1, "points": "x", "words": "y"}, {"id": 1, "points": 1, "words": " "}, "x",
                                  {"id": "one", "points": 1, "words": "y"}])
def test_an_item_without_points_or_words_is_refused(read_course: Course, item: Any) -> None:
    with opened(read_course) as room, pytest.raises(NotUnderstood, match="a number of points and some words"):
        act(room, {"do": "change", "student": "ada", "items": [item]}, "rae")


def test_a_second_reader_sees_no_marks_of_the_first(read_course: Course) -> None:
    with opened(read_course) as room:
        for student in ("ada", "bob"):
            room.keep(reading(room, student, 1, comment="Well said."), 0)
        reply = act(room, {"do": "show", "student": "ada", "second": True}, "sam")
        assert "checked" not in reply["panes"]["rubric"] and "Well said." not in reply["panes"]["rubric"].split("<ul")[0]
        assert "rae" not in words(reply, "answer") and "0 of 2 read" in words(reply, "progress")
        reply = act(room, {**sent(room, "ada", 2, on=True), "second": True}, "sam")
        assert "1 of 2 read" in words(reply, "progress")
    assert given(read_course, "ada") == (1.0, False)
