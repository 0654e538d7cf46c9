"""One answer as its form is judged: its source and the model answer's, what they define, and how its calls ended."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from grading.course.assignment import Assignment, Exercise, grade_id, is_answer, is_experiment
from grading.handin.intake import Submission
from grading.judge.case_outcome import Reply, run
from grading.judge.cases import Case
from grading.judge.verdict import Verdict
from grading.run.evaluate import Evaluation
from helpers.handin.source import Function, Names, functions, names, tree

Sizes = Mapping[str, tuple[int, ...]]
names_of = lru_cache(maxsize=1024)(names)  # the instructors' cells are the same for everybody
tree_of = lru_cache(maxsize=256)(tree)


@dataclass(frozen=True)
class Slip:
    """What is wrong with an answer's form. `enough`: nothing needs to be said beside it."""

    id: str
    sentence: str
    enough: bool = True


@dataclass(frozen=True)
class Written:
    """`silent` means that nothing may be said that an exception's words have told."""

    assignment: Assignment
    exercise: Exercise
    submission: Submission
    evaluation: Evaluation
    cases: Sequence[Case]
    verdict: Verdict
    silent: bool

    @property
    def name(self) -> str:
        return self.exercise.id

    @cached_property
    def source(self) -> str:
        return self.submission.answers[self.name]

    @cached_property
    def module(self) -> ast.Module:
        return tree(self.source)

    @cached_property
    def functions(self) -> dict[str, Function]:
        """The answer's functions and methods by name."""
        return functions(self.module)

    @cached_property
    def model(self) -> dict[str, Function]:
        """Those of the model answer."""
        return functions(tree_of(self.assignment.solutions[self.name]))

    @cached_property
    def both(self) -> list[tuple[str, Function, Function]]:
        """The functions that answer and model share: name, the answer's, the model's."""
        return [(name, self.functions[name], model) for name, model in self.model.items() if name in self.functions]

    @property
    def mostly_wrong(self) -> bool:
        """Whether what is wrong is no edge case."""
        return self.verdict.kind == "wrong" and 2 * self.verdict.cases_right < self.verdict.cases_tried

    @cached_property
    def answers(self) -> dict[str, Names]:
        """The names of every answer cell, in the notebook's order."""
        return {name: names(self.submission.answers.get(name, "")) for name in self.assignment.answers}

    @cached_property
    def given(self) -> frozenset[str]:
        """What the notebook's own cells define."""
        return frozenset().union(*(names_of(source).bound for source in self._given_sources()))

    @cached_property
    def given_values(self) -> frozenset[str]:
        """Those that are neither functions nor classes nor imported."""
        stored = {node.id for source in self._given_sources() for node in ast.walk(tree_of(source))
                  if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        return self.given & stored

    def _given_sources(self) -> Iterator[str]:
        for cell in self.assignment.notebook.cells:
            if cell.cell_type == "code" and not is_answer(cell) and (grade_id(cell) or not is_experiment(cell)):
                yield str(cell.source)

    @property
    def replies(self) -> Mapping[int, Reply]:
        return self.evaluation.replies.get(self.name, {})

    @cached_property
    def error(self) -> tuple[str, str]:
        """Type and words of the exception that ended the cell or a call; nothing in a silent look."""
        if self.silent:
            return "", ""
        for number in (self.exercise.answer, self.exercise.test):
            for output in self.evaluation.cells[number].outputs if number in self.evaluation.cells else ():
                if output["output_type"] == "error":
                    return output["ename"], output["evalue"]
        for reply in self.replies.values():
            error = reply.header.get("error")
            if isinstance(error, dict):
                return str(error.get("type"))[:80], str(error.get("message"))[:300]
        return "", ""

    @property
    def gives_none(self) -> bool:
        """Whether a value, or a part of one, came back as None."""
        kinds = {leaf.get("kind") for reply in self.replies.values() for leaf in _leaves(reply)}
        return "NoneType" in kinds or "NoneType" in self.error[1]

    def sizes(self) -> Iterator[tuple[Sizes, Sizes, frozenset[int]]]:
        """For the first cases: shapes that came back, shapes that were expected, and all sizes of the arguments."""
        probe = self.assignment.problem_set.find(self.name)
        for case in self.cases[:2]:
            given = {str(leaf.get("name")): _shape(leaf) for leaf in _leaves(self.replies.get(case.number))}
            expected = {leaf.name: leaf.shape for leaf in run(probe, probe.reference, case).leaves.values()}
            yield given, expected, frozenset(_sizes(list(case.inputs.values())))


def _leaves(reply: Reply | None) -> list[dict[str, Any]]:
    found = reply.header.get("leaves") if reply else None
    return [leaf for leaf in found if isinstance(leaf, dict)] if isinstance(found, list) else []


def _shape(leaf: Mapping[str, Any]) -> tuple[int, ...]:
    shape = leaf.get("shape")
    return tuple(size for size in shape if type(size) is int) if isinstance(shape, list | tuple) else ()


def _sizes(value: Any) -> Iterator[int]:
    """All sizes and whole numbers in some arguments."""
    if isinstance(value, np.ndarray):
        yield from value.shape
        yield value.size
    elif isinstance(value, dict | list | tuple):
        yield len(value)
        for item in value.values() if isinstance(value, dict) else value:
            yield from _sizes(item)
    elif isinstance(value, int):
        yield value
