"""Finding the hidden tests of a problem set: a folder (or one module) with a `PROBLEM_SET`."""

import importlib
import itertools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from grading.probes import places
from grading.probes.edits import read_model_answers, with_edits
from grading.probes.model import ProblemSet
from grading.probes.points import refuse_points_of_nothing

_loads = itertools.count()


@contextmanager
def _from_the_source() -> Iterator[None]:
    """Modules that are imported leave nothing compiled behind.

    Python would take that for what an edit of the same length within the same second has made of the file.
    """
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


def load(name: str, root: Path) -> ProblemSet:
    """The hidden tests of a problem set: `ROOT/probes/NAME/` or `ROOT/probes/NAME.py`, else those of this package.

    Their slips are applied to the solutions in `ROOT/source/NAME/NAME.ipynb`. Raises LookupError, saying where it
    looked, when there are no hidden tests; ValueError for a point that looks at nothing.
    """
    home = places.home(name, root)
    if home == places.HERE:
        module = importlib.import_module(f"grading.probes.{name}")
    else:
        # Each time under another name: files may have been edited since, and of what was loaded before, the source of
        # its classes is still looked for. Sets of a course import what they share by `from ..`.
        package = ModuleType(f"course_probes_{next(_loads)}")
        package.__path__ = [str(home)]
        sys.modules[package.__name__] = package
        importlib.invalidate_caches()
        with _from_the_source():
            module = importlib.import_module(f"{package.__name__}.{name}")
    problem_set = with_edits(module.PROBLEM_SET, read_model_answers(root / "source" / name / f"{name}.ipynb"))
    for probe in problem_set.probes:
        refuse_points_of_nothing(probe)
    return problem_set
