"""Right programs with one thing done otherwise, whichever they are: a factor left out, a sign turned, another axis.

A slip is written by somebody who has seen it. These need nobody: each place of a right program at which people go wrong
is changed in turn.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

OTHERS = {"sum": ["mean"], "mean": ["sum"], "max": ["min"], "min": ["max"], "argmax": ["argmin"], "argmin": ["argmax"],
          "maximum": ["minimum"], "minimum": ["maximum"], "var": ["std"], "std": ["var"], "zeros": ["ones"],
          "ones": ["zeros"], "log": ["log10", "log2", "log1p"], "exp": ["exp2", "expm1"]}
DROPPED = ("log", "exp", "sqrt", "abs", "square", "tanh", "transpose")
UNLIKELY = ("square_too_many", "fraction_turned", "multiplied", "divided", "comparison_turned",
            "bound_counted_otherwise")
MOST = 150  # of one program


@dataclass(frozen=True)
class Mutation:
    """One thing done otherwise: a name for it, what a student did, and the program."""

    id: str
    words: str
    source: str


def mutations(source: str, callees: Mapping[str, int]) -> list[Mutation]:
    """All one-place changes of a program. `callees` are exercises it may call, with how many arguments they take."""
    if "while " in source:
        return []  # it might never end
    tree = ast.parse(source)
    tree.body = [statement for statement in tree.body if isinstance(statement, ast.FunctionDef | ast.ClassDef)]
    found: list[Mutation] = []
    for node, put in list(_places(tree)):
        for id, words, other in list(_changes(node, callees)):
            put(other)
            found.append(Mutation(id, words, ast.unparse(tree)))
            put(node)
    return sorted(found, key=lambda one: one.id in UNLIKELY)[:MOST]


def _places(tree: ast.AST) -> Iterator[tuple[ast.AST, Callable[[ast.AST], None]]]:
    """Every node below a tree, and how to put another in its place."""
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if isinstance(value, list):
                yield from ((item, partial(value.__setitem__, index)) for index, item in enumerate(value)
                            if isinstance(item, ast.AST))
            elif isinstance(value, ast.AST):
                yield value, partial(setattr, parent, name)


def _changes(node: ast.AST, callees: Mapping[str, int]) -> Iterator[tuple[str, str, ast.AST]]:
    if isinstance(node, ast.BinOp):
        yield from _of_operation(node)
    elif isinstance(node, ast.Call):
        yield from _of_call(node, callees)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "minus_left_out", "a minus sign is left out", node.operand
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield "transpose_left_out", "a transpose is left out", node.value
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        turned = {ast.Gt: ast.Lt, ast.Lt: ast.Gt, ast.GtE: ast.LtE, ast.LtE: ast.GtE, ast.Eq: ast.NotEq}
        bounds = {ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Lt: ast.LtE, ast.LtE: ast.Lt}
        if kind := turned.get(type(node.ops[0])):
            yield "comparison_turned", "a comparison is the other way round", ast.Compare(node.left, [kind()],
                                                                                        node.comparators)
        if kind := bounds.get(type(node.ops[0])):
            yield ("bound_counted_otherwise", "equality is on the other side of a comparison",
                   ast.Compare(node.left, [kind()], node.comparators))


def _of_operation(node: ast.BinOp) -> Iterator[tuple[str, str, ast.AST]]:
    left, op, right = node.left, node.op, node.right
    if isinstance(op, ast.Mult):
        yield "factor_left_out", "a factor is left out", left
        yield "factor_left_out", "a factor is left out", right
        yield "matrix_product", "a matrix product stands where entries should be multiplied", ast.BinOp(
            left, ast.MatMult(), right)
        yield "divided", "something is divided where it should be multiplied", ast.BinOp(left, ast.Div(), right)
    elif isinstance(op, ast.Div):
        yield "division_left_out", "a division is left out", left
        if isinstance(right, ast.BinOp) and isinstance(right.op, ast.Add | ast.Sub):
            yield "brackets_left_out", "the brackets around a denominator are missing", ast.BinOp(
                ast.BinOp(left, ast.Div(), right.left), right.op, right.right)
        if isinstance(left, ast.BinOp) and isinstance(left.op, ast.Add | ast.Sub):
            yield "brackets_left_out", "the brackets around a numerator are missing", ast.BinOp(
                left.left, left.op, ast.BinOp(left.right, ast.Div(), right))
        yield "multiplied", "something is multiplied where it should be divided", ast.BinOp(left, ast.Mult(), right)
        yield "fraction_turned", "a fraction is upside down", ast.BinOp(right, ast.Div(), left)
    elif isinstance(op, ast.MatMult):
        yield "entries_multiplied", "entries are multiplied where a matrix product belongs", ast.BinOp(
            left, ast.Mult(), right)
        yield "factor_left_out", "a factor of a matrix product is left out", left
        yield "factor_left_out", "a factor of a matrix product is left out", right
        yield "product_turned", "the factors of a matrix product stand the other way round", ast.BinOp(
            right, ast.MatMult(), left)
    elif isinstance(op, ast.Add | ast.Sub):
        word, other = ("added", ast.Sub()) if isinstance(op, ast.Add) else ("subtracted", ast.Add())
        yield f"not_{word}", f"something has the wrong sign: it should be {word}", ast.BinOp(left, other, right)
        yield "term_left_out", "a term is left out", left
        yield "term_left_out", "a term is left out", right
        yield "square_too_many", "something is squared that should not be", ast.BinOp(
            left, op, ast.BinOp(right, ast.Pow(), ast.Constant(2)))
        if isinstance(op, ast.Sub):
            yield "difference_turned", "a difference is taken the other way round", ast.BinOp(right, op, left)
    elif isinstance(op, ast.Pow):
        yield "power_left_out", "a power is left out", left


def _of_call(node: ast.Call, callees: Mapping[str, int]) -> Iterator[tuple[str, str, ast.AST]]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    by_name = isinstance(node.func, ast.Name)
    if (name in DROPPED or (by_name and callees.get(name) == 1)) and node.args:
        yield f"{name}_left_out", f"a `{name}` is left out", node.args[0]
    if name == "exp" and node.args and not isinstance(node.args[0], ast.UnaryOp):
        yield "sign_in_exp", "the argument of an exponential has the other sign", ast.Call(
            node.func, [ast.UnaryOp(ast.USub(), node.args[0])], node.keywords)
    if isinstance(node.func, ast.Attribute):
        yield from ((f"{other}_for_{name}", f"`{other}` stands where `{name}` belongs", ast.Call(
            ast.Attribute(node.func.value, other, ast.Load()), node.args, node.keywords))
            for other in OTHERS.get(name, ()))
    if by_name and name in callees:
        for other, count in callees.items():
            if other != name and count == callees[name]:
                yield f"{other}_for_{name}", f"`{other}` stands where `{name}` belongs", ast.Call(
                    ast.Name(other, ast.Load()), node.args, node.keywords)
    for index, keyword in enumerate(node.keywords):
        if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant) and keyword.value.value in (0, 1):
            others = [ast.keyword(one.arg, ast.Constant(1 - keyword.value.value) if k == index else one.value)
                      for k, one in enumerate(node.keywords)]
            rest = [one for k, one in enumerate(node.keywords) if k != index]
            yield "other_axis", f"`{name}` runs over the other axis", ast.Call(node.func, node.args, others)
            yield "all_axes", f"`{name}` runs over all entries, not over one axis", ast.Call(node.func, node.args, rest)
