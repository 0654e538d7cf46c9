"""Final scores as CSV in the forms that Canvas and Moodle import, or plainly."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from grading.course.folder import Course
from grading.csv_files import as_text, read_csv, write_csv
from grading.errors import CourseError
from grading.marks.final_points import Final, final_scores
from grading.marks.gradebook import Ledger

Rows = list[list[str]]
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
CANVAS_IDS = ("ID", "SIS Login ID", "SIS User ID")
MOST_NAMED = 5  # students in one message
MOODLE = ("Identifier", "Grade", "Maximum grade")
IDENTIFIER = re.compile(r"[^\d]+ (\d+)")  # Participant 123456, Teilnehmer/in 123456
NUMBER = re.compile(r"\d+([.,]\d+)?")


def write_export(course: Course, name: str, form: str, roster: Path | None) -> tuple[Path, list[str]]:
    """Write exports/NAME-FORM.csv; the file, and what somebody should know about it.

    `roster` is what the system itself exports (Canvas' gradebook, Moodle's grading worksheet): its rows are kept and
    filled in. Raises CourseError when nothing is graded, or when the roster is not what it should be.
    """
    with Ledger(course, name) as ledger:
        scores = final_scores(ledger)
    if not scores:
        raise CourseError(f"Nothing of {name} is graded yet: course grade {name}")
    listed = read_csv(roster) if roster else None
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
        if form == "moodle":
            notes += _other_maximum(listed, scores[0].max_points)
        if unknown := [one.student for one in scores if one.student not in keys]:
            notes.append(f"Not in the roster, so left out, {_some(unknown)}.")
    return notes


def _other_maximum(listed: Rows, points: float) -> Iterator[str]:
    place = _moodle_columns(listed)[2]
    most = listed[1][place].strip() if place >= 0 and len(listed) > 1 else ""
    if NUMBER.fullmatch(most) and float(most.replace(",", ".")) != points:
        yield (f"The worksheet's highest grade is {most}, that of the problem set {points:g}: set it in Moodle, or the "
               "grades mean something else there.")


def _some(students: Sequence[str]) -> str:
    return f"{len(students)} in all: {', '.join(students[:MOST_NAMED])}{', …' if len(students) > MOST_NAMED else ''}"


def _keys(listed: Rows, form: str) -> set[str]:
    head, *rows = listed
    columns = ([head.index(name) for name in CANVAS_IDS if name in head] if form == "canvas"
               else [_moodle_columns(listed)[0]] if form == "moodle" else [])
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
    whose = _matched([[row[places[column]] for row in rest] for column in CANVAS_IDS if column in places], scores)
    rows = [[*(row[places[column]] if column in places else "" for column in CANVAS), f"{whose[number].score:g}"]
            for number, row in enumerate(rest) if number in whose]
    return [[*CANVAS, title], points, *rows]


def _matched(columns: Sequence[Sequence[str]], scores: Sequence[Final]) -> dict[int, Final]:
    """Whose score belongs into which row, for one row each: an id of one kind may be somebody else's of another."""
    left = {one.student: one for one in scores}
    whose: dict[int, Final] = {}
    for column in columns:
        for number, one in enumerate(column):
            if number not in whose and one in left and column.count(one) == 1:
                whose[number] = left[one]
        for score in whose.values():
            left.pop(score.student, None)
    return whose


def moodle(name: str, scores: Sequence[Final], listed: Rows | None) -> Rows:
    """Moodle's grading worksheet, filled in; without one, a list for its grade import, by user name."""
    if listed is None:
        return [["Username", name], *([as_text(one.student), f"{one.score:g}"] for one in scores)]
    head, *rest = listed
    who, grade, _ = _moodle_columns(listed)
    found = {one.student: one for one in scores}
    rows = []
    for row in rest:
        score = found.get(_bare(row[who]))
        rows.append([*row[:grade], f"{score.score:g}", *row[grade + 1:]] if score else row)
    return [head, *rows]


def _moodle_columns(listed: Rows) -> tuple[int, int, int]:
    """Where a grading worksheet has its identifiers, grades and highest grades, in whatever language it is.

    Without English headings: identifiers are a word and a number in every row, the highest grade is the same number
    everywhere, and the grade stands before it. Raises CourseError where that cannot be told.
    """
    head, *rest = listed
    if all(name in head for name in MOODLE[:2]):
        return head.index(MOODLE[0]), head.index(MOODLE[1]), head.index(MOODLE[2]) if MOODLE[2] in head else -1
    columns = [[row[place].strip() for row in rest] for place in range(len(head))]
    who = next((place for place, cells in enumerate(columns) if cells and all(map(IDENTIFIER.fullmatch, cells))), -1)
    most = next((place for place, cells in enumerate(columns) if place > who + 1 and len(set(cells)) == 1
                 and NUMBER.fullmatch(cells[0])), -1)
    if who < 0 or most < 0:
        raise CourseError("The roster has no column of identifiers (Participant 123) or none of highest grades: it "
                          "should be the assignment's grading worksheet (View all submissions → Download grading "
                          "worksheet).")
    return who, most - 1, most


def _bare(identifier: str) -> str:
    """Moodle writes "Participant 123456", in its own language, where its file names have the number."""
    found = IDENTIFIER.fullmatch(identifier.strip())
    return found[1] if found else identifier.removeprefix("Participant ").strip()


FORMS: Mapping[str, Callable[[str, Sequence[Final], Rows | None], Rows]] = {
    "csv": plain, "canvas": canvas, "moodle": moodle}
