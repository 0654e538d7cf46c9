"""Hidden inputs: unknown to students, the same again for a regrade."""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from grading.probes.model import Inputs, Probe


@dataclass(frozen=True)
class Case:
    """One call of the student's answer. `number` is its place in the order in which the cases are tried."""

    number: int
    group: str
    inputs: Inputs


def draw_cases(probe: Probe, secret: bytes, student: str, problem_set: str) -> list[Case]:
    """All cases of a probe, shuffled, with one ordinary input repeated at the end.

    The repeat catches answers that depend on how often or in what order they are called.
    """
    drawn = [(group, spec.draw(_generator(secret, student, problem_set, probe.id, group, str(index))))
             for group, spec in probe.cases.items() for index in range(spec.count)]
    _generator(secret, student, problem_set, probe.id, "order").shuffle(drawn)
    if probe.cases["ordinary"].count > 1:
        drawn.append(next(item for item in drawn if item[0] == "ordinary"))
    return [Case(number, group, inputs) for number, (group, inputs) in enumerate(drawn)]


def _generator(secret: bytes, *words: str) -> np.random.Generator:
    digest = blake2b("\0".join(words).encode(), key=secret, digest_size=16).digest()
    return np.random.default_rng(int.from_bytes(digest, "little"))
