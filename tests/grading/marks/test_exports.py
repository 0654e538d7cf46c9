"""Final scores as other systems want them, with manual grades, lateness and extensions in them."""

import csv
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook

from grading.classes.batch import grade_class
from grading.classes.pool import InTurn
from grading.cli.main import main
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.marks.exports import canvas, moodle, plain, write_export
from grading.marks.final_points import Final
from grading.sandbox.client import Sandbox
from tests import toy

SCORES = [Final("ada", 8.0, 0.0, 9.5, False), Final("ben", 6.0, 1.5, 9.5, True)]


@pytest.fixture
def graded(course: Course, sandbox: Sandbox) -> Course:
    """ada in time, ben two days late; both with everything right but the written answer, which waits."""
    course = toy.configured(course, "c.LatePolicy.percent_per_day = 10")
    for student, day in (("ada", 1), ("ben", 3)):
        path = toy.submit(course, student, {**toy.SOLUTION, "toy_why": "Because it is so."})
        path.with_name("timestamp.txt").write_text(f"2026-03-0{day} 11:00:00 UTC")
    with Gradebook(course.db_url) as gradebook:
        gradebook.update_or_create_assignment(toy.NAME, duedate=datetime(2026, 3, 1, 12))
    list(grade_class(course, load_assignment(course, toy.NAME), course.students(toy.NAME), InTurn(sandbox)))
    return course


def exported(course: Course, form: str = "csv", roster: Path | None = None) -> list[list[str]]:
    path, _ = write_export(course, toy.NAME, form, roster)
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_plain_scores_have_everything_that_led_to_them(graded: Course) -> None:
    assert exported(graded) == [
        ["student", "problem_set", "points", "late_penalty", "score", "max_score", "waits_for_a_grade_by_hand"],
        ["ada", toy.NAME, "7.5", "0", "7.5", "9.5", "yes"],
        ["ben", toy.NAME, "7.5", "1.5", "6", "9.5", "yes"]]


def test_a_grade_by_hand_counts_and_lateness_is_taken_off_it_too(graded: Course) -> None:
    toy.grade_by_hand(graded, "ben", 1.5)
    assert exported(graded)[2] == ["ben", toy.NAME, "9", "1.8", "7.2", "9.5", "no"]


def test_an_extension_that_is_written_down_after_grading_counts(graded: Course) -> None:
    (graded.root / "extensions.csv").write_text(f"student,problem_set,hours\nben,{toy.NAME},24\n")
    assert exported(graded)[2][3:5] == ["0.75", "6.75"]
    (graded.root / "extensions.csv").write_text(f"student,problem_set,hours\nben,{toy.NAME},48\n")
    assert exported(graded)[2][3:5] == ["0", "7.5"]


def test_an_extension_of_somebody_who_handed_nothing_in_harms_nobody(graded: Course) -> None:
    (graded.root / "extensions.csv").write_text(f"student,problem_set,hours\nzoe,{toy.NAME},24\n")
    assert [row[0] for row in exported(graded)] == ["student", "ada", "ben"]


def test_canvas_without_a_roster_gets_the_folders_name_as_login() -> None:
    assert canvas("ps1", SCORES, None) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "ps1"],
        ["    Points Possible", "", "", "", "", "9.5"],
        ["ada", "", "", "ada", "", "8"], ["ben", "", "", "ben", "", "4.5"]]


@pytest.mark.parametrize("column", [1, 2, 3])
def test_canvas_own_export_is_kept_and_filled_in_by_any_of_its_ids(column: int) -> None:
    ben = ["Oz, Ben", "4712", "S2", "oz@x.edu", "A"]
    ben[column] = "ben"
    roster = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "ps1 (991)", "Total"],
              ["    Points Possible", "", "", "", "", "9.5", "(read only)"],
              [*ben, "", "0"], ["Who, Else", "1", "S3", "else", "A", "", ""]]
    assert canvas("ps1", SCORES, roster) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "ps1 (991)"],
        ["    Points Possible", "", "", "", "", "9.5"], [*ben, "4.5"]]


def test_moodles_worksheet_is_filled_in_and_keeps_everybody() -> None:
    head = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Feedback comments"]
    rows = [["Participant ada", "Ada L", "a@x", "Submitted", "", "9.50", ""], ["Participant 9", "Nobody", "n@x", "No submission", "", "9.50", ""]]
    assert moodle("ps1", SCORES, [head, *rows]) == [
        head, ["Participant ada", "Ada L", "a@x", "Submitted", "8", "9.50", ""], rows[1]]
    assert moodle("ps1", SCORES, None) == [["Username", "ps1"], ["ada", "8"], ["ben", "4.5"]]


def test_no_name_is_taken_for_a_formula() -> None:
    evil = [Final("=cmd|'/c calc'!A1", 1.0, 0.0, 2.0, False)]
    assert plain("ps1", evil, None)[1][0].startswith("'=")
    assert canvas("ps1", evil, None)[2][0].startswith("'=")


def test_the_command_says_where_it_is_and_what_is_missing(graded: Course, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("\ufeffIdentifier,Full name,Grade\nParticipant ada,Ada,\n")
    done = CliRunner().invoke(main, ["export", toy.NAME, "--to", "moodle", "--roster", str(roster), "--root", str(graded.root)])
    assert done.exit_code == 0, done.output
    assert "Waiting for a grade by hand, 2 in all: ada, ben. Export again afterwards." in done.output
    assert "Lost points for being late, 1 in all: ben." in done.output
    assert "Not in the roster, so left out, 1 in all: ben." in done.output
    path = graded.root / "exports" / f"{toy.NAME}-moodle.csv"
    assert f"Written: {path}" in done.output
    assert path.read_bytes() == b"Identifier,Full name,Grade\r\nParticipant ada,Ada,7.5\r\n"


def test_rows_whose_last_cells_a_spreadsheet_has_dropped_are_filled_in(graded: Course, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("Identifier,Full name,Grade\nParticipant ada\n")
    done = CliRunner().invoke(main, ["export", toy.NAME, "--to", "moodle", "--roster", str(roster), "--root", str(graded.root)])
    assert done.exit_code == 0, done.output
    path = graded.root / "exports" / f"{toy.NAME}-moodle.csv"
    assert path.read_text().splitlines() == ["Identifier,Full name,Grade", "Participant ada,,7.5"]


NUMBERED = [Final("11", 8.0, 0.0, 9.5, False), Final("12", 6.0, 0.0, 9.5, False)]


@pytest.mark.parametrize(("head", "word"), [
    (["Identifier", "Full name", "Status", "Grade", "Maximum grade", "Comments"], "Participant"),
    (["ID", "Vollständiger Name", "Status", "Bewertung", "Bestwertung", "Feedback"], "Teilnehmer/in"),
    (["Identifiant", "Nom complet", "Statut", "Note", "Note maximale", "Commentaires"], "Participant"),
    (["Identificador", "Nombre completo", "Estado", "Calificación", "Calificación máxima", "Comentarios"], "Participante")])
def test_a_worksheet_of_any_language_is_filled_in(head: list[str], word: str) -> None:
    rows = [[f"{word} {number}", f"Nr {number} X", "-", "", "9,50", "Line\r\n\r\nbreaks"] for number in (11, 12, 13)]
    assert moodle(toy.NAME, NUMBERED, [head, *rows]) == [head, *[[*row[:3], grade, *row[4:]]
                                                                 for row, grade in zip(rows, ("8", "6", ""), strict=True)]]


def test_a_canvas_id_that_is_anothers_sis_id_gets_nobody_elses_points() -> None:
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    rows = [["Aa", "501", "11", "aa", "S"], ["Bb", "11", "77", "bb", "S"], ["Cc", "502", "12", "cc", "S"]]
    for listed in (rows, rows[::-1]):
        found = {row[0]: row[-1] for row in canvas(toy.NAME, NUMBERED, [head, *listed])[2:]}
        assert found == {"Bb": "8", "Cc": "6"}


def test_another_maximum_in_the_worksheet_is_said(graded: Course, tmp_path: Path) -> None:
    roster = tmp_path / "worksheet.csv"
    for most, notes in (("20.00", 1), ("9.50", 0), ("9,5", 0)):
        roster.write_text(f'Identifier,Grade,Maximum grade\nParticipant ada,,"{most}"\n')
        said = write_export(graded, toy.NAME, "moodle", roster)[1]
        assert sum("The worksheet's highest grade is 20.00, that of the problem set 9.5" in note for note in said) == notes


@pytest.mark.parametrize(("form", "text", "words"), [
    ("canvas", "Name,Score\na,1\n", "has no column Student, ID, Section: it should be Canvas' own gradebook export"),
    ("moodle", "Name,Score\na,1\n", "has no column of identifiers (Participant 123) or none of highest grades: it should be the assignment's grading worksheet"),
    ("moodle", "", "is empty"),
])
def test_a_roster_of_something_else_is_refused_in_words(graded: Course, tmp_path: Path, form: str, text: str, words: str) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(text)
    done = CliRunner().invoke(main, ["export", toy.NAME, "--to", form, "--roster", str(roster), "--root", str(graded.root)])
    assert done.exit_code == 1
    assert words in done.output.replace("\n", " ")


def test_before_anything_is_graded_the_command_says_so(course: Course) -> None:
    done = CliRunner().invoke(main, ["export", toy.NAME, "--root", str(course.root)])
    assert done.exit_code == 1
    assert f"Nothing of {toy.NAME} is graded yet: course grade {toy.NAME}" in done.output
