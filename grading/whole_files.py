"""Files that are written whole or not at all."""

import os
import tempfile
from pathlib import Path


def write_text(path: Path, text: str, mode: int = 0o666) -> None:
    """Write a file whole or not at all; of `mode`, the umask takes its share."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        os.umask(mask := os.umask(0))
        Path(temporary).chmod(mode & ~mask)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
