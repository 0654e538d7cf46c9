"""Whatever a student wrote is shown as text, on the page and in the terminal, and is still what the student wrote."""

import io
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import nbformat
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console

from grading.cli import printed_tables
from grading.course.assignment import Assignment
from grading.course.folder import METADATA, Course
from grading.handin.collect import TIMESTAMP
from grading.judge.verdict import KINDS, NamedPoint, Result, Verdict
from grading.marks.gradebook import Ledger, _parse
from grading.pages.feedback import write_feedback
from grading.pages.html import CONTROLS
from grading.whole_files import write_text
from tests.fuzz.material import texts
from tests.hostile.attack import BOTH

shown = texts.map(lambda text: text.encode("utf-8", "replace").decode())  # intake and wire let no lone surrogates through
verdicts = st.builds(Verdict, id=st.just(""), points=st.floats(0, 5), max_points=st.just(5.0), kind=st.sampled_from(KINDS), hint=shown, mistake=shown,
                     named=st.lists(st.builds(NamedPoint, shown, st.just(1.0), st.just(1.0)), max_size=2).map(tuple))


class Tags(HTMLParser):
    """The elements and attributes of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags |= {tag, *(f"{tag} {name}" for name, _ in attrs)}

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def registered(small_course: Course, load: Callable[[str], Assignment]) -> Assignment:
    assignment = load(BOTH[0])
    with Ledger(small_course, assignment.name) as ledger:
        ledger.register(assignment)
    return assignment


def page_of(course: Course, assignment: Assignment, result: Result) -> str:
    """The page for a stored result."""
    notebook: Any = assignment.with_answers({})
    notebook.metadata[METADATA] = {"fingerprint": "", "problem": result.problem, "notes": list(result.notes),
                                   "verdicts": [verdict.to_dict() for verdict in result.verdicts]}
    write_text(course.autograded(result.student, assignment.name), nbformat.writes(notebook))
    with Ledger(course, assignment.name) as ledger:
        path = write_feedback(course, assignment, ledger, result.student)
    assert path
    return path.read_text()


@pytest.fixture(scope="module")
def ordinary_tags(small_course: Course, registered: Assignment) -> set[str]:
    """The elements of a page whose texts hold nothing special, with a problem and without."""
    verdict = Verdict("", 1.0, 5.0, "error", hint="x", named=(NamedPoint("x", 1, 1),), cases_tried=1)
    every = tuple(verdict for _ in registered.exercises)
    return (Tags(page_of(small_course, registered, Result("ada", every, "x", ("x",)))).tags
            | Tags(page_of(small_course, registered, Result("ada", every))).tags)


@pytest.mark.slow
@given(draw=st.data(), problem=st.just("") | shown, notes=st.lists(shown, max_size=2).map(tuple))
@example(draw=None, problem="<evil>", notes=())
def test_any_text_stays_text_on_the_page(small_course: Course, registered: Assignment, ordinary_tags: set[str], draw: Any, problem: str, notes: tuple[str, ...]) -> None:
    found = [draw.draw(verdicts) if draw else Verdict("", 0.0, 5.0, "error", hint="<evil>") for _ in registered.exercises]
    page = page_of(small_course, registered, Result("ada", tuple(found), problem, notes))
    assert Tags(page).tags <= ordinary_tags
    squeezed = "".join(Tags(page).text.split())
    for text in (problem, *notes, *(verdict.hint for verdict in found if not problem)):
        assert "".join(CONTROLS.sub("", text).split()) in squeezed


@given(student=texts, problem=texts, notes=st.lists(texts, max_size=2).map(tuple), mistake=texts)
def test_any_text_stays_text_in_the_terminal(monkeypatch: pytest.MonkeyPatch, student: str, problem: str, notes: tuple[str, ...], mistake: str) -> None:
    file = io.StringIO()
    monkeypatch.setattr(printed_tables, "console", lambda: Console(file=file, width=200, force_terminal=False))
    printed_tables.class_table("ps", [Result(student, (Verdict("a", 0.0, 1.0, "mistake", mistake=mistake),), problem, notes)])
    assert all(sign.isprintable() or sign == "\n" for sign in file.getvalue())
    file.getvalue().encode()


stamps = (st.text(max_size=40) | texts | st.builds("{} {} {}".format, st.dates(), st.times(), st.sampled_from(
    ["UTC", "Europe/Berlin", "+0100", "-99999", "99999999999999999999", "/etc/passwd", "../../etc/passwd", "\0", "", "nan"]) | st.text(max_size=8)))


@given(timestamp=stamps)
@example(timestamp="9999-12-31 23:59:59 -99999999999999999999")
@example(timestamp="0001-01-01 00:00:00 +14")
@example(timestamp="2020-01-01 10:00:00 \0")
def test_any_timestamp_is_a_time_or_none(timestamp: str) -> None:
    found = _parse(timestamp) if TIMESTAMP.fullmatch(timestamp) else None
    assert found is None or found.tzinfo is None
