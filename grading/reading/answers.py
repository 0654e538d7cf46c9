"""The written answers of a class, as its graded notebooks have them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grading.course.folder import Course
from grading.rubrics.reading import fingerprint


@dataclass(frozen=True)
class Answer:
    """One student's answer: Markdown, and the pictures in it (name → type → base64)."""

    student: str
    text: str
    pictures: Mapping[str, Any]

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.text)


NOTHING = Answer("", "", {})


class Answers:
    """Those of one problem set; a notebook is read again when its file has changed."""

    def __init__(self, course: Course, name: str) -> None:
        self.course, self.name = course, name
        self._read: dict[str, tuple[tuple[int, int], dict[str, Answer]]] = {}

    def to(self, question: str) -> dict[str, Answer]:
        """The answers to one question by student, of everyone whose notebook is graded and can be read."""
        students = self.course.students(self.name)
        return {student: answer for student in students if (answer := self._of(student).get(question))}

    def _of(self, student: str) -> dict[str, Answer]:
        path = self.course.autograded(student, self.name)
        try:
            state = path.stat()
            changed = (state.st_mtime_ns, state.st_size)
            if student not in self._read or self._read[student][0] != changed:
                cells = json.loads(path.read_bytes())["cells"]
                self._read[student] = changed, dict(filter(None, (_answer(student, cell) for cell in cells)))
        except (OSError, ValueError, LookupError, TypeError, AttributeError):  # not graded, or no notebook of ours
            return {}
        return self._read[student][1]


def _answer(student: str, cell: Mapping[str, Any]) -> tuple[str, Answer] | None:
    """The answer in a cell and its question, where it is one that a person reads."""
    label = cell["metadata"].get("nbgrader", {})
    if cell["cell_type"] != "markdown" or not (label.get("grade") and label.get("solution")):
        return None
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(source)
    return label["grade_id"], Answer(student, text, cell.get("attachments", {}))
