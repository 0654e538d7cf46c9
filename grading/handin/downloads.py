"""Whose notebooks a download from Moodle or Canvas holds, for `nbgrader zip_collect`: one of each student.

The outermost name that names a student decides. What stands further in, a student has chosen.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExtractorPlugin

from grading.handin.archives import File, files_in
from grading.handin.gradescope_export import METADATA, Submission, exported_submissions
from grading.handin.hand_in_times import is_worksheet, just_late, said_to_be_late, worksheet_times

# Moodle: Ada Lovelace_123456_assignsubmission_file_/ps1.ipynb, or the same without the folder's slash.
MOODLE_FOLDER = re.compile(r".*_(\d{1,20})_assignsubmission_file_?$", re.DOTALL)
MOODLE_FILE = re.compile(r".*?_(\d{1,20})_assignsubmission_file_", re.DOTALL)
# Canvas: lovelaceada_LATE_4711_890123_ps1-2.ipynb.
CANVAS = re.compile(r"[^_]+(?:_LATE|_late)?_(\d{1,20})_\d+_")
AGAIN = re.compile(r"( ?\(\d+\)|-\d+|-copy\d*| - copy.*)+$", re.IGNORECASE)  # what systems add to a name
SHOWN = 5


class NotebookExtractor(ExtractorPlugin):  # type: ignore[misc]
    """Puts the one notebook of each student where nbgrader's collector finds it, and says what it passed over."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Take notebooks out of the downloads in downloaded/PS/archive/."""
        source, target = Path(archive_path), Path(extracted_path)
        problem_set = source.parent.name
        export = exported_submissions(source)
        of_student, passed_over = by_student(source, export)
        sheets = [path for path in sorted(source.rglob("*.csv")) if is_worksheet(path)]
        times = {student: moment for path in sheets for student, moment in worksheet_times(path).items()}
        times |= {one.student: one.moment for one in export.values() if one.moment}
        if sheets:
            self.log.info("Times of %d hand-ins from %s", len(times), ", ".join(path.name for path in sheets))
        for (student, reason), names in passed_over.items():
            listed = ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if names[SHOWN:] else "")
            self.log.warning("Passed over%s: %s: %s", f" of {student}" if student else "", reason, listed)
        if not of_student:
            self.log.warning("No student's files were found in %s", source)
        for student, files in of_student.items():
            if not files:
                self.log.warning("%s handed in no notebook.", student)
                continue
            chosen = newest(files, problem_set)
            if len(files) > 1:
                left = ", ".join(_shown(file.names) for file in files if file is not chosen)
                self.log.warning("%s handed in %d notebooks. Taken: %s. Left: %s", student, len(files),
                                 _shown(chosen.names), left)
            place = target / f"student_{student}_assignsubmission_file_"  # as Moodle would name it
            if moment := times.get(student) or self._if_late(chosen, student, problem_set):
                place /= f"at_{moment:%Y-%m-%d %H:%M:%S} UTC"
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{problem_set}.ipynb").write_bytes(chosen.data)


    def _if_late(self, file: File, student: str, problem_set: str) -> datetime | None:
        """Canvas' LATE without a time: just after the due date, where one is set."""
        if not said_to_be_late(file.names) or self.parent is None:
            return None
        directory = self.parent.coursedir
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            try:
                due = gradebook.find_assignment(problem_set).duedate
            except MissingEntry:
                due = None
        if due is None:
            self.log.warning("Canvas says that %s is late, but %s has no due date here: nothing is taken off.", student,
                             problem_set)
        return just_late(due) if due else None


def by_student(source: Path, export: Mapping[str, Submission]
               ) -> tuple[dict[str, list[File]], dict[tuple[str, str], list[str]]]:
    """The notebooks of each student in a folder of downloads, and what was passed over, by student and reason.

    `export` is what Gradescope's list says, where there is one.
    """
    of_student: dict[str, list[File]] = {}
    passed_over: dict[tuple[str, str], list[str]] = {}
    whole = _is_one_archive(source)
    for file in files_in(source):
        if file.names[-1] == METADATA or is_worksheet(source.joinpath(*file.names)):
            continue  # they are read for names and times
        exported = next((export[name].student for name in file.names if name in export), "")
        student = exported or student_of(file.names, whole)
        found = of_student.setdefault(student, []) if student else []
        if file.reason or not student:
            reason = file.reason or "no name says whose it is"
            passed_over.setdefault((student, reason), []).append(_shown(file.names))
        else:
            found.append(file)
    return of_student, passed_over


def label_of(file: File, problem_set: str, system: str) -> str:
    """The name, without its end, under which Moodle or Canvas takes a file back as feedback to this one; "" for none.

    Moodle wants the start of the name that it gave the file or its folder, Canvas the whole of it but the ending.
    """
    for name in file.names:
        if system == "moodle" and (found := MOODLE_FILE.match(name) or MOODLE_FOLDER.match(name)):
            return f"{found[0].rstrip('_')}_{problem_set}"
        if system == "canvas" and CANVAS.match(name):
            return re.split(r"\.", name, maxsplit=1)[0]
    return ""


def _is_one_archive(folder: Path) -> bool:
    """Whether there is one archive and nothing else: that of the class, whose own name (NN_2026_11_HW2) is nobody's."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return len(paths) == 1 and paths[0].suffix.lower() == ".zip" and "_assignsubmission_file" not in paths[0].name


def student_of(names: Sequence[str], of_class: bool = False) -> str:
    """The LMS's number of the student whose file this is, by the outermost name that has one; "" where none has.

    Where all files came in one archive `of_class`, the archive's name is passed over.
    """
    for name in names[1:] if of_class else names:
        if "_assignsubmission_file" in name:
            found = MOODLE_FOLDER.match(name) if len(names) > 1 else None
            found = found or MOODLE_FILE.match(name)
        else:
            found = CANVAS.match(name)
        if found:
            return str(found[1])
    return ""


def newest(files: Iterable[File], problem_set: str) -> File:
    """The notebook that counts: of those named as asked, where there are any, the one that was changed last."""
    def rank(file: File) -> tuple[bool, object, bool, str]:
        stem = _stem(file)
        called = AGAIN.sub("", stem).lower() == problem_set.lower()
        return called, file.changed, bool(AGAIN.search(stem)), file.names[-1]
    return max(files, key=rank)


def _stem(file: File) -> str:
    stem = re.split(r"\.ipynb", file.names[-1], flags=re.IGNORECASE)[0]
    canvas = CANVAS.match(stem)
    return stem[canvas.end():] if canvas else stem


def _shown(names: Sequence[str]) -> str:
    """A path that can be printed, however long and strange its names are."""
    short = [name if len(name) <= 80 else f"{name[:60]}…{name[-15:]}" for name in names]
    listed = short if len(short) <= SHOWN else [*short[:2], "…", *short[-2:]]
    return "".join(sign if sign.isprintable() else "?" for sign in "/".join(listed))
