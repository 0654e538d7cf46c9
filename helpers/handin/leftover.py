"""The stub's `raise NotImplementedError` where it was left standing in an answer, and answers that are stubs still."""

import ast
import re
from dataclasses import dataclass
from functools import lru_cache

from helpers.handin.source import Function, ends, functions, tree

NUMBER = re.compile(r"\d+(\.\d+)*\Z")  # of an exercise, as the hand-out's stubs give it
MOST = 80  # characters of a line that is shown


@dataclass(frozen=True)
class Leftover:
    """One such line: lines from 1, columns in bytes, and whether it is the last one of its function."""

    first: int
    start: int
    last: int
    end: int
    text: str
    closes: bool


def leftovers(source: str, given: str = "") -> list[Leftover]:
    """The lines of a cell that only a stub has, in functions that have been written, where they can be reached.

    A function that is as in `given`, the hand-out's text of the cell, has not been written.
    """
    try:
        return _leftovers(source, _dumped(given) if given else {})
    except RecursionError:
        return []


def _leftovers(source: str, given: dict[str, str]) -> list[Leftover]:
    module = tree(source)
    written = {name: function for name, function in functions(module).items()
               if name not in given or ast.dump(function) != given[name]}
    bodies = [written[name].body for name in written]
    bodies += [module.body, *(node.body for node in module.body if isinstance(node, ast.ClassDef))]
    found = []
    for body in bodies:
        if all(_is_empty(statement) for statement in body):
            continue
        for place, statement in enumerate(body):
            if is_stub_line(statement) and not _may_be_own(statement, body[:place]):
                found.append(_located(source, statement, closes=place == len(body) - 1))
            elif ends([statement]):
                break
    return sorted(found, key=lambda one: one.first)


def without(source: str, found: list[Leftover]) -> str:
    """The cell with `pass` in place of these lines; all others keep their numbers."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").encode().split(b"\n")
    for one in reversed(found):
        head, tail = lines[one.first - 1][:one.start], lines[one.last - 1][one.end:]
        lines[one.first - 1:one.last] = [head + b"pass" + tail, *[b""] * (one.last - one.first)]
    changed = b"\n".join(lines).decode()
    return changed if tree(changed).body else source


def nothing_written(source: str, name: str, given: str = "") -> bool:
    """Whether a cell has nothing in it but a stub of `name`: raise, `pass`, `...` or `return None`."""
    try:
        return _nothing_written(tree(source), name, _dumped(given))
    except RecursionError:
        return False


def _nothing_written(module: ast.Module, name: str, given: dict[str, str]) -> bool:
    rest = [node for node in module.body if not _is_empty(node) and not isinstance(node, ast.Import | ast.ImportFrom)]
    if len(rest) != 1 or not isinstance(rest[0], Function | ast.ClassDef):
        return bool(module.body) and not rest and not any(is_stub_line(node) for node in module.body)
    if rest[0].name != name:
        return False
    if isinstance(rest[0], Function):
        return is_empty(rest[0])
    methods = {key: function for key, function in functions(module).items() if key.startswith(f"{name}.")}
    left = [key for key, function in methods.items() if is_empty(function)]
    return bool(left) and all(key in left or ast.dump(methods[key]) == given.get(key) for key in methods)


def is_empty(function: Function) -> bool:
    """Whether a function has no code of its own."""
    return all(_is_empty(statement) for statement in function.body)


def is_stub_line(statement: ast.stmt) -> bool:
    """Whether a statement is `raise NotImplementedError`, with or without a word, or `raise NotImplemented`."""
    if not isinstance(statement, ast.Raise):
        return False
    raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
    return isinstance(raised, ast.Name) and raised.id in ("NotImplementedError", "NotImplemented")


def _is_empty(statement: ast.stmt) -> bool:
    """A docstring, `pass`, `...`, `return None`, or a stub's line."""
    if isinstance(statement, ast.Return):
        return statement.value is None or (isinstance(statement.value, ast.Constant) and statement.value.value is None)
    text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return text or isinstance(statement, ast.Pass) or is_stub_line(statement)


def _may_be_own(statement: ast.stmt, before: list[ast.stmt]) -> bool:
    """Whether a student may have written the line: behind cases that return, or with words of its own."""
    assert isinstance(statement, ast.Raise)
    words = statement.exc.args if isinstance(statement.exc, ast.Call) else []
    if len(words) == 1 and isinstance(words[0], ast.Constant) and NUMBER.match(str(words[0].value)):
        return False
    returns = any(isinstance(node, ast.Return) for earlier in before for node in ast.walk(earlier))
    return returns or not all(isinstance(word, ast.Constant) for word in words)


def _located(source: str, statement: ast.stmt, closes: bool) -> Leftover:
    text = ast.get_source_segment(source, statement) or ""
    if "\n" in text or not 0 < len(text) <= MOST:
        text = "raise NotImplementedError(…)"
    return Leftover(statement.lineno, statement.col_offset, statement.end_lineno or statement.lineno,
                    statement.end_col_offset or statement.col_offset, text, closes)


@lru_cache(maxsize=256)
def _dumped(given: str) -> dict[str, str]:
    return {name: ast.dump(function) for name, function in functions(tree(given)).items()}
