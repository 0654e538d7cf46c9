"""Finding the hidden tests of a problem set: a folder (or one module) with a `PROBLEM_SET`."""

import importlib
import itertools
import sys
from pathlib import Path
from types import ModuleType

from grading.probes.edits import read_model_answers, with_edits
from grading.probes.model import ProblemSet
from grading.probes.points import refuse_points_of_nothing

HERE = Path(__file__).parent.resolve()
_loads = itertools.count()


def folder(root: Path) -> Path:
    """Where a course keeps its hidden tests: its own probes/ folder, else this package."""
    own = (root / "probes").resolve()
    return own if own.is_dir() else HERE


def files(name: str, root: Path) -> list[Path]:
    """Everything on which the hidden tests of a set may depend."""
    return sorted(_home(name, root).rglob("*.py"))


def load(name: str, root: Path) -> ProblemSet:
    """The hidden tests of a problem set: `ROOT/probes/NAME/` or `ROOT/probes/NAME.py`, else those of this package.

    Their slips are applied to the solutions in `ROOT/source/NAME/NAME.ipynb`. Raises LookupError, saying where it
    looked, when there are no hidden tests; ValueError for a point that looks at nothing.
    """
    home = _home(name, root)
    if home == HERE:
        module = importlib.import_module(f"grading.probes.{name}")
    else:
        # Each time under another name: files may have been edited since, and of what was loaded before, the source of
        # its classes is still looked for. Sets of a course import what they share by `from ..`.
        package = ModuleType(f"course_probes_{next(_loads)}")
        package.__path__ = [str(home)]
        sys.modules[package.__name__] = package
        importlib.invalidate_caches()
        module = importlib.import_module(f"{package.__name__}.{name}")
    problem_set: ProblemSet = module.PROBLEM_SET
    for probe in problem_set.probes:
        refuse_points_of_nothing(probe)
    return with_edits(problem_set, read_model_answers(root / "source" / name / f"{name}.ipynb"))


def _home(name: str, root: Path) -> Path:
    """The folder that holds the hidden tests of a set. Raises LookupError."""
    for place in (folder(root), HERE):
        if any((place / path).is_file() for path in (f"{name}/__init__.py", f"{name}.py")):
            return place
    expected = HERE if (root / "grading" / "probes").resolve() == HERE else (root / "probes").resolve()
    raise LookupError(f"No hidden tests for {name!r}: expected {expected / f'{name}.py'} or "
                      f"{expected / name / '__init__.py'}.")
