"""The helpers as one installable file, and the date that everything in a hand-out bears."""

import io
import os
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from flit_core.wheel import WheelBuilder

Date = tuple[int, int, int, int, int, int]  # year to second, UTC


def write_wheel(folder: Path, date: Date) -> Path:
    """The wheel of a hand-out's helpers, beside its pyproject.toml. The same files and date make the same bytes."""
    content = io.BytesIO()
    builder = WheelBuilder.from_ini_path(folder / "pyproject.toml", content)
    builder.source_time_stamp = date
    builder.build()
    path = folder / str(builder.wheel_filename)
    path.write_bytes(content.getvalue())
    return path


def last_change(root: Path, files: Iterable[Path]) -> Date:
    """When what is handed out was last changed, so that a zip is the same whenever it is built.

    $SOURCE_DATE_EPOCH, or the date of the course's last commit; without either that of the newest of `files`.
    """
    told = os.environ.get("SOURCE_DATE_EPOCH", "") or _last_commit(root)
    seconds = int(told) if told.isdigit() else int(max(path.stat().st_mtime for path in files))
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second


def _last_commit(root: Path) -> str:
    """Seconds since 1970; empty where there is no git, or no commit."""
    try:
        done = subprocess.run(["git", "-C", str(root), "log", "-1", "--format=%ct"], capture_output=True, text=True,
                              check=False)
    except OSError:
        return ""
    return done.stdout.strip()
