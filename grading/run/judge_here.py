"""Hidden tests judged on the spot, where an instructor runs a source notebook (found by entry point)."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from grading.errors import CourseError
from grading.judge.case_outcome import Reply
from grading.judge.cases import Case, draw_cases
from grading.judge.judging import judge
from grading.probes.implementations import implementation_among
from grading.probes.loading import load
from grading.probes.model import ProblemSet, Use
from helpers import targets, wire
from helpers.probe import IMPLEMENTATION


class LocalSession:
    """A probe session in the instructor's own kernel: the same wire, the same judge, no sandbox."""

    def __init__(self, problem_set: ProblemSet) -> None:
        self.problem_set = problem_set
        self.replies: dict[int, Reply] = {}
        self.drawn: Sequence[Case] = ()

    def cases(self, name: str) -> list[tuple[int, Any]]:
        """Fresh inputs of a probe, as they would come out of the wire."""
        probe = self.problem_set.find(name)
        self.replies, self.drawn = {}, draw_cases(probe, b"instructor", "instructor", self.problem_set.name)
        fresh = []
        for case in self.drawn:
            blobs: list[bytes] = []
            tested = implementation_among(case.inputs)
            callables = targets.TARGETS | ({IMPLEMENTATION: tested} if tested else {})
            fresh.append((case.number, wire.unpack(wire.pack(case.inputs, blobs), blobs, callables)))
        return fresh

    def use(self, name: str) -> Use | None:
        """How an answer is tried."""
        return self.problem_set.find(name).use

    def send(self, header: Mapping[str, Any], blobs: list[bytes]) -> None:
        """Keep one case's values until all are there."""
        self.replies[int(header["case"])] = Reply(header, blobs)

    def finish(self, name: str) -> None:
        """Print the verdict."""
        print(judge(self.problem_set.find(name), self.drawn, self.replies).text())


@cache
def judge_here() -> LocalSession:
    """A session for the problem set in whose folder (source/NAME/) the notebook runs, as Jupyter starts it."""
    here = Path.cwd()
    try:
        return LocalSession(load(here.name, here.parent.parent))
    except LookupError:
        raise CourseError(f"There are no hidden tests for {here.name!r}: run this notebook in its folder, "
                          "source/NAME/.") from None
