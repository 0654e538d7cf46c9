"""Inputs of a probe arrive as they were drawn."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.targets import TARGETS, sine
from helpers.wire import (
    encode_frame,
    pack,
    unpack,
)
from tests.helpers.wire_material import decoded, numeric_arrays, text

inputs = st.recursive(numeric_arrays | st.booleans() | st.integers() | st.floats() | text | st.none(),
                      lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3)
                      | st.tuples(inner, inner))


def same(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray):
        return isinstance(b, np.ndarray) and (a.dtype, a.shape, a.tobytes()) == (b.dtype, b.shape, b.tobytes())
    if isinstance(a, dict):
        return isinstance(b, dict) and list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list | tuple):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    return type(a) is type(b) and (a == b or a != a)


@given(st.dictionaries(text, inputs, max_size=4))
def test_inputs_arrive_as_they_were_drawn(drawn: dict[str, Any]) -> None:
    blobs: list[bytes] = []
    header, blobs = decoded(encode_frame({"inputs": pack(drawn, blobs)}, blobs))
    assert same(drawn, unpack(header["inputs"], blobs, {}))


def test_each_unpacking_gives_fresh_arrays_that_can_be_written() -> None:
    blobs: list[bytes] = []
    spec = pack({"z": np.ones(2)}, blobs)
    first = unpack(spec, blobs, {})
    first["z"] *= 5
    np.testing.assert_array_equal(unpack(spec, blobs, {})["z"], [1, 1])


def test_inputs_of_another_byte_order_keep_their_values() -> None:
    blobs: list[bytes] = []
    spec = pack(np.array([1.0, 2.0], dtype=">f8"), blobs)
    np.testing.assert_array_equal(unpack(spec, blobs, {}), [1.0, 2.0])


def test_a_function_goes_by_its_name() -> None:
    blobs: list[bytes] = []
    spec = pack({"f": sine}, blobs)
    assert spec == {"dict": {"f": {"target": "sine"}}}
    assert unpack(spec, blobs, TARGETS)["f"] is sine
    with pytest.raises(KeyError):
        unpack({"target": "exec"}, blobs, TARGETS)
