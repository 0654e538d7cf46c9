"""CSV files that spreadsheets open and learning platforms import."""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from grading.errors import CourseError
from grading.whole_files import write_text


def write_csv(path: Path, rows: Iterable[Sequence[str]], line_end: str = "\n") -> None:
    """Write rows whole or not at all."""
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end).writerows(rows)
    write_text(path, text.getvalue())


def read_csv(path: Path) -> list[list[str]]:
    """The rows of a CSV file as spreadsheets and learning platforms write it, empty ones left out.

    It may be in UTF-8, in UTF-16 with its mark, or in what Windows calls ANSI; separated by commas, semicolons or tabs;
    with line breaks inside quoted cells. Rows are as long as the first at least: spreadsheets drop empty cells at the
    end. Raises CourseError where there is nothing to read.
    """
    try:
        text = _decoded(path.read_bytes())
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except (OSError, csv.Error) as error:
        raise CourseError(f"{path} cannot be read as a CSV file: {error}") from None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise CourseError(f"{path} is empty.")
    return [row + [""] * (len(rows[0]) - len(row)) for row in rows]


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _separator(text: str) -> str:
    """What stands between the names of the first line that has any."""
    head = re.sub(r'"[^"]*"', "", next((line for line in text.splitlines() if line.strip()), ""))
    return max((",", ";", "\t"), key=head.count)


def as_text(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, with blanks before it or in full width either."""
    first = unicodedata.normalize("NFKC", text).lstrip()[:1]
    return f"'{text}" if first in tuple("=+-@") or text[:1] in ("\t", "\r", "\n") else text
