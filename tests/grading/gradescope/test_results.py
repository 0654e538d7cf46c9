"""results.json says what the course's setting lets students read, and its text stays text."""

from typing import Any

import pytest

from grading.course.limits import Limits
from grading.gradescope.container import OURS, student, that_fit
from grading.gradescope.results import document, sentence
from grading.judge.verdict import NamedPoint, Result, Verdict

RESULT = Result("ada", (
    Verdict("softmax", 1.5, 3, "mistake", "no_shift", "exp(<710>) is *too* large", named=(NamedPoint("sums to one", 1.5, 1.5), NamedPoint("large", 0, 1.5))),
    Verdict("jacobian", 4, 4, "right"),
    Verdict("why", 0, 5, "manual")), notes=("A copy was passed over.",))
TITLES = {"softmax": "Exercise 2.1 · softmax", "jacobian": "Exercise 2.2 · jacobian"}


def made(setting: str) -> dict[str, Any]:
    return document(RESULT, TITLES, setting)


def test_points_named_points_hint_and_tag_are_there() -> None:
    whole = made("points and hints")
    assert (whole["score"], whole["output"], whole["visibility"], whole["stdout_visibility"]) == (5.5, "A copy was passed over.", "visible", "hidden")
    assert whole["tests"] == [
        {"name": "Exercise 2.1 · softmax", "score": 1.5, "max_score": 3, "status": "failed", "output_format": "md", "tags": ["no_shift"], "visibility": "visible",
         "output": "exp(&lt;710&gt;) is \\*too\\* large\n\n- ✓ sums to one (1.5 of 1.5)\n- ✗ large (0 of 1.5)"},
        {"name": "Exercise 2.2 · jacobian", "score": 4, "max_score": 4, "status": "passed", "output": "", "output_format": "md", "tags": [], "visibility": "visible"}]


def test_with_points_alone_hints_come_after_the_due_date() -> None:
    first, second, hints = made("points")["tests"]
    assert "large" in first["output"] and "too" not in first["output"]
    assert first["tags"] == second["tags"] == []
    assert hints == {"name": "Hints", "output": "**Exercise 2.1 · softmax**: exp(&lt;710&gt;) is \\*too\\* large", "output_format": "md", "visibility": "after_due_date"}


def test_with_nothing_all_comes_after_the_due_date() -> None:
    whole = made("nothing")
    assert {whole["visibility"], *(test["visibility"] for test in whole["tests"])} == {"after_due_date"}


def test_a_written_answer_is_never_in_it_blank_or_not() -> None:
    for kind in ("manual", "missing", "malformed"):
        result = Result("ada", (Verdict("jacobian", 4, 4, "right"), Verdict("why", 0, 5, kind)))
        assert [test["name"] for test in document(result, TITLES, "points and hints")["tests"]] == ["Exercise 2.2 · jacobian"]


def test_a_sentence_is_a_valid_document() -> None:
    assert sentence("No <b>luck</b>.") == {"score": 0, "output": "No &lt;b&gt;luck&lt;/b&gt;.", "output_format": "md", "stdout_visibility": "hidden", "tests": []}


@pytest.mark.parametrize(("memory", "fits"), [(None, 2 << 30), (768 << 20, (768 << 20) - OURS), (100 << 20, 64 << 20), (1 << 40, 2 << 30)])
def test_a_submission_may_use_what_the_container_leaves(memory: int | None, fits: int) -> None:
    assert that_fit(Limits(memory_bytes=2 << 30), memory).memory_bytes == fits


@pytest.mark.parametrize(("text", "who"), [('{"users": [{"id": 7, "email": "ada@example.org"}]}', "ada@example.org"), ('{"users": [{"id": 7}]}', "7"),
                                           ("{}", "student"), ("[", "student"), ('{"users": []}', "student"), (None, "student")])
def test_who_handed_in(tmp_path: Any, text: str | None, who: str) -> None:
    if text is not None:
        (tmp_path / "submission_metadata.json").write_text(text)
    assert student(tmp_path) == who
