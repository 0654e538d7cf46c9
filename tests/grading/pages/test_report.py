"""What a class understood, on one page: true numbers, no names unless asked, nothing that runs."""

import csv
import re
import shutil

import pytest
from click.testing import CliRunner
from markupsafe import Markup

from grading.classes.batch import grade_class
from grading.classes.pool import InTurn
from grading.cli.main import main
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.course.headings import mistake_in_words
from grading.pages import report_plots
from grading.pages.pseudonyms import pseudonym
from grading.pages.report import write_report
from grading.sandbox.client import Sandbox
from tests import toy

HALVES = {**toy.SOLUTION, "double": "def double(x):\n    return x / 2"}


@pytest.fixture
def graded(course: Course, sandbox: Sandbox) -> Course:
    for student, answers in {"ada": toy.SOLUTION, "ben": HALVES, "cem": HALVES, "zoe": {}}.items():
        toy.submit(course, student, answers)
    toy.submit_text(course, "cut", "{")
    list(grade_class(course, load_assignment(course, toy.NAME), course.students(toy.NAME), InTurn(sandbox)))
    return course


def written(course: Course, names: bool = False) -> tuple[str, list[list[str]]]:
    path = write_report(course, load_assignment(course, toy.NAME), names)
    assert path == course.root / "reports" / f"{toy.NAME}.html"
    with path.with_suffix(".csv").open(newline="") as file:
        return path.read_text(), list(csv.reader(file))


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ", html, flags=re.DOTALL))


def test_it_says_how_the_class_did_and_what_it_misunderstood(graded: Course) -> None:
    html, _ = written(graded)
    text = words(html)
    assert "A toy Report on 5 graded submissions" in text
    assert "Median 5 of 9.5 points 3 written answers wait for a grade: read them , while JupyterLab runs in the course's folder (or course read ). Until then they count as 0 in scores" in text
    assert "2 of 3 who answered double : Twice, not half." in text
    assert re.search(r"0\.1 double 2\.5 20 % 1 of 5 \S+ \d+ ms ", text)
    assert "Could not be read 4" in text
    assert "Not written yet" in text


def test_it_lists_who_needs_a_person(graded: Course) -> None:
    text = words(written(graded, names=True)[0])
    look = text[text.index("Worth a look"):]
    assert look.index("cut : toy_set.ipynb is not complete JSON") < look.index("ada, ben, cem : 1 written answer waits for a grade")


def test_students_go_by_pseudonyms_that_stay_the_same(graded: Course) -> None:
    html, rows = written(graded)
    assert not re.search(r"\b(ada|ben|cem|zoe|cut)\b", words(html))
    assert all(re.fullmatch(r"student-[0-9a-f]{8}", row[0]) for row in rows[1:])
    assert {row[0] for row in rows[1:]} == {pseudonym(graded, name) for name in ("ada", "ben", "cem", "zoe", "cut")}
    assert written(graded)[1] == rows


def test_names_come_on_request(graded: Course) -> None:
    html, rows = written(graded, names=True)
    assert [row[0] for row in rows] == ["student", "ada", "ben", "cem", "cut", "zoe"]
    assert rows[0] == ["student", "points", "max_points", "double", "centre", "toy_numbers", "toy_why"]
    assert rows[1] == ["ada", "7.5", "9.5", "2.5", "3", "2", "0"]
    assert "This page names students" in html


def test_every_plot_has_words_and_takes_the_colours_of_the_page(graded: Course) -> None:
    html, _ = written(graded)
    figures = re.findall(r'<figure role="img" aria-label="([^"]+)">(.*?)</figure>', html, re.DOTALL)
    assert len(figures) == 4  # scores, exercises, misconceptions, time; no other set is graded
    for label, svg in figures:
        assert len(label) > 40
        assert "currentColor" in svg
        assert "#010203" not in svg
    identities = re.findall(r'\bid="([^"]+)"', html)
    assert len([one for one in identities if one in ("scores", "success", "mistakes", "time")]) == 4


@pytest.mark.sandbox
def test_sets_are_compared_by_all_their_points(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    other = "other_set"
    (course.root / "source" / other).mkdir()
    shutil.copyfile(course.root / "source" / toy.NAME / f"{toy.NAME}.ipynb", course.root / "source" / other / f"{other}.ipynb")
    (course.root / "probes" / f"{other}.py").write_text(toy.PROBES.replace(toy.NAME, other))
    handed_in = toy.submit(course, "ada", {**toy.SOLUTION, "toy_why": "Because."})
    (course.root / "submitted" / "ada" / other).mkdir()
    shutil.copyfile(handed_in, course.root / "submitted" / "ada" / other / f"{other}.ipynb")
    for name in (toy.NAME, other):
        done = CliRunner().invoke(main, ["grade", name, "--root", str(course.root), "--workers", "1"])
        assert done.exit_code == 0, done.output
    toy.grade_by_hand(course, "ada", 2.0)
    compared = []
    monkeypatch.setattr(report_plots, "set_boxes", lambda shares: compared.append(shares) or Markup("<svg></svg>"))
    path = write_report(course, load_assignment(course, other), names=False)
    assert "Beside the other problem sets" in path.read_text()
    assert compared == [{"other": [7.5 / 9.5], "toy": [1.0]}]


def test_nothing_on_the_page_runs_or_is_fetched(graded: Course) -> None:
    evil = "<script>alert(1)</script>".replace("/", "")
    toy.submit(graded, evil, toy.SOLUTION)
    graded_page = CliRunner().invoke(main, ["grade", toy.NAME, "--root", str(graded.root), "--workers", "1"])
    assert graded_page.exit_code == 0
    html, _ = written(graded, names=True)
    assert "<script" not in html
    assert re.findall(r'(?:src|href)="https?:[^"]*', html) == ['href="http://localhost:8888/course/read/toy_set']  # and that only where one clicks


def test_the_command_says_where_the_page_is(graded: Course) -> None:
    done = CliRunner().invoke(main, ["report", toy.NAME, "--root", str(graded.root)])
    assert done.exit_code == 0, done.output
    assert done.output == f"Written: {graded.root / 'reports' / toy.NAME}.html, and the same name with .csv\n"


def test_before_anything_is_graded_the_command_says_so(course: Course) -> None:
    done = CliRunner().invoke(main, ["report", toy.NAME, "--root", str(course.root)])
    assert done.exit_code == 1
    assert f"Nothing of {toy.NAME} is graded yet" in done.output


@pytest.mark.parametrize(("name", "words"), [("SummedGradients", "summed gradients"), ("one_sided", "one sided"),
                                             ("forgets_b1", "forgets b1"), ("X is transposed", "X is transposed")])
def test_a_mistake_reads_like_words(name: str, words: str) -> None:
    assert mistake_in_words(name) == words
