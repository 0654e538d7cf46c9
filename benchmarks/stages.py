"""Where the time of `course grade` goes, by wrapping its functions from outside.

    python -m benchmarks.stages COURSE_FOLDER PROBLEM_SET

grades the class with one worker, in this process, and prints processor seconds as JSON: per run for what happens once,
per submission for the rest. A function that is called by another one of the table counts for itself only.
"""

import importlib
import json
import resource
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from grading.quick_start import leave_out_what_nobody_uses

START_UP, SERVER, CHILD = "start-up", "fork server's start", "child"
# Stage, and the functions whose time it is: where they are looked up when they are called.
STAGES = {
    "intake": ["grading.classes.graded_before.collect", "grading.run.submission.read_answers"],
    "inputs": ["grading.run.submission.draw_cases"],
    "fork (our side)": ["grading.sandbox.client.Sandbox.start"],
    "cells (our side: sending and reading)": ["grading.run.submission.run_notebook"],
    "judge": ["grading.run.submission.judge_exercise", "grading.run.submission.delegations_of"],
    "notebook write": ["grading.run.submission.Assignment.with_answers", "grading.run.submission._fill_outputs",
                       "nbformat.writes", "grading.classes.batch.write_text"],
    "database": ["grading.marks.gradebook.Ledger.save", "grading.marks.gradebook.Ledger.manual_scores"],
    "registration (once)": ["grading.marks.gradebook.Ledger.register"],
}
STORED = "grading.marks.gradebook.Ledger.save"  # once for each submission
FIRST = "grading.classes.graded_before.collect"  # what ends the start-up


class Clock:
    """Own processor time by stage, of this process."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()
        self.inner: list[float] = [0.0]
        self.started_up = 0.0

    def wrap(self, stage: str, place: str) -> None:
        """Count the time of the function at `place`. Raises LookupError when it is not there."""
        owner, name = find(place)
        function = getattr(owner, name)

        def timed(*arguments: Any, **keywords: Any) -> Any:
            if place == FIRST and not self.started_up:
                self.started_up = time.process_time()
            self.inner.append(0.0)
            start = time.process_time()
            try:
                return function(*arguments, **keywords)
            finally:
                whole = time.process_time() - start
                self.spent[stage] += whole - self.inner.pop()
                self.inner[-1] += whole
                self.calls[place] += 1
        setattr(owner, name, timed)


def find(place: str) -> tuple[Any, str]:
    """The module or class that holds a function, and its name in there."""
    parts = place.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            owner: Any = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:-1]:
            owner = getattr(owner, part, None)
        if not hasattr(owner, parts[-1]):
            break
        return owner, parts[-1]
    raise LookupError(f"benchmarks/stages.py names {place}, which is no more: mend its table.")


def main(root: Path, name: str) -> dict[str, Any]:
    """Grade the class and measure. The processor time of the server's children is theirs together."""
    from grading.cli.main import main as course
    from grading.sandbox.client import Sandbox
    clock, server = Clock(), dict[str, float]()
    for stage, places in STAGES.items():
        for place in places:
            clock.wrap(stage, place)
    _watch_server(Sandbox, server)
    start = time.process_time()
    course(["grade", name, "--force", "--json", "--root", str(root), "--workers", "1"], standalone_mode=False)
    whole = time.process_time() - start
    count = clock.calls[STORED]
    once = clock.spent.pop("registration (once)", 0.0)
    before = clock.started_up - once
    stages = {stage: seconds / count for stage, seconds in clock.spent.items()}
    stages["everything else"] = (start + whole - clock.started_up - sum(clock.spent.values())) / count
    return {"count": count, "once": {START_UP: before, SERVER: server["start"], "registration": once},
            "each": stages, CHILD: server["children"] / count}


def _watch_server(sandbox: Any, server: dict[str, float]) -> None:
    """Note what the fork server used until it was ready, and what it and its children used after that."""
    start, leave = sandbox.start, sandbox.__exit__

    def noting(box: Any) -> Any:
        ready = not box.ready
        job = start(box)
        if ready:
            server["start"] = used(box.process.pid)
        return job

    def leaving(box: Any, *why: Any) -> None:
        before = _children()
        leave(box, *why)
        server["children"] = _children() - before - server["start"]
    sandbox.start, sandbox.__exit__ = noting, leaving


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def used(pid: int) -> float:
    """Processor seconds of one running process, without its children: /proc/PID/schedstat counts nanoseconds."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def empty_child(root: Path, name: str, count: int = 40) -> float:
    """Processor seconds of a child that runs one empty cell: fork, isolation, IPython's first cell, and its end."""
    from grading.cli.workplace import open_course
    from grading.run.class_sandbox import class_sandbox
    from grading.run.evaluate import evaluate
    course = open_course(root)
    with class_sandbox(course, name) as box:
        box.launch()
        assert box.process
        evaluate(box, {0: "pass"}, {}, {})
        ready = used(box.process.pid)
        before = _children()
        for _ in range(count):
            evaluate(box, {0: "pass"}, {}, {})
    return (_children() - before - ready) / (count + 1)


if __name__ == "__main__":
    leave_out_what_nobody_uses()
    wanted = empty_child if sys.argv[3:] == ["--empty"] else main
    print(json.dumps(wanted(Path(sys.argv[1]), sys.argv[2])))
