"""Run the cells of one submission in the sandbox; when a cell takes the process down, run the rest without it."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grading.errors import SandboxError
from grading.judge.case_outcome import Reply
from grading.judge.cases import Case
from grading.judge.judging import Lost
from grading.run.attempt import Attempt, CellRun, Script
from grading.sandbox.client import Sandbox

MAX_ATTEMPTS = 8


@dataclass
class Evaluation:
    """All cells by their number, and all replies by probe and case."""

    cells: dict[int, CellRun] = field(default_factory=dict)
    replies: dict[str, dict[int, Reply]] = field(default_factory=dict)

    def add(self, runs: Mapping[int, CellRun], replies: Mapping[str, dict[int, Reply]],
            probes: Mapping[int, Sequence[str]]) -> None:
        """Take over what another run found out about cells that did not come to their end in this one."""
        for number, run in runs.items():
            before = self.cells.get(number)
            if before is None or before.lost:
                self.cells[number] = run
                self.replies |= {name: replies[name] for name in probes.get(number, ()) if name in replies}


def evaluate(sandbox: Sandbox, cells: Mapping[int, str], probes: Mapping[int, Sequence[str]],
             cases: Mapping[str, Sequence[Case]], uses: Mapping[str, str] | None = None, ends: float | None = None
             ) -> Evaluation:
    """Run `cells` (number → source) in order.

    `probes` says which probes a cell may answer; anything else that arrives during that cell ends it. `uses` holds the
    source of how an answer is tried, for the probes that say it. `ends` is when the notebook's time is up, on the
    monotonic clock, where some of it has been used before. Raises SandboxError when no child can be started.
    """
    total = Evaluation()
    whole = sandbox.limits.total_seconds
    ends = time.monotonic() + whole if ends is None else ends
    skipped: set[int] = set()
    received = 0  # bytes, in all attempts together: so much may be held here
    for _ in range(MAX_ATTEMPTS):
        todo = {number: source for number, source in cells.items() if number not in skipped}
        with sandbox.start() as job:
            job.deadline = min(job.deadline, ends)
            job.received = received
            attempt = Attempt(job, Script(todo, probes, cases, uses or {}))
            lost = attempt.run()
            received = job.received
        if lost and sandbox.server_ended():  # killed from outside: nothing that a student did
            ends = time.monotonic() + whole
            continue
        total.add(attempt.runs, attempt.replies, probes)
        if lost is None:
            return total
        if attempt.current is None or time.monotonic() >= ends:
            break
        skipped.add(attempt.current)
    if sandbox.server_ended():
        raise SandboxError("The sandbox's server was killed again and again while a submission ran.")
    unrun = (Lost("timeout", "earlier cells used up the notebook's time") if time.monotonic() >= ends
             else Lost("error", "too many cells ended the Python process"))
    total.cells |= {number: CellRun(lost=unrun) for number in cells if number not in total.cells}
    return total
