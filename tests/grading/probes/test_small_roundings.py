"""Answers that are right but for their last digits: in float32, or with a small constant that keeps a logarithm finite.

They get the same as exact ones on ordinary inputs, whoever hands them in.
"""

import ast
from collections.abc import Iterator
from typing import Any

import pytest

from grading.probes.edits import ModelAnswers, read_model_answers
from grading.probes.model import Probe
from tests.grading.shipping import graded
from tests.problem_sets import NAMES_HERE, ROOT, problem_set

NAMES = ("ada", "ben", "cleo", "dan")
EXACT = {"finite_difference_check": "its steps are too small for float32, and divided by as they are",
         "numerical_jacobian": "the step it divides by is an argument",
         "ps8 gradients": "the text promises agreement to 1e-10",
         "OwnLayer": "it is judged by small steps in itself", "catches_wrong_gradients": "it takes small steps"}
IN_FLOAT32 = """
def in_float32(value):
    import numpy as np
    if isinstance(value, np.ndarray | np.floating) and value.dtype == np.float64:
        return value.astype(np.float32)
    if isinstance(value, list | tuple):
        return type(value)(in_float32(item) for item in value)
    return {key: in_float32(item) for key, item in value.items()} if isinstance(value, dict) else value
"""


class Float32(ast.NodeTransformer):
    """Every argument is cast when it comes in, every value when it goes out."""

    changed = True

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        casts = [ast.parse(f"{one.arg} = in_float32({one.arg})").body[0] for one in node.args.args if one.arg != "self"]
        node.body = [*casts, *node.body]
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        if node.value is not None:
            node.value = ast.parse(f"in_float32({ast.unparse(node.value)})", mode="eval").body
        return node


class Constant(ast.NodeTransformer):
    """1e-7, the largest that people write, is added in every logarithm or to every denominator."""

    def __init__(self, where: str) -> None:
        self.where, self.changed = where, False

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if self.where == "logarithm" and getattr(node.func, "attr", "") == "log":
            node.args[0] = self._raised(node.args[0])
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if self.where == "denominator" and isinstance(node.op, ast.Div) and not isinstance(node.right, ast.Constant):
            node.right = self._raised(node.right)
        return node

    def _raised(self, node: ast.expr) -> ast.expr:
        self.changed = True
        return ast.BinOp(node, ast.Add(), ast.Constant(1e-7))


def rounded_answers() -> Iterator[Any]:
    for name in NAMES_HERE:
        answers = read_model_answers(ROOT / "source" / name / f"{name}.ipynb")
        for probe in problem_set(name).probes:
            source = answers.solutions.get(probe.id, "")
            if f"def {probe.id}(" not in source and f"class {probe.id}" not in source:
                continue
            for how in (Float32(), Constant("logarithm"), Constant("denominator")):
                tree = ast.fix_missing_locations(how.visit(ast.parse(source)))
                if how.changed and probe.id not in EXACT and f"{name[:3]} {probe.id}" not in EXACT:
                    id = f"{name[:3]}-{probe.id}-{getattr(how, 'where', 'float32')}"
                    yield pytest.param(probe, answers, IN_FLOAT32 + ast.unparse(tree), id=id)


@pytest.mark.parametrize(("probe", "answers", "source"), list(rounded_answers()))
def test_last_digits_cost_nothing_on_ordinary_inputs_whoever_hands_in(probe: Probe, answers: ModelAnswers, source: str
                                                                      ) -> None:
    verdicts = [graded(probe, answers.answer(probe.id, source), name) for name in NAMES]
    assert len({(verdict.kind, verdict.mistake, verdict.points) for verdict in verdicts}) == 1
    ordinary = {point.name for point in probe.points if point.group == "ordinary"}
    assert all(point.earned == point.worth for point in verdicts[0].named if point.name in ordinary), verdicts[0]
