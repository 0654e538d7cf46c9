"""What the tests of the wire draw from, and a stranger's way to write a frame."""

import io
import json
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from helpers.wire import (
    DTYPES,
    decode_frame,
)

text = st.text(st.characters(exclude_categories=["Cs"]))
plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | text
json_values = st.recursive(plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3))
numeric_arrays = st.sampled_from(DTYPES).flatmap(lambda dtype: arrays(np.dtype(dtype), array_shapes(min_dims=0, min_side=0)))


class Stream:
    """Bytes to read, with the largest request remembered: a reader must never ask for more than its bounds."""

    def __init__(self, data: bytes) -> None:
        self.file, self.largest = io.BytesIO(data), 0

    def read(self, size: int) -> bytes:
        self.largest = max(self.largest, size)
        return self.file.read(size)


def frame(header: Any, payload: bytes = b"") -> bytes:
    """A frame as a stranger might write it: `header` is bytes or JSON, nothing is added."""
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(raw).to_bytes(4, "little") + raw + payload


def decoded(data: bytes) -> Any:
    return decode_frame(Stream(data).read)
