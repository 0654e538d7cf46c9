"""Does a hand-out give an answer away? Every file of it is searched for code that only instructors have.

Code is compared as a syntax tree with its arguments renamed, so that other names, comments or spaces hide nothing.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import nbformat

from grading.course.assignment import Assignment, load_assignment
from grading.course.folder import Course
from grading.errors import CourseError, MissingPackageError
from grading.handout.bundle import Bundle, build_bundle
from grading.probes.places import HERE, folder

# What nbgrader and this course mark as not for students.
MARKS = re.compile(r"### BEGIN (SOLUTION|HIDDEN TESTS)|=== BEGIN MARK SCHEME ===|^\s*(import|from) grading\b", re.M)
IN_NOTEBOOKS = re.compile(r"\bprobe\(|helpers\.probe")
SMALLEST = 9  # syntax nodes: below, code says nothing (`return x`, `pass`, a stub)
SMALLEST_STAND_IN = 20  # the stand-ins with which answers are tried have methods that anybody would write alike


def build_without_leaks(course: Course, names: Sequence[str], target: Path) -> Bundle:
    """The hand-out. Raises CourseError when something in it gives an answer away.

    No zip is left then, nor where the search was not finished. It is searched for the answers of every problem set
    whose packages are installed.
    """
    assignments = []
    for name in course.problem_sets():
        with suppress(MissingPackageError):
            assignments.append(load_assignment(course, name))
    bundle = build_bundle(course, names, target)
    searched = False
    try:
        if leaks := find_leaks(bundle, assignments, folder(course.root)):
            raise CourseError("The hand-out gives something away, so its zip was deleted:\n  " + "\n  ".join(leaks))
        searched = True
    finally:
        if not searched:
            bundle.archive.unlink()
    return bundle


def find_leaks(bundle: Bundle, assignments: Sequence[Assignment], hidden: Path) -> list[str]:
    """A sentence for every place of a hand-out that holds a solution, a reference, a mistake or a hidden test.

    `hidden` is the folder with the hidden tests.
    """
    private = {tree: what for assignment in assignments for tree, what in _private_code(assignment, hidden)}
    leaks = []
    for name in bundle.files:
        path = bundle.folder / name
        if path.suffix not in (".py", ".ipynb", ".md", ".txt", ".csv", ".toml", ".yml", ""):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if path.suffix == ".ipynb":
            text = "\n".join([text, *_code(path)])  # in JSON no line starts where a cell's line does
        for marks in (MARKS, IN_NOTEBOOKS) if path.suffix == ".ipynb" else (MARKS,):
            leaks += [f"{name} contains {found[0].strip()!r}." for found in marks.finditer(text)]
        if path.suffix in (".py", ".ipynb"):
            leaks += [f"{name} contains {private[tree]}." for tree in _trees(_code(path)) if tree in private]
    return sorted(set(leaks))


def _private_code(assignment: Assignment, hidden: Path) -> Iterator[tuple[str, str]]:
    """Syntax trees of solutions and hidden tests, each with what it is, less the code that students are given."""
    given = {tree for cell in assignment.notebook.cells if cell.cell_type == "code" for tree in _trees([cell.source])}
    for tree, what in _instructors_code(assignment, hidden):
        if tree not in given:
            yield tree, what


def _instructors_code(assignment: Assignment, hidden: Path) -> Iterator[tuple[str, str]]:
    for exercise, source in assignment.solutions.items():
        for tree in _trees([source]):
            yield tree, f"the solution of {exercise}"
    for probe in assignment.problem_set.probes:
        for mistake in probe.mistakes:
            for tree in _trees([mistake.source]):
                yield tree, f"the mistake {mistake.id} of {probe.id}"
    for place in dict.fromkeys((hidden, HERE)):
        for path in sorted([*place.glob(f"{assignment.name}.py"), *place.glob(f"{assignment.name}/**/*.py")]):
            for tree in _trees([path.read_text(encoding="utf-8")]):
                yield tree, f"code of {path.relative_to(place)}"


def _code(path: Path) -> list[str]:
    """The sources in a Python file or a notebook."""
    if path.suffix == ".py":
        return [path.read_text(encoding="utf-8")]
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def _trees(sources: Sequence[str]) -> Iterator[str]:
    """What functions do, and what numbers and arrays names are set to, as normalised syntax trees."""
    for source in sources:
        try:
            module = ast.parse(source)
        except SyntaxError:  # IPython's own syntax
            continue
        for step in module.body:
            smallest = SMALLEST_STAND_IN if getattr(step, "name", "").startswith("use_") else SMALLEST
            for node in ast.walk(step):
                if isinstance(node, ast.FunctionDef):
                    body = [line for line in node.body if not _says_nothing(line)]
                    if sum(1 for line in body for _ in ast.walk(line)) >= smallest:
                        yield _normalised(node, body)
        for step in module.body:  # boxes and choices: `answer = 0.8808`
            if isinstance(step, ast.Assign) and isinstance(step.value, ast.Constant | ast.Set | ast.List | ast.BinOp):
                yield ast.dump(step)


def _says_nothing(step: ast.stmt) -> bool:
    return isinstance(step, ast.Raise) or (isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant))


def _normalised(function: ast.FunctionDef, body: Sequence[ast.stmt]) -> str:
    """A function's body with its arguments called by their place."""
    arguments = function.args.posonlyargs + function.args.args + function.args.kwonlyargs
    places = {argument.arg: f"argument {number}" for number, argument in enumerate(arguments)}
    copy = ast.parse(ast.unparse(ast.Module(list(body), [])))
    for node in ast.walk(copy):
        if isinstance(node, ast.Name):
            node.id = places.get(node.id, node.id)
    return ast.dump(copy)
