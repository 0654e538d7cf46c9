"""Instructors' functions and classes as text: to stand in an answer cell, or to be sent into the sandbox."""

import ast
import inspect
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any

from grading.probes.model import Answer, Mistake, Probe, ProblemSet

GIVEN = ("builtins", "helpers.", "torch.")  # where classes come from that a notebook imports itself


def as_cell(probe: Probe, answer: Answer | Mistake) -> str:
    """The source of an answer cell that gives this answer under the exercise's name.

    A class brings along the classes it is derived from, the most basic one first, all under that one name.
    """
    if isinstance(answer, Mistake):
        return answer.source or as_cell(probe, answer.answer)
    if not callable(answer):
        return "\n".join(f"{name} = {value!r}" for name, value in answer.items())
    if not isinstance(answer, type):
        return plain_source(answer, probe.id)
    family = [part for part in reversed(answer.__mro__) if not part.__module__.startswith(GIVEN)]
    names = {part.__name__ for part in family}
    return "\n\n".join(plain_source(part, probe.id, names) for part in family)


def uses(problem_set: ProblemSet) -> dict[str, str]:
    """The source of every `use` in a problem set, by probe, under the name that the sandbox looks for."""
    return {probe.id: plain_source(probe.use, "use") for probe in problem_set.probes if probe.use}


def plain_source(thing: Callable[..., Any], name: str, renamed: Collection[str] = ()) -> str:
    """The source of a function or class under another name, without type hints; base classes in `renamed` likewise."""
    return _plain_source(thing, name, frozenset(renamed))


@lru_cache(maxsize=4096)  # a set's answers are asked for again and again, and unparsing takes milliseconds
def _plain_source(thing: Callable[..., Any], name: str, renamed: frozenset[str]) -> str:
    [definition] = ast.parse(inspect.getsource(thing)).body
    assert isinstance(definition, ast.FunctionDef | ast.ClassDef)
    definition.name, definition.decorator_list = name, []
    for part in ast.walk(definition):
        if isinstance(part, ast.FunctionDef):
            part.returns = None
            gathering = [argument for argument in (part.args.vararg, part.args.kwarg) if argument]
            for argument in [*part.args.posonlyargs, *part.args.args, *part.args.kwonlyargs, *gathering]:
                argument.annotation = None
        elif isinstance(part, ast.ClassDef):
            part.bases = [ast.Name(name) if isinstance(base, ast.Name) and base.id in renamed else base
                          for base in part.bases]
    return ast.unparse(ast.fix_missing_locations(definition))
