"""Helpers that a course has of its own: where an instructor works in its folder, they stand in ROOT/helpers.

Students have them among the others, in the hand-out.
"""

from contextlib import suppress
from pathlib import Path


def own_folders(part: str) -> list[str]:
    """The folder ROOT/helpers/PART of the course in whose folder this runs, where there is one."""
    with suppress(OSError):  # a working directory that is gone, or closed
        here = Path.cwd()
        for root in (here, *here.parents):
            if (root / "nbgrader_config.py").is_file():
                return [str(root / "helpers" / part)] if (root / "helpers" / part).is_dir() else []
    return []
