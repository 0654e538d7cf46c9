"""A name that is not defined: is it in a cell that is not taken, written otherwise, or nowhere at all?"""

import ast
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from grading.run.written import Slip, Written
from helpers.handin.source import ALWAYS, Function, Names, defined, names, own_nodes, tree

UNDEFINED = re.compile(r"name '(\w+)' is not defined")


def missing_name(written: Written) -> Iterator[Slip]:
    """What is to be said about the name that this answer lacks, if it lacks one."""
    if slip := _other_name(written):
        yield slip
        return
    if written.verdict.kind != "error":
        return
    for name in _lacking(written):
        if name in written.submission.own_names:
            yield Slip("helper_not_taken", f"`{name}` is not defined: cells of your own are not taken. Copy it into "
                       "the answer cell.")
        elif below := next((cell for cell in written.answers if name in written.answers[cell].bound), ""):
            if written.assignment.answers[below] > written.exercise.answer:
                yield Slip("defined_further_down", f"`{name}` is not defined yet: your cell `{below}` defines it "
                           "further down. Grading runs the notebook from the top: move it up.")
        elif close := _close(name, written):
            yield Slip("name_misspelled", f"`{name}` is not defined. {close}: is that meant?")
        elif name in written.answers[written.name].needed:
            advice = "" if _is_called(name, written.module) else " Work it out inside the function, from its arguments."
            yield Slip("name_undefined", f"`{name}` is not defined: no cell that is graded defines it.{advice}")


def _other_name(written: Written) -> Slip | None:
    """The cell defines something, and not what is asked for."""
    cell = written.assignment.notebook.cells[written.exercise.answer]
    asked = defined(tree(cell.source))
    own, here = written.answers[written.name].bound, defined(written.module)
    if not asked:  # names that are assigned: which of them is asked for, the exception says
        lacking, model = UNDEFINED.match(written.error[1]), names(written.assignment.solutions[written.name]).bound
        asked = [lacking[1]] if lacking and lacking[1] in model else []
        here = sorted(own - model)
    missing = [name for name in asked if name not in own]
    if not missing or not here or not all(name.isidentifier() for name in here):
        return None
    shown = get_close_matches(missing[0], here, 1, 0.6) or here[:3]
    told = " and ".join(f"`{name}`" for name in shown)
    return Slip("other_name", f"Your cell defines {told}, and `{missing[0]}` is asked for.")


def _lacking(written: Written) -> list[str]:
    """The name that the exception speaks of; in a silent look, those that the source needs and nothing defines."""
    needed = {name for cell in written.answers.values() for name in cell.needed}
    if not written.silent:
        kind, words = written.error
        found = UNDEFINED.match(words) if kind == "NameError" else None
        return [found[1]] if found and found[1] in needed else []
    everywhere = written.given.union(*(cell.bound for cell in written.answers.values()))
    mine: Names = written.answers[written.name]
    return sorted((mine.needed - everywhere) & written.submission.own_names)


def _close(name: str, written: Written) -> str:
    """Who defines a name that is written much like this one, as the start of a sentence."""
    for title, function in written.functions.items():
        if any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(function)):
            if match := _match(name, _arguments(function)):
                return f"`{title}` has an argument `{match}`"
            if match := _match(name, _stored(function)):
                return f"`{title}` defines `{match}`"
    if match := _match(name, {bound for cell in written.answers.values() for bound in cell.bound}):
        return f"Your cells define `{match}`"
    if match := _match(name, written.given | ALWAYS):
        return f"There is `{match}`"
    return ""


def _match(name: str, others: Iterable[str]) -> str:
    known = sorted(set(others) - {name})
    other_case = next((other for other in known if other.lower() == name.lower()), "")
    return other_case or next(iter(get_close_matches(name, known, 1, 0.75) if len(name) > 2 else ()), "")


def _arguments(function: Function) -> set[str]:
    return {argument.arg for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)}


def _stored(function: Function) -> set[str]:
    return {node.id for node in own_nodes(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _is_called(name: str, module: ast.Module) -> bool:
    """Whether a name is used as a function or a module is."""
    used = [node.func for node in ast.walk(module) if isinstance(node, ast.Call)]
    used += [node.value for node in ast.walk(module) if isinstance(node, ast.Attribute)]
    return any(isinstance(part, ast.Name) and part.id == name for part in used)
