"""What the tests of every set's checks do: take each known answer, and read what the check says to it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from grading.probes.model import Mistake, Probe


def each(probes: Iterable[Probe]) -> list[Any]:
    """Parameters for a test of every exercise."""
    return [pytest.param(probe, id=probe.id) for probe in probes]


def mistakes(probe: Probe) -> Sequence[Mistake]:
    """The known mistakes that a check is to find: that of a test tries some obvious slips, and leaves others to find."""
    return () if probe.catches else probe.mistakes


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
