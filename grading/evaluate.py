"""Run the cells of one submission in the sandbox; when a cell takes the process down, run the rest without it."""

import time
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grading.cases import Case
from grading.errors import SandboxError
from grading.judge import Lost
from grading.outcomes import Reply
from grading.sandbox.client import Sandbox
from grading.sandbox.job import Job, Overrun
from helpers.wire import WireError, pack

MAX_ATTEMPTS = 8


@dataclass
class CellRun:
    """What became of one cell. `outputs` are as in a notebook; `lost` is set when the cell was killed."""

    outputs: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0
    lost: Lost | None = None


@dataclass
class Evaluation:
    """All cells by their number, and all replies by probe and case."""

    cells: dict[int, CellRun] = field(default_factory=dict)
    replies: dict[str, dict[int, Reply]] = field(default_factory=dict)


@dataclass
class _Attempt:
    runs: dict[int, CellRun] = field(default_factory=dict)
    replies: dict[str, dict[int, Reply]] = field(default_factory=dict)
    current: int | None = None


def evaluate(sandbox: Sandbox, cells: Mapping[int, str], probes: Mapping[int, Sequence[str]],
             cases: Mapping[str, Sequence[Case]], uses: Mapping[str, str] | None = None) -> Evaluation:
    """Run `cells` (number → source) in order.

    `probes` says which probes a cell may answer; anything else that arrives during that cell ends it. `uses` holds the
    source of how an answer is tried, for the probes that say it. Raises SandboxError when no child can be started.
    """
    total = Evaluation()
    ends = time.monotonic() + sandbox.limits.total_seconds
    skipped: set[int] = set()
    for _ in range(MAX_ATTEMPTS):
        todo = {number: source for number, source in cells.items() if number not in skipped}
        attempt = _Attempt()
        with sandbox.start() as job:
            job.deadline = min(job.deadline, ends)
            lost = _run(job, todo, probes, cases, uses or {}, attempt)
        if lost and sandbox.server_ended():  # killed from outside: nothing that a student did
            ends = time.monotonic() + sandbox.limits.total_seconds
            continue
        total.cells |= attempt.runs
        total.replies |= attempt.replies
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


def _run(job: Job, cells: Mapping[int, str], probes: Mapping[int, Sequence[str]],
         cases: Mapping[str, Sequence[Case]], uses: Mapping[str, str], attempt: _Attempt) -> Lost | None:
    """One child from start to end; None when it reached the last cell."""
    for name, source in uses.items():
        job.send({"type": "use", "probe": name, "source": source}, [])
    for name, drawn in cases.items():
        for case in drawn:
            blobs: list[bytes] = []
            spec = pack(case.inputs, blobs)
            job.send({"type": "case", "probe": name, "case": case.number, "inputs": spec}, blobs)
    job.send({"type": "run", "cells": list(cells)}, [source.encode() for source in cells.values()])
    waiting = list(cells)
    started = time.monotonic()
    lost, forged = Lost("error", "the Python process ended (os._exit, a crash, or too much memory)"), False
    try:
        for header, blobs in job.frames():
            kind, number = header.get("type"), header.get("cell")
            if kind == "done" and not waiting:
                return None
            if kind == "started" and attempt.current is None and waiting and number == waiting[0]:
                attempt.current = waiting.pop(0)
                started = time.monotonic()
                job.start_cell_clock()
            elif kind == "finished" and attempt.current is not None and number == attempt.current:
                outputs = _outputs(header.get("outputs"), blobs)
                attempt.runs[number] = CellRun(outputs, time.monotonic() - started)
                attempt.current = None
            elif kind == "values" and attempt.current is not None:
                _take(header, blobs, probes.get(attempt.current, ()), cases, attempt)
            else:
                raise WireError("a frame out of turn")
    except Overrun as overrun:
        lost = Lost(overrun.kind, str(overrun))
    except WireError:
        lost, forged = Lost("error", "something other than this course's test cells wrote to the grading channel"), True
    if reason := job.exceeded():
        lost = Lost("error", reason)
    if attempt.current is None and waiting:
        attempt.current = waiting[0]  # it ended between two cells; the next one tells of it
    if attempt.current is not None:
        attempt.runs[attempt.current] = CellRun(seconds=time.monotonic() - started, lost=lost)
        for name in probes.get(attempt.current, ()) if forged else ():
            attempt.replies.pop(name, None)
    return lost


def _take(header: dict[str, Any], blobs: list[bytes], allowed: Sequence[str], cases: Mapping[str, Sequence[Case]],
          attempt: _Attempt) -> None:
    name, number = header.get("probe"), header.get("case")
    replies = attempt.replies.setdefault(name, {}) if isinstance(name, str) and name in allowed else None
    if replies is None or type(number) is not int or not 0 <= number < len(cases[str(name)]) or number in replies:
        raise WireError("a value that was not asked for")
    replies[number] = Reply(header, blobs)


def _outputs(described: object, blobs: list[bytes]) -> list[dict[str, Any]]:
    """Outputs as a notebook holds them, of four known kinds; anything else ends the cell."""
    if not isinstance(described, list) or len(described) > 500:
        raise WireError("outputs must be a short list")
    outputs: list[dict[str, Any]] = []
    for item in described:
        match item:
            case {"stream": "stdout" | "stderr" as name, "text": str(text)}:
                outputs.append({"output_type": "stream", "name": name, "text": text})
            case {"png": int(index)} if 0 <= index < len(blobs) and blobs[index].startswith(b"\x89PNG\r\n\x1a\n"):
                image = b64encode(blobs[index]).decode()
                outputs.append({"output_type": "display_data", "metadata": {}, "data": {"image/png": image}})
            case {"error": str(name), "message": str(message), "traceback": str(trace)}:
                outputs.append({"output_type": "error", "ename": name, "evalue": message,
                                "traceback": trace.split("\n")})
            case _:
                raise WireError("an output of an unknown kind")
    return outputs
