"""Which other exercises an answer uses, so that a check can say where to look first."""

from collections.abc import Callable, Collection, Iterator
from types import CodeType, FunctionType
from typing import Any


def used_by(answer: Any, examine: Callable[..., None], exercises: Collection[str]) -> dict[str, Any]:
    """Exercises that an answer calls, or that its check asks for by name, as the notebook defines them, in order."""
    names = _names_around(answer)
    found = {constant for code in _codes(examine) for constant in code.co_consts if isinstance(constant, str)}
    left = [answer]
    seen: set[int] = set()
    while left:
        thing = left.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        for name in (name for code in _codes(thing) for name in code.co_names):
            if name in exercises and callable(names.get(name)):
                found.add(name)
                left.append(names[name])
    return {name: names[name] for name in exercises if name in found and callable(names.get(name))
            and names[name] is not answer}


def _names_around(answer: Any) -> dict[str, Any]:
    functions = [answer, *(vars(answer).values() if isinstance(answer, type) else ())]
    return next((part.__globals__ for part in functions if isinstance(part, FunctionType)), {})


def _codes(thing: Any) -> Iterator[CodeType]:
    """The code of a function, of a class's methods, and of what is defined inside them."""
    parts = vars(thing).values() if isinstance(thing, type) else [thing]
    left = [part.__code__ for part in parts if isinstance(part, FunctionType)]
    while left:
        code = left.pop()
        yield code
        left += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
