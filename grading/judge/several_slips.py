"""Known mistakes made at once that do not touch one another: each in parts or groups of cases of its own. Pure."""

from collections.abc import Iterator

import numpy as np

from grading.judge.case_outcome import Outcome
from grading.judge.evidence import Evidence, Named
from grading.judge.known_values import KnownValues
from grading.probes.model import Mistake

MOST = 3  # that are said at once
Place = tuple[int, str]  # a case, and a part of the answer to it


def several_slips(known: KnownValues, evidence: Evidence) -> Named | None:
    """Two or three mistakes that between them give every wrong value of an answer, and each gives some of them."""
    if any(outcome.error for outcome in evidence.given):
        return None
    off = {place for i, got in enumerate(evidence.given) for place in _differing_in(evidence, i, got)}
    shares = [(mistake, share) for mistake in known.probe.mistakes if (share := _share(known, evidence, mistake, off))]
    chosen: list[Mistake] = []
    left = set(off)
    while left and len(chosen) < MOST:
        mistake, share = max(shares, key=lambda one: len(one[1] & left), default=(None, set()))
        if mistake is None or not share & left:
            return None
        chosen.append(mistake)
        left -= share
    if left or len(chosen) < 2:
        return None
    count = {2: "Two", 3: "Three"}[len(chosen)]
    return Named(" + ".join(mistake.id for mistake in chosen),
                 f"{count} slips at once: {' '.join(mistake.hint for mistake in chosen)}")


def _share(known: KnownValues, evidence: Evidence, mistake: Mistake, off: set[Place]) -> set[Place]:
    """The places where this mistake differs from the right answer, if the answer has its values in all of them."""
    found: set[Place] = set()
    for i in range(len(known.cases)):
        outcome = known.of(mistake.answer, i)
        if outcome.error or any(name not in evidence.given[i].leaves for name in outcome.leaves):
            return set()
        for place in _differing_in(evidence, i, outcome):
            got, wrong = evidence.given[i].leaves[place[1]].value, outcome.leaves[place[1]].value
            if place not in off or got is None or wrong is None or not evidence.agrees(got, wrong):
                return set()
            found.add(place)
    return found


def _differing_in(evidence: Evidence, i: int, outcome: Outcome) -> Iterator[Place]:
    for name, leaf in evidence.base[i].leaves.items():
        value = outcome.leaves[name].value if name in outcome.leaves else None
        if leaf.value is not None and (value is None or not evidence.agrees(value, np.asarray(leaf.value))):
            yield i, name
