"""What students' pages, reports and tables say of written answers."""

import csv
import re
from dataclasses import replace

from click.testing import CliRunner

from grading.cli.main import main
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.marks.gradebook import Ledger
from grading.pages.feedback import write_feedback
from grading.pages.report import write_report
from grading.rubrics.export import write_readings
from grading.rubrics.found import found_in, met
from tests import toy
from tests.grading.reading.classroom import ANSWERS, WHY, hand_in, opened, reading


def page(course: Course, student: str, hints: bool = True) -> str:
    """The words of a student's page, formulas with their signs, and nothing twice."""
    with Ledger(course, toy.NAME) as ledger:
        path = write_feedback(course, load_assignment(course, toy.NAME), ledger, student, hints=hints)
    assert path
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", path.read_text(), flags=re.DOTALL))


def read_three(course: Course) -> None:
    with opened(course) as room:
        room.keep(reading(room, "ada", 1, comment="Say it as $f(ax) = a f(x)$.\nAnd well done."), 0)
        room.keep(reading(room, "cyd", 2, 3), 0)
        room.keep(reading(room, "bob", typed=1.25), 0)


def test_a_page_shows_what_was_found_and_what_was_missed(read_course: Course) -> None:
    read_three(read_course)
    ada = page(read_course, "ada")
    assert "✓ says that doubling is linear (1 of 1) ✗ gives an example (0 of 0.5) From your grader Say it as" in ada
    assert "claims that" not in ada  # costs points, and was not found
    cyd = page(read_course, "cyd")
    assert "✗ says that doubling is linear (0 of 1) ✓ gives an example (0.5 of 0.5) ✗ claims that x 2 = 2 x (−0.5)" in cyd
    assert "gives an example" not in page(read_course, "bob")  # points by hand, without the rubric


def test_formulas_of_a_comment_are_drawn(read_course: Course) -> None:
    read_three(read_course)
    page(read_course, "ada")
    html = (read_course.root / "feedback" / "ada" / toy.NAME / f"{toy.NAME}.html").read_text()
    assert "<math" in html.split("From your grader")[1].split("</div>")[0]


def test_a_page_without_hints_and_one_of_a_rewritten_answer_show_no_rubric(read_course: Course) -> None:
    read_three(read_course)
    assert "gives an example" not in page(read_course, "ada", hints=False)
    hand_in(read_course, {"ada": "Something else."})
    assert "gives an example" not in page(read_course, "ada")


def test_the_command_says_where_it_wrote_and_what_to_do_where_nothing_was_read(read_course: Course) -> None:
    words = ["export", toy.NAME, "--to", "readings", "--root", str(read_course.root)]
    nothing = CliRunner().invoke(main, words)
    assert nothing.exit_code == 1 and "No written answer of toy_set has been read yet: course read toy_set" in nothing.output
    assert not read_course.reading_file.exists() and not (read_course.root / "exports").exists()
    read_three(read_course)
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0 and done.stdout.count("Written: ") == 2 and f"{toy.NAME}-readings.csv" in done.stdout


def test_without_a_rubric_nothing_is_made(read_course: Course) -> None:
    assert found_in(read_course, toy.NAME, WHY, "ada", ANSWERS["ada"]) == [] and met(read_course, toy.NAME, [WHY]) == []
    assert not read_course.reading_file.exists()


def test_a_report_says_which_item_a_class_missed(read_course: Course) -> None:
    read_three(read_course)
    with opened(read_course) as room:
        room.keep(reading(room, "dan", 1), 0)
    assert [(one.item.id, one.count, one.of) for one in met(read_course, toy.NAME, [WHY])] == [(1, 2, 3), (2, 1, 3), (3, 1, 3)]
    html = write_report(read_course, load_assignment(read_course, toy.NAME), names=False).read_text()
    words = re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL))
    assert "Missed most often, by 2 of 3: 0.2 centre: why , gives an example" in words


def test_a_report_links_to_the_page_while_answers_wait(read_course: Course) -> None:
    assignment = load_assignment(read_course, toy.NAME)
    link = f'href="http://localhost:8888/course/read/{toy.NAME}"'
    assert link in write_report(read_course, assignment, names=False).read_text()
    with opened(read_course) as room:
        for student in room.desk().open:
            room.keep(reading(room, student, 1), 0)
    assert link not in write_report(read_course, assignment, names=False).read_text()


def test_everything_that_was_read_is_exported(read_course: Course) -> None:
    read_three(read_course)
    with opened(read_course) as room:
        room.keep(replace(reading(room, "ada", 2, reader="=sam()"), second=True), 0)
    readings, rubrics = (list(csv.DictReader(path.open())) for path in write_readings(read_course, toy.NAME))
    rows = {(row["student"], row["reading"]): row for row in readings}
    assert rows["ada", "first"]["items"] == "says that doubling is *linear* (+1)" and rows["ada", "first"]["points"] == "1"
    assert rows["cyd", "first"]["items"] == "gives an example (+0.5) | claims that $x^2 = 2x$ (-0.5)"
    assert rows["bob", "first"]["typed_by_hand"] == "1.25" and rows["eve", "first"]["reader"] == "nothing written"
    assert rows["ada", "second"]["reader"] == "'=sam()"  # no spreadsheet takes it for a formula
    assert [(row["points"], row["words"], row["answers"]) for row in rubrics] == [
        ("1", "says that doubling is *linear*", "1"), ("0.5", "gives an example", "1"), ("-0.5", "claims that $x^2 = 2x$", "1")]
