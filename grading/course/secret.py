"""The seed of all hidden inputs: kept beside the gradebook, read by its owner only."""

import secrets
from pathlib import Path


def read_secret(path: Path) -> bytes:
    """The course's secret, kept beside the gradebook; made on first use, readable by its owner only."""
    try:
        return bytes.fromhex(path.read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        pass
    except ValueError:
        raise ValueError(f"{path} is damaged. Restore it from a backup, or delete it and grade everything again "
                         "with --force: new hidden inputs will be drawn.") from None
    secret = secrets.token_bytes(32)
    path.touch(mode=0o600)
    path.write_text(secret.hex() + "\n", encoding="utf-8")
    return secret
