"""Frames that carry values between a student's process and the process that judges them.

A frame is a four-byte little-endian header length, a JSON object, and raw bytes:

    u32 length | {"type": ..., "blobs": [8, 16], ...} | 8 bytes | 16 bytes

Arrays travel as little-endian bytes beside a leaf `{"name", "kind", "dtype", "shape"}`. There is no pickle, no npy
header and nothing to evaluate, so the reader needs to trust neither the writer nor what it wrote: every length has a
bound, and whoever reads a value says which dtypes and shapes it is ready to take.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
MAX_HEADER = 1 << 20
MAX_BLOBS = 256
MAX_PARTS = 5000  # numbers, lists and objects of a header; each takes many times its size in the text
MAX_PAYLOAD = 32 << 20
MAX_LEAVES = 64
MAX_DIMENSIONS = 8
MAX_NAME = 40
DTYPES = ("|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8")


class WireError(ValueError):
    """The bytes are not a frame, or a frame asks for more than the reader allows."""


@dataclass(frozen=True)
class Leaf:
    """One value inside an answer: `out`, `out.W1`, `args.z`.

    `kind` is "array", "number", "list", "tuple" or "set" for numeric values, otherwise the name of the Python type.
    `value` is None when the value is not numeric, or when the reader did not take it.
    """

    name: str
    kind: str
    dtype: str = ""
    shape: tuple[int, ...] = ()
    value: np.ndarray[Any, Any] | None = None


def flatten(name: str, value: Any) -> list[Leaf]:
    """Turn a value into named numeric leaves; dicts and sequences of arrays become `name.key` and `name.0`."""
    leaves: list[Leaf] = []
    _flatten_into(leaves, name, value, depth=0)
    return leaves


def _flatten_into(leaves: list[Leaf], name: str, value: Any, depth: int) -> None:
    if len(leaves) >= MAX_LEAVES or depth > 4:
        return
    if isinstance(value, Mapping):
        for key, item in list(value.items())[:MAX_LEAVES]:
            _flatten_into(leaves, f"{name}.{str(key)[:MAX_NAME]}", item, depth + 1)
        if not value:
            leaves.append(Leaf(name, "dict"))
    elif isinstance(value, list | tuple):
        kind = "list" if isinstance(value, list) else "tuple"
        if _regular_shape(value) is not None:
            leaves.append(_array_leaf(name, kind, np.asarray(value)))
        else:
            for index, item in enumerate(value[:MAX_LEAVES]):
                _flatten_into(leaves, f"{name}.{index}", item, depth + 1)
    elif isinstance(value, set | frozenset) and all(type(item) is int for item in value):
        leaves.append(_array_leaf(name, "set", np.array(sorted(value), dtype=int)))
    elif isinstance(value, bool | int | float | np.generic):
        leaves.append(_array_leaf(name, "number", np.asarray(value)))
    elif isinstance(value, np.ndarray):
        leaves.append(_array_leaf(name, "array", np.asarray(value)))
    else:
        leaves.append(Leaf(name, type(value).__name__[:40]))


def _regular_shape(value: Any, depth: int = 0) -> tuple[int, ...] | None:
    """The shape of nested lists and tuples that hold numbers only; None where numpy would make no numeric array."""
    if isinstance(value, list | tuple):
        if depth == MAX_DIMENSIONS:
            return None
        shapes = {_regular_shape(item, depth + 1) for item in value} or {()}
        inner = shapes.pop() if len(shapes) == 1 else None
        return None if inner is None else (len(value), *inner)
    return () if isinstance(value, bool | int | float | np.generic) else None


def _array_leaf(name: str, kind: str, array: np.ndarray[Any, Any]) -> Leaf:
    dtype = array.dtype.newbyteorder("<").str
    if dtype not in DTYPES or array.ndim > MAX_DIMENSIONS or array.nbytes > MAX_PAYLOAD:
        return Leaf(name, kind, str(array.dtype)[:40], array.shape)
    return Leaf(name, kind, dtype, array.shape, np.ascontiguousarray(array, dtype=dtype).reshape(array.shape))


def encode_frame(header: Mapping[str, Any], blobs: Iterable[bytes] = ()) -> bytes:
    """Bytes of one frame. `header` must be JSON; the key "blobs" is added here.

    Lone surrogates, which Python strings may hold and files may not, become question marks.
    """
    parts = list(blobs)
    text = json.dumps({**header, "blobs": [len(part) for part in parts]}, ensure_ascii=False).encode(errors="replace")
    return b"".join([len(text).to_bytes(4, "little"), text, *parts])


def decode_frame(read: Callable[[int], bytes]) -> tuple[dict[str, Any], list[bytes]] | None:
    """Read one frame with `read(n)`, which returns exactly n bytes or fewer at the end; None at a clean end.

    Raises WireError for anything that is not a frame or exceeds the bounds above.
    """
    prefix = read(4)
    if not prefix:
        return None
    length = int.from_bytes(prefix, "little")
    if len(prefix) < 4 or not 2 <= length <= MAX_HEADER:
        raise WireError(f"header length {length} is outside 2..{MAX_HEADER}")
    text = read(length)
    if len(text) < length:
        raise WireError("the stream ended inside a header")
    if _parts(text) > MAX_PARTS:
        raise WireError(f"the header has more than {MAX_PARTS} parts")
    try:
        header = json.loads(text.decode())
        if b"\\u" in text:  # an escape can spell a lone surrogate, which could not be stored
            json.dumps(header, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise WireError("the header is not JSON") from error
    sizes = header.get("blobs") if isinstance(header, dict) else None
    if not isinstance(sizes, list) or len(sizes) > MAX_BLOBS or not all(_is_count(size) for size in sizes):
        raise WireError("the header does not list its blobs")
    if sum(sizes) > MAX_PAYLOAD:
        raise WireError(f"the payload of {sum(sizes)} bytes is larger than {MAX_PAYLOAD}")
    blobs = []
    for size in sizes:
        blob = read(size) if size else b""
        if len(blob) < size:
            raise WireError("the stream ended inside a payload")
        blobs.append(blob)
    return header, blobs


def _parts(text: bytes) -> int:
    """How many values a header holds, what stands inside its strings left out."""
    count = text.count(b",") + text.count(b"[") + text.count(b"{")
    if count > MAX_PARTS:
        bare = STRING.sub(b"", text)
        count = bare.count(b",") + bare.count(b"[") + bare.count(b"{")
    return count


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= MAX_PAYLOAD


def encode_leaves(leaves: Iterable[Leaf]) -> tuple[list[dict[str, Any]], list[bytes]]:
    """Headers and blobs of leaves, to go into one frame, as far as a frame has room.

    A leaf without a value has no blob, nor has one that would make the payload too large.
    """
    headers: list[dict[str, Any]] = []
    blobs: list[bytes] = []
    left = MAX_PAYLOAD
    for leaf in list(leaves)[:MAX_LEAVES]:
        header: dict[str, Any] = {"name": leaf.name, "kind": leaf.kind, "dtype": leaf.dtype, "shape": list(leaf.shape)}
        if leaf.value is not None and leaf.value.nbytes <= left:
            left -= leaf.value.nbytes
            header["blob"] = len(blobs)
            blobs.append(leaf.value.tobytes())
        headers.append(header)
    return headers, blobs


def decode_leaves(headers: object, blobs: list[bytes],
                  accept: Callable[[str, str, tuple[int, ...]], bool] = lambda name, dtype, shape: True) -> list[Leaf]:
    """Leaves of one frame. Bytes become an array only where `accept(name, dtype, shape)` says so.

    A refused leaf keeps its described dtype and shape, so that a verdict can say what was wrong with it.
    Raises WireError when the description is malformed or does not fit the bytes.
    """
    if not isinstance(headers, list) or len(headers) > MAX_LEAVES:
        raise WireError("leaves must be a list")
    leaves = []
    for header in headers:
        if not isinstance(header, dict):
            raise WireError("a leaf must be an object")
        name, kind, dtype, shape = (header.get(key) for key in ("name", "kind", "dtype", "shape"))
        if not (isinstance(name, str) and isinstance(kind, str) and isinstance(dtype, str)
                and isinstance(shape, list) and len(shape) <= 32 and all(_is_count(size) for size in shape)):
            raise WireError("a leaf needs name, kind, dtype and shape")
        shape = tuple(shape)
        value = None
        if "blob" in header and dtype in DTYPES and accept(name, dtype, shape):
            value = _array(blobs, header["blob"], dtype, shape)
        leaves.append(Leaf(name[:200], kind[:40], dtype[:40], shape, value))
    return leaves


def _array(blobs: list[bytes], index: object, dtype: str, shape: tuple[int, ...]) -> np.ndarray[Any, Any]:
    if type(index) is not int or not 0 <= index < len(blobs):
        raise WireError("a leaf names a blob that is not there")
    if len(blobs[index]) != math.prod(shape) * np.dtype(dtype).itemsize:
        raise WireError("a leaf's bytes do not fit its dtype and shape")
    if dtype == "|b1" and not set(blobs[index]) <= {0, 1}:
        raise WireError("a bool must be 0 or 1")
    try:
        return np.frombuffer(blobs[index], dtype=dtype).reshape(shape)
    except ValueError as error:  # no bytes at all, but sides whose product no array can have
        raise WireError("a leaf's shape is impossible") from error


def pack(value: Any, blobs: list[bytes]) -> dict[str, Any]:
    """Describe inputs of a probe as JSON, appending array bytes to `blobs`; functions go by their name."""
    if isinstance(value, Mapping):
        return {"dict": {key: pack(item, blobs) for key, item in value.items()}}
    if isinstance(value, list | tuple):
        return {type(value).__name__: [pack(item, blobs) for item in value]}
    if isinstance(value, np.ndarray):
        dtype = value.dtype.newbyteorder("<")
        blobs.append(value.astype(dtype).tobytes())
        return {"array": len(blobs) - 1, "dtype": dtype.str, "shape": list(value.shape)}
    if callable(value):
        return {"target": value.__name__}
    return {"plain": value.item() if isinstance(value, np.generic) else value}


def unpack(spec: Mapping[str, Any], blobs: list[bytes], targets: Mapping[str, Callable[..., Any]]) -> Any:
    """Fresh, writable inputs from `pack`'s description. Only the student's side calls this."""
    if "dict" in spec:
        return {key: unpack(item, blobs, targets) for key, item in spec["dict"].items()}
    if "list" in spec:
        return [unpack(item, blobs, targets) for item in spec["list"]]
    if "tuple" in spec:
        return tuple(unpack(item, blobs, targets) for item in spec["tuple"])
    if "array" in spec:
        return np.frombuffer(blobs[spec["array"]], dtype=spec["dtype"]).reshape(spec["shape"]).copy()
    if "target" in spec:
        return targets[spec["target"]]
    return spec["plain"]
