"""No two sizes of a check are equal where it matters: a solution that takes one axis for another does not pass.

What is changed in the solutions are `x.shape[0]`, `len(x)` and `axis=0`, one at a time.
"""

import ast
import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from grading.probes.edits import read_model_answers
from grading.probes.model import Probe
from tests.grading.shipping import graded
from tests.helpers.checks.trying import report
from tests.problem_sets import ROOT, problem_set

SETS = ("ps2_softmax_jacobian", "ps4_numpy_backprop", "ps5_modular_layers", "ps6_two_layer_network", "ps7_momentum_letters")
ANSWERS = {name: read_model_answers(ROOT / "source" / name / f"{name}.ipynb") for name in SETS}
NAME = "notebook_of_other_sizes"


def with_another_axis(source: str) -> Iterator[tuple[str, str]]:
    """The program with one axis taken for another, and what was changed."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(value=ast.Attribute(attr="shape"), slice=ast.Constant(value=0 | 1) as axis):
                pass
            case ast.keyword(arg="axis", value=ast.Constant(value=0 | 1) as axis):
                pass
            case ast.Call(func=ast.Name(id="len") as length):
                length.id = "(lambda a: a.shape[-1])"
                yield ast.unparse(node), ast.unparse(tree)
                length.id = "len"
                continue
            case _:
                continue
        axis.value = 1 - axis.value
        yield ast.unparse(node), ast.unparse(tree)
        axis.value = 1 - axis.value


def changed_solutions() -> list[Any]:
    return [pytest.param(name, probe, source, id=f"{probe.id}-{what}")
            for name in SETS for probe in problem_set(name).probes
            for what, source in with_another_axis(ANSWERS[name].solutions.get(probe.id, ""))]


@pytest.fixture
def notebook() -> Iterator[ModuleType]:
    yield sys.modules.setdefault(NAME, ModuleType(NAME))
    del sys.modules[NAME]


@pytest.mark.parametrize(("name", "probe", "source"), changed_solutions())
def test_another_axis_does_not_pass(name: str, probe: Probe, source: str, notebook: ModuleType,
                                    capsys: pytest.CaptureFixture[str]) -> None:
    if graded(probe, ANSWERS[name].answer(probe.id, source)).kind == "right":
        pytest.skip("this makes no difference to any answer")
    vars(notebook).update(ANSWERS[name].names, __name__=NAME)
    exec(source, vars(notebook))
    assert "✗" in report(import_module(f"helpers.checks.{name}").check, vars(notebook), probe.id, capsys)


def test_many_sizes_are_tried() -> None:
    assert len(changed_solutions()) > 40
    assert [what for what, _ in with_another_axis("n, k = x.shape[0], len(y)\nz = x.sum(axis=1)")] == [
        "x.shape[1]", "(lambda a: a.shape[-1])(y)", "axis=0"]
