"""What can be read off a cell without running it: its tree, the names it binds, and the names it needs."""

import ast
import builtins
import re
import symtable
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple, TypeVar

T = TypeVar("T")
SHORT = 20_000  # characters
Function = ast.FunctionDef | ast.AsyncFunctionDef
# Lines that IPython understands and Python does not.
MAGIC = re.compile(r"^([ \t]*)(?:[%!].*|\?{0,2}[\w.]+\?{1,2}[ \t]*)$", re.M)
ALWAYS = frozenset(dir(builtins)) | {"display", "get_ipython", "In", "Out", "_", "__file__", "__builtins__"}


class Names(NamedTuple):
    """What a cell binds for the cells below it, and what it must find."""

    bound: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()


def parse(source: str) -> ast.Module:
    """The tree of a cell, IPython's own lines left out; not to be changed. Raises SyntaxError for what is no Python."""
    return _parse_short(source) if len(source) <= SHORT else _read(ast.parse, source)


@lru_cache(maxsize=64)
def _parse_short(source: str) -> ast.Module:
    """An answer is asked for several times over; the tree of a long one takes more memory than time."""
    return _read(ast.parse, source)


def tree(source: str) -> ast.Module:
    """The tree of a cell; an empty one where the cell is no Python."""
    try:
        return parse(source)
    except SyntaxError:
        return ast.Module([], [])


def names(source: str) -> Names:
    """The global names of a cell; none where the cell is no Python, or imports names that it does not list."""
    try:
        top = _read(lambda text: symtable.symtable(text, "<cell>", "exec"), source)
        bound, needed = set[str](), set[str]()
        for table in _tables(top):
            for symbol in table.get_symbols():
                binds = symbol.is_assigned() or symbol.is_imported()
                if binds and (table is top or symbol.is_declared_global()):
                    bound.add(symbol.get_name())
                elif symbol.is_referenced() and (table is top or symbol.is_global()):
                    needed.add(symbol.get_name())
    except (SyntaxError, RecursionError):
        return Names()
    if re.search(r"import[ \t(]*\*", source):
        needed = set()
    return Names(frozenset(bound), frozenset(needed - bound - ALWAYS))


def functions(module: ast.Module) -> dict[str, Function]:
    """The functions of a cell and the methods of its classes, as `softmax` and `Linear.forward`; of two, the last."""
    found: dict[str, Function] = {}
    for node in module.body:
        if isinstance(node, Function):
            found[node.name] = node
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{part.name}": part for part in node.body if isinstance(part, Function)}
    return found


def defined(module: ast.Module) -> list[str]:
    """The functions and classes that a cell defines, in order."""
    return [node.name for node in module.body if isinstance(node, Function | ast.ClassDef)]


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """All nodes of a function that run when it runs: not those of functions and classes inside it."""
    todo = list(ast.iter_child_nodes(function))
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, Function | ast.ClassDef | ast.Lambda):
            todo += ast.iter_child_nodes(node)


def ends(statements: list[ast.stmt]) -> bool:
    """Whether what stands behind these statements is never reached."""
    return any(_ends(statement) for statement in statements)


def _ends(node: ast.stmt) -> bool:
    while isinstance(node, ast.If) and len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        if not ends(node.body):  # a chain of elif may be long: no recursion
            return False
        node = node.orelse[0]
    if isinstance(node, ast.If):
        return ends(node.body) and ends(node.orelse)
    if isinstance(node, ast.With):
        return ends(node.body)
    if isinstance(node, ast.Try):
        return ends(node.finalbody) or (ends([*node.body, *node.orelse]) and all(ends(h.body) for h in node.handlers))
    if isinstance(node, ast.While):
        forever = isinstance(node.test, ast.Constant) and bool(node.test.value)
        return forever and not any(isinstance(inner, ast.Break) for inner in ast.walk(node))
    return isinstance(node, ast.Return | ast.Raise)


def _tables(top: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    todo = [top]
    while todo:
        table = todo.pop()
        todo += table.get_children()
        yield table


def _read(reader: Callable[[str], T], source: str) -> T:
    """What `reader` makes of a cell, tried again without IPython's lines. Raises SyntaxError and nothing else."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a student's "\\d" is no news here
        try:
            return reader(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            plain = MAGIC.sub(r"\1pass", source)
            if plain == source:
                raise _syntax_error(error) from None
        try:
            return reader(plain)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise _syntax_error(error) from None


def _syntax_error(error: Exception) -> SyntaxError:
    return error if isinstance(error, SyntaxError) else SyntaxError(str(error) or type(error).__name__)
