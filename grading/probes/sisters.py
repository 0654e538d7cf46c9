"""Exercises that ask for the same thing in several sets share their slips: one list, wherever its text occurs."""

import re
from collections.abc import Sequence
from dataclasses import replace

from grading.probes.model import Mistake, Slip


def for_sister(slips: Sequence[Slip | Mistake], **names: str) -> list[Slip | Mistake]:
    """The same slips for a solution that calls things by other names: `for_sister(SLIPS, x="Z")`."""
    def renamed(text: str) -> str:
        return re.sub(r"\w+", lambda word: names.get(word.group(), word.group()), text)
    return [replace(slip, old=renamed(slip.old), new=renamed(slip.new)) if isinstance(slip, Slip) else slip
            for slip in slips]
