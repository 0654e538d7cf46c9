"""What the tests of every set's checks do: take each known answer, and read what the check says to it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import pytest

from grading.probes.model import Probe


def answers(probes: Iterable[Probe], kind: str) -> list[Any]:
    """Parameters (probe, answer) for all "variants", or all "mistakes", of these probes."""
    return [pytest.param(probe, answer, id=f"{probe.id}-{getattr(answer, '__name__', '') or answer.id}")
            for probe in probes for answer in (probe.variants if kind == "variants" else probe.mistakes)
            if kind == "variants" or not probe.catches]  # a check of a test tries some obvious slips, and leaves others to find


def report(check: Callable[[str, Any], None], names: Mapping[str, Any], exercise: str,
           capsys: pytest.CaptureFixture[str]) -> str:
    """What a check prints about an exercise of a notebook with these names."""
    capsys.readouterr()
    with np.errstate(all="ignore"):
        check(exercise, names[exercise])
    return capsys.readouterr().out


def report_on_a_stub(check: Callable[[str, Any], None], names: Mapping[str, Any], exercise: str, number: str,
                     capsys: pytest.CaptureFixture[str]) -> str:
    """What a check prints about an exercise whose answer still raises NotImplementedError with this number."""
    stubbed = dict(names)
    exec(f"def {exercise}(*arguments): raise NotImplementedError({number!r})", stubbed)
    return report(check, stubbed, exercise, capsys)
