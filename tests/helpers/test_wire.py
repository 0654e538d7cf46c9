"""Frames and leaves: what is sent arrives, and whatever else arrives is refused with WireError within fixed bounds."""

import io
import json
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from helpers import wire
from helpers.targets import TARGETS, sine
from helpers.wire import (
    DTYPES,
    MAX_BLOBS,
    MAX_HEADER,
    MAX_LEAVES,
    MAX_PAYLOAD,
    Leaf,
    WireError,
    decode_frame,
    decode_leaves,
    encode_frame,
    encode_leaves,
    flatten,
    pack,
    unpack,
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


# Frames

@given(st.dictionaries(text.filter(lambda key: key != "blobs"), json_values, max_size=4),
       st.lists(st.binary(max_size=50), max_size=5))
def test_a_frame_arrives_as_it_was_sent(header: dict[str, Any], blobs: list[bytes]) -> None:
    stream = Stream(encode_frame(header, blobs) + encode_frame({}, []))
    assert decode_frame(stream.read) == ({**header, "blobs": [len(blob) for blob in blobs]}, blobs)
    assert decode_frame(stream.read) == ({"blobs": []}, [])
    assert decode_frame(stream.read) is None


@given(st.binary(max_size=300))
@example(b"\x02\0\0\0[]")
@example(b"\x02\0\0\0{}")
@example(frame(b"\xff\xfe{\0}\0"))
def test_any_bytes_are_a_frame_the_end_or_a_wire_error(data: bytes) -> None:
    stream = Stream(data)
    with suppress(WireError):
        while decode_frame(stream.read) is not None:
            pass
    assert stream.largest <= max(MAX_HEADER, MAX_PAYLOAD)


@given(json_values, st.binary(max_size=20))
def test_any_json_is_a_frame_or_a_wire_error(header: Any, payload: bytes) -> None:
    try:
        found = decoded(frame(header, payload))
    except WireError:
        return
    assert isinstance(found[0]["blobs"], list)


@given(st.data())
def test_a_frame_cut_short_is_refused(data: st.DataObject) -> None:
    whole = encode_frame({"type": "values"}, [b"12345678", b"12"])
    cut = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(WireError):
        decoded(whole[:cut])


DEEP = b'{"blobs": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@pytest.mark.parametrize(("data", "message"), [
    (b"\x01", "header length 1 is outside 2..1048576"),
    (b"\xff\xff\xff\xff", "header length 4294967295 is outside 2..1048576"),
    ((MAX_HEADER + 1).to_bytes(4, "little"), "header length 1048577 is outside 2..1048576"),
    (b"\0\0\0\0", "header length 0 is outside 2..1048576"),
    (b"\x09\0\0\0{}", "the stream ended inside a header"),
    (frame(b"not json"), "the header is not JSON"),
    (frame(b"\xff\xff"), "the header is not JSON"),
    (frame('{"blobs": []}'.encode("utf-16")), "the header is not JSON"),
    (frame(b'{"blobs": [], "text": "\\ud800"}'), "the header is not JSON"),
    (frame(b'{"blobs": [], "text": "\xed\xa0\x80"}'), "the header is not JSON"),
    (frame(b'{"blobs": [' + b"9" * 5000 + b"]}"), "the header is not JSON"),
    (frame(DEEP), "the header is not JSON"),
    (frame([]), "the header does not list its blobs"),
    (frame({}), "the header does not list its blobs"),
    (frame({"blobs": {}}), "the header does not list its blobs"),
    (frame({"blobs": [True]}), "the header does not list its blobs"),
    (frame({"blobs": [-1]}), "the header does not list its blobs"),
    (frame({"blobs": [1.0]}), "the header does not list its blobs"),
    (frame({"blobs": ["1"]}), "the header does not list its blobs"),
    (frame({"blobs": [MAX_PAYLOAD + 1]}), "the header does not list its blobs"),
    (frame({"blobs": [0] * (MAX_BLOBS + 1)}), "the header does not list its blobs"),
    (frame({"blobs": [MAX_PAYLOAD, 1]}), "the payload of 33554433 bytes is larger than 33554432"),
    (frame({"blobs": [3, 3]}, b"12345"), "the stream ended inside a payload"),
])
def test_what_is_not_a_frame_is_refused_in_words(data: bytes, message: str) -> None:
    stream = Stream(data)
    with pytest.raises(WireError) as error:
        decode_frame(stream.read)
    assert str(error.value) == message
    assert stream.largest <= MAX_HEADER


def test_blobs_that_are_too_large_together_are_refused_before_any_is_read() -> None:
    stream = Stream(frame({"blobs": [MAX_PAYLOAD // 2] * 3}))
    with pytest.raises(WireError, match="payload"):
        decode_frame(stream.read)
    assert stream.largest <= MAX_HEADER


def test_a_lone_surrogate_becomes_a_question_mark_and_other_text_stays() -> None:
    assert decoded(encode_frame({"text": "a\ud800b", "other": "δ 😀 \x1b"})) == (
        {"text": "a?b", "other": "δ 😀 \x1b", "blobs": []}, [])


# Leaves

def sent(value: Any) -> list[Leaf]:
    """The leaves of a value after a journey over the wire."""
    headers, blobs = encode_leaves(flatten("out", value))
    header, blobs = decoded(encode_frame({"leaves": headers}, blobs))
    return decode_leaves(header["leaves"], blobs)


@given(numeric_arrays)
def test_an_array_arrives_with_its_dtype_shape_and_bytes(array: np.ndarray) -> None:
    [leaf] = sent(array)
    assert (leaf.name, leaf.kind, leaf.dtype, leaf.shape) == ("out", "array", array.dtype.str, array.shape)
    assert leaf.value is not None
    assert (leaf.value.dtype, leaf.value.shape, leaf.value.tobytes()) == (array.dtype, array.shape, array.tobytes())


@given(arrays(np.dtype(">f8"), array_shapes(max_dims=3)))
def test_byte_order_and_memory_layout_make_no_difference(array: np.ndarray) -> None:
    for variant in (array, np.asfortranarray(array), array[::-1][::-1], array.astype("<f8")):
        [leaf] = sent(variant)
        assert leaf.dtype == "<f8"
        np.testing.assert_array_equal(leaf.value, array)


@pytest.mark.parametrize(("value", "kind", "dtype", "shape"), [
    (3, "number", "<i8", ()), (2.5, "number", "<f8", ()), (True, "number", "|b1", ()), (np.float32(1), "number", "<f4", ()),
    ([1, 2.5], "list", "<f8", (2,)), ((1, 2), "tuple", "<i8", (2,)), ([[1], [2]], "list", "<i8", (2, 1)),
    ([(1, 2), [3, 4]], "list", "<i8", (2, 2)), ([], "list", "<f8", (0,)), ([[], []], "list", "<f8", (2, 0)),
    ([np.float64(1), 2], "list", "<f8", (2,)), (np.ma.array([1.0]), "array", "<f8", (1,)),
])
def test_numbers_and_regular_sequences_arrive_as_arrays(value: Any, kind: str, dtype: str, shape: tuple[int, ...]) -> None:
    [leaf] = sent(value)
    assert (leaf.kind, leaf.dtype, leaf.shape) == (kind, dtype, shape)
    np.testing.assert_array_equal(leaf.value, np.asarray(value))


def test_a_set_of_whole_numbers_travels_in_order() -> None:
    [leaf] = sent({3, 1})
    assert (leaf.kind, leaf.value.tolist()) == ("set", [1, 3])
    assert [leaf.kind for leaf in sent(frozenset())] == ["set"]


@pytest.mark.parametrize(("value", "kind", "dtype", "shape"), [
    (None, "NoneType", "", ()), ("text", "str", "", ()), ({"a"}, "set", "", ()), ({}, "dict", "", ()),
    (1j, "complex", "", ()), (2**70, "number", "object", ()), ([2**70], "list", "object", (1,)),
    (np.array([1j]), "array", "complex128", (1,)), (np.array([None]), "array", "object", (1,)),
    (np.array(["a"]), "array", "<U1", (1,)), (np.zeros((1,) * 9), "array", "float64", (1,) * 9),
    (np.array(["2020"], dtype="M8[Y]"), "array", "datetime64[Y]", (1,)), (len, "builtin_function_or_method", "", ()),
])
def test_anything_else_arrives_as_a_description(value: Any, kind: str, dtype: str, shape: tuple[int, ...]) -> None:
    assert sent(value) == [Leaf("out", kind, dtype, shape)]


def test_dicts_and_sequences_of_arrays_become_named_leaves() -> None:
    leaves = sent({"W": [np.zeros((2, 3)), np.zeros(3)], "b": (1, "x"), 7: {"deep": True}})
    assert [(leaf.name, leaf.kind, leaf.shape) for leaf in leaves] == [
        ("out.W.0", "array", (2, 3)), ("out.W.1", "array", (3,)), ("out.b.0", "number", ()), ("out.b.1", "str", ()),
        ("out.7.deep", "number", ())]


@pytest.mark.parametrize("ragged", [[[1, 2], [3]], [[1, 2], [[3], [4]]], [1, [2]], [[[1], [2]], [[1, 2], [3, 4]]]])
def test_a_ragged_list_is_taken_apart(ragged: Any) -> None:
    assert [leaf.name for leaf in sent(ragged)][:1] in (["out.0"], ["out.0.0"])


def test_values_without_end_or_bottom_come_to_an_end() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert sent(endless) == []
    deep: Any = 1.0
    for _ in range(5000):
        deep = [deep]
    assert sent(deep) == []
    assert len(sent([None] * 1000)) == MAX_LEAVES
    assert len(sent({i: {j: None for j in range(50)} for i in range(50)})) == MAX_LEAVES
    [leaf] = sent({"k" * 10_000_000: 1})
    assert len(leaf.name) < 60


def test_an_array_too_large_to_send_keeps_its_shape_and_loses_its_numbers() -> None:
    billions = np.broadcast_to(1.0, (1 << 20, 1 << 13))
    assert sent(billions) == [Leaf("out", "array", "float64", billions.shape)]
    third = np.zeros(MAX_PAYLOAD // 8 // 2 - 1)
    assert [leaf.value is None for leaf in sent([third, third, third])] == [False, False, True]


def test_leaves_of_several_values_fit_into_one_frame() -> None:
    headers, _ = encode_leaves([*flatten("args", np.zeros(2)), *flatten("out", [None] * 1000)])
    assert len(headers) == MAX_LEAVES
    assert headers[0]["name"] == "args"


@given(st.recursive(plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4)
                    | st.tuples(inner, inner)))
def test_whatever_a_function_returns_can_be_sent(value: Any) -> None:
    assert all(isinstance(leaf, Leaf) for leaf in sent(value))


GOOD = {"name": "out", "kind": "array", "dtype": "<f8", "shape": [2], "blob": 0}
SIXTEEN = [bytes(16)]


@pytest.mark.parametrize(("headers", "message"), [
    (None, "leaves must be a list"), ({}, "leaves must be a list"), ([GOOD] * (MAX_LEAVES + 1), "leaves must be a list"),
    ([None], "a leaf must be an object"), ([[]], "a leaf must be an object"),
    *(([{**GOOD, key: value}], "a leaf needs name, kind, dtype and shape") for key, value in [
        ("name", 1), ("name", None), ("kind", []), ("dtype", 8), ("shape", None), ("shape", 2), ("shape", ["2"]),
        ("shape", [True]), ("shape", [-2]), ("shape", [2.0]), ("shape", [1] * 33), ("shape", [MAX_PAYLOAD + 1])]),
    ([{key: value for key, value in GOOD.items() if key != "kind"}], "a leaf needs name, kind, dtype and shape"),
    *(([{**GOOD, "blob": index}], "a leaf names a blob that is not there") for index in (1, -1, True, None, "0", [0])),
    ([{**GOOD, "shape": [3]}], "a leaf's bytes do not fit its dtype and shape"),
    ([{**GOOD, "shape": []}], "a leaf's bytes do not fit its dtype and shape"),
    ([{**GOOD, "dtype": "<f4"}], "a leaf's bytes do not fit its dtype and shape"),
    ([{**GOOD, "shape": [MAX_PAYLOAD] * 32}], "a leaf's bytes do not fit its dtype and shape"),
])
def test_a_malformed_leaf_is_refused_in_words(headers: Any, message: str) -> None:
    with pytest.raises(WireError) as error:
        decode_leaves(headers, SIXTEEN)
    assert str(error.value) == message


def test_no_bytes_are_no_licence_for_an_impossible_shape() -> None:
    impossible = {**GOOD, "shape": [0, *[MAX_PAYLOAD] * 5]}
    with pytest.raises(WireError, match="a leaf's shape is impossible"):
        decode_leaves([impossible], [b""])


def test_a_bool_is_a_zero_or_a_one() -> None:
    header = {**GOOD, "dtype": "|b1"}
    [leaf] = decode_leaves([header], [b"\0\1"])
    np.testing.assert_array_equal(leaf.value, [False, True])
    with pytest.raises(WireError, match="a bool must be 0 or 1"):
        decode_leaves([header], [b"\0\2"])


@pytest.mark.parametrize("dtype", ["|O", "O", "<c16", "<U4", "|V8", "f8", ">f8", "<f16", "<M8[s]", "f8,f8", "", "{'a': 1}"])
def test_bytes_of_any_other_dtype_are_never_interpreted(dtype: str) -> None:
    assert decode_leaves([{**GOOD, "dtype": dtype}], SIXTEEN) == [Leaf("out", "array", dtype, (2,))]


def test_bytes_become_an_array_only_where_the_reader_wants_one() -> None:
    asked = []

    def accept(name: str, dtype: str, shape: tuple[int, ...]) -> bool:
        asked.append((name, dtype, shape))
        return name == "out"

    taken, refused = decode_leaves([GOOD, {**GOOD, "name": "other", "blob": 99}], SIXTEEN, accept)
    assert asked == [("out", "<f8", (2,)), ("other", "<f8", (2,))]
    np.testing.assert_array_equal(taken.value, [0.0, 0.0])
    assert refused == Leaf("other", "array", "<f8", (2,))


def test_a_decoded_array_cannot_be_written() -> None:
    [leaf] = decode_leaves([GOOD], SIXTEEN)
    assert leaf.value is not None
    with pytest.raises(ValueError, match="read-only"):
        leaf.value[0] = 1


def test_long_words_in_a_leaf_are_cut() -> None:
    [leaf] = decode_leaves([{"name": "n" * 999, "kind": "k" * 999, "dtype": "d" * 999, "shape": []}], [])
    assert (len(leaf.name), len(leaf.kind), len(leaf.dtype)) == (200, 40, 40)


@given(json_values, st.lists(st.binary(max_size=20), max_size=3))
def test_any_json_is_leaves_or_a_wire_error(headers: Any, blobs: list[bytes]) -> None:
    with suppress(WireError):
        assert isinstance(decode_leaves(headers, blobs), list)


likely = st.fixed_dictionaries(
    {"name": st.just("out") | json_values, "kind": st.just("array") | json_values,
     "dtype": st.sampled_from([*DTYPES, "|O", "<c16"]) | json_values,
     "shape": st.lists(st.sampled_from([0, 1, 2, 3, MAX_PAYLOAD, 1 << 40, -1]), max_size=9) | json_values},
    optional={"blob": st.integers(-1, 3) | json_values})


@given(st.lists(likely, max_size=4), st.lists(st.integers(0, 48).map(bytes), max_size=3))
def test_leaves_that_are_almost_right_are_leaves_or_a_wire_error(headers: Any, blobs: list[bytes]) -> None:
    try:
        leaves = decode_leaves(headers, blobs)
    except WireError:
        return
    assert all(leaf.value is None or leaf.value.nbytes <= 48 for leaf in leaves)


# Inputs of a probe

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


def test_the_modules_own_bounds_hang_together() -> None:
    assert MAX_LEAVES <= MAX_BLOBS
    assert all(np.dtype(dtype).str == dtype and not np.dtype(dtype).hasobject for dtype in DTYPES)
    assert isinstance(wire.WireError(), ValueError)


