"""Sheets with slips: the same again for the same seed, never a neighbour's, and every slip shows in what is printed."""

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from grading.cli.main import main
from grading.course.assignment import Assignment, load_assignment
from grading.course.folder import Course
from grading.errors import CourseError
from grading.exams import sheets
from grading.exams.draw import COUNT, draw_sheets
from grading.exams.questions import MOST_LINES, Question, Questions
from grading.exams.roster import Student, read_roster
from grading.exams.sheets import write_exam
from grading.exams.symptoms import symptom
from grading.judge.cases import draw_cases
from grading.judge.known_values import KnownValues
from grading.probes.model import Cases, Point, Probe
from tests.problem_sets import ROOT

COURSE = Course.open(ROOT)
NAMES = [name for name in COURSE.problem_sets() if name != "ps8_pytorch_mlp"]


@pytest.fixture(autouse=True)
def heat_maps_that_nobody_sees_are_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The instant check of each slip is asked for its words."""
    monkeypatch.setattr("helpers.checks.report.heatmap", lambda *_, **__: None)


@pytest.fixture(scope="module")
def assignment() -> Assignment:
    return load_assignment(COURSE, "ps2_softmax_jacobian")


def students(*ids: str) -> list[Student]:
    return [Student(id, id.title()) for id in ids]


CANDIDATES = {f"exercise {e}": [f"slip {s}" for s in range(4)] for e in range(5)}


def drawn(ids: Sequence[str], seed: str = "1", candidates: Mapping[str, Sequence[str]] = CANDIDATES) -> dict[str, set[tuple[str, str]]]:
    def find(exercise: str, mistake: str) -> Any:
        return SimpleNamespace(exercise=exercise, mistake=mistake)
    return {student: {(question.exercise, question.mistake) for question in asked}
            for student, asked in draw_sheets(ids, candidates, seed, find).items()}


IDS = [f"student-{number}" for number in range(40)]


def test_neighbours_share_no_question_and_a_sheet_has_three_exercises() -> None:
    found = drawn(IDS)
    for one, next_one in itertools.pairwise(IDS):
        assert not found[one] & found[next_one]
    assert all(len({exercise for exercise, _ in asked}) == COUNT for asked in found.values())
    assert len(set.union(*found.values())) == 20


def test_the_same_seed_draws_the_same_and_another_one_does_not() -> None:
    assert drawn(IDS) == drawn(IDS)
    assert drawn(IDS, "2") != drawn(IDS)


def test_too_few_slips_are_said_in_words() -> None:
    with pytest.raises(CourseError, match="not enough slips for sheets with 3 questions each: 2 exercises"):
        drawn(IDS, candidates={"a": ["x", "y"], "b": ["x"]})


def cumulative(x: Any) -> Any:
    return np.cumsum(x)


LINE = Probe("line", cumulative, {"ordinary": Cases(lambda rng: {"x": rng.normal(size=3)}, 3),
                                  "large": Cases(lambda rng: {"x": np.array([1e9, 1.0])}, 1)}, [Point("all", 1.0)])


def shown(answer: Any) -> Any:
    return symptom(KnownValues(LINE, draw_cases(LINE, b"key", "exam", "set")), answer)


def test_a_slip_that_changes_nothing_that_is_printed_has_no_symptom() -> None:
    assert shown(lambda x: np.cumsum(x)) is None
    assert shown(lambda x: np.cumsum(x) + 1e-9) is None


def test_a_call_that_is_right_stands_beside_one_that_is_not() -> None:
    hides, shows = shown(lambda x: np.cumsum(np.clip(x, -1e6, 1e6))).calls
    assert hides.came_out == hides.right
    assert shows.arguments == ["x = [1.e+09, 1.e+00]"]
    assert shows.came_out != shows.right


def test_an_exception_is_a_symptom() -> None:
    def stops(x: Any) -> Any:
        raise ValueError("no")
    assert shown(stops).calls[0].came_out == ["stops with ValueError: no"]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_question_of_a_set_shows_and_its_key_names_lines_that_differ(name: str) -> None:
    questions = Questions(load_assignment(COURSE, name))
    made = [question for exercise, ids in questions.candidates().items() for slip in ids
            if (question := questions.find(exercise, slip))]
    if name.startswith(("ps2", "ps4", "ps5", "ps6", "ps7")):
        assert len({question.exercise for question in made}) >= COUNT
    for question in made:
        where = question.exercise, question.mistake
        assert 1 <= len(question.lines) <= MOST_LINES, where
        assert all(1 <= line <= len(question.code) for line in question.lines), where
        assert question.hint, where
        assert [question.symptom.errors, question.symptom.losses, question.symptom.calls] != [None, None, ()], where
        assert question.right != "\n".join(question.code[line - 1] for line in question.lines), where


@pytest.fixture
def written(assignment: Assignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sheets, "BROWSERS", ())
    course = Course(tmp_path)
    return write_exam(course, assignment, students("ada", "ben", "../cleo"), "seed")


def test_a_sheet_holds_no_answer_and_the_key_holds_all(written: Any) -> None:
    sheet, key = (written.folder / "sheets" / "ada.html").read_text(), written.key.read_text()
    assert "find the slip" in sheet
    assert "The instant check stops at" in key
    assert "The instant check" not in sheet
    assert key.count("<section") == 3
    assert written.all_sheets.read_text().count('<main class="sheet">') == 3
    assert written.pdf is None


def test_names_of_files_stay_in_the_folder(written: Any) -> None:
    assert sorted(path.name for path in written.folder.iterdir()) == ["all.html", "key.html", "sheets"]
    assert sorted(path.name for path in (written.folder / "sheets").iterdir()) == ["..%2Fcleo.html", "ada.html", "ben.html"]


def question_ids(asked: Sequence[Question]) -> list[tuple[str, str]]:
    return [(question.exercise, question.mistake) for question in asked]


def test_without_a_seed_the_secret_of_the_course_decides(assignment: Assignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "BROWSERS", ())
    pages = [write_exam(Course(tmp_path / folder), assignment, students("ada"), None).key.read_text()
             for folder in ("one", "one", "two") if (tmp_path / folder).mkdir(exist_ok=True) is None]
    assert pages[0] == pages[1]
    assert pages[0] != pages[2]


@pytest.mark.parametrize(("text", "found"), [
    ("student,first_name,last_name\nada,Ada,L\n", [Student("ada", "Ada L")]),
    ("Name;SIS Login ID\n\"Lee, Ben\";ben\n", [Student("ben", "Lee, Ben")]),
    ("\ufeffEmail address\nc@x.org\n", [Student("c@x.org", "c@x.org")])])
def test_a_roster_is_read_as_systems_write_it(tmp_path: Path, text: str, found: list[Student]) -> None:
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
    assert read_roster(tmp_path / "roster.csv") == found


@pytest.mark.parametrize(("text", "words"), [
    ("who\nada\n", "no column says who it is"), ("id\nada\nada\n", "line 3: ada stands there twice"),
    ("id,name\n,Ada\n", "line 2: there is no id"), ("id\n", "names no student")])
def test_a_roster_that_is_none_is_said_in_words(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "roster.csv").write_text(text)
    with pytest.raises(CourseError, match=words):
        read_roster(tmp_path / "roster.csv")


def test_the_command_says_what_it_wrote_and_what_to_do_without_a_browser(course: Course, tmp_path: Path,
                                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("id\nada\n")
    result = CliRunner().invoke(main, ["exam", "toy_set", "--students", str(roster), "--root", str(course.root)])
    assert result.exit_code == 1
    assert "not enough slips" in result.output
