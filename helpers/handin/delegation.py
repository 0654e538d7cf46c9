"""Work that an answer leaves to a library: a static rule on the answer cells of sets that are written from scratch."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from helpers.handin.source import names, tree

LIBRARIES = ("torch", "tensorflow", "keras", "jax", "autograd", "scipy", "sklearn")
# Of the course's own helpers these measure slopes or work out what they compare; the rest holds no answers.
MEASURING = ("helpers.gradcheck", "helpers.checks")
FOR_STUDENTS = ("compare", "check", "progress", "submit_check")
IMPORTERS = ("__import__", "import_module")
# Where none of these stands in an answer, and no name that the set-up cells give to a library, nothing is delegated.
WORDS = (*LIBRARIES, "helpers", *IMPORTERS)


@dataclass(frozen=True)
class Delegation:
    """The first library call of an answer; `line` counts from 1 inside its cell."""

    call: str
    line: int

    @property
    def message(self) -> str:
        """What the student reads."""
        return (f"This problem set is written from scratch, and line {self.line} of your cell uses {self.call}. Write "
                "that step yourself; numpy is all it needs.")


def find_delegations(answers: Mapping[str, str], setup: str) -> dict[str, Delegation]:
    """Answers (exercise → source) that use one of LIBRARIES, under whatever name it was imported, here or elsewhere.

    Only cells that bind their exercise's name count, in whatever way: a number may be worked out with any tool. Cells
    that are no Python are left to the interpreter's own message.
    """
    given = _given(setup)
    words = (*WORDS, *(name for name, stands_for in given.items() if _belongs(stands_for, (*LIBRARIES, *MEASURING))))
    text = normalize("NFKC", "\n".join(answers.values()))  # as Python reads names
    if not any(word in text for word in words):
        return {}
    everywhere = dict(given)
    for source in answers.values():
        everywhere |= _imported(tree(source))
    found = {}
    for name, source in answers.items():
        bound = names(source).bound
        if name in bound or "import*" in source.replace(" ", ""):
            cell = tree(source)
            own = {key: value for key, value in everywhere.items() if key not in bound} | _imported(cell)
            used = (use for use in _uses(cell, own, name) if _is_library(use.call))
            if first := min(used, key=lambda use: use.line, default=None):
                found[name] = first
    return found


@cache
def _given(setup: str) -> dict[str, str]:
    """What the imports of the set-up cells bind."""
    return _imported(tree(setup))


def _is_library(name: str) -> bool:
    """Whether this is, or belongs to, a library whose work counts as its own."""
    if _belongs(name, MEASURING):
        return name.split(".")[-1] not in FOR_STUDENTS
    return _belongs(name, LIBRARIES) or (_belongs(name, ("helpers",)) and name.endswith(".numerical_gradient"))


def _belongs(name: str, modules: tuple[str, ...]) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def _imported(cell: ast.Module) -> dict[str, str]:
    """Names that imports bind, and what they stand for."""
    found = {}
    for node in ast.walk(cell):
        if isinstance(node, ast.Import):
            for item in node.names:
                found[item.asname or item.name.split(".")[0]] = item.name if item.asname else item.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for item in node.names:
                found[item.asname or item.name] = f"{node.module}.{item.name}"
    return found


def _uses(cell: ast.Module, imported: Mapping[str, str], exercise: str) -> Iterator[Delegation]:
    """What a cell uses of modules: names and attributes, imports by name, and an import that is the answer itself."""
    for node in ast.walk(cell):
        if isinstance(node, ast.Attribute | ast.Name):
            yield Delegation(_dotted(node, imported), node.lineno)
        elif isinstance(node, ast.Call) and _dotted(node.func, imported).split(".")[-1] in IMPORTERS:
            yield from (Delegation(one.value, node.lineno) for one in node.args
                        if isinstance(one, ast.Constant) and isinstance(one.value, str))
        elif isinstance(node, ast.Subscript) and _dotted(node.value, imported) == "sys.modules":
            yield Delegation(str(getattr(node.slice, "value", "")), node.lineno)
        elif isinstance(node, ast.ImportFrom):
            yield from (Delegation(f"{node.module}.{item.name}".removesuffix(".*"), node.lineno) for item in node.names
                        if item.name == "*" or (item.asname or item.name) == exercise)


def _dotted(node: ast.expr, imported: Mapping[str, str]) -> str:
    """`sp.special.softmax` as `scipy.special.softmax`; "" for anything that is not a chain of names."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([imported.get(node.id, f"builtins.{node.id}"), *reversed(parts)])
