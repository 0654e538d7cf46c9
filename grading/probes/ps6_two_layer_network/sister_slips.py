"""How slips of an exercise on two classes serve its sister on many."""

from collections.abc import Sequence
from dataclasses import replace

from grading.probes.model import Slip
from grading.probes.sisters import for_sister


def for_many_classes(slips: Sequence[Slip], **names: str) -> list[Slip]:
    """The same slips under other names; their ids end in "_multi"."""
    return [replace(slip, id=f"{slip.id}_multi") for slip in for_sister(slips, **names) if isinstance(slip, Slip)]
