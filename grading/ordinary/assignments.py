"""Which assignments of a course are ordinary ones of nbgrader's, and what a submission of one needs to run."""

import os
import stat
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from grading.course.folder import Course
from grading.course.notebook_imports import code_cells, imported_by
from grading.errors import CourseError
from grading.handin.collect import MAX_FILE


def is_ordinary(course: Course, name: str) -> bool:
    """Whether source/NAME holds notebooks, none of which calls a hidden test of this package's kind."""
    notebooks = source_notebooks(course, name)
    return bool(notebooks) and not any("helpers.probe" in path.read_text(encoding="utf-8") for path in notebooks)


def source_notebooks(course: Course, name: str) -> list[Path]:
    """All notebooks of an assignment: an ordinary one may have several."""
    return sorted((course.root / "source" / name).glob("*.ipynb"))


def imports_of(course: Course, name: str) -> tuple[str, ...]:
    """Modules that the source notebooks import; loaded once, before the first submission."""
    return imported_by(source for path in source_notebooks(course, name) for _, source in code_cells(path))


def files_beside(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Data and modules that lie beside the notebooks, by their names in the folder."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        hidden = any(part.startswith((".", "__pycache__")) for part in name.parts)
        if path.is_file() and path.suffix != ".ipynb" and not hidden:
            yield name.as_posix(), path.read_bytes()


def require_plain_files(folder: Path) -> None:
    """Raises CourseError for a hand-in with anything but files and folders: nbgrader would follow links."""
    size = 0
    for parent, folders, files in os.walk(folder):
        for name in [*folders, *files]:
            about = (Path(parent) / name).lstat()
            size += about.st_size
            if not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode)):
                raise CourseError(f"{name!a} is a link or a device, not a file. Hand in the files themselves.")
    if size > MAX_FILE:
        raise CourseError(f"It is larger than {MAX_FILE >> 20} MiB. Hand in the notebooks without large outputs.")


def fingerprint(course: Course, name: str, student: str) -> str:
    """The same for the same files, handed in and given out."""
    digest = sha256()
    for folder in (course.root / "submitted" / student / name, course.root / "source" / name):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode(errors="surrogateescape"))
            digest.update(path.read_bytes())
    return digest.hexdigest()
