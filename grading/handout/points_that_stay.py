"""Every named point can be lost: by a fault that is planted in its part of a right answer, or by a known mistake.

A point that nothing takes away is given for nothing, and nobody notices.
"""

from collections.abc import Iterator

import numpy as np

from grading.handout.shipped_here import ship_here
from grading.judge.case_outcome import Reply
from grading.judge.cases import draw_cases
from grading.judge.judging import judge
from grading.judge.known_values import KnownValues
from grading.probes.model import Point, Probe


def that_stay(probe: Probe, secret: bytes, problem_set: str) -> Iterator[str]:
    """A sentence for each point of an exercise that no fault in its part loses, and no known mistake."""
    known = KnownValues(probe, draw_cases(probe, secret, "points", problem_set))
    left = {point.name for point in probe.points if point.name not in _lost(known, _with_fault(known, point))}
    for mistake in probe.mistakes if left else ():
        left -= _lost(known, {case.number: ship_here(probe, mistake.answer, case.inputs) for case in known.cases})
    for name in sorted(left):
        yield (f"the point {name!r} is never lost: add a mistake that costs it, or look whether its part or its cases "
               "can be wrong at all")


def _lost(known: KnownValues, replies: dict[int, Reply]) -> set[str]:
    verdict = judge(known.probe, known.cases, replies, known_only=True, known=known)  # what it is called is not asked
    return {part.name for part in verdict.named if part.earned < part.worth}


def _with_fault(known: KnownValues, point: Point) -> dict[int, Reply]:
    """What a right answer ships, but for wrong numbers where this point looks."""
    replies = {}
    for case in known.cases:
        reply = ship_here(known.probe, known.probe.reference, case.inputs)
        for leaf in reply.header.get("leaves", []) if case.group == point.group else []:
            looked_at = leaf["name"] == f"out.{point.part}" if point.part else leaf["name"].startswith("out")
            if "blob" in leaf and looked_at:
                value = np.frombuffer(reply.blobs[leaf["blob"]], leaf["dtype"])
                other = ~value if value.dtype.kind == "b" else value * 2 + 1
                reply.blobs[leaf["blob"]] = other.astype(value.dtype).tobytes()
        replies[case.number] = reply
    return replies
