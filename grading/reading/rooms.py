"""All questions of a course that people read, each opened when somebody first comes to it."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import nbformat

from grading.course.folder import Course
from grading.course.headings import notebook_title
from grading.course.sharing import share_what_is_written
from grading.errors import CourseError
from grading.marks.by_hand import read_given
from grading.marks.gradebook import Ledger
from grading.reading.answers import Answers
from grading.reading.room import Room
from grading.reading.second import Agreement, agreement
from grading.rubrics.questions import Question, read_questions
from grading.rubrics.store import Store


@dataclass(frozen=True)
class Line:
    """A question in the list: how many answers there are, and how many wait for a reader."""

    title: str
    url: str
    points: float
    answers: int
    waiting: int
    agreement: Agreement | None

    @property
    def disputed(self) -> str:
        """The item about which two readers differ most often."""
        [item, count], *_ = self.agreement.items if self.agreement else [(None, 0)]
        return f"“{item.words[:60]}” ({count} times)" if item else ""


@dataclass(frozen=True)
class QuestionsOfASet:
    """A problem set in the list."""

    name: str
    title: str
    lines: Sequence[Line]


class Rooms:
    """Those of one course; whatever they write others of its group may write, too, where the course says so."""

    def __init__(self, course: Course) -> None:
        self.course = course
        share_what_is_written(course)
        self._open = ExitStack()
        self._rooms: dict[tuple[str, str], Room] = {}
        self._answers: dict[str, Answers] = {}

    def close(self) -> None:
        """Close every file."""
        self._open.close()

    def enter(self, name: str, question: str) -> Room:
        """The room of a question. Raises CourseError where there is no such question."""
        if (name, question) not in self._rooms:
            found = {one.id: one for one in read_questions(self.course, name)}
            if question not in found:
                known = ", ".join(found) or "none"
                raise CourseError(f"{name} has no question {question!r} that a person reads. It has: {known}.")
            answers = self._answers.setdefault(name, Answers(self.course, name))
            self._rooms[name, question] = self._open.enter_context(Room(self.course, name, found[question], answers))
        return self._rooms[name, question]

    def title(self, name: str) -> str:
        """What a problem set is called."""
        return notebook_title(nbformat.read(self.course.source(name), as_version=4), name)

    def overview(self, name: str, url: str) -> list[QuestionsOfASet]:
        """The graded problem sets that have questions; of one only, where `name` says which."""
        sets = [name] if name else self.course.problem_sets()
        listed = [QuestionsOfASet(one, self.title(one), lines) for one in sets if (lines := self._lines(one, url))]
        if name and not listed:
            raise CourseError(f"{name} has no answers to read: nothing of it is graded yet (course grade {name}), or "
                              "it has no question that a person reads.")
        return listed

    def _lines(self, name: str, url: str) -> list[Line]:
        questions = read_questions(self.course, name)
        if not questions or not any(self.course.autograded(one, name).exists() for one in self.course.students(name)):
            return []
        with Ledger(self.course, name) as ledger:
            return [self._line(ledger, name, question, f"{url}/{name}/{question.id}") for question in questions]

    def _line(self, ledger: Ledger, name: str, question: Question, url: str) -> Line:
        given = read_given(ledger, question.id)
        with Store(self.course, name, question.id) as store:
            alike = agreement(store.latest(), store.latest(second=True), store.items(), question.points)
        return Line(question.title, url, question.points, len(given), sum(one.waits for one in given.values()), alike)
