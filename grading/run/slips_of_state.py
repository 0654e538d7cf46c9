"""Slips of form about what outlives a call: attributes of a class, and lists made once."""

import ast
from collections.abc import Iterator

from grading.run.written import Slip, Written
from helpers.handin.source import Function, own_nodes

PARENTS = ("Module", "object", "nn.Module")  # which have no attributes that an exercise uses
GROWS = ("append", "extend", "insert", "add", "update")


def self_forgotten(written: Written) -> Iterator[Slip]:
    """A value that one method needs and another keeps to itself, or that is read without `self`."""
    if any(word in written.source for word in ("setattr", "__dict__", "getattr")):
        return
    for node in written.module.body:
        if isinstance(node, ast.ClassDef) and all(ast.unparse(base) in PARENTS for base in node.bases):
            yield from _in_class(node, written)


def _in_class(node: ast.ClassDef, written: Written) -> Iterator[Slip]:
    methods = [part for part in node.body if isinstance(part, ast.FunctionDef) and part.args.args]
    kept = {name for method in methods for name in _attributes(method, ast.Store)}
    kept |= {method.name for method in methods}
    kept |= {name.id for part in node.body if not isinstance(part, ast.FunctionDef) for name in ast.walk(part)
             if isinstance(name, ast.Name)}
    for reader in methods:
        for name in sorted(_attributes(reader, ast.Load) - kept):
            owner = next((method for method in methods if method is not reader and name in _locals(method)), None)
            if owner:
                yield Slip("self_forgotten", f"`{node.name}.{owner.name}` has `{name}` for itself alone, and "
                           f"`{node.name}.{reader.name}` reads `self.{name}`: keep it as `self.{name}` there.")
    unknown = written.answers[written.name].needed - written.given
    unknown -= {name for cell in written.answers.values() for name in cell.bound}
    for reader in methods:
        read = {part.id for part in ast.walk(reader) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}
        for name in sorted(read & unknown & (kept - {method.name for method in methods})):
            yield Slip("self_forgotten", f"`{node.name}.{reader.name}` reads `{name}`, which is kept as `self.{name}`: "
                       f"write `self.{name}`.")


def _attributes(method: Function, context: type[ast.expr_context]) -> set[str]:
    """The attributes of `self` that a method reads, or sets."""
    me = method.args.args[0].arg
    return {node.attr for node in ast.walk(method) if isinstance(node, ast.Attribute) and isinstance(node.ctx, context)
            and isinstance(node.value, ast.Name) and node.value.id == me}


def _locals(function: Function) -> set[str]:
    stored = {node.id for node in own_nodes(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return stored | {argument.arg for argument in function.args.args[1:]}


def accumulates(written: Written) -> Iterator[Slip]:
    """A list or number that is made once and grows with every call."""
    if not written.mostly_wrong:
        return
    once = {name for statement in written.module.body for name in _made(statement)}
    for name, function, _ in written.both:
        nodes = list(own_nodes(function))
        stored = _locals(function) | {argument.arg for argument in function.args.args}
        for grown in sorted(_grown(nodes)):
            if grown in once and grown not in stored:
                yield _grows(f"`{grown}` is made once, outside `{name}`", name)
        for grown in sorted(_counted(nodes)):
            yield _grows(f"`{grown}` is made once, outside `{name}`", name)
        for grown in sorted(_defaults(function) & _grown(nodes)):
            if not any(isinstance(n, ast.Name) and n.id == grown and isinstance(n.ctx, ast.Store) for n in nodes):
                yield _grows(f"The default value of `{grown}` is made once", name)
    for node in written.module.body:
        if isinstance(node, ast.ClassDef):
            methods = [part for part in node.body if isinstance(part, ast.FunctionDef) and part.args.args]
            own = {name for part in node.body for name in _made(part)}
            own -= {name for method in methods for name in _attributes(method, ast.Store)}
            for method in methods:
                for grown in sorted(own & _grown_attributes(method)):
                    what = f"`{grown}` is made once, for all objects of `{node.name}`"
                    yield _grows(what, f"{node.name}.{method.name}")


def _grows(what: str, where: str) -> Slip:
    return Slip("accumulates", f"{what}, and grows with every call of `{where}`: make it anew each time.", enough=False)


def _made(statement: ast.stmt) -> set[str]:
    """Names that a statement gives an empty or filled list, set or dict."""
    value = statement.value if isinstance(statement, ast.Assign) else None
    empty = isinstance(value, ast.Call) and ast.unparse(value) in ("list()", "dict()", "set()")
    if not isinstance(statement, ast.Assign) or not (empty or isinstance(value, ast.List | ast.Dict | ast.Set)):
        return set()
    return {target.id for target in statement.targets if isinstance(target, ast.Name)}


def _grown(nodes: list[ast.AST]) -> set[str]:
    return {node.func.value.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            and node.func.attr in GROWS and isinstance(node.func.value, ast.Name)}


def _grown_attributes(method: Function) -> set[str]:
    me = method.args.args[0].arg
    return {node.func.value.attr for node in own_nodes(method) if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute) and node.func.attr in GROWS
            and isinstance(node.func.value, ast.Attribute) and isinstance(node.func.value.value, ast.Name)
            and node.func.value.value.id == me}


def _counted(nodes: list[ast.AST]) -> set[str]:
    """Global names that are added to and never set."""
    declared = {name for node in nodes if isinstance(node, ast.Global) for name in node.names}
    added = {node.target.id for node in nodes if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add)
             and isinstance(node.target, ast.Name)}
    targets = {id(node.target) for node in nodes if isinstance(node, ast.AugAssign)}
    set_anew = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
                and id(node) not in targets}
    return declared & added - set_anew


def _defaults(function: Function) -> set[str]:
    """Arguments whose default is a list, set or dict."""
    last = function.args.args[len(function.args.args) - len(function.args.defaults):]
    return {argument.arg for argument, value in zip(last, function.args.defaults, strict=True)
            if isinstance(value, ast.List | ast.Dict | ast.Set)}
