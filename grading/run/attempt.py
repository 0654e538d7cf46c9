"""One child from start to end: what it is given when, and what of its words is taken."""

import marshal
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grading.course.limits import Limits
from grading.judge.case_outcome import Reply
from grading.judge.cases import Case
from grading.judge.judging import Lost
from grading.run.asked import answer_asked
from grading.sandbox.job import Job, Overrun
from helpers.wire import WireError, pack

PNG = b"\x89PNG\r\n\x1a\n"
FORGED = Lost("error", "something other than this course's test cells wrote to the grading channel")
ENDED = Lost("error", "the Python process ended (os._exit, a crash, or too much memory)")


@dataclass
class CellRun:
    """What became of one cell. `outputs` are as in a notebook; `lost` is set when the cell was killed."""

    outputs: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0
    lost: Lost | None = None


@dataclass(frozen=True)
class Script:
    """What is to be run: cells by number, the probes that each may answer, their inputs, and how answers are tried.

    Cells in `given` hold the course's own solutions: they are sent as code, without their text. Where it is not the
    `last` script, the child waits for another one.
    """

    cells: Mapping[int, str]
    probes: Mapping[int, Sequence[str]]
    cases: Mapping[str, Sequence[Case]]
    uses: Mapping[str, str]
    given: frozenset[int] = frozenset()
    last: bool = True

    def frame(self) -> tuple[dict[str, Any], list[bytes]]:
        """The frame that tells the child what to run."""
        sources = [marshal.dumps(compile(source, "<given>", "exec", dont_inherit=True, optimize=2))
                   if number in self.given else source.encode() for number, source in self.cells.items()]
        return {"type": "run", "cells": list(self.cells), "given": sorted(self.given), "last": self.last}, sources


class Attempt:
    """A child at work. `current` is the cell that runs, or the one with which it all ended."""

    def __init__(self, job: Job, script: Script) -> None:
        self.job, self.script = job, script
        self.runs: dict[int, CellRun] = {}
        self.replies: dict[str, dict[int, Reply]] = {}
        self.given: set[str] = set()
        self.asked: Counter[tuple[str, int]] = Counter()  # calls of implementations, by probe and case
        self.waiting = list(script.cells)
        self.current: int | None = None

    def run(self) -> Lost | None:
        """Run all cells; None when the last one has been reached, else why not."""
        self.started = time.monotonic()
        lost = ENDED
        try:
            self.job.send(*self.script.frame())
            for header, blobs in self.job.frames():
                if header.get("type") == "done" and not self.waiting and self.current is None:
                    return None
                self._follow(header, blobs)
        except Overrun as overrun:
            lost = Lost(overrun.kind, str(overrun))
        except WireError:
            lost = FORGED
        if reason := self.job.exceeded():
            lost = Lost("error", reason)
        if self.current is None and self.waiting:
            self.current = self.waiting[0]  # it ended between two cells; the next one tells of it
        if self.current is not None:
            self.runs[self.current] = CellRun(seconds=time.monotonic() - self.started, lost=lost)
            for name in self._allowed() if lost is FORGED else ():
                self.replies.pop(name, None)
        return lost

    def _allowed(self) -> Sequence[str]:
        return self.script.probes.get(-1 if self.current is None else self.current, ())

    def _follow(self, header: dict[str, Any], blobs: list[bytes]) -> None:
        kind, number = header.get("type"), header.get("cell")
        if kind == "started" and self.current is None and self.waiting and number == self.waiting[0]:
            self.current = self.waiting.pop(0)
            self.started = time.monotonic()
            self.job.start_cell_clock()
        elif kind == "finished" and self.current is not None and number == self.current:
            outputs = read_outputs(header.get("outputs"), blobs, self.job.limits)
            self.runs[self.current] = CellRun(outputs, time.monotonic() - self.started)
            self.current = None
        elif kind == "wants":
            self._give(header.get("probe"))
        elif kind == "asks":
            self._answer(header, blobs)
        elif kind == "values":
            self._take(header, blobs)
        else:
            raise WireError("a frame out of turn")

    def _give(self, name: object) -> None:
        """Hidden inputs, and how an answer is tried on them, leave this process only when their test cell runs."""
        if not isinstance(name, str) or name not in self._allowed() or name in self.given:
            raise WireError("inputs that are not due")
        self.given.add(name)
        for case in self.script.cases[name]:
            blobs: list[bytes] = []
            spec = pack(case.inputs, blobs)
            self.job.send({"type": "case", "case": case.number, "inputs": spec}, blobs)
        self.job.send({"type": "use", "source": self.script.uses.get(name, "")}, [])

    def _answer(self, header: dict[str, Any], blobs: list[bytes]) -> None:
        """Call an implementation that a probe hands over, while its test cell runs."""
        name, number = header.get("probe"), header.get("case")
        if not isinstance(name, str) or name not in self.given or name not in self._allowed():
            raise WireError("an implementation that is not due")
        cases = self.script.cases[name]
        if type(number) is not int or not 0 <= number < len(cases):
            raise WireError("an implementation that is not due")
        self.asked[name, number] += 1
        self.job.send(*answer_asked(cases[number], self.asked[name, number], header.get("leaves"), blobs))

    def _take(self, header: dict[str, Any], blobs: list[bytes]) -> None:
        name, number = header.get("probe"), header.get("case")
        if not isinstance(name, str) or name not in self._allowed():
            raise WireError("a value that was not asked for")
        replies = self.replies.setdefault(name, {})
        if type(number) is not int or not 0 <= number < len(self.script.cases[name]) or number in replies:
            raise WireError("a value that was not asked for")
        # Nothing else is kept: what a child may make us hold is what it may send.
        replies[number] = Reply({key: header[key] for key in ("leaves", "error") if key in header}, blobs)


def read_outputs(described: object, blobs: list[bytes], limits: Limits) -> list[dict[str, Any]]:
    """Outputs as a notebook holds them, of five known kinds and of bounded size. Raises WireError for anything else."""
    if not isinstance(described, list) or len(described) > 500:
        raise WireError("outputs must be a short list")
    outputs: list[dict[str, Any]] = []
    text_left, picture_left = 4 * limits.output_bytes, limits.figure_bytes
    for item in described:
        match item:
            case {"stream": "stdout" | "stderr" as name, "text": str(text)}:
                outputs.append({"output_type": "stream", "name": name, "text": text[:text_left]})
                text_left -= min(len(text), text_left)
            case {"result": str(text)}:
                value = {"data": {"text/plain": text[:text_left]}, "metadata": {}}
                outputs.append({"output_type": "execute_result", "execution_count": None, **value})
                text_left -= min(len(text), text_left)
            case {"png": int(index)} if 0 <= index < len(blobs) and blobs[index].startswith(PNG):
                picture_left -= len(blobs[index])
                if picture_left < 0:
                    raise WireError("pictures larger than their limit")
                image = b64encode(blobs[index]).decode()
                outputs.append({"output_type": "display_data", "metadata": {}, "data": {"image/png": image}})
            case {"error": str(name), "message": str(message), "traceback": str(trace)}:
                outputs.append({"output_type": "error", "ename": name[:80], "evalue": message[:2000],
                                "traceback": trace[-8000:].split("\n")})
            case _:
                raise WireError("an output of an unknown kind")
    return outputs
