"""A student's cells, run in a sandbox, and what came of them."""

import os
import time

from grading.run.evaluate import Evaluation, evaluate
from grading.sandbox.client import Sandbox
from grading.sandbox.family import descendants, resident


def run(sandbox: Sandbox, *cells: str) -> Evaluation:
    """Run cells without hidden tests."""
    return evaluate(sandbox, dict(enumerate(cells)), {}, {})


def printed(evaluation: Evaluation, cell: int = 0) -> str:
    """What a cell wrote to its standard output, and its last value."""
    texts = (o["data"].get("text/plain", "") + "\n" if o["output_type"] == "execute_result" else o["text"]
             for o in evaluation.cells[cell].outputs if o["output_type"] == "execute_result" or o.get("name") == "stdout")
    return "".join(texts)


def error(evaluation: Evaluation, cell: int = 0) -> str:
    """The exception that ended a cell: its name and text."""
    return next((f"{o['ename']}: {o['evalue']}" for o in evaluation.cells[cell].outputs if o["output_type"] == "error"), "")


def lost(evaluation: Evaluation, cell: int = 0) -> str:
    """Why a cell was killed."""
    found = evaluation.cells[cell].lost
    return found.message if found else ""


def wait_until_nothing_runs(sandbox: Sandbox) -> None:
    """Fail when a process of a submission outlives it by a minute; those that wait to be reaped count as ended."""
    ends = time.monotonic() + 60
    proc = os.open("/proc", os.O_RDONLY)
    try:
        while running := [p for p in descendants(proc, sandbox.process.pid)[0] if resident(proc, p)]:
            assert time.monotonic() < ends, f"{running} still run"
            time.sleep(0.05)
    finally:
        os.close(proc)
