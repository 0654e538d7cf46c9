"""What was found in written answers, for students' pages and reports. Nothing is made where nothing was read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grading.course.folder import Course
from grading.rubrics.reading import NOBODY, Item, Reading, fingerprint
from grading.rubrics.store import Store


@dataclass(frozen=True)
class Found:
    """An item of the rubric, and whether an answer has it."""

    item: Item
    met: bool


@dataclass(frozen=True)
class Met:
    """An item of a question's rubric: in how many of the answers `of` that were read with it it was found."""

    question: str
    item: Item
    count: int
    of: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.count / self.of


def found_in(course: Course, name: str, question: str, student: str, text: str) -> list[Found]:
    """The rubric as a student is shown it: what their answer has and what it lacks; what costs points only if it does.

    Nothing where the answer was not read with a rubric, or has another text than the one that was read.
    """
    if not course.reading_file.exists():
        return []
    with Store(course, name, question) as store:
        reading, items = store.of(student), store.items()
    if not reading or not reading.done or reading.reader == NOBODY or reading.text != fingerprint(text) or (
            reading.typed is not None and not reading.items):
        return []
    return [Found(item, item.id in reading.items) for item in items.values()
            if item.points >= 0 or item.id in reading.items]


def met(course: Course, name: str, questions: Sequence[str]) -> list[Met]:
    """Every item of the questions' rubrics, in their order."""
    if not course.reading_file.exists():
        return []
    return [one for question in questions for one in _met(course, name, question)]


def _met(course: Course, name: str, question: str) -> Iterator[Met]:
    with Store(course, name, question) as store:
        items, read = store.items(), [one for one in store.latest().values() if _with_rubric(one)]
    for item in items.values() if read else ():
        yield Met(question, item, sum(item.id in one.items for one in read), len(read))


def _with_rubric(reading: Reading) -> bool:
    return reading.done and reading.reader != NOBODY and (reading.typed is None or bool(reading.items))
