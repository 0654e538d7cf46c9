"""Final scores as CSV in the forms that Canvas and Moodle import, or plainly."""

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from grading.course.folder import Course
from grading.errors import CourseError
from grading.marks.csv_files import as_text, write_csv
from grading.marks.final_points import Final, final_scores
from grading.marks.gradebook import Ledger

Rows = list[list[str]]
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
CANVAS_IDS = ("ID", "SIS Login ID", "SIS User ID")
MOST_NAMED = 5  # students in one message
MOODLE_ID, MOODLE_GRADE = "Identifier", "Grade"


def write_export(course: Course, name: str, form: str, roster: Path | None) -> tuple[Path, list[str]]:
    """Write exports/NAME-FORM.csv; the file, and what somebody should know about it.

    `roster` is what the system itself exports (Canvas' gradebook, Moodle's grading worksheet): its rows are kept and
    filled in. Raises CourseError when nothing is graded, or when the roster is not what it should be.
    """
    with Ledger(course, name) as ledger:
        scores = final_scores(ledger)
    if not scores:
        raise CourseError(f"Nothing of {name} is graded yet: course grade {name}")
    listed = _read(roster) if roster else None
    path = course.root / "exports" / f"{name}-{form}.csv"
    write_csv(path, FORMS[form](name, scores, listed), "\r\n" if form == "moodle" else "\n")
    return path, list(_notes(scores, listed, form))


def _notes(scores: Sequence[Final], listed: Rows | None, form: str) -> list[str]:
    notes = []
    if waiting := [one.student for one in scores if one.waiting]:
        notes.append(f"Waiting for a grade by hand, {_some(waiting)}. Export again afterwards.")
    if late := [one.student for one in scores if one.penalty > 0]:
        notes.append(f"Lost points for being late, {_some(late)}.")
    if listed is not None:
        keys = _keys(listed, form)
        if unknown := [one.student for one in scores if one.student not in keys]:
            notes.append(f"Not in the roster, so left out, {_some(unknown)}.")
    return notes


def _some(students: Sequence[str]) -> str:
    return f"{len(students)} in all: {', '.join(students[:MOST_NAMED])}{', …' if len(students) > MOST_NAMED else ''}"


def _keys(listed: Rows, form: str) -> set[str]:
    head, *rows = listed
    columns = [head.index(name) for name in (CANVAS_IDS if form == "canvas" else (MOODLE_ID,)) if name in head]
    return {_bare(row[column]) for row in rows for column in columns}


def plain(name: str, scores: Sequence[Final], listed: Rows | None) -> Rows:
    """One line per student with everything there is. A roster is not needed."""
    head = ["student", "problem_set", "points", "late_penalty", "score", "max_score", "waits_for_a_grade_by_hand"]
    return [head, *([as_text(one.student), name, f"{one.points:g}", f"{one.penalty:g}", f"{one.score:g}",
                     f"{one.max_points:g}", "yes" if one.waiting else "no"] for one in scores)]


def canvas(name: str, scores: Sequence[Final], listed: Rows | None) -> Rows:
    """Canvas' gradebook import: five columns that say who it is, one for the assignment, points possible below it.

    With Canvas' own export as roster its first columns are kept as they are, and students are found by ID, SIS Login ID
    or SIS User ID; without it the folder's name goes into SIS Login ID.
    """
    points = ["    Points Possible", "", "", "", "", f"{scores[0].max_points:g}"]
    if listed is None:
        rows = [[as_text(one.student), "", "", as_text(one.student), "", f"{one.score:g}"] for one in scores]
        return [[*CANVAS, name], points, *rows]
    head, *rest = listed
    if missing := [column for column in ("Student", "ID", "Section") if column not in head]:
        raise CourseError(f"The roster has no column {', '.join(missing)}: it should be Canvas' own gradebook export.")
    title = next((column for column in head if column == name or column.startswith(f"{name} (")), name)
    places = {column: head.index(column) for column in CANVAS if column in head}
    found = {one.student: one for one in scores}
    rows = []
    for row in rest:
        ids = [row[places[column]] for column in CANVAS_IDS if column in places]
        score = next((found[one] for one in ids if one in found), None)
        if score:
            rows.append([*(row[places[column]] if column in places else "" for column in CANVAS), f"{score.score:g}"])
    return [[*CANVAS, title], points, *rows]


def moodle(name: str, scores: Sequence[Final], listed: Rows | None) -> Rows:
    """Moodle's grading worksheet, filled in; without one, a list for its grade import, by user name."""
    if listed is None:
        return [["Username", name], *([as_text(one.student), f"{one.score:g}"] for one in scores)]
    head, *rest = listed
    if missing := [column for column in (MOODLE_ID, MOODLE_GRADE) if column not in head]:
        raise CourseError(f"The roster has no column {', '.join(missing)}: it should be the assignment's grading "
                          "worksheet (View all submissions → Download grading worksheet).")
    who, grade = head.index(MOODLE_ID), head.index(MOODLE_GRADE)
    found = {one.student: one for one in scores}
    rows = []
    for row in rest:
        score = found.get(_bare(row[who]))
        rows.append([*row[:grade], f"{score.score:g}", *row[grade + 1:]] if score else row)
    return [head, *rows]


def _bare(identifier: str) -> str:
    """Moodle writes "Participant 123456" where its file names have the number."""
    return identifier.removeprefix("Participant ").strip()


def _read(path: Path) -> Rows:
    try:
        rows = [row for row in csv.reader(path.read_text(encoding="utf-8-sig").splitlines()) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CourseError(f"{path} cannot be read as a CSV file: {error}") from None
    if not rows:
        raise CourseError(f"{path} is empty.")
    return [row + [""] * (len(rows[0]) - len(row)) for row in rows]  # spreadsheets drop empty cells at the end


FORMS: Mapping[str, Callable[[str, Sequence[Final], Rows | None], Rows]] = {
    "csv": plain, "canvas": canvas, "moodle": moodle}
