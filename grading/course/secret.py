"""The seed of all hidden inputs: kept beside the gradebook, read by its owner only, or by those who grade together."""

import os
import secrets
import tempfile
from pathlib import Path

from grading.errors import CourseError

LENGTH = 32  # bytes


def read_secret(path: Path, shared: bool = False) -> bytes:
    """The course's secret, kept beside the gradebook; made on first use, readable by its owner, or its group, only.

    Raises CourseError for a file that holds no secret: an empty one would let everybody draw the hidden inputs.
    """
    try:
        secret = bytes.fromhex(path.read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        _make(path, 0o640 if shared else 0o600)
        return read_secret(path)
    except (ValueError, OSError) as error:
        raise CourseError(f"{path} cannot be read ({error}). {_ADVICE}") from None
    if len(secret) != LENGTH:
        raise CourseError(f"{path} holds {len(secret)} bytes; a secret has {LENGTH}. {_ADVICE}")
    return secret


_ADVICE = ("Restore it from a backup; or delete it and grade everything again with --force: new hidden inputs will be "
           "drawn.")


def _make(path: Path, mode: int) -> None:
    """Write a secret whole, and only where there is none yet: two commands may be the first at the same time."""
    try:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".secret-")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(secrets.token_hex(LENGTH) + "\n")
            Path(temporary).chmod(mode)
            path.hardlink_to(temporary)
        except FileExistsError:
            pass
        finally:
            Path(temporary).unlink()
    except OSError as error:
        raise CourseError(f"{path} cannot be written: {error.strerror}. Check the folder's permissions and the room "
                          "that is left, and run the same command again.") from None
