"""Where a student's function stopped: the line itself, and the shapes of the arrays in it."""

import ast
import linecache
import textwrap
from collections.abc import Iterator, Mapping
from types import FrameType
from typing import Any

import numpy as np

MOST = 5  # arrays that are told of
LONGEST = 100  # characters of a line


def failing_line(error: BaseException, files: set[str]) -> str:
    """`d = (W[l].T @ d) * s`, with W[l] (4, 10) and d (10,): the last line in these files that was reached."""
    place, frame = error.__traceback__, None
    while place is not None:
        if place.tb_frame.f_code.co_filename in files:
            frame, number = place.tb_frame, place.tb_lineno
        place = place.tb_next
    text = linecache.getline(frame.f_code.co_filename, number).strip() if frame else ""
    if not frame or not text:
        return ""
    shapes = list(dict.fromkeys(_shapes(text, frame)))[:MOST]
    listed = f", with {' and '.join([', '.join(shapes[:-1]), shapes[-1]] if shapes[1:] else shapes)}" if shapes else ""
    return f"`{text[:LONGEST]}{'…' if text[LONGEST:] else ''}`{listed}"


def call_in_words(name: str, arguments: tuple[Any, ...]) -> str:
    """`gradients(array (6,), 3, list of 3, list of 3)`: what a check called."""
    return f"{name}({', '.join(map(_kind, arguments))})"


def _kind(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"array {value.shape}"
    if isinstance(value, bool | int | float | np.number):
        return f"{value:.4g}"
    if isinstance(value, list | tuple | dict):
        return f"{type(value).__name__} of {len(value)}"
    return getattr(value, "__name__", type(value).__name__)


def _shapes(text: str, frame: FrameType) -> Iterator[str]:
    """Arrays that the line names: variables, attributes of them, and entries at a place that is known."""
    try:
        tree = ast.parse(textwrap.dedent(text if not text.endswith(":") else f"{text} pass"))
    except (SyntaxError, ValueError):
        return
    names = {**frame.f_globals, **frame.f_locals}
    parts = [node for node in ast.walk(tree) if isinstance(node, ast.Name | ast.Attribute | ast.Subscript)
             and isinstance(node.ctx, ast.Load)]
    inner = {id(node.value) for node in parts if isinstance(node, ast.Attribute | ast.Subscript)
             and isinstance(_value(node, names), np.ndarray)}
    for node in parts:
        value = _value(node, names)
        if isinstance(value, np.ndarray) and id(node) not in inner:
            yield f"{ast.unparse(node)} {value.shape}"


def _value(node: ast.AST, names: Mapping[str, Any]) -> Any:
    """What a name, an attribute or an entry is, with nothing of the student's called; None where that is not sure."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Attribute):
        owner = _value(node.value, names)
        if isinstance(owner, np.ndarray):
            return owner.T if node.attr == "T" else None
        return vars(owner).get(node.attr) if hasattr(owner, "__dict__") and not isinstance(owner, type) else None
    if isinstance(node, ast.Subscript):
        owner, place = _value(node.value, names), _value(node.slice, names)
        if type(owner) in (list, tuple, dict) and isinstance(place, int | str):
            try:
                return owner[place]
            except (LookupError, TypeError):
                return None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _value(node.operand, names)
        return -inner if type(inner) is int else None
    return None
