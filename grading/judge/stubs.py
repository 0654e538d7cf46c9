"""Whether an answer has been written at all, by its text: `pass`, `...` and a bare `return` are stubs too. Pure."""

import ast


def unwritten(source: str, exercise: str) -> bool:
    """Whether the function or class of an exercise has a body that does nothing. False where that cannot be read."""
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    for statement in reversed(statements):  # the last definition counts
        if isinstance(statement, ast.FunctionDef | ast.ClassDef) and statement.name == exercise:
            return _does_nothing(statement)
    return False


def _does_nothing(definition: ast.FunctionDef | ast.ClassDef) -> bool:
    if isinstance(definition, ast.ClassDef):
        return all(_does_nothing(part) if isinstance(part, ast.FunctionDef) else _is_nothing(part)
                   for part in definition.body)
    return all(_is_nothing(statement) for statement in definition.body)


def _is_nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Raise):
        raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
        return isinstance(raised, ast.Name) and raised.id in ("NotImplementedError", "NotImplemented")
    if isinstance(statement, ast.Return):
        return statement.value is None or (isinstance(statement.value, ast.Constant)
                                           and statement.value.value in (None, Ellipsis))
    return isinstance(statement, ast.Pass) or (isinstance(statement, ast.Expr)
                                               and isinstance(statement.value, ast.Constant))
