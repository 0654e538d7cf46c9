"""Frames made in this process are those that a student's process would ship."""

import pytest

from grading.handout.shipped_here import ship_here, ship_kept
from grading.judge.case_outcome import Reply, run
from grading.judge.cases import draw_cases
from grading.probes.model import Probe
from tests.problem_sets import NAMES_HERE, problem_set

FIRST = 3  # mistakes of each exercise


def counted(frame: Reply, probe: Probe) -> list[tuple[str, str, tuple[int, ...], bytes]]:
    """The leaves that are looked at: arguments are not where it does not matter whether they have changed."""
    leaves = [leaf for leaf in frame.header["leaves"] if probe.unchanged or not leaf["name"].startswith("args")]
    return [(leaf["name"], leaf["dtype"], tuple(leaf["shape"]), frame.blobs[leaf["blob"]] if "blob" in leaf else b"") for leaf in leaves]


@pytest.mark.parametrize("name", NAMES_HERE)
def test_a_frame_of_a_kept_outcome_is_the_one_that_would_be_shipped(name: str) -> None:
    kept = 0
    for probe in problem_set(name).probes:
        case = draw_cases(probe, b"kept", "ada", name)[0]
        for mistake in probe.mistakes[:FIRST]:
            frame = ship_kept(run(probe, mistake.answer, case), case.inputs)
            if frame:
                kept += 1
                shipped = [counted(ship_here(probe, mistake.answer, case.inputs), probe) for _ in range(2)]
                assert counted(frame, probe) == shipped[0] or shipped[0] != shipped[1]  # others each time
    assert kept > 3


def test_what_a_kept_outcome_does_not_hold_is_made_anew() -> None:
    probe = next(probe for probe in problem_set("ps2_softmax_jacobian").probes if probe.unchanged)
    case = draw_cases(probe, b"kept", "ada", "ps2_softmax_jacobian")[0]

    def changes_its_argument(*arguments):  # type: ignore[no-untyped-def]
        arguments[0][...] = 0.0
        return probe.reference(*arguments)

    def stops(*arguments):  # type: ignore[no-untyped-def]
        raise ValueError("no")
    for answer in (changes_its_argument, stops):
        assert ship_kept(run(probe, answer, case), case.inputs) is None
