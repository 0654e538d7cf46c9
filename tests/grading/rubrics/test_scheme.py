"""Mark schemes as authors write them."""

import pytest

from grading.rubrics.scheme import Entry, read_scheme


def scheme(text: str) -> str:
    return f"*Graded by a person.*\n<!-- BEGIN MARK SCHEME -->\n{text}\n<!-- END MARK SCHEME -->"


@pytest.mark.parametrize(("line", "entry"), [
    ("- 1 point: a reason", Entry(1.0, "a reason")),
    ("- 2 points: both", Entry(2.0, "both")),
    ("- 0.5 points: an example", Entry(0.5, "an example")),
    ("- 0,25 points: an example", Entry(0.25, "an example")),
    ("- ½ point: an example", Entry(0.5, "an example")),
    ("- 1½ points: an example", Entry(1.5, "an example")),
    ("- half a point: an example", Entry(0.5, "an example")),
    ("- one point: an example", Entry(1.0, "an example")),
    ("- −1 point: a wrong sign", Entry(-1.0, "a wrong sign")),
    ("- -0.5 points: a wrong sign", Entry(-0.5, "a wrong sign")),
    ("* 1 point: a star", Entry(1.0, "a star")),
    ("- 1 point (b): thresholds", Entry(1.0, "(b) thresholds")),
    ("- 1 point: two lines,\n  one entry: with a colon", Entry(1.0, "two lines, one entry: with a colon")),
])
def test_a_line_says_what_it_is_worth(line: str, entry: Entry) -> None:
    assert read_scheme(scheme(line)) == ([entry], "")


def test_entries_keep_their_order_and_what_stands_beside_them_is_kept_apart() -> None:
    text = "Read generously.\n\n- 1 point: first\n- 0.5 points: second\n- no points stand here\n\nA slip costs its own point only."
    entries, rest = read_scheme(scheme(text))
    assert [entry.words for entry in entries] == ["first", "second"]
    assert "Read generously." in rest and "- no points stand here" in rest and rest.endswith("A slip costs its own point only.")
    assert "first" not in rest


def test_a_cell_without_a_scheme_has_none() -> None:
    assert read_scheme("- 1 point: this is the question's text") == ([], "")


def test_nbgraders_own_signs_are_understood_too() -> None:
    assert read_scheme("### BEGIN MARK SCHEME\n- 1 point: yes\n### END MARK SCHEME")[0] == [Entry(1.0, "yes")]
