"""What the tests of every set's checks do: take each known answer, and read what the check says to it."""

from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any

import numpy as np
import pytest

from grading.probes.model import Probe

Check = Callable[[str, Any], None]
Notebook = Callable[[str, Any], dict[str, Any]]  # a notebook's names, with this answer to that exercise


def each(probes: Iterable[Probe]) -> list[Any]:
    """Parameters for a test of every exercise."""
    return [pytest.param(probe, id=probe.id) for probe in probes]


def assert_right_answers_pass(check: Check, notebook: Notebook, probe: Probe, capsys: pytest.CaptureFixture[str]) -> None:
    for variant in probe.variants:
        assert "✗" not in report(check, notebook(probe.id, variant), probe.id, capsys), variant


def assert_no_known_mistake_passes(check: Check, notebook: Notebook, probe: Probe, capsys: pytest.CaptureFixture[str],
                                   but: Container[str] = ()) -> None:
    """`but` names mistakes that only grading tells. A check of a test tries some obvious slips, and leaves others to find."""
    for mistake in () if probe.catches else probe.mistakes:
        text = report(check, notebook(probe.id, mistake), probe.id, capsys)
        assert text.count("✗") == (mistake.id not in but), mistake.id
        assert "make sense of" not in text, mistake.id
        assert "NameError" not in text, mistake.id  # stopped by what the test left out, and not caught


def report(check: Check, names: Mapping[str, Any], exercise: str,
           capsys: pytest.CaptureFixture[str]) -> str:
    """What a check prints about an exercise of a notebook with these names."""
    capsys.readouterr()
    with np.errstate(all="ignore"):
        check(exercise, names[exercise])
    return capsys.readouterr().out


def report_on_a_stub(check: Check, names: Mapping[str, Any], exercise: str, number: str,
                     capsys: pytest.CaptureFixture[str]) -> str:
    """What a check prints about an exercise whose answer still raises NotImplementedError with this number."""
    stubbed = dict(names)
    exec(f"def {exercise}(*arguments): raise NotImplementedError({number!r})", stubbed)
    return report(check, stubbed, exercise, capsys)
