"""Files that are written whole or not at all."""

import os
import secrets
from pathlib import Path


def write_text(path: Path, text: str, mode: int = 0o666) -> None:
    """Write a file whole or not at all; of `mode`, the umask takes its share."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".writing-{secrets.token_hex(8)}"
    try:
        with open(temporary, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(text)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
