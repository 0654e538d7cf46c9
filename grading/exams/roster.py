"""Who takes an exam: a CSV file as learning platforms and spreadsheets have it."""

from dataclasses import dataclass
from pathlib import Path

from grading.csv_files import read_csv
from grading.errors import CourseError

IDS = ("student", "id", "student id", "username", "login", "sis login id", "sis user id", "email", "email address")
FIRST, LAST, WHOLE = ("first name", "first_name", "given name"), ("last name", "last_name", "surname"), ("name",
                                                                                                         "full name")


@dataclass(frozen=True)
class Student:
    """`name` is what is printed on the sheet; the id where the file has no name."""

    id: str
    name: str


def read_roster(path: Path) -> list[Student]:
    """Students in the file's order: a column of ids under one of IDS, names where there are columns for them.

    Raises CourseError naming what is missing, or the line whose id was there before.
    """
    head, *rows = read_csv(path)
    names = [name.strip().lower() for name in head]
    column = next((names.index(name) for name in IDS if name in names), None)
    if column is None:
        raise CourseError(f"{path}: no column says who it is. Its first line must name one of these: {', '.join(IDS)}.")
    places = [next((names.index(name) for name in those if name in names), None) for those in (FIRST, LAST, WHOLE)]
    found: dict[str, Student] = {}
    for number, row in enumerate(rows, 2):
        if not (id := row[column].strip()):
            raise CourseError(f"{path}, line {number}: there is no {head[column].strip()}.")
        if id in found:
            raise CourseError(f"{path}, line {number}: {id} stands there twice.")
        first, last, whole = (row[place].strip() if place is not None else "" for place in places)
        found[id] = Student(id, whole or f"{first} {last}".strip() or id)
    if not found:
        raise CourseError(f"{path} names no student below its first line.")
    return list(found.values())
