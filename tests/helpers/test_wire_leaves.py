"""Leaves: values arrive as arrays or as descriptions, and whatever else arrives is refused with WireError."""

from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from helpers.wire import (
    DTYPES,
    MAX_LEAVES,
    MAX_PAYLOAD,
    Leaf,
    WireError,
    decode_leaves,
    encode_frame,
    encode_leaves,
    flatten,
)
from tests.helpers.wire_material import decoded, json_values, numeric_arrays, plain, text


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
