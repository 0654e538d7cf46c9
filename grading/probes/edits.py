"""Slips made into whole answers: the model answer of the source notebook, with one text in it replaced."""

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import CodeType
from typing import Any

from grading.probes.further import Further
from grading.probes.implementations import with_implementations
from grading.probes.model import Mistake, Probe, ProblemSet
from grading.probes.sisters import sisters_of

STUB = re.compile(r"^ *raise NotImplementedError\(.*\n?", re.MULTILINE)


@dataclass(frozen=True)
class ModelAnswers:
    """The solutions of a source notebook by exercise, and the code of the locked cells that prepare for them."""

    solutions: Mapping[str, str]
    setup: str

    @cached_property
    def names(self) -> dict[str, Any]:
        """What an answer may call: the other solutions, and whatever of the set-up cells they use."""
        return self._names_among({})

    @cached_property
    def _preparations(self) -> list[tuple[str, CodeType]]:
        """What is run before an answer can be called, in order: the name that a statement defines, and its code."""
        definitions = [statement for source in self.solutions.values() for statement in ast.parse(source).body
                       if isinstance(statement, ast.FunctionDef | ast.ClassDef)]
        return [(getattr(statement, "name", ""), compile(ast.Module([statement], []), "<model answers>", "exec"))
                for statement in [*_needed(ast.parse(self.setup), definitions), *definitions]]

    def _names_among(self, others: Mapping[str, Any]) -> dict[str, Any]:
        # A bar of progress is for somebody who watches.
        names: dict[str, Any] = {"__name__": "model_answers", "tqdm": lambda items, **_: items,
                                 "trange": lambda count, **_: range(count)}
        for defined, code in self._preparations:
            exec(code, names)
            if defined in others:
                names[defined] = others[defined]
        return names

    def answer(self, exercise: str, source: str) -> Any:
        """The function or class of an exercise as this source defines it, among right ones."""
        names = dict(self.names)
        exec(source, names)
        return names[exercise]

    def answer_among(self, exercise: str, others: Mapping[str, Any]) -> Any:
        """The solution of an exercise where other exercises are answered in another way."""
        return self._names_among(others)[exercise]


def without_markers(source: str) -> str:
    """An answer cell without the lines between which nbgrader looks for its solution."""
    return "\n".join(line for line in source.split("\n") if not re.search(r"(BEGIN|END) SOLUTION", line))


def model_answer(source: str) -> str:
    """The answer in a source notebook's cell, without what stands there for nbgrader and for students."""
    return STUB.sub("", without_markers(source) + "\n").rstrip("\n")


def read_model_answers(path: Path) -> ModelAnswers:
    """The solutions in a source notebook. Raises ValueError when the file holds no notebook."""
    solutions, setup = {}, []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        label = cell["metadata"].get("nbgrader", {})
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and label.get("solution"):
            solutions[label["grade_id"]] = model_answer(source)
        elif cell["cell_type"] == "code" and label and not label.get("grade"):
            setup.append(source)
    return ModelAnswers(solutions, "\n".join(setup))


def with_edits(problem_set: ProblemSet, answers: ModelAnswers) -> ProblemSet:
    """The problem set with every slip made into a whole answer."""
    personal = problem_set.personal
    whole = [_with_edits(probe, answers) for probe in problem_set.probes]
    tested = {probe.catches.exercise for probe in whole if probe.catches}
    solutions = {name: answers.answer(name, answers.solutions[name]) for name in tested}
    whole = [with_implementations(probe, whole, solutions) for probe in whole]
    costly = "torch" in problem_set.imports  # its `use` builds and trains networks, a second for a few dozen of them
    probes = [replace(probe, sisters=sisters_of(probe, problem_set),
                      further=() if probe.catches or (costly and probe.use) else Further(probe, whole, answers))
              for probe in whole]
    return replace(problem_set, probes=probes,
                   personal=personal and (lambda student: with_edits(personal(student), answers)))


def _with_edits(probe: Probe, answers: ModelAnswers) -> Probe:
    solution = answers.solutions.get(probe.id, "")
    mistakes, misfits = [], []
    for slip in probe.slips:
        if isinstance(slip, Mistake):
            mistakes.append(slip)
        elif (count := solution.count(slip.old)) != 1:
            misfits.append(f"slip {slip.id}: its old text must occur exactly once in the solution, not {count} times: "
                           f"{slip.old!r}")
        else:
            try:
                source = solution.replace(slip.old, slip.new)
                mistakes.append(Mistake(answers.answer(probe.id, source), slip.hint, slip.id, source, slip))
            except Exception as error:
                misfits.append(f"slip {slip.id}: the edited solution does not run: {type(error).__name__}: {error}")
    return replace(probe, slips=mistakes, misfits=misfits)


def _needed(setup: ast.Module, definitions: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The imports and definitions of set-up cells whose names occur in these definitions."""
    used = {node.id for definition in definitions for node in ast.walk(definition) if isinstance(node, ast.Name)}
    for statement in setup.body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            wanted = [one for one in statement.names if (one.asname or one.name.split(".")[0]) in used]
            if wanted and not (isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("tqdm")):
                statement.names = wanted
                yield statement
        elif isinstance(statement, ast.FunctionDef | ast.ClassDef) and statement.name in used:
            yield statement
