"""Written or not? What the source of a function that stopped, or gave nothing back, says of it."""

import inspect
from textwrap import dedent
from typing import Any, NamedTuple

from helpers.handin.leftover import is_empty, leftovers
from helpers.handin.source import Function, tree


class Line(NamedTuple):
    """A stub's line that was left in a function, and where it stands."""

    function: str
    text: str
    where: str


def left_over(stub: NotImplementedError) -> Line | None:
    """The line that raised, where the function around it has been written."""
    place = stub.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is None:
        return None
    code = place.tb_frame.f_code
    for line in leftovers(_source(code)):
        if code.co_firstlineno + line.first - 1 == place.tb_lineno:
            return Line(code.co_name, line.text, "at the end of your answer" if line.closes else "in your answer")
    return None


def is_unwritten(function: Any) -> bool:
    """Whether a function has nothing in it but `pass`, `...`, `return None` or a stub's line."""
    body = tree(_source(function)).body
    return len(body) == 1 and isinstance(body[0], Function) and is_empty(body[0])


def _source(thing: Any) -> str:
    try:
        return dedent(inspect.getsource(thing))
    except (OSError, TypeError, IndexError, SyntaxError):
        return ""
