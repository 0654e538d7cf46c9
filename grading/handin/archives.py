"""Everything that lies in a folder of downloads, archives opened: names, dates and bytes, within bounds.

Nothing is written here, links are not followed, and a size is what comes out, not what a header promises.
"""

import io
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from grading.handin.collect import MAX_FILE

MOST_FILES = 20_000  # in one archive
MAX_ARCHIVE = 10 * MAX_FILE  # of an archive in an archive, and of all that is read out of it
DEEPEST = 1  # an archive of the class may hold archives of students
NOTEBOOKS = (".ipynb", ".ipynb.txt", ".ipynb.json")  # as browsers and mail programs rename them


@dataclass(frozen=True)
class File:
    """One file: its names from the outermost to its own, when it was changed, and its bytes (one too many at most).

    `reason` is why it is passed over; then there are no bytes.
    """

    names: tuple[str, ...]
    changed: datetime
    data: bytes = b""
    reason: str = ""


def is_notebook(name: str) -> bool:
    """Whether a file's name is a notebook's, whatever a browser made of it."""
    return name.lower().endswith(NOTEBOOKS)


def files_in(folder: Path) -> Iterator[File]:
    """All files of a folder of downloads and of the archives in it, but what macOS and Jupyter leave beside."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()):
        names = path.relative_to(folder).parts
        if any(map(_is_litter, names)):
            continue
        changed = datetime.fromtimestamp(path.stat().st_mtime)
        if path.suffix.lower() == ".zip":
            yield from _inside(path, names, 0)
        elif is_notebook(path.name):
            with path.open("rb") as file:
                yield _notebook(names, changed, file.read(MAX_FILE + 1))
        else:
            yield File(names, changed, reason="neither a notebook nor a zip archive")


def _notebook(names: tuple[str, ...], changed: datetime, data: bytes) -> File:
    if len(data) > MAX_FILE:
        return File(names, changed, reason=f"larger than {MAX_FILE >> 20} MiB")
    return File(names, changed, data)


def _inside(archive: Path | io.BytesIO, names: tuple[str, ...], depth: int) -> Iterator[File]:
    now = datetime.now()
    try:
        whole = zipfile.ZipFile(archive)
        entries = whole.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        yield File(names, now, reason=f"not a readable archive ({error})")
        return
    if len(entries) > MOST_FILES:
        yield File(names, now, reason=f"more than {MOST_FILES} files")
        return
    left = MAX_ARCHIVE
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        within, changed = (*names, *path.parts), _date(entry)
        if not entry.filename or entry.is_dir() or any(map(_is_litter, path.parts)):
            continue
        if path.is_absolute() or ".." in path.parts or stat.S_ISLNK(entry.external_attr >> 16):
            yield File((*names, path.name), changed, reason="a name that leads elsewhere")
        elif is_notebook(path.name):
            data, reason = _read(whole, entry, min(MAX_FILE + 1, left) if depth else MAX_FILE + 1)
            left -= len(data) if depth else 0
            reason = "part of an archive that is too large" if depth and left <= 0 else reason
            yield File(within, changed, reason=reason) if reason else _notebook(within, changed, data)
        elif path.suffix.lower() != ".zip":
            yield File(within, changed, reason="neither a notebook nor a zip archive")
        elif depth == DEEPEST:
            yield File(within, changed, reason="an archive in an archive in an archive")
        else:
            data, reason = _read(whole, entry, MAX_ARCHIVE + 1)
            if len(data) > MAX_ARCHIVE:
                reason = f"an archive of more than {MAX_ARCHIVE >> 20} MiB"
            if reason:
                yield File(within, changed, reason=reason)
            else:
                yield from _inside(io.BytesIO(data), within, depth + 1)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> tuple[bytes, str]:
    try:
        with archive.open(entry) as file:
            return file.read(most), ""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        return b"", f"damaged ({error})"


def _date(entry: zipfile.ZipInfo) -> datetime:
    try:
        return datetime(*entry.date_time)
    except ValueError:  # a month 0, say
        return datetime.min


def _is_litter(name: str) -> bool:
    """What macOS, Windows and Jupyter leave beside somebody's files."""
    return name.startswith((".", "__MACOSX")) or name.lower() in ("thumbs.db", "desktop.ini")


