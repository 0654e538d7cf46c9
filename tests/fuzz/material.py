"""What the fuzzing draws from: text that markup, terminals and parsers obey, any JSON, and mutations of what is right."""

import copy
from typing import Any

from hypothesis import strategies as st

NASTY = ("<evil>", "</p>", "<script>", "&lt;", "\"'>", "{{ 7 * 7 }}", "{% if %}", "[red]", "\x1b[31m", "\u202e", "\0", "\ud800", "\n", "]]>", "-->",
         "javascript:", "∂", "🙂")
texts = st.lists(st.sampled_from(NASTY) | st.text(max_size=8), max_size=6).map("".join)
numbers = st.integers() | st.floats() | st.sampled_from([0, -1, 1, True, 2**63, 2**70, 1e308, 10**400])
plain = st.none() | st.booleans() | numbers | texts
any_json = st.recursive(plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=12)
TOKENS = (b"\0", b"\xff", b"\xed\xa0\x80", b"\\ud800", b"{", b"}", b"[", b"]", b'"', b",", b":", b"null", b"NaN", b"Infinity", b"-1", b"9" * 30, b"1e999",
          b'"blobs"', b'"cells"', b"\xef\xbb\xbf", b"\n", b"[" * 2000, b"\x00\x00\x00\x00", b"\xff\xff\xff\xff")


@st.composite
def damaged(draw: st.DrawFn, data: bytes, most: int = 4) -> bytes:
    """These bytes with a few things cut out, doubled, exchanged or put in."""
    made = bytearray(data)
    for _ in range(draw(st.integers(1, most))):
        start = draw(st.integers(0, len(made)))
        end = min(len(made), start + draw(st.integers(0, 200)))
        how = draw(st.sampled_from(["cut", "double", "put", "flip", "end"]))
        if how == "cut":
            del made[start:end]
        elif how == "double":
            made[start:start] = made[start:end]
        elif how == "put":
            made[start:start] = draw(st.sampled_from(TOKENS))
        elif how == "flip" and start < len(made):
            made[start] ^= draw(st.integers(1, 255))
        elif how == "end":
            del made[start:]
    return bytes(made)


@st.composite
def bent(draw: st.DrawFn, value: Any, most: int = 4) -> Any:
    """A JSON value with a few of its parts replaced, removed or moved."""
    made = copy.deepcopy(value)
    for _ in range(draw(st.integers(1, most))):
        place, key = made, None
        while isinstance(place, dict | list) and place:
            keys = sorted(place, key=str) if isinstance(place, dict) else range(len(place))
            key = draw(st.sampled_from(list(keys)))
            if not isinstance(place[key], dict | list) or not place[key] or draw(st.integers(0, 2)) == 0:
                break
            place = place[key]
        if key is None or not isinstance(place, dict | list) or not place:
            return draw(any_json)
        if draw(st.booleans()):
            place[key] = draw(any_json)
        elif isinstance(place, dict):
            del place[key]
        else:
            place.insert(draw(st.integers(0, len(place))), copy.deepcopy(place[key]))
    return made
