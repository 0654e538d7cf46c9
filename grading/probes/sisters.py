"""Exercises that are related: those of several sets that share their slips, those of one set that are mixed up."""

import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from grading.probes.model import Mistake, Probe, ProblemSet, Slip


def for_sister(slips: Sequence[Slip | Mistake], **names: str) -> list[Slip | Mistake]:
    """The same slips for a solution that calls things by other names: `for_sister(SLIPS, x="Z")`."""
    def renamed(text: str) -> str:
        return re.sub(r"\w+", lambda word: names.get(word.group(), word.group()), text)
    return [replace(slip, old=renamed(slip.old), new=renamed(slip.new)) if isinstance(slip, Slip) else slip
            for slip in slips]


def sisters_of(probe: Probe, problem_set: ProblemSet) -> list[tuple[str, Callable[..., Any]]]:
    """The other exercises of a set that take arguments of the same names, each with its right answer."""
    def arguments(one: Probe) -> list[str]:
        return [] if one.use or isinstance(one.reference, type) else list(inspect.signature(one.reference).parameters)
    own = arguments(probe)
    return [(other.id, other.reference) for other in problem_set.probes
            if own and other.id != probe.id and arguments(other) == own]
