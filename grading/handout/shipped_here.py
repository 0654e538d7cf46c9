"""What a student's process would ship for an instructor's answer, made in this process: quick, and no sandbox."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from traceback import extract_tb
from typing import Any

import numpy as np

from grading.judge.case_outcome import Outcome, Reply, try_answer
from grading.probes.model import Answer, Probe
from helpers.wire import Leaf, encode_leaves, flatten


def ship_here(probe: Probe, answer: Answer, inputs: Mapping[str, Any]) -> Reply:
    """The frame of one case: an answer's value and its arguments afterwards, or the names a box assigns."""
    fresh = deepcopy(dict(inputs))
    try:
        with np.errstate(all="ignore"):
            value = try_answer(probe, answer, fresh)
    except Exception as error:
        frames = [frame.name for frame in extract_tb(error.__traceback__)]
        inside = frames[2 if probe.use is None else 3:] != []  # the answer's own lines, not only those that try it
        return Reply({"error": {"type": type(error).__name__, "message": str(error), "line": 2 if inside else None,
                                "own": inside}}, [])
    return _frame(flatten("out", value), fresh)


def ship_kept(outcome: Outcome, inputs: Mapping[str, Any]) -> Reply | None:
    """The same for an answer that was tried before; None where its outcome does not hold all that was shipped."""
    if outcome.error or outcome.changed or any(leaf.kind == "set" for leaf in outcome.leaves.values()):
        return None
    return _frame(outcome.leaves.values(), inputs)


def _frame(out: Iterable[Leaf], arguments: Mapping[str, Any]) -> Reply:
    given = {key: item for key, item in arguments.items() if not callable(item)}
    headers, blobs = encode_leaves([*out, *flatten("args", given)])
    return Reply({"leaves": headers}, blobs)
