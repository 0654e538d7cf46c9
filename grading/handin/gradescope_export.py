"""Gradescope's export of submissions: whose folder is whose, and when it came, from its submission_metadata.yml."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

METADATA = "submission_metadata.yml"
MOST = 50 << 20  # bytes of that file: it holds every student's results


@dataclass(frozen=True)
class Submission:
    """One folder of an export: the student by SIS id, or by e-mail address where there is none; UTC, if it is told."""

    student: str
    moment: datetime | None


def exported_submissions(source: Path) -> dict[str, Submission]:
    """By the name of a submission's folder, of all exports in a folder of downloads, packed or unpacked."""
    found: dict[str, Submission] = {}
    for text in _metadata(source):
        try:
            told = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError):
            continue
        for folder, about in told.items() if isinstance(told, dict) else ():
            if student := _student(about):
                found[str(folder)] = Submission(student, _moment(about.get(":created_at")))
    return found


def _metadata(source: Path) -> Iterator[bytes]:
    for path in sorted(source.rglob("*")):
        if path.name == METADATA and path.is_file() and path.stat().st_size <= MOST:
            yield path.read_bytes()
        elif path.suffix.lower() == ".zip" and path.is_file():
            try:
                with zipfile.ZipFile(path) as archive:
                    for entry in archive.infolist():
                        if PurePosixPath(entry.filename).name == METADATA and entry.file_size <= MOST:
                            with archive.open(entry) as file:
                                yield file.read(MOST)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
                continue


def _student(about: Any) -> str:
    """The first of those who handed in; "" where it is not told in a way that a folder's name can hold."""
    submitters = about.get(":submitters") if isinstance(about, dict) else None
    first = submitters[0] if isinstance(submitters, list) and submitters else None
    if not isinstance(first, dict):
        return ""
    name = str(first.get(":sid") or first.get(":email") or "").strip()
    return name if name.isprintable() and "/" not in name and name.strip(".") and "+" not in name else ""


def _moment(told: object) -> datetime | None:
    if not isinstance(told, datetime):
        return None
    return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
