"""Everything that was found in written answers, and the rubrics it was found with, as CSV."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from grading.course.folder import Course
from grading.csv_files import as_text, write_csv
from grading.errors import CourseError
from grading.rubrics.questions import Question, read_questions
from grading.rubrics.reading import Item, Reading, points_of
from grading.rubrics.store import Store

READINGS = ["student", "question", "reading", "points", "typed_by_hand", "items", "comment", "reader", "at", "seconds"]
RUBRICS = ["question", "item", "points", "words", "answers"]


def write_readings(course: Course, name: str) -> tuple[Path, Path]:
    """Write exports/NAME-readings.csv (every answer that was read) and exports/NAME-rubrics.csv; the two files.

    Raises CourseError where nothing has been read.
    """
    readings, rubrics = [READINGS], [RUBRICS]
    for question in read_questions(course, name) if course.reading_file.exists() else ():
        with Store(course, name, question.id) as store:
            items, first, second = store.items(), store.latest(), store.latest(second=True)
        done = [one for one in (*first.values(), *second.values()) if one.done]
        for one in sorted(done, key=lambda one: (one.student, one.second)):
            readings.append(_reading(one, question, items))
        rubrics += _rubric(question, items, [one for one in done if not one.second])
    if readings == [READINGS]:
        raise CourseError(f"No written answer of {name} has been read yet: course read {name}")
    paths = course.root / "exports" / f"{name}-readings.csv", course.root / "exports" / f"{name}-rubrics.csv"
    write_csv(paths[0], readings)
    write_csv(paths[1], rubrics)
    return paths


def _reading(one: Reading, question: Question, items: Mapping[int, Item]) -> list[str]:
    ticked = " | ".join(f"{item.words} ({item.points:+g})" for item in items.values() if item.id in one.items)
    return [as_text(one.student), question.id, "second" if one.second else "first",
            f"{points_of(one, items, question.points):g}", "" if one.typed is None else f"{one.typed:g}",
            as_text(ticked), as_text(one.comment), as_text(one.reader), one.at, f"{one.seconds:.0f}"]


def _rubric(question: Question, items: Mapping[int, Item], read: Sequence[Reading]) -> Iterator[list[str]]:
    for item in items.values():
        yield [question.id, str(item.id), f"{item.points:g}", as_text(item.words),
               str(sum(item.id in one.items for one in read))]
