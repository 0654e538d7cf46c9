"""CSV files that spreadsheets open and learning platforms import."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from grading.whole_files import write_text


def write_csv(path: Path, rows: Iterable[Sequence[str]], line_end: str = "\n") -> None:
    """Write rows whole or not at all."""
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end).writerows(rows)
    write_text(path, text.getvalue())


def as_text(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
