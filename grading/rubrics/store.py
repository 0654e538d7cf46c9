"""reading.db: rubric items and every reading of written answers, kept with the course beside the gradebook.

Readings are only ever added, so that undoing, and seeing who read what, need nothing else. Each line is on the disk
before the next is asked for: a killed server loses nothing.
"""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType

from grading.course.folder import Course
from grading.course.sharing import share
from grading.errors import CourseError
from grading.rubrics.reading import Item, Reading, in_order
from grading.rubrics.scheme import Entry

TABLES = """
CREATE TABLE IF NOT EXISTS items (
    id INTEGER PRIMARY KEY, problem_set TEXT, question TEXT, points REAL, words TEXT, scheme TEXT,
    retired INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS readings (
    id INTEGER PRIMARY KEY AUTOINCREMENT, problem_set TEXT, question TEXT, student TEXT, reader TEXT, text TEXT,
    items TEXT, typed REAL, comment TEXT, done INTEGER, second INTEGER, seconds REAL, at TEXT,
    undoes INTEGER, entered INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS looking (
    problem_set TEXT, question TEXT, reader TEXT, student TEXT, at REAL, PRIMARY KEY (problem_set, question, reader));
CREATE INDEX IF NOT EXISTS of_a_question ON readings (problem_set, question, second, student, id);
"""
COLUMNS = "student, reader, text, items, typed, comment, done, second, seconds, id, at"


STILL_THERE = 300.0  # seconds after which a reader who has done nothing is taken to have left


class ReadMeanwhile(Exception):
    """Somebody else has read the same answer since it was looked at; `latest` is what they found."""

    def __init__(self, latest: Reading) -> None:
        super().__init__(latest.reader)
        self.latest = latest


class Store:
    """What is kept of one question. Use as a context manager. Raises CourseError where the file cannot be used."""

    def __init__(self, course: Course, problem_set: str, question: str) -> None:
        self.course, self.path = course, course.reading_file
        self.where = (problem_set, question)
        self._entered: list[tuple[int]] = []

    def __enter__(self) -> "Store":
        new = not self.path.exists()
        with self.errors_in_words():
            self.database = sqlite3.connect(self.path, isolation_level=None, timeout=20)
            self.database.executescript(TABLES)
        if new:
            share(self.course, self.path)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if self._entered:
            with self.transaction():
                pass
        self.database.close()

    @contextmanager
    def errors_in_words(self) -> Iterator[None]:
        """What SQLite reports, in words that name the file."""
        try:
            yield
        except sqlite3.Error as error:
            raise CourseError(f"{self.path} cannot be used: {error}. Close other programs that use it, check the "
                              "folder's permissions and space, or restore the file from a backup.") from None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is written, or nothing, and nobody else writes meanwhile."""
        with self.errors_in_words():
            self.database.execute("BEGIN IMMEDIATE")
            try:
                self.database.executemany("UPDATE readings SET entered = 1 WHERE id = ?", self._entered)
                yield
            except BaseException:
                self.database.execute("ROLLBACK")
                raise
            self.database.execute("COMMIT")
            self._entered.clear()

    def items(self) -> dict[int, Item]:
        """The rubric as it is now."""
        with self.errors_in_words():
            rows = self.database.execute("SELECT id, points, words FROM items WHERE problem_set = ? AND question = ? "
                                         "AND NOT retired", self.where)
            return in_order([Item(*row) for row in rows])

    def take_over(self, scheme: Sequence[Entry]) -> None:
        """Add the entries of a mark scheme that were not taken over before, whatever became of them since."""
        with self.transaction():
            known = {row[0] for row in self.database.execute(
                "SELECT scheme FROM items WHERE problem_set = ? AND question = ?", self.where)}
            for entry in scheme:
                if (text := f"{entry.points:g}: {entry.words}") not in known:
                    self.database.execute("INSERT INTO items (problem_set, question, points, words, scheme) "
                                          "VALUES (?, ?, ?, ?, ?)", (*self.where, entry.points, entry.words, text))

    def add_item(self, points: float, words: str) -> int:
        """A new item at the rubric's end; its id."""
        with self.transaction():
            return int(self.database.execute("INSERT INTO items (problem_set, question, points, words) "
                                             "VALUES (?, ?, ?, ?)", (*self.where, points, words)).lastrowid or 0)

    def change_item(self, item: Item) -> None:
        """Other points or words for an item; answers that have it keep it."""
        with self.transaction():
            self.database.execute("UPDATE items SET points = ?, words = ? WHERE id = ?",
                                  (item.points, item.words, item.id))
            self._to_be_entered_again(item.id)

    def retire_item(self, item: int) -> None:
        """Take an item off the rubric: it counts for no answer any more."""
        with self.transaction():
            self.database.execute("UPDATE items SET retired = 1 WHERE id = ?", (item,))
            self._to_be_entered_again(item)

    def latest(self, second: bool = False) -> dict[str, Reading]:
        """The last reading of each answer, by student."""
        with self.errors_in_words():
            rows = self.database.execute(
                f"SELECT {COLUMNS} FROM readings WHERE id IN (SELECT MAX(id) FROM readings WHERE problem_set = ? "
                "AND question = ? AND second = ? GROUP BY student)", (*self.where, second))
            return {reading.student: reading for reading in map(_reading, rows)}

    def of(self, student: str) -> Reading | None:
        """The last reading of one answer."""
        with self.errors_in_words():
            return next(self._history(student, False, 1), None)

    def add(self, reading: Reading, seen: int | None, then: str | None = None) -> int:
        """Keep a reading; its id. `seen` is the id of the answer's last reading that its reader knew of (0: of none).

        `then` is whose answer the reader looks at from now on.
        Raises ReadMeanwhile where there is a later one of somebody else's; with None nobody asks.
        """
        with self.transaction():
            [latest, *_] = [*self._history(reading.student, reading.second, 1), Reading(reading.student, "", "")]
            if seen is not None and latest.id > seen and latest.reader != reading.reader:
                raise ReadMeanwhile(latest)
            if then is not None:
                self._look(reading.reader, then)
            return self._write(reading)

    def undo(self, reader: str, second: bool) -> Reading | None:
        """Take back this reader's last step that is not taken back yet; the answer's reading then, None without one."""
        with self.transaction():
            taken_back = "SELECT undoes FROM readings WHERE undoes IS NOT NULL AND problem_set = ? AND question = ?"
            last = self.database.execute(
                f"SELECT {COLUMNS} FROM readings WHERE problem_set = ? AND question = ? AND reader = ? AND second = ? "
                f"AND undoes IS NULL AND id NOT IN ({taken_back}) ORDER BY id DESC LIMIT 1",
                (*self.where, reader, second, *self.where)).fetchone()
            if last is None:
                return None
            step = _reading(last)
            before = [one for one in self._history(step.student, second, -1) if one.id < step.id]
            was = before[0] if before else Reading(step.student, reader, step.text, second=second)
            back = replace(was, reader=reader, seconds=0.0)
            return replace(back, id=self._write(back, step.id))

    def look(self, reader: str, student: str) -> None:
        """Remember which answer a reader has before them."""
        with self.transaction():
            self._look(reader, student)

    def looked_at_by_others(self, reader: str) -> set[str]:
        """Whose answers other readers have had before them in the last minutes."""
        with self.errors_in_words():
            rows = self.database.execute("SELECT student FROM looking WHERE problem_set = ? AND question = ? "
                                         "AND reader != ? AND at > ?", (*self.where, reader, time.time() - STILL_THERE))
            return {student for student, in rows}

    def comments(self) -> list[str]:
        """Everything that was said to somebody about this question, what was said most often first."""
        said: dict[str, int] = {}
        for reading in self.latest().values():
            if reading.comment:
                said[reading.comment] = said.get(reading.comment, 0) + 1
        return sorted(said, key=lambda comment: (-said[comment], comment))

    def not_entered(self) -> list[Reading]:
        """Finished readings that the gradebook has not been told of: the last of each answer only."""
        with self.errors_in_words():
            ids = {row[0] for row in self.database.execute(
                "SELECT id FROM readings WHERE problem_set = ? AND question = ? AND NOT entered", self.where)}
            ids -= {number for number, in self._entered}
        return [reading for reading in self.latest().values() if reading.id in ids]

    def entered(self, readings: Iterable[Reading]) -> None:
        """Remember that the gradebook knows these; written down with the next step, as entering twice does no harm."""
        self._entered += [(one.id,) for one in readings]

    def _to_be_entered_again(self, item: int) -> None:
        """Where the gradebook cannot be told of an item's new points, they are not taken for somebody else's."""
        having = [(one.id,) for one in self.latest().values() if one.done and item in one.items]
        self.database.executemany("UPDATE readings SET entered = 0 WHERE id = ?", having)

    def _history(self, student: str, second: bool, most: int) -> Iterator[Reading]:
        rows = self.database.execute(
            f"SELECT {COLUMNS} FROM readings WHERE problem_set = ? AND question = ? AND student = ? AND second = ? "
            "ORDER BY id DESC LIMIT ?", (*self.where, student, second, most))
        return map(_reading, rows.fetchall())

    def _look(self, reader: str, student: str) -> None:
        self.database.execute("INSERT OR REPLACE INTO looking VALUES (?, ?, ?, ?, ?)",
                              (*self.where, reader, student, time.time()))

    def _write(self, one: Reading, undoes: int | None = None) -> int:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        nothing_to_enter = one.second or not (one.done or undoes)
        return int(self.database.execute(
            "INSERT INTO readings (problem_set, question, student, reader, text, items, typed, comment, done, second, "
            "seconds, at, undoes, entered) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*self.where, one.student, one.reader, one.text, json.dumps(sorted(one.items)), one.typed, one.comment,
             one.done, one.second, one.seconds, now, undoes, nothing_to_enter)).lastrowid or 0)


def _reading(row: tuple) -> Reading:  # type: ignore[type-arg]  # a line of the table
    student, reader, text, items, typed, comment, done, second, seconds, number, at = row
    return Reading(student, reader, text, frozenset(json.loads(items)), typed, comment, bool(done), bool(second),
                   seconds, number, at)
