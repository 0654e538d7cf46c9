"""What a student handed in, as bytes: nothing is read that is not a regular file in the submission's own folder.

What cannot be read is an outcome with a reason for the student, never an exception.
"""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from grading.course.folder import SUBMISSION_SECRET_FILE, TIMESTAMP_FILE

MAX_FILE = 20 << 20
MOST_BESIDE = 5  # other notebooks in a folder that are looked at, together no larger than one
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# What nbgrader and collectors write. Free text is not for dateutil, which opens files that a time zone names.
TIMESTAMP = re.compile(r"(?P<time>\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?)"
                       r"( ?(?P<zone>Z|[+-]\d\d:?\d\d|[A-Za-z]+([/_-][A-Za-z]+)*))?")


@dataclass(frozen=True)
class Handed:
    """One submission as it lay in its folder. `problem` is why there are no bytes.

    `beside` are other notebooks of the folder, by name: the work may be in one of them. `submission_secret` is
    what nbgrader's exchange gives a hand-in, by which its student finds the feedback again.
    """

    data: bytes = b""
    problem: str = ""
    beside: tuple[tuple[str, bytes], ...] = ()
    notes: tuple[str, ...] = ()
    timestamp: str = ""
    submission_secret: str = ""

    @property
    def fingerprint(self) -> str:
        """Changes when something else is handed in."""
        if self.problem and not self.beside:
            return self.problem
        return sha256(b"".join([self.data, *(name.encode(errors="replace") + data for name, data in self.beside)])
                      ).hexdigest()

    def graded_with(self, tests: str) -> str:
        """The same for the same bytes, handed in at the same time, graded by the same tests (their fingerprint)."""
        return f"{tests}:{self.fingerprint}:{self.timestamp}"


class Unreadable(Exception):
    """The reason why a submission cannot be read, in words for the student."""


def collect(folder: Path, name: str) -> Handed:
    """Read the notebook of the problem set `name` from `folder` (submitted/STUDENT/NAME), opening it once."""
    timestamp = submission_secret = ""
    try:
        with _Folder(folder) as files:
            timestamp, unclear = _timestamp(files)
            submission_secret = _submission_secret(files)
            found, notes = _notebook_name(files, name)
            beside = tuple(_beside(files, found))
            if not found:
                others = ", ".join(shown(file) for file in _notebooks(files)[:MOST_BESIDE])
                return Handed(problem=f"Expected {name}.ipynb, found {others}. Hand in one notebook under the expected "
                              "name.", beside=beside, notes=unclear, timestamp=timestamp,
                              submission_secret=submission_secret)
            return Handed(files.read(found), beside=beside, notes=(*notes, *unclear), timestamp=timestamp,
                          submission_secret=submission_secret)
    except Unreadable as reason:
        return Handed(problem=str(reason), timestamp=timestamp, submission_secret=submission_secret)


class _Folder:
    """A submission's folder, held by descriptor, so that nothing in it can lead elsewhere."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> "_Folder":
        try:
            student = os.open(self.path.parent, FOLDER)
            try:
                self.descriptor = os.open(self.path.name, FOLDER, dir_fd=student)
            finally:
                os.close(student)
        except OSError:
            raise Unreadable(f"{self.path.name} is not a folder. Hand in a folder with your notebook in it.") from None
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.descriptor)

    def names(self) -> list[str]:
        return sorted(os.listdir(self.descriptor))  # noqa: PTH208 (a descriptor, not a path)

    def read(self, name: str, limit: int = MAX_FILE) -> bytes:
        """The bytes of a regular file; links, pipes, folders and files over the limit are refused."""
        try:
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            descriptor = os.open(name, flags, dir_fd=self.descriptor)
        except OSError as error:
            link = name in self.names() and stat.S_ISLNK(os.lstat(name, dir_fd=self.descriptor).st_mode)
            reason = "is a link" if link else f"cannot be opened ({error.strerror})"
            raise Unreadable(f"{shown(name)} {reason}. Hand in the notebook file itself.") from None
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise Unreadable(f"{shown(name)} is not a regular file. Hand in the notebook file itself.")
        with os.fdopen(descriptor, "rb") as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise Unreadable(f"{shown(name)} is larger than {limit >> 20} MiB. Clear its outputs (Edit → Clear "
                             "Outputs of All Cells), save, and hand it in again.")
        return data


def _notebook_name(files: _Folder, name: str) -> tuple[str, tuple[str, ...]]:
    """The expected file, or the only notebook there is under another name, with a note that says so; "" of several."""
    wanted = f"{name}.ipynb"
    found = _notebooks(files)
    if wanted in found:
        return wanted, ()
    if len(found) == 1:
        return found[0], (f"The file was named {shown(found[0])}; expected {wanted}.",)
    if found:
        return "", ()
    raise Unreadable(f"No notebook was handed in: expected {wanted}.")


def _notebooks(files: _Folder) -> list[str]:
    return [file for file in files.names() if file.endswith(".ipynb") and not file.startswith(".")]


def _beside(files: _Folder, found: str) -> Iterator[tuple[str, bytes]]:
    """The other notebooks that can be read, a few of them, as long as there is room."""
    room = MAX_FILE
    for file in [file for file in _notebooks(files) if file != found][:MOST_BESIDE]:
        with suppress(Unreadable):
            data = files.read(file, limit=room)
            room -= len(data)
            yield file, data


def _submission_secret(files: _Folder) -> str:
    """What the exchange has put into submission_secret.txt; nothing where it holds something else."""
    if SUBMISSION_SECRET_FILE not in files.names():
        return ""
    with suppress(Unreadable, UnicodeDecodeError):
        if (text := files.read(SUBMISSION_SECRET_FILE, limit=200).decode()).isalnum():
            return text
    return ""


def _timestamp(files: _Folder) -> tuple[str, tuple[str, ...]]:
    """When it was handed in, as collectors write it to timestamp.txt, and a note where that cannot be told."""
    if TIMESTAMP_FILE not in files.names():
        return "", ()
    try:
        text = files.read(TIMESTAMP_FILE, limit=200).decode("utf-8-sig").strip()
    except (Unreadable, UnicodeDecodeError):
        text = ""
    parts = TIMESTAMP.fullmatch(text)
    time = in_utc(parts["time"], parts["zone"] or "UTC") if parts else ""
    if not time:
        return "", (f"timestamp.txt does not say when this was handed in ({shown(text)!a}), so it counts as in time. "
                    "Expected, for example, 2026-03-01 12:00:00 UTC or 2026-03-01 12:00:00 +0100.",)
    return time, ()


def in_utc(time: str, zone: str) -> str:
    """A time of a zone as nbgrader reads it; "" for a zone that is not known, or means several (PST, IST)."""
    try:
        if zone.upper() in ("Z", "UTC", "GMT"):
            datetime.fromisoformat(time)
            return f"{time} UTC"
        moment = (datetime.fromisoformat(f"{time}{zone}") if zone[0] in "+-"  # nbgrader would take +0100 for seconds
                  else datetime.fromisoformat(time).replace(tzinfo=ZoneInfo(zone)))
        return f"{moment.astimezone(UTC).isoformat(' ', 'microseconds')[:-len('+00:00')]} UTC"
    except (ValueError, OSError, OverflowError, ZoneInfoNotFoundError):
        return ""


def shown(name: str) -> str:
    """A file name that can be printed and stored, whatever its bytes are."""
    return "".join(sign if sign.isprintable() else "?" for sign in name[:100])
