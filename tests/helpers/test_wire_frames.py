"""Frames: what is sent arrives, and whatever else arrives is refused with WireError within fixed bounds."""

from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers import wire
from helpers.wire import (
    DTYPES,
    MAX_BLOBS,
    MAX_HEADER,
    MAX_LEAVES,
    MAX_PAYLOAD,
    WireError,
    decode_frame,
    encode_frame,
)
from tests.helpers.wire_material import Stream, decoded, frame, json_values, text


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


DEEP = b'{"blobs": ' + b"[" * 2000 + b"]" * 2000 + b"}"


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


def test_lists_in_lists_without_end_are_refused_however_deep_this_python_reads() -> None:
    with pytest.raises(WireError, match=r"the header is not JSON|the header does not list its blobs"):
        decode_frame(Stream(frame(DEEP)).read)


def test_blobs_that_are_too_large_together_are_refused_before_any_is_read() -> None:
    stream = Stream(frame({"blobs": [MAX_PAYLOAD // 2] * 3}))
    with pytest.raises(WireError, match="payload"):
        decode_frame(stream.read)
    assert stream.largest <= MAX_HEADER


def test_a_lone_surrogate_becomes_a_question_mark_and_other_text_stays() -> None:
    assert decoded(encode_frame({"text": "a\ud800b", "other": "δ 😀 \x1b"})) == (
        {"text": "a?b", "other": "δ 😀 \x1b", "blobs": []}, [])


@pytest.mark.parametrize("junk", [[[]] * 6000, [0.5] * 6000, [{}] * 6000, {str(n): n for n in range(6000)}])
def test_a_header_of_very_many_parts_is_refused(junk: Any) -> None:
    with pytest.raises(WireError, match="more than 5000 parts"):
        decode_frame(Stream(encode_frame({"junk": junk})).read)


@pytest.mark.parametrize("text", ["[{,}]," * 6000, '"[{,\\' * 3000, "\\" * 6001 + '"' + "," * 6000])
def test_text_may_hold_any_number_of_brackets_and_commas(text: str) -> None:
    assert decode_frame(Stream(encode_frame({"text": text})).read) == ({"text": text, "blobs": []}, [])


def test_the_modules_own_bounds_hang_together() -> None:
    assert MAX_LEAVES <= MAX_BLOBS
    assert all(np.dtype(dtype).str == dtype and not np.dtype(dtype).hasobject for dtype in DTYPES)
    assert isinstance(wire.WireError(), ValueError)
