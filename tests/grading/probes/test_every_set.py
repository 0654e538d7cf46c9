"""For every problem set: mistakes are caught and named, right variants pass.

`course verify` shows the same through the sandbox, and that it does not depend on the student's name.
"""

import ast
import inspect
import textwrap
from typing import Any

import numpy as np
import pytest

from grading.judge.case_outcome import run
from grading.probes.model import Answer, Probe, ProblemSet
from tests.grading.shipping import cases_for, graded
from tests.problem_sets import NAMES_HERE, OF_THIS_COURSE, problem_set

SETS = [problem_set(name) for name in NAMES_HERE]
OF_A_SET = pytest.mark.parametrize("this_set", [pytest.param(s, id=s.name) for s in SETS])


@pytest.fixture(scope="module", params=[pytest.param(probe, id=f"{s.name}-{probe.id}") for s in SETS for probe in s.probes])
def probe(request: pytest.FixtureRequest) -> Probe:
    """Of the whole module: tests of one exercise follow one another, and its values are computed once."""
    found: Probe = request.param
    return found


def test_known_mistakes_lose_points_and_are_named(probe: Probe) -> None:
    for mistake in probe.mistakes:
        verdict = graded(probe, mistake.answer)
        assert verdict.points < verdict.max_points, mistake.id
        assert (verdict.kind, verdict.mistake, verdict.hint) == ("mistake", mistake.id, mistake.hint)


def test_right_variants_get_full_marks(probe: Probe) -> None:
    for variant in probe.variants:
        assert graded(probe, variant).kind == "right", variant


def test_the_reference_gets_full_marks(probe: Probe) -> None:
    assert graded(probe, probe.reference).kind == "right"


# What answers are made of. A student's process sees the source of how an answer is tried.
OF_ANSWERS = {"exp", "log", "logaddexp", "maximum", "tanh", "dot", "matmul", "einsum", "tensordot", "inner", "outer", "eye", "argmax"}


def computes_like_an_answer(source: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(textwrap.dedent(source))))
    return ({"@" for node in nodes if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult)}
            | {node.attr for node in nodes if isinstance(node, ast.Attribute)} & OF_ANSWERS)


@pytest.mark.parametrize("tried", [pytest.param(probe, id=probe.id) for s in SETS if s.from_scratch for probe in s.probes if probe.use])
def test_no_way_of_trying_an_answer_holds_one(tried: Probe) -> None:
    assert computes_like_an_answer(inspect.getsource(tried.use)) == set()  # type: ignore[arg-type]


def test_a_layer_in_a_way_of_trying_would_be_found() -> None:
    assert computes_like_an_answer("class Line:\n    def forward(self, x):\n        return np.maximum(x @ self.w, 0)") == {"@", "maximum"}


@OF_A_SET
def test_every_slip_fits_the_solution_in_the_notebook(this_set: ProblemSet) -> None:
    assert {probe.id: probe.misfits for probe in this_set.probes if probe.misfits} == {}


@OF_A_SET
def test_a_function_or_class_has_five_mistakes_and_two_variants(this_set: ProblemSet) -> None:
    for probe in this_set.probes:
        if this_set.name in OF_THIS_COURSE and not probe.id.startswith(f"{this_set.name[:3]}_"):  # a box has its set's number
            assert len({mistake.id for mistake in probe.mistakes}) == len(probe.mistakes) >= 5, probe.id
            assert len(probe.variants) >= 2, probe.id


@OF_A_SET
def test_ordinary_inputs_decide_the_main_points(this_set: ProblemSet) -> None:
    for probe in this_set.probes:
        edges = sum(point.worth for point in probe.points if point.group != "ordinary")
        assert edges <= 0.4 * probe.max_points or probe.catches, probe.id  # of a test, what it catches is what it is worth
        assert {point.group for point in probe.points} == probe.cases.keys(), probe.id


@OF_A_SET
def test_hints_are_one_or_two_plain_sentences(this_set: ProblemSet) -> None:
    for mistake in (mistake for probe in this_set.probes for mistake in probe.mistakes):
        assert 20 <= len(mistake.hint) <= 240, mistake.id
        assert mistake.hint.endswith((".", "?")), mistake.id


def test_a_constant_is_worth_nothing(probe: Probe) -> None:
    for constant in (0.0, 1.0, None, "text", float("nan")):
        assert graded(probe, lambda *inputs, constant=constant: constant).points == 0.0, constant


def with_odd_part(probe: Probe, part: Any, odd: Any) -> Answer:
    """The right answer, but for one of its parts."""
    def odd_in(value: Any) -> Any:
        if isinstance(value, dict):
            return {**value, part: odd}
        return tuple(odd if number == part else item for number, item in enumerate(value)) if isinstance(value, tuple) else odd
    reference = probe.reference
    return (lambda *inputs: odd_in(reference(*inputs))) if callable(reference) else odd_in(dict(reference))


@pytest.mark.slow
@pytest.mark.parametrize("observed", [pytest.param(probe, id=probe.id) for s in SETS for probe in s.probes
                                      if probe.observe and not probe.use])
def test_an_odd_value_in_any_part_is_a_wrong_answer_and_no_fault_of_ours(observed: Probe) -> None:
    right = run(observed, observed.reference, cases_for(observed, "ada")[0])
    parts = {name.removeprefix("out").removeprefix(".").split(".")[0] for name in right.leaves}
    for part in parts:
        for odd in (True, np.array([True]), "3", None, b"3", 1j, {"a": 1}, [], [[1.0], [2.0]]):
            spoiled = with_odd_part(observed, int(part) if part.isdigit() else part, odd)
            assert graded(observed, spoiled).points < observed.max_points, (part, odd)


def test_two_students_are_tried_on_different_inputs(probe: Probe) -> None:
    def drawn(student: str) -> str:
        return str([case.inputs for case in cases_for(probe, student)])
    if all(drawn("ada") == "[{}]" for _ in range(1)):
        return  # a written answer has no inputs
    assert drawn("ada") != drawn("ben")
