"""Work that an answer leaves to a library: a static rule on the answer cells of sets that are written from scratch."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

LIBRARIES = ("torch", "tensorflow", "keras", "jax", "autograd", "scipy", "sklearn", "helpers.gradcheck")
# Where none of these stands in an answer, and no name that the set-up cells give to a library, nothing is delegated.
WORDS = (*(library.split(".")[-1] for library in LIBRARIES), "__import__", "import_module")


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

    Only cells that define their exercise count: a number may be worked out with any tool. Cells that are no Python are
    left to the interpreter's own message.
    """
    given = _given(setup)
    words = (*WORDS, *(name for name, stands_for in given.items() if _is_library(stands_for)))
    text = normalize("NFKC", "\n".join(answers.values()))  # as Python reads names
    if not any(word in text for word in words):
        return {}
    everywhere = dict(given)
    for source in answers.values():
        everywhere |= _imported(_parse(source))
    found = {}
    for name, source in answers.items():
        tree = _parse(source)  # again, because the trees of all answers together may take much memory
        defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        if name in defined:
            own = {key: value for key, value in everywhere.items() if key not in defined} | _imported(tree)
            first = min(_uses(tree, own), key=lambda use: use.line, default=None)
            if first:
                found[name] = first
    return found


@cache
def _given(setup: str) -> dict[str, str]:
    """What the imports of the set-up cells bind."""
    return _imported(_parse(setup))


def _is_library(name: str) -> bool:
    return any(name == library or name.startswith(f"{library}.") for library in LIBRARIES)


def _parse(source: str) -> ast.Module:
    """The tree of a cell; an empty one where the cell is no Python."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _imported(tree: ast.Module) -> dict[str, str]:
    """Names that imports bind, and what they stand for."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for item in node.names:
                names[item.asname or item.name.split(".")[0]] = item.name if item.asname else item.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for item in node.names:
                names[item.asname or item.name] = f"{node.module}.{item.name}"
    return names


def _uses(tree: ast.Module, imported: Mapping[str, str]) -> Iterator[Delegation]:
    for node in ast.walk(tree):
        name = ""
        if not isinstance(node, ast.expr | ast.stmt):
            continue
        if isinstance(node, ast.Attribute | ast.Name):
            name = _dotted(node, imported)
        elif isinstance(node, ast.Call) and _dotted(node.func, imported).split(".")[-1] in ("__import__",
                                                                                            "import_module"):
            name = next((str(a.value) for a in node.args if isinstance(a, ast.Constant)), "")
        elif isinstance(node, ast.ImportFrom) and any(item.name == "*" for item in node.names):
            name = node.module or ""
        if _is_library(name):
            yield Delegation(name, node.lineno)


def _dotted(node: ast.expr, imported: Mapping[str, str]) -> str:
    """`sp.special.softmax` as `scipy.special.softmax`; "" for anything that is not a chain of names."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([imported.get(node.id, f"builtins.{node.id}"), *reversed(parts)])
