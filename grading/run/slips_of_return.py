"""Slips of form about what a function gives back."""

import ast
from collections.abc import Iterator

from grading.run.written import Slip, Written
from helpers.handin.leftover import is_empty
from helpers.handin.source import Function, ends, own_nodes

PURE = frozenset((
    "abs", "absolute", "add", "argmax", "argmin", "argsort", "array", "asarray", "astype", "atleast_2d", "ceil",
    "clip", "column_stack", "concatenate", "copy", "cumsum", "diag", "divide", "dot", "exp", "expand_dims", "eye",
    "flatten", "floor", "hstack", "log", "matmul", "max", "maximum", "mean", "min", "minimum", "multiply",
    "negative", "ones", "outer", "power", "ravel", "repeat", "reshape", "round", "sign", "sqrt", "square", "squeeze",
    "stack", "subtract", "sum", "swapaxes", "tanh", "tile", "transpose", "vstack", "where", "zeros"))
MOST = 60  # characters of code that is quoted


def nothing_returned(written: Written) -> Iterator[Slip]:
    """A function that never gives a value back, or not on every way through it."""
    if written.verdict.kind == "error" and not written.gives_none:
        return
    for name, function, model in written.both:
        if not _valued(model) or any(isinstance(node, ast.Yield | ast.YieldFrom) for node in own_nodes(function)):
            continue
        returned = _valued(function)
        if is_empty(function):
            yield Slip("no_return", f"`{name}` has nothing in it yet.")
        elif all(_is_print(value) for value in returned) and (returned or not ends(function.body)):
            if returned or any(_is_print(node) and not _only_words(node) for node in own_nodes(function)):
                yield Slip("prints_result", f"`{name}` prints its result and gives nothing back: write `return` "
                           "where `print` stands.")
            else:
                yield Slip("no_return", f"`{name}` has no `return` that gives a value back, so its value is `None`.")
        elif not ends(function.body) and written.gives_none and sum(bool(_valued(m)) for _, _, m in written.both) == 1:
            yield Slip("no_return", f"`{name}` can come to its end without a `return`, and its value is `None` then.")


def returns_inside_loop(written: Written) -> Iterator[Slip]:
    """A loop whose body always returns: it ends in its first round."""
    if not written.mostly_wrong:
        return
    for name, function, model in written.both:
        if not any(_returning(node) for node in own_nodes(model)):
            for line in sorted(line for node in own_nodes(function) if (line := _returning(node))):
                yield Slip("returns_inside_loop", f"The `return` in line {line} of your cell stands inside the loop of "
                           f"`{name}`, which it ends in the first round.", enough=False)


def result_thrown_away(written: Written) -> Iterator[Slip]:
    """A value that is worked out and not kept, of a name that is used later as if it had changed."""
    if not written.mostly_wrong:
        return
    for _, function, _ in written.both:
        nodes = list(own_nodes(function))
        used = [node for node in nodes if isinstance(node, ast.Name)]
        for node in nodes:
            if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
                continue
            subject = _subject(node.value)
            later = [one for one in used if one.id == subject and one.lineno > node.lineno]
            if later and not any(isinstance(one.ctx, ast.Store) for one in later):
                text = (ast.get_source_segment(written.source, node) or "").replace("`", "'")
                shown = f"`{text}`" if "\n" not in text and 0 < len(text) <= MOST else "a value"
                yield Slip("result_thrown_away", f"Line {node.lineno} of your cell works out {shown} and throws it "
                           f"away, since `{subject}` stays as it was: give the value a name, or return it.",
                           enough=False)


def _valued(function: Function) -> list[ast.expr]:
    """The values that a function returns, None left out."""
    return [node.value for node in own_nodes(function) if isinstance(node, ast.Return) and node.value is not None
            and not (isinstance(node.value, ast.Constant) and node.value.value is None)]


def _is_print(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def _only_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and all(isinstance(value, ast.Constant) for value in node.args)


def _returning(node: ast.AST) -> int:
    """The line of the `return` that ends a loop in its first round; 0 where there is none."""
    if not isinstance(node, ast.For) or not isinstance(node.body[-1], ast.Return):
        return 0
    inner = (part for statement in node.body for part in ast.walk(statement))
    return 0 if any(isinstance(part, ast.Continue | ast.Break) for part in inner) else node.body[-1].lineno


def _subject(call: ast.Call) -> str:
    """The array that a call takes and leaves as it is: `x` of `np.maximum(x, 0)` and of `x.reshape(2, 3)`."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in PURE:
        return ""
    if any(keyword.arg == "out" for keyword in call.keywords):
        return ""
    base = call.func.value
    if isinstance(base, ast.Name) and base.id in ("np", "numpy"):
        few = len(call.args) <= 2 or call.func.attr in ("where", "clip")  # a third one may be `out`
        return next((argument.id for argument in call.args if isinstance(argument, ast.Name)), "") if few else ""
    return base.id if isinstance(base, ast.Name) else ""
