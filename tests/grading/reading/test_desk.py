"""Which answer comes next."""

from grading.reading.answers import Answer
from grading.reading.desk import Desk, state_of
from grading.rubrics.reading import NOBODY, Reading, fingerprint

DESK = Desk(["a", "b", "c", "d", "e"], {"a": "read", "b": "unread", "c": "begun", "d": "changed", "e": "blank"},
            {"a": Reading("a", "rae", "", done=True, seconds=30.0), "x": Reading("x", "rae", "", done=True, seconds=10.0)})


def test_the_next_open_answer_comes_round_the_end() -> None:
    assert [DESK.following(student) for student in "abcde"] == ["b", "c", "d", "b", "b"]


def test_the_first_is_the_first_open_one() -> None:
    assert DESK.following("") == "b" and DESK.following("nobody of ours") == "b"


def test_what_others_have_before_them_comes_last() -> None:
    assert DESK.following("a", {"b", "c"}) == "d" and DESK.following("a", {"b", "c", "d"}) == "b"


def test_where_nothing_else_is_open_nothing_follows() -> None:
    assert Desk(["a", "b"], {"a": "read", "b": "unread"}, {}).following("b") is None
    assert Desk([], {}, {}).following("") is None


def test_looking_beside_stops_at_the_ends() -> None:
    assert (DESK.beside("a", -1), DESK.beside("a", 1), DESK.beside("e", 1)) == ("a", "b", "e")


def test_progress_counts_what_is_read_open_and_blank() -> None:
    assert (DESK.read, DESK.open, DESK.blank, DESK.seconds) == (1, ["b", "c", "d"], 1, 20.0)


def test_states() -> None:
    answer = Answer("a", "text", {})
    done = Reading("a", "rae", fingerprint("text"), done=True)
    assert state_of(answer, None, False) == "unread"
    assert state_of(answer, None, True) == "blank"
    assert state_of(answer, done, True) == "read"  # somebody gave points all the same
    assert state_of(answer, Reading("a", "rae", fingerprint("other"), done=True), False) == "changed"
    assert state_of(answer, Reading("a", NOBODY, fingerprint("text"), done=True), False) == "blank"
    assert state_of(answer, Reading("a", "rae", fingerprint("text"), comment="so"), False) == "begun"
    assert state_of(answer, Reading("a", "rae", fingerprint("text")), False) == "unread"  # everything was taken back
