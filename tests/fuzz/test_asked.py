"""Whatever a student's process asks of an implementation, it gets an answer or an exception, or the frame is refused."""

from contextlib import suppress
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from grading.judge.cases import Case
from grading.probes.implementations import Implementation
from grading.run.asked import answer_asked
from helpers.wire import WireError, encode_frame, encode_leaves, flatten
from tests.fuzz.material import any_json, bent

CASE = Case(0, "ordinary", {"softmax": Implementation(lambda z: np.exp(z) / np.exp(z).sum(), True)})
HEADERS, BLOBS = encode_leaves(flatten("args", {"0": np.array([1.0, 2.0]), "1": [1, 2], "2": {"a": 3.0}}))


def answered(headers: Any, blobs: list[bytes]) -> None:
    with suppress(WireError):
        encode_frame(*answer_asked(CASE, 1, headers, blobs))  # what comes back can travel


@given(any_json)
def test_any_json_is_answered_or_refused(headers: Any) -> None:
    answered(headers, BLOBS)


@given(bent({"leaves": HEADERS}, most=6), st.lists(st.binary(max_size=40), max_size=4))
def test_a_bent_call_is_answered_or_refused(header: Any, blobs: list[bytes]) -> None:
    answered(header.get("leaves") if isinstance(header, dict) else header, [*blobs, *BLOBS])
