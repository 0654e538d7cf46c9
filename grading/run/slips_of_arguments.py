"""Slips of form about what a function does with its arguments, their sizes and their entries."""

import ast
import re
from collections.abc import Iterable, Iterator

from grading.judge.evidence import SIZES
from grading.run.written import Slip, Written, tree_of
from helpers.handin.source import Function, functions, own_nodes, tree

WHOLE = ("'float' object cannot be interpreted as an integer", "slice indices must be integers",
         "'numpy.float64' object cannot be interpreted as an integer")
SIZED = ("range", "zeros", "ones", "empty", "full", "eye", "reshape", "arange", "repeat", "tile", "identity")
SMALLEST = 4  # of the sizes that are looked for: 1, 2 and 3 stand for much else


def integer_division_python2(written: Written) -> Iterator[Slip]:
    """`/` where an index or a size is needed."""
    if written.error[0] == "TypeError" and any(words in written.error[1] for words in WHOLE):
        for name, function in written.functions.items():
            if line := _divides(function):
                yield Slip("integer_division_python2", f"Line {line} of your cell divides with `/`, which gives a "
                           f"float, and `{name}` needs a size or an index, which is whole: write `//`.")


def _divides(function: Function) -> int:
    """The line of a `/` whose value becomes a size or an index; 0 where there is none."""
    nodes = sorted((node for node in own_nodes(function) if isinstance(node, ast.stmt | ast.expr)),
                   key=lambda node: (node.lineno, node.col_offset))
    lines: dict[str, int] = {}
    for _ in range(3):  # a value may pass through several names
        for node in nodes:
            if isinstance(node, ast.Assign) and (line := _quotient(node.value, lines)):
                lines |= {t.id: lines.get(t.id, line) for t in node.targets if isinstance(t, ast.Name)}
    places: list[ast.expr] = []
    for node in nodes:
        if isinstance(node, ast.Call) and _last(node.func) in SIZED:
            places += node.args
        elif isinstance(node, ast.Slice):
            places += [part for part in (node.lower, node.upper, node.step) if part]
    return next((line for place in places if (line := _quotient(place, lines))), 0)


def _quotient(value: ast.expr, lines: dict[str, int]) -> int:
    """The line of the `/` in an expression of numbers that may be a float because of it."""
    todo: list[ast.expr] = [value]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.BinOp):
            if isinstance(node.op, ast.Div):
                return node.lineno
            todo += [node.left, node.right]
        elif isinstance(node, ast.UnaryOp):
            todo.append(node.operand)
        elif isinstance(node, ast.Tuple | ast.List):
            todo += node.elts
        elif isinstance(node, ast.Name) and node.id in lines:
            return lines[node.id]
    return 0


def indexes_columns(written: Written) -> Iterator[Slip]:
    """`p[:, labels]`, whole columns, where one entry of each row is asked for."""
    if written.verdict.cases_right:
        return
    for name, function, model in written.both:
        wanted = {place for first, second in _pairs(model) if not isinstance(first, ast.Slice)
                  for place in _from_arguments(second, model)}
        for node in own_nodes(function):
            if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple) and len(node.slice.elts) == 2:
                first, second = node.slice.elts
                whole = isinstance(first, ast.Slice) and not (first.lower or first.upper or first.step)
                if whole and isinstance(second, ast.Name) and wanted & _from_arguments(second, function):
                    yield Slip("indexes_columns", f"In line {node.lineno} of your cell, `[:, {second.id}]` takes whole "
                               f"columns, for `{name}` one for each label; one entry of each row needs the row's "
                               "number beside its label.", enough=False)


def _pairs(function: Function) -> Iterator[tuple[ast.expr, ast.expr]]:
    for node in own_nodes(function):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple) and len(node.slice.elts) == 2:
            yield node.slice.elts[0], node.slice.elts[1]


def _from_arguments(value: ast.expr, function: Function) -> set[int]:
    """Which arguments (by place) a name is, or was made of in one step."""
    if not isinstance(value, ast.Name):
        return set()
    made = {value.id}
    for node in own_nodes(function):
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == value.id for t in node.targets):
            made |= {part.id for part in ast.walk(node.value) if isinstance(part, ast.Name)}
    return {place for place, argument in enumerate(_arguments(function)) if argument in made}


def argument_forgotten(written: Written) -> Iterator[Slip]:
    """An argument that is never read, where the model answer reads it."""
    if not written.mostly_wrong:
        return
    for name, function, model in written.both:
        mine, asked = _arguments(function), _arguments(model)
        read, wanted = _read(function), _read(model)
        if len(mine) != len(asked) or read & {"locals", "vars", "eval", "exec"} or function.args.vararg:
            continue
        values = written.given_values | {stored for cell in written.answers.values() for stored in cell.bound}
        values -= {part.split(".")[0] for part in written.functions} | set(written.answers)
        instead = sorted(read & values - set(mine) - _stored(function) - _called(function))
        for argument, as_asked in zip(mine, asked, strict=True):
            if argument not in read and as_asked in wanted and argument != "self":
                beside = f" It reads `{instead[0]}`, which is no argument." if instead else ""
                yield Slip("argument_forgotten", f"`{name}` never reads its argument `{argument}`.{beside}",
                           enough=False)


def sizes_written_in(written: Written) -> Iterator[Slip]:
    """A size of the notebook's own arrays as a number, where hidden tests use other sizes."""
    numbers = numbers_beside(written.source, written.assignment.solutions[written.name])
    if not numbers:
        return
    for given, expected, sizes in written.sizes():
        kept = {number for number in numbers if number not in sizes}
        off = {got for name, shape in given.items() if name in expected and len(shape) == len(expected[name])
               for got, asked in zip(shape, expected[name], strict=True) if got != asked}
        if written.error[0] in ("ValueError", "IndexError"):
            off |= {int(number) for number in re.findall(r"\b\d{1,6}\b", written.error[1])}
        for number in sorted(kept & off):
            yield Slip(SIZES, f"The size {number} is written into line {numbers[number]} of your cell, "
                       "and hidden tests use other sizes: take it from the arguments.", enough=False)


def numbers_beside(answer: str, model: str) -> dict[int, int]:
    """Whole numbers that may be sizes in an answer and not in the model answer, each with its first line."""
    known = _numbers(functions(tree_of(model)).values())
    return {number: line for number, line in _numbers(functions(tree(answer)).values()).items() if number not in known}


def _numbers(functions: Iterable[Function]) -> dict[int, int]:
    """Whole numbers in some functions, and the first line of each."""
    found: dict[int, int] = {}
    for node in (node for function in functions for node in ast.walk(function)):
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value >= SMALLEST:
            found[node.value] = min(node.lineno, found.get(node.value, node.lineno))
    return found


def _arguments(function: Function) -> list[str]:
    return [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]


def _read(function: Function) -> set[str]:
    """Names that a function reads; one that is added to is read as well."""
    nodes = list(ast.walk(function))
    added = {id(node.target) for node in nodes if isinstance(node, ast.AugAssign)}
    return {node.id for node in nodes if isinstance(node, ast.Name)
            and (id(node) in added or not isinstance(node.ctx, ast.Store))}


def _stored(function: Function) -> set[str]:
    return {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _called(function: Function) -> set[str]:
    called = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {node.id for node in called if isinstance(node, ast.Name)}


def _last(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
