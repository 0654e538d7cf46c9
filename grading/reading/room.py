"""One question of one problem set, as one or several people read it: what they do, and where it is kept."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from types import TracebackType

from grading.course.folder import Course
from grading.errors import CourseError
from grading.marks.by_hand import Given, Mark, enter, read_given
from grading.marks.gradebook import Ledger
from grading.reading.alike import chain
from grading.reading.answers import Answer, Answers
from grading.reading.desk import Desk, state_of
from grading.reading.second import second_desk
from grading.rubrics.questions import Question
from grading.rubrics.reading import ELSEWHERE, NOBODY, Item, Reading, points_of
from grading.rubrics.store import Store


class NotEntered(CourseError):
    """What a reader found is kept, but the gradebook could not be told."""


class Room:
    """Use as a context manager. Every method raises CourseError where reading.db or the gradebook cannot be used.

    What is done is kept in reading.db first and entered in the gradebook then; `settle` makes up for what a crash left.
    """

    def __init__(self, course: Course, name: str, question: Question, files: Answers) -> None:
        self.course, self.name, self.question, self._files = course, name, question, files
        self.store, self.ledger = Store(course, name, question.id), Ledger(course, name)
        self.answers: Mapping[str, Answer] = {}
        self._blank: frozenset[str] = frozenset()
        self._order: list[str] = []

    def __enter__(self) -> "Room":
        with ExitStack() as opened:
            opened.enter_context(self.store)
            opened.enter_context(self.ledger)
            self.store.take_over(self.question.scheme)
            self.settle()
            self._open = opened.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._open.close()

    def desk(self) -> Desk:
        """Everything as it is now; answers as they were when the page was loaded."""
        readings = self.store.latest()
        states = {student: state_of(answer, readings.get(student), student in self._blank)
                  for student, answer in self.answers.items()}
        written = [student for student in self._order if states[student] != "blank"]
        return Desk([*written, *sorted(set(states) - set(written))], states, readings)

    def second_desk(self, reader: str) -> Desk:
        """The answers that this reader is to read a second time."""
        return second_desk(self.desk(), self.store.latest(second=True), reader, self.answers)

    def points(self, readings: Iterable[Reading]) -> dict[str, float]:
        """What answers get for these readings, by student."""
        items = self.store.items()
        return {one.student: points_of(one, items, self.question.points) for one in readings}

    def keep(self, reading: Reading, seen: int | None, then: str | None = None) -> None:
        """Keep what a reader found, and give the points if they are done; `then` is whose answer they look at next.

        Raises ReadMeanwhile: see Store.add.
        """
        number = self.store.add(reading, seen, then)
        if reading.done and not reading.second:
            self._enter([replace(reading, id=number)])

    def in_words(self, reading: Reading) -> str:
        """What somebody else found, for whoever was about to write over it."""
        items = self.store.items()
        ticked = ", ".join(f"“{item.words}”" for item in items.values() if item.id in reading.items) or "nothing"
        said = f" They wrote: “{reading.comment}”" if reading.comment else ""
        return (f"{reading.reader} has read this answer meanwhile: "
                f"{points_of(reading, items, self.question.points):g} of {self.question.points:g} points, ticked "
                f"{ticked}.{said} Which shall it be?")

    def undo(self, reader: str, second: bool = False) -> Reading | None:
        """Take back a reader's last step; the answer's reading as it is then, None where there is nothing to undo."""
        back = self.store.undo(reader, second)
        if back and not second:
            self._enter([back])
        return back

    def change_item(self, item: Item) -> set[str]:
        """Change an item's points or words; whose answers have other points now."""
        return self._changing(lambda: self.store.change_item(item))

    def retire_item(self, item: int) -> set[str]:
        """Take an item off the rubric; whose answers have other points now."""
        return self._changing(lambda: self.store.retire_item(item))

    def _changing(self, change: Callable[[], None]) -> set[str]:
        readings = self.store.latest().values()
        before = self.points(readings)
        change()
        now = self.points(readings)
        counted = [one for one in readings if one.done and one.student in self.answers
                   and one.text == self.answers[one.student].fingerprint and now[one.student] != before[one.student]]
        self._enter(counted)
        return {one.student for one in counted}

    def settle(self) -> None:
        """Look at all answers anew, and make reading.db and the gradebook say the same.

        What was read and not entered is entered; points that were given elsewhere since are taken over as typed by
        hand; answers with nothing in them get no points.
        """
        given, readings = read_given(self.ledger, self.question.id), self.store.latest()
        self._look_at(self._files.to(self.question.id), given)
        unsaid = {reading.id for reading in self.store.not_entered()}
        points, ours, theirs = self.points(readings.values()), [], []
        for student, answer in self.answers.items():
            reading, has = readings.get(student), given.get(student, Given(None, "", True, False))
            done = reading is not None and reading.done and reading.text == answer.fingerprint
            lost = done and (has.points is None or has.waits)  # the gradebook is a new one
            if reading and (lost or (reading.id in unsaid and (done or not reading.done))):
                ours.append(reading)
            elif has.points is not None and not has.waits and not (
                    reading and done and abs(points[student] - has.points) < 1e-6 and reading.comment == has.comment):
                theirs.append(Reading(student, ELSEWHERE, answer.fingerprint, typed=has.points, comment=has.comment,
                                      done=True))
            elif not answer.text.strip() and not done:
                self.keep(Reading(student, NOBODY, answer.fingerprint, done=True), None)
        self._enter(ours)
        self.store.entered([replace(one, id=self.store.add(one, None)) for one in theirs])

    def _look_at(self, answers: Mapping[str, Answer], given: Mapping[str, Given]) -> None:
        self._blank = frozenset(student for student, one in given.items() if one.blank)
        if answers != self.answers:
            self._order = chain({student: answer.text for student, answer in answers.items()})
        self.answers = answers

    def _enter(self, readings: Iterable[Reading]) -> None:
        readings = list(readings)
        if readings:
            points = self.points(readings)
            marks = {one.student: Mark(points[one.student], one.comment) if one.done else Mark(None)
                     for one in readings}
            try:
                enter(self.ledger, self.question.id, marks)
            except CourseError as error:
                raise NotEntered(f"{error} What you found is kept, and is entered in the gradebook when this page is "
                                 "loaded again.") from None
            self.store.entered(readings)
