"""A course folder: where things lie in it, and how it is configured."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import helpers
from grading.course.jupyter_config import read_config
from grading.course.limits import Limits
from grading.course.nbgrader_settings import FOLDERS
from grading.course.settings import CONFIG_FILE, Settings, read_limits, read_settings
from grading.errors import CourseError

LONGEST_ID = 128  # of a student, in nbgrader's gradebook
# What the exchange puts beside a hand-in, and looks for beside its feedback.
TIMESTAMP_FILE, SUBMISSION_SECRET_FILE = "timestamp.txt", "submission_secret.txt"
METADATA = "neural_course"  # of a graded notebook: what was found


@dataclass(frozen=True)
class Course:
    """A folder laid out like this repository: source/, release/, submitted/, autograded/, feedback/, gradebook.db."""

    root: Path
    overrides: Any = field(default=None, compare=False)  # a traitlets Config that is already loaded, if there is one

    @classmethod
    def open(cls, root: Path) -> "Course":
        """The course in `root`. Raises CourseError when that is no course folder."""
        root = root.resolve()
        if not (root / "source").is_dir():
            raise CourseError(f"{root} is not a course folder: it has no source/. Run the command in the course's "
                              "folder, or name it with --root.")
        return cls(root)

    @cached_property
    def config(self) -> Any:
        """nbgrader's configuration. Raises CourseError for a file that cannot be read, or that moves the folders."""
        config = read_config(self.root) if self.overrides is None else self.overrides
        for name, folder in FOLDERS.items():
            if config.CourseDirectory.get(name, folder) != folder:
                raise CourseError(f"c.CourseDirectory.{name} is {config.CourseDirectory[name]!r}; this course needs "
                                  f"{folder!r}. Take that line out of {CONFIG_FILE}.")
        return config

    @cached_property
    def settings(self) -> Settings:
        """This course's own settings. Raises CourseError for one that does not exist or does not fit."""
        return read_settings(self.config.NeuralCourse)

    @cached_property
    def limits(self) -> Limits:
        """What a submission may use in this course. Raises CourseError for a setting that does not exist or fit."""
        return read_limits(self.config.NeuralCourse)

    @property
    def db_url(self) -> str:
        """Where the gradebook is, as SQLAlchemy wants it."""
        configured = self.config.CourseDirectory.get("db_url")
        if isinstance(configured, str) and configured:
            return configured
        path = str(self.root / "gradebook.db")
        if "?" in path:  # it would end the path; as a URI of SQLite's it is written in another way
            return f"sqlite:///file:{quote(quote(path))}?uri=true"
        return f"sqlite:///{path.replace('%', '%25')}"

    @property
    def is_shared(self) -> bool:
        """Whether everybody in the folder's group may grade (c.CourseDirectory.groupshared)."""
        return self.config.CourseDirectory.get("groupshared") is True

    @property
    def course_id(self) -> str:
        """nbgrader's name for the course."""
        configured = self.config.CourseDirectory.get("course_id")
        return configured if isinstance(configured, str) and configured else "default_course"

    @property
    def private_paths(self) -> list[Path]:
        """What student code must never see, should the course lie inside a folder that is visible to it."""
        names = ("source", "release", "submitted", "autograded", "feedback", "downloaded", "reports", "exports",
                 "exams", "probes", "grading", "tests", "gradebook.db", self.reading_file.name, self.fault_log.name,
                 self.secret_file.name, CONFIG_FILE, self.sent_file.name)
        return [self.root / name for name in names]

    @property
    def own_helpers(self) -> Path | None:
        """The folder with helpers that a course adds to those of this package; None for this package's own course."""
        own = self.root / "helpers"
        return own if own.is_dir() and own.resolve() != Path(helpers.__file__ or "").parent.resolve() else None

    def own_checks(self) -> dict[str, str]:
        """The text of the course's own instant checks, by the name under which notebooks import them."""
        files = sorted((self.own_helpers / "checks").glob("*.py")) if self.own_helpers else []
        return {f"helpers.checks.{file.stem}": file.read_text(encoding="utf-8") for file in files
                if file.stem != "__init__"}

    @property
    def fault_log(self) -> Path:
        """Where tracebacks go when the course itself stumbles over a submission."""
        return self.root / "grading-faults.log"

    @property
    def secret_file(self) -> Path:
        """The seed of all hidden inputs, kept beside the gradebook."""
        return self.root / "grading.secret"

    @property
    def reading_file(self) -> Path:
        """What people found in written answers, and the rubrics they used."""
        return self.root / "reading.db"

    def problem_sets(self) -> list[str]:
        """Names of all problem sets that have a source notebook."""
        return sorted(path.parent.name for path in (self.root / "source").glob("*/*.ipynb")
                      if path.stem == path.parent.name)

    def source(self, name: str) -> Path:
        """The source notebook of a problem set. Raises CourseError naming the ones there are."""
        path = self.root / "source" / name / f"{name}.ipynb"
        if name not in self.problem_sets():
            known = ", ".join(self.problem_sets()) or "none yet"
            raise CourseError(f"There is no problem set {name!r}: {path} does not exist. Known: {known}.")
        return path

    def release(self, name: str) -> Path:
        """The notebook of a problem set as students get it, there yet or not."""
        return self.root / "release" / name / f"{name}.ipynb"

    @property
    def sent_file(self) -> Path:
        """The list of pages that went home through the exchange."""
        return self.root / "feedback-sent.csv"

    @property
    def releases_file(self) -> Path:
        """The list of problem sets that students have been given, kept with the course."""
        return self.root / "released.csv"

    def students(self, name: str) -> list[str]:
        """Ids of everyone with something in submitted/ID/NAME, whatever it is, if a gradebook can hold the name."""
        return [student for student in self._folders(name) if _can_be_stored(student)]

    def passed_over(self, name: str) -> str:
        """What is said about folders whose names no gradebook can hold; "" where there are none."""
        odd = [student for student in self._folders(name) if not _can_be_stored(student)]
        if not odd:
            return ""
        listed = ", ".join(f"{student[:60]!a}{'…' if student[60:] else ''}" for student in odd[:5])
        return (f"Not graded: {len(odd)} in {self.root / 'submitted'} whose names the gradebook cannot hold (their "
                f"letters, or more than {LONGEST_ID} of them): {listed}{', …' if odd[5:] else ''}. Rename the folders.")

    def _folders(self, name: str) -> list[str]:
        submitted = self.root / "submitted"
        return sorted(path.parent.name for path in submitted.glob(f"*/{name}")) if submitted.is_dir() else []

    def autograded(self, student: str, name: str) -> Path:
        """The graded notebook of one submission."""
        return self.root / "autograded" / student / name / f"{name}.ipynb"

    def feedback(self, student: str, name: str) -> Path:
        """The page of one submission. It stands beside nbgrader's own folder, which --force deletes."""
        return self.root / "feedback" / student / name / f"{name}.html"


def _can_be_stored(student: str) -> bool:
    return len(student) <= LONGEST_ID and student.isprintable()
